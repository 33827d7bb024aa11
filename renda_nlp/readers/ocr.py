"""Characters of pages that are pictures, recognised offline by rapidocr (extra ``ocr``).

The models lie in rapidocr's wheel; nothing is fetched. What was recognised is kept by the file's
fingerprint, so that a page is recognised once, also when the run is stopped and started again.
"""

import json
import os
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.readers.markers import OUTPUT_FOLDER_MARKER
from renda_nlp.readers.pagelines import Line

__all__ = ["MISSING_OCR", "PageRecogniser", "Picture", "make_recogniser"]

MISSING_OCR = (
    "请安装文字识别部件 pip install 'renda-nlp[ocr]'，或先用文字识别软件转成 Word、带文字的 PDF"
)
Picture = NDArray[np.uint8]  # (height, width, 3), blue first
Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels
Found = tuple[Box, str, float]
MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}
SIDE_PIXELS = 960  # of the picture in which lines are looked for: faster, same characters
MAX_THREADS = 4  # more gain little and reserve memory
POOR = 0.8  # mean confidence below which the page may stand on its head
MIN_CONFIDENCE = 0.5  # of a line; less is no text
SAME_LINE = 0.5  # of the height
MIN_COLUMN_LINES = 5
MIN_COLUMN_FILL = 0.75  # mean length of the lines of running text
MIN_COLUMN_WIDTH = 0.3  # of the page; narrower ones are columns of a table
MAX_ACROSS = 0.2  # of the lines may cross both columns: titles
GUTTERS = np.arange(0.35, 0.66, 0.01)  # where the space between two columns may lie


class PageRecogniser:
    """Recognises the pages of one file.

    Args:
        folder: Where recognised pages are kept; None keeps none.
        fingerprint: Of the file.
    """

    def __init__(self, folder: Path | None, fingerprint: str) -> None:
        self._folder = folder
        self._fingerprint = fingerprint

    def lines(self, page: int, draw: Callable[[], Picture]) -> list[Line]:
        """Return the lines of a page in reading order.

        Args:
            page: Its number in the file, from 1.
            draw: Gives the picture; called only when the page is not known yet.

        Raises:
            ReadError: The recognition failed.
        """
        kept = self._folder and self._folder / f"{self._fingerprint}-{page}.json"
        if kept and kept.is_file():
            return [Line(*values) for values in json.loads(kept.read_text("utf-8"))]
        lines = _lines(_upright(draw()))
        if kept:
            _keep(lines, kept)
        return lines


def _keep(lines: list[Line], path: Path) -> None:
    """Write recognised lines, whole or not at all, into a folder that is no material."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    (path.parent / OUTPUT_FOLDER_MARKER).touch()
    draft = path.with_suffix(f".{os.getpid()}")
    values = [(line.text, line.left, line.size, line.confidence) for line in lines]
    draft.write_text(json.dumps(values, ensure_ascii=False), "utf-8")
    draft.replace(path)


def make_recogniser(config: ReadConfig, fingerprint: str) -> PageRecogniser | None:
    """Return the recogniser of a file's pages, or None when OCR is off or not installed."""
    if not config.ocr or _models() is None:
        return None
    return PageRecogniser(Path(config.ocr_folder) if config.ocr_folder else None, fingerprint)


