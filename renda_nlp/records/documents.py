"""What reading a folder gives: places, blocks, documents, and what was left out."""

import datetime
from dataclasses import dataclass

__all__ = ["Block", "Document", "Failure", "Locator", "Passage", "SetAside"]


SURE_RECOGNITION = 0.9
"""Mean confidence from which recognised characters pass without a warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where a block of text stands: the file and, as far as the format has them, the finer places.

    All numbers count from 1. ``file`` is the path below the input folder with ``/``; a member of an
    archive or an attachment is ``outer.zip!inner.docx``. Inside a table of a text document
    ``paragraph`` is the block number of the row and ``column`` the cell.
    """

    file: str
    page: int | None = None
    paragraph: int | None = None
    sheet: str = ""
    row: int | None = None
    column: int | None = None
    line: int | None = None
    confidence: float | None = None  # 0-1, of character recognition; None where the file has text

    def describe(self) -> str:
        """Return the place in Chinese, without the file name: ``工作表“登记表”第5行第3列``."""
        parts = []
        if self.page is not None:
            parts.append(f"第{self.page}页")
        if self.paragraph is not None:
            parts.append(f"第{self.paragraph}段")
        if self.sheet:
            parts.append(f"工作表“{self.sheet}”")
        if self.row is not None:
            parts.append(f"第{self.row}行")
        if self.column is not None:
            parts.append(f"第{self.column}列")
        if self.line is not None:
            parts.append(f"第{self.line}行")
        if self.confidence is not None:
            sure = self.confidence >= SURE_RECOGNITION
            parts.append(
                "（图片识别）" if sure else f"（图片识别，把握低{self.confidence:.2f}，请核对）"
            )
        return "".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, line or table row of a file, as the file has it.

    ``cells`` is empty for running text; for a table row it holds the text of each cell (merged
    cells filled by the reader) and ``text`` is the cells joined by tabs.
    """

    text: str
    locator: Locator
    heading_level: int = 0  # 1-6 where the format marks headings, 0 = body
    cells: tuple[str, ...] = ()

    def text_at(self, column: int | None) -> str:
        """Return the text that a locator with this ``column`` (from 1; None = the block) names."""
        return self.text if column is None else self.cells[column - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One source file and what was understood of it as a whole."""

    file: str
    format: str  # docx, xlsx, pdf, csv, txt ...
    kind: str  # a key of KINDS
    kind_confidence: float  # 0-1; 1.0 where the config says so
    title: str
    date: datetime.date | None  # the day the document bears, else None
    n_bytes: int
    fingerprint: str  # 16 hex of blake2b over the bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that was left out, with the reason and the remedy in Chinese."""

    stage: str  # read, split, quote ...
    source: str  # file, or file and place
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch ``[start, end)`` of the source text that ``locator`` names."""

    locator: Locator
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A row or paragraph that is no opinion: kept, counted, and listed with its reason."""

    locator: Locator
    reason: str  # Chinese: 问候语, 落款, 广告, 测试数据, 空行, 标题 ...
    text: str
