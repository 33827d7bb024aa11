"""OpenDocument texts and presentations (odt, odp)."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from renda_nlp.readers.containers import check_password, open_package, parse_xml, read_member
from renda_nlp.records import Block, Locator

__all__ = ["OdtReader"]

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SKIPPED = frozenset(
    (TEXT + "tracked-changes", OFFICE + "annotation", TEXT + "note-citation", OFFICE + "forms")
)
MAX_REPEAT = 100
MAX_HEADING = 6


class OdtReader:
    """Reads paragraphs, headings, lists, tables, frames and notes in document order."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield paragraphs and table rows; the locator counts them as paragraphs.

        Raises:
            ReadError: The file is damaged, encrypted or declares entities.
        """
        with open_package(path) as package:
            check_password(package)
            root = parse_xml(read_member(package, "content.xml"))
        body = root.find(OFFICE + "body")
        walk = _walk(body if body is not None else root)
        for number, (level, cells, text) in enumerate(walk, 1):
            yield Block(
                text=text,
                locator=Locator(file=file, paragraph=number),
                heading_level=level,
                cells=cells,
            )


def _walk(element: etree._Element) -> Iterator[tuple[int, tuple[str, ...], str]]:
    for child in element:
        tag = child.tag
        if tag in SKIPPED or not isinstance(tag, str):
            continue
        if tag in (TEXT + "p", TEXT + "h"):
            text, inner = _paragraph(child)
            if text.strip():
                yield _level(child), (), text
            for item in inner:
                yield from _walk(item)
        elif tag == TABLE + "table":
            yield from _rows(child)
        else:
            yield from _walk(child)


def _level(paragraph: etree._Element) -> int:
    if paragraph.tag != TEXT + "h":
        return 0
    value = paragraph.get(TEXT + "outline-level", "1")
    return min(int(value), MAX_HEADING) if value.isascii() and value.isdigit() else 1


def _paragraph(paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
    """Return the text of a paragraph, and the notes and frames that are anchored in it."""
    parts: list[str] = [paragraph.text or ""]
    inner: list[etree._Element] = []
    for child in paragraph:
        tag = child.tag
        if tag == TEXT + "s":
            count = child.get(TEXT + "c", "1")
            parts.append(" " * min(int(count) if count.isdigit() else 1, MAX_REPEAT))
        elif tag == TEXT + "tab":
            parts.append("\t")
        elif tag == TEXT + "line-break":
            parts.append("\n")
        elif tag in (TEXT + "note", DRAW + "frame", DRAW + "custom-shape"):
            inner.append(child)
        elif tag not in SKIPPED and isinstance(tag, str):
            text, deeper = _paragraph(child)
            parts.append(text)
            inner.extend(deeper)
        parts.append(child.tail or "")
    return "".join(parts), inner


def _rows(table: etree._Element) -> Iterator[tuple[int, tuple[str, ...], str]]:
    above: list[str] = []
    for row in table.iter(TABLE + "table-row"):
        if next(row.iterancestors(TABLE + "table")) is not table:
            continue
        cells: list[str] = []
        for cell in row:
            text = "\n".join(text for _, _, text in _walk(cell))
            if cell.tag == TABLE + "covered-table-cell" and not text:
                text = _covering(cells, row, above)
            repeat = cell.get(TABLE + "number-columns-repeated", "1")
            cells.extend([text] * min(int(repeat) if repeat.isdigit() else 1, MAX_REPEAT))
        above = cells
        if any(text.strip() for text in cells):
            yield 0, tuple(cells), "\t".join(cells)


def _covering(cells: list[str], row: etree._Element, above: list[str]) -> str:
    """Return the text of the cell that covers the next one: to its left, or above it."""
    left = row[len(cells) - 1] if 0 < len(cells) <= len(row) else None
    spans = left is not None and left.get(TABLE + "number-columns-spanned", "1") != "1"
    if spans or len(cells) >= len(above):
        return cells[-1] if cells else ""
    return above[len(cells)]
