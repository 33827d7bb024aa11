"""Pictures of pages: photos and scans (jpg, png, tif, bmp, gif, webp, heic), recognised by OCR."""

import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from renda_nlp.errors import ReadError
from renda_nlp.readers.ocr import MISSING_OCR, PageRecogniser, Picture
from renda_nlp.readers.pagelines import Line, join_pages
from renda_nlp.records import Block

__all__ = ["PictureReader"]

MAX_PIXELS = 100_000_000
SIDE_PIXELS = 2000  # about 150 dpi of an A4 page; larger pictures lose lines
MAX_PAGES = 500
HEIF, HEIF_AT = b"ftyp", 4
DAMAGED = (OSError, ValueError, SyntaxError, TypeError, IndexError, KeyError, EOFError)


class PictureReader:
    """Reads the text of a picture.

    Args:
        recogniser: Reads pages; without one no picture can be read.
    """

    def __init__(self, recogniser: PageRecogniser | None = None) -> None:
        self._recogniser = recogniser

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield the paragraphs of each frame; the locator carries its number as the page.

        Raises:
            ReadError: OCR is not installed, the picture is damaged, too large or without text.
        """
        if self._recogniser is None:
            raise ReadError(f"是图片，需要文字识别；{MISSING_OCR}")
        found = False
        for block in join_pages(_pages(path, self._recogniser), frozenset(), file):
            found = True
            yield block
        if not found:
            raise ReadError("图片里没有认出文字，请核对原件")


def _pages(path: Path, recogniser: PageRecogniser) -> Iterator[tuple[int, list[Line]]]:
    from PIL import Image, ImageSequence

    try:
        _know_phone_pictures(path)
        with warnings.catch_warnings(action="ignore"), Image.open(path) as picture:
            for page, frame in enumerate(ImageSequence.Iterator(picture), 1):
                if page > MAX_PAGES:
                    raise ReadError(f"图片多于{MAX_PAGES}页，其余未读取；请拆成几个文件")
                if frame.width * frame.height > MAX_PIXELS:
                    raise ReadError("图片过大，疑似压缩炸弹，未读取；请缩小后再放入")
                yield page, recogniser.lines(page, partial(_pixels, frame))
    except Image.DecompressionBombError as error:
        raise ReadError("图片过大，疑似压缩炸弹，未读取；请缩小后再放入") from error
    except DAMAGED as error:
        raise ReadError("图片已损坏或不完整，请核对原件") from error


def _know_phone_pictures(path: Path) -> None:
    """Let Pillow open the photos of phones (HEIC), when this is one.

    Raises:
        ReadError: The extra is not installed.
    """
    with path.open("rb") as handle:
        if handle.read(HEIF_AT + len(HEIF))[HEIF_AT:] != HEIF:
            return
    try:
        import pi_heif
    except ImportError as error:
        raise ReadError(
            "是手机照片（HEIC），请另存为 jpg，或安装部件 pip install 'renda-nlp[heic]'"
        ) from error
    pi_heif.register_heif_opener()


def _pixels(frame: Any) -> Picture:
    """Return a frame as photographed upright, on white, not larger than a page needs."""
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(frame)
    upright.thumbnail((SIDE_PIXELS, SIDE_PIXELS))
    if "A" in upright.getbands() or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    return np.ascontiguousarray(np.asarray(upright.convert("RGB"))[:, :, ::-1])