@cache
def _models() -> dict[str, Path] | None:
    """Return the model files of rapidocr's wheel, or None where one is absent."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None or find_spec("onnxruntime") is None:
        return None
    folder = Path(spec.origin).parent / "models"
    found = {part: folder / name for part, name in MODELS.items()}
    return found if all(path.is_file() for path in found.values()) else None


@cache
def _engine() -> Callable[[Picture], Any]:
    from rapidocr import RapidOCR

    paths = {f"{part}.model_path": str(path) for part, path in (_models() or {}).items()}
    engine: Callable[[Picture], Any] = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.text_score": MIN_CONFIDENCE,
            "Det.limit_side_len": SIDE_PIXELS,
            "Det.limit_type": "max",
            "EngineConfig.onnxruntime.intra_op_num_threads": min(MAX_THREADS, os.cpu_count() or 1),
            **paths,
        }
    )
    return engine


def _recognise(picture: Picture) -> list[Found]:
    try:
        result = _engine()(picture)
    except (RuntimeError, ValueError) as error:  # what onnxruntime and opencv document
        raise ReadError("文字识别失败，请核对图片，或改用文字版") from error
    if result.boxes is None or result.txts is None or result.scores is None:
        return []
    found = []
    for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        box = (float(left), float(top), float(right), float(bottom))
        if text.strip():
            found.append((box, text, float(score)))
    return found


def _upright(picture: Picture) -> list[Found]:
    """Recognise a page, turned so that its lines lie and read from left to right.

    Lines that stand are recognised turned to the left; when that reads well the page belongs
    turned to the left, else to the right. Lying lines that read badly may stand on their head.
    """
    found = _recognise(picture)
    poor = _mean(found) < POOR
    if _lines_stand(found):
        return _recognise(_turned(picture, 3 if poor else 1))
    if not poor or not found:
        return found
    other = _recognise(_turned(picture, 2))
    return max(found, other, key=_mean)


def _turned(picture: Picture, quarters: int) -> Picture:
    """Return the picture turned to the left."""
    return np.ascontiguousarray(np.rot90(picture, quarters))


def _lines_stand(found: list[Found]) -> bool:
    """Whether most characters are in boxes taller than wide; single characters do not count."""
    several = [(box, text) for box, text, _ in found if len(text) > 1]
    standing = sum(len(text) for box, text in several if box[3] - box[1] > box[2] - box[0])
    return standing * 2 > sum(len(text) for _, text in several)


def _mean(found: list[Found]) -> float:
    weight = sum(len(text) for _, text, _ in found)
    return sum(score * len(text) for _, text, score in found) / weight if weight else 0.0


def _lines(found: list[Found]) -> list[Line]:
    """Put boxes into lines, column by column, from top to bottom."""
    gutter = _gutter(found)
    if gutter is None:
        return _column_lines(found)
    left = [item for item in found if item[0][2] <= gutter]
    right = [item for item in found if item[0][0] >= gutter]
    across = [item for item in found if item[0][0] < gutter < item[0][2]]
    top = min(item[0][1] for item in left + right)
    head = [item for item in across if item[0][1] < top]
    foot = [item for item in across if item[0][1] >= top]
    return [line for part in (head, left, right, foot) for line in _column_lines(part)]


def _gutter(found: list[Found]) -> float | None:
    """Return the x between two columns of running text, or None."""
    if not found:
        return None
    first, last = min(box[0] for box, *_ in found), max(box[2] for box, *_ in found)
    for share in GUTTERS:
        x = first + float(share) * (last - first)
        sides = [box for box, *_ in found if box[2] <= x], [box for box, *_ in found if box[0] >= x]
        n_across = len(found) - len(sides[0]) - len(sides[1])
        few = any(len(side) < MIN_COLUMN_LINES for side in sides)
        if few or n_across > MAX_ACROSS * len(found):
            continue
        widths = [max(b[2] for b in side) - min(b[0] for b in side) for side in sides]
        if min(widths) < MIN_COLUMN_WIDTH * (last - first):
            continue
        fills = [
            sum(box[2] - box[0] for box in side) / len(side) / width
            for side, width in zip(sides, widths, strict=True)
        ]
        if min(fills) >= MIN_COLUMN_FILL:
            return x
    return None


def _column_lines(found: list[Found]) -> list[Line]:
    rows: list[list[Found]] = []
    for item in sorted(found, key=lambda one: (one[0][1] + one[0][3], one[0][0])):
        box = item[0]
        middle = (box[1] + box[3]) / 2
        above = rows[-1][-1][0] if rows else None
        if above and abs((above[1] + above[3]) / 2 - middle) < SAME_LINE * (box[3] - box[1]):
            rows[-1].append(item)
        else:
            rows.append([item])
    lines = []
    for row in rows:
        row.sort(key=lambda one: one[0][0])
        height = max(box[3] - box[1] for box, *_ in row)
        text = " ".join(text for _, text, _ in row)
        lines.append(Line(text, row[0][0][0], height, round(_mean(row), 4)))
    return lines
