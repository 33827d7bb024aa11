"""Text PDF by pypdfium2: lines joined to paragraphs, running heads and page numbers dropped."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from renda_nlp.errors import ReadError
from renda_nlp.readers.radicals import restore_radicals
from renda_nlp.records import Block, Locator

__all__ = ["PdfReader"]

PAGE_NUMBER = re.compile(r"[\s\-—–―－·•~第]*\d{1,4}\s*(?:[/／]\s*\d{1,4})?[\s\-—–―－·•~页]*$")
NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、是要]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]\D|第[一二三四五六七八九十]+[章节条、])"
)
SENTENCE_END = tuple("。！？!?；;：:”）)")
FURNITURE_LINES = 2  # lines at head and foot that may be running heads
FURNITURE_SAMPLE_PAGES = 40
MIN_REPEATS = 3
MIN_REPEAT_SHARE = 0.3
FULL_LINE_SHARE = 0.86  # a shorter line ends its paragraph
INDENT_CHARACTERS = 1.3
MIN_SIZE = 0.1
LAST_ASCII = 0x2E80


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float  # points from the left edge; -1 when unknown
    size: float  # of the font, points; 0 when unknown


class PdfReader:
    """Reads the text layer of a PDF, page by page."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield paragraphs; the locator carries the page where one starts and its number there.

        Raises:
            ReadError: The file is damaged, encrypted, a scan, or has pages without text.
        """
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            if "password" in str(error).lower():
                raise ReadError("PDF 有密码，请去掉密码后再放入") from error
            raise ReadError("PDF 已损坏，请用原软件重新导出") from error
        try:
            yield from _read_pages(document, file)
        finally:
            document.close()


def _read_pages(document: pdfium.PdfDocument, file: str) -> Iterator[Block]:
    furniture = _furniture(document)
    bare_pages = []
    pending: _Paragraph | None = None
    for page in range(1, len(document) + 1):
        lines = _page_lines(document, page)
        if not lines:
            bare_pages.append(page)
            continue
        lines = [line for line in lines if _key(line.text) not in furniture]
        lines = _without_page_numbers(lines)
        for paragraph in _paragraphs(lines, page):
            if pending is not None and pending.runs_on(paragraph):
                pending.text += paragraph.text
                pending.open = paragraph.open
                continue
            if pending is not None:
                yield pending.block(file)
            pending = paragraph
    if pending is not None:
        yield pending.block(file)
    _check_scan(bare_pages, len(document))


def _check_scan(bare_pages: list[int], n_pages: int) -> None:
    """Raise ReadError when pages had no text: the document, or those pages, are scans."""
    if len(bare_pages) == n_pages:
        raise ReadError("是扫描件，没有文字层；请先用文字识别软件转成 Word 或带文字的 PDF")
    if bare_pages:
        places = "、".join(str(page) for page in bare_pages[:10])
        raise ReadError(f"第{places}页没有文字层（扫描页或空白页），其余各页已读；请补充文字版")


@dataclass(slots=True)
class _Paragraph:
    text: str
    page: int
    number: int
    first_on_page: bool
    indented: bool
    open: bool  # its last line is full and ends no sentence

    def runs_on(self, other: "_Paragraph") -> bool:
        """Whether ``other``, first on its page, continues this paragraph."""
        crosses = other.first_on_page and other.page != self.page
        return crosses and self.open and not other.indented and not NUMBERED.match(other.text)

    def block(self, file: str) -> Block:
        """Return the paragraph as a block."""
        return Block(
            text=self.text,
            locator=Locator(file=file, page=self.page, paragraph=self.number),
        )


def _page_lines(document: pdfium.PdfDocument, page: int) -> list[_Line]:
    try:
        handle = document[page - 1]
        text_page = handle.get_textpage()
        text = text_page.get_text_range()
    except pdfium.PdfiumError as error:
        raise ReadError(f"第{page}页已损坏，此后的内容未读取；请用原软件重新导出") from error
    lines = []
    offset = 0
    for part in text.splitlines(keepends=True):
        stripped = part.strip("\r\n\x00\ufffe ")
        if stripped.strip():
            start = offset + part.index(stripped[0])
            lines.append(_Line(restore_radicals(stripped), *_box(text_page, start)))
        offset += len(part)
    text_page.close()
    handle.close()
    return lines


def _box(text_page: pdfium.PdfTextPage, text_index: int) -> tuple[float, float]:
    index = raw.FPDFText_GetCharIndexFromTextIndex(text_page, text_index)
    if index < 0:
        return -1.0, 0.0
    try:
        left = text_page.get_charbox(index, loose=True)[0]
    except (pdfium.PdfiumError, IndexError):
        return -1.0, 0.0
    return left, raw.FPDFText_GetFontSize(text_page, index)


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", text))


def _furniture(document: pdfium.PdfDocument) -> frozenset[str]:
    """Return the lines, digits made equal, that repeat at the head or foot of the pages."""
    n_pages = min(len(document), FURNITURE_SAMPLE_PAGES)
    seen: Counter[str] = Counter()
    for page in range(1, n_pages + 1):
        lines = _page_lines(document, page)
        edge = lines[:FURNITURE_LINES] + lines[FURNITURE_LINES:][-FURNITURE_LINES:]
        seen.update({_key(line.text) for line in edge})
    needed = max(MIN_REPEATS, MIN_REPEAT_SHARE * n_pages)
    return frozenset(key for key, count in seen.items() if count >= needed)


def _without_page_numbers(lines: list[_Line]) -> list[_Line]:
    last = len(lines) - FURNITURE_LINES
    return [
        line
        for index, line in enumerate(lines)
        if not ((index < FURNITURE_LINES or index >= last) and PAGE_NUMBER.match(line.text))
    ]


def _paragraphs(lines: list[_Line], page: int) -> Iterator[_Paragraph]:
    if not lines:
        return
    widths = sorted(_width(line.text) for line in lines)
    full = widths[int(0.9 * (len(widths) - 1))] * FULL_LINE_SHARE
    margin = min((line.left for line in lines if line.left >= 0), default=0.0)
    number = 0
    current: _Paragraph | None = None
    previous_size = 0.0
    for line in lines:
        indented = line.left > margin + INDENT_CHARACTERS * max(line.size, MIN_SIZE)
        same_size = abs(line.size - previous_size) < 0.15 * max(line.size, 1.0)
        joins = (
            current is not None
            and current.open
            and same_size
            and not indented
            and not NUMBERED.match(line.text)
        )
        if current is not None and joins:
            current.text += _glue(current.text, line.text) + line.text
            current.open = _width(line.text) >= full
        else:
            if current is not None:
                yield current
            number += 1
            current = _Paragraph(line.text, page, number, number == 1, indented, open=True)
        current.open = _width(line.text) >= full
        previous_size = line.size
    if current is not None:
        yield current


def _width(text: str) -> float:
    return sum(1.0 if ord(char) >= LAST_ASCII else 0.5 for char in text)


def _glue(before: str, after: str) -> str:
    """Return the space between two joined lines: one between Latin words, none in Chinese."""
    return " " if before[-1:].isascii() and after[:1].isascii() and before[-1:].isalnum() else ""
