"""PDF by pypdfium2: the text layer, and pages that are pictures recognised where OCR is installed."""

import math
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from renda_nlp.errors import ReadError
from renda_nlp.readers.ocr import MISSING_OCR, PageRecogniser
from renda_nlp.readers.pagelines import Line, find_furniture, join_pages
from renda_nlp.readers.pdfcells import put_into_tables
from renda_nlp.readers.pdftables import find_tables
from renda_nlp.readers.radicals import restore_radicals
from renda_nlp.records import Block

__all__ = ["PdfReader"]

FURNITURE_SAMPLE_PAGES = 40
DPI = 150
POINTS_PER_INCH = 72
MAX_SIDE_PIXELS = 3000
TRAILING_QUOTES = re.compile(r" [“”‘’]+(?: [“”‘’]+)*$")
SPACED_QUOTE = re.compile(r" ?([“”‘’]) ?")
FEW_CHARACTERS = 30  # as of a scanner program's mark on a page that is a picture
MIXED_SPACE = re.compile(
    r"(?<=[\u4e00-\u9fff]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%）]) (?=[\u4e00-\u9fff])"
)
MIN_SLANT = 0.15  # radians
MIN_PICTURE_SHARE = 0.5  # of the page


class PdfReader:
    """Reads a PDF page by page.

    Args:
        recogniser: Reads pages that are pictures; None leaves them out and says so.
    """

    def __init__(self, recogniser: PageRecogniser | None = None) -> None:
        self._recogniser = recogniser

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield paragraphs; the locator carries the page where one starts and its number there.

        Raises:
            ReadError: The file is damaged, encrypted, or has pages that are pictures.
        """
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            if "password" in str(error).lower():
                raise ReadError("PDF 有密码，请去掉密码后再放入") from error
            raise ReadError("PDF 已损坏，请用原软件重新导出") from error
        try:
            yield from self._read_pages(document, file)
        finally:
            document.close()

    def _read_pages(self, document: pdfium.PdfDocument, file: str) -> Iterator[Block]:
        n_pages = len(document)
        sample = range(1, min(n_pages, FURNITURE_SAMPLE_PAGES) + 1)
        known = {page: _page_lines(document, page) for page in sample}
        furniture = find_furniture(known.values(), len(sample))
        pictures: list[int] = []  # pages that are pictures and stay unread
        blank: list[int] = []

        def pages() -> Iterator[tuple[int, list[Line]]]:
            for page in range(1, n_pages + 1):
                lines = known.pop(page, None) or _page_lines(document, page)
                if _is_picture(document, page, lines):
                    recognised = self._recognise(document, page)
                    if recognised is None:
                        pictures.append(page)
                    lines = recognised or lines
                if not lines and page not in pictures:
                    blank.append(page)
                yield page, lines

        yield from join_pages(pages(), furniture, file)
        _report_unread(pictures, blank, n_pages)

    def _recognise(self, document: pdfium.PdfDocument, page: int) -> list[Line] | None:
        if self._recogniser is None:
            return None
        return self._recogniser.lines(page, lambda: _draw(document, page))


def _report_unread(pictures: list[int], blank: list[int], n_pages: int) -> None:
    """Raise ReadError when pages stayed unread: the document, or those pages, are scans."""
    if len(pictures) == n_pages:
        raise ReadError(f"是扫描件，没有文字层；{MISSING_OCR}")
    if len(blank) == n_pages:
        raise ReadError("各页都没有认出文字（空白或图形）；请核对原件")
    if pictures:
        places = "、".join(str(page) for page in pictures[:10])
        raise ReadError(f"第{places}页没有文字层（扫描页），其余各页已读；{MISSING_OCR}")


def _page_lines(document: pdfium.PdfDocument, page: int) -> list[Line]:
    try:
        handle = document[page - 1]
        text_page = handle.get_textpage()
        text = text_page.get_text_range()
        tables = find_tables(handle) if text.strip() else []
    except pdfium.PdfiumError as error:
        raise ReadError(f"第{page}页已损坏，此后的内容未读取；请用原软件重新导出") from error
    lines = list(_text_lines(text_page, text))
    if tables:
        lines = put_into_tables(text_page, text, lines, tables)
    text_page.close()
    handle.close()
    return [line for _, line in lines]


def _text_lines(text_page: pdfium.PdfTextPage, text: str) -> Iterator[tuple[int, Line]]:
    """Yield (index in the text, line) of each line that is not blank or a slanted watermark."""
    offset = 0
    for part in text.splitlines(keepends=True):
        stripped = part.strip("\r\n\x00\ufffe ")
        if stripped.strip():
            start = offset + part.index(stripped[0])
            if not _is_slanted(text_page, start):
                box = _box(text_page, start)
                if MIXED_SPACE.search(stripped):
                    stripped = _without_set_spaces(text_page, start, stripped)
                if TRAILING_QUOTES.search(stripped):
                    stripped = _by_place(text_page, start, stripped)
                yield start, Line(restore_radicals(stripped), *box)
        offset += len(part)


def _without_set_spaces(text_page: pdfium.PdfTextPage, start: int, line: str) -> str:
    """Drop the spaces that only the setting puts between Chinese and Latin characters."""

    def kept(found: re.Match[str]) -> str:
        index = raw.FPDFText_GetCharIndexFromTextIndex(text_page, start + found.start())
        return "" if raw.FPDFText_IsGenerated(text_page, index) == 1 else " "

    return MIXED_SPACE.sub(kept, line)


def _is_slanted(text_page: pdfium.PdfTextPage, text_index: int) -> bool:
    """Whether a character stands askew, as watermarks do."""
    index = raw.FPDFText_GetCharIndexFromTextIndex(text_page, text_index)
    angle = raw.FPDFText_GetCharAngle(text_page, index) if index >= 0 else -1.0
    rest = angle % (math.pi / 2)
    return angle >= 0 and min(rest, math.pi / 2 - rest) > MIN_SLANT


def _by_place(text_page: pdfium.PdfTextPage, start: int, line: str) -> str:
    """Return a line in the order of its places: quotes of another font come last from pdfium."""
    placed = []
    for at, char in enumerate(line):
        index = raw.FPDFText_GetCharIndexFromTextIndex(text_page, start + at)
        if index < 0:
            return line
        try:
            left, _, right, _ = text_page.get_charbox(index)
        except (pdfium.PdfiumError, IndexError):
            return line
        placed.append(((left + right) / 2, at, char))
    return SPACED_QUOTE.sub(r"\1", "".join(char for _, _, char in sorted(placed)))


def _box(text_page: pdfium.PdfTextPage, text_index: int) -> tuple[float, float]:
    index = raw.FPDFText_GetCharIndexFromTextIndex(text_page, text_index)
    if index < 0:
        return -1.0, 0.0
    try:
        left = text_page.get_charbox(index, loose=True)[0]
    except (pdfium.PdfiumError, IndexError):
        return -1.0, 0.0
    return left, raw.FPDFText_GetFontSize(text_page, index)


def _is_picture(document: pdfium.PdfDocument, page: int, lines: list[Line]) -> bool:
    """Whether a page has hardly any text and a picture that covers much of it."""
    if sum(len(line.text) for line in lines) > FEW_CHARACTERS:
        return False
    handle = document[page - 1]
    try:
        area = handle.get_width() * handle.get_height()
        covered = 0.0
        for item in handle.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = item.get_bounds()
            covered += abs(right - left) * abs(top - bottom)
    except pdfium.PdfiumError:
        return False
    finally:
        handle.close()
    return bool(covered > MIN_PICTURE_SHARE * area)


def _draw(document: pdfium.PdfDocument, page: int) -> NDArray[np.uint8]:
    """Return a page as a picture of shape (height, width, 3), blue first."""
    handle = document[page - 1]
    longest = max(handle.get_width(), handle.get_height(), 1.0)
    scale = min(DPI / POINTS_PER_INCH, MAX_SIDE_PIXELS / longest)
    try:
        bitmap = handle.render(scale=scale)
        drawn = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
        bitmap.close()
    except pdfium.PdfiumError as error:
        raise ReadError(f"第{page}页已损坏，此后的内容未读取；请用原软件重新导出") from error
    finally:
        handle.close()
    return drawn
