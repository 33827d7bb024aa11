"""Word documents (docx): an own walker over zip and XML that keeps the document's order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from renda_nlp.readers.containers import open_package, parse_xml, read_member
from renda_nlp.readers.numbering import Numbering, read_numbering
from renda_nlp.readers.wordstyles import WordStyles, read_styles
from renda_nlp.records import Block, Locator

__all__ = ["DocxReader", "W", "docx_blocks"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SKIPPED = frozenset(
    (
        W + "del",  # tracked deletions
        W + "moveFrom",
        FALLBACK,  # the second copy of a text box
        W + "pPr",
        W + "rPr",
        W + "sectPr",
        W + "instrText",
        W + "delText",
        W + "rt",  # how a character sounds, above it
    )
)
SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
}  # fmt: skip
NOTES = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))
MAX_GRID_SPAN = 200


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph or a table row before it gets its number."""

    text: str
    level: int = 0
    cells: tuple[str, ...] = ()


class DocxReader:
    """Reads body, tables, text boxes, content controls and notes; deleted text is left out."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield paragraphs and table rows; the locator counts them as paragraphs.

        Raises:
            ReadError: The file is damaged, encrypted or declares entities.
        """
        with open_package(path) as package:
            names = set(package.namelist())
            body = parse_xml(read_member(package, "word/document.xml"))
            parts = {
                name: parse_xml(read_member(package, f"word/{name}.xml"))
                for name in ("numbering", "styles")
                if f"word/{name}.xml" in names
            }
            notes = [
                note
                for member, tag in NOTES
                if member in names
                for note in parse_xml(read_member(package, member)).iter(W + tag)
                if note.get(W + "type") in (None, "normal")
            ]
        yield from docx_blocks((body, *notes), parts.get("styles"), parts.get("numbering"), file)


def docx_blocks(
    roots: Iterable[etree._Element],
    styles: etree._Element | None,
    numbering: etree._Element | None,
    file: str,
) -> Iterator[Block]:
    """Yield the paragraphs and table rows below body and notes, counted as paragraphs."""
    walker = _Walker(read_styles(styles), read_numbering(numbering))
    number = 0
    for root in roots:
        for piece in walker.walk(root):
            number += 1
            yield Block(
                text=piece.text,
                locator=Locator(file=file, paragraph=number),
                heading_level=piece.level,
                cells=piece.cells,
            )


class _Walker:
    """Walks a tree of WordprocessingML in document order."""

    def __init__(self, styles: WordStyles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def walk(self, root: etree._Element) -> Iterator[_Piece]:
        """Yield the paragraphs and table rows below ``root`` that hold text."""
        for element in root:
            if element.tag in SKIPPED or not isinstance(element.tag, str):
                continue
            if element.tag == W + "p":
                yield from self._paragraph(element)
            elif element.tag == W + "tbl":
                yield from self._table(element)
            else:  # body, content controls, custom XML, insertions
                yield from self.walk(element)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[_Piece]:
        text: list[str] = []
        boxes: list[etree._Element] = []
        _collect(paragraph, text, boxes)
        level, list_id, list_level = self._styles.of_paragraph(paragraph)
        content = "".join(text).strip("\n")
        if content.strip():
            label = self._numbering.next_label(list_id, list_level) if list_id else ""
            yield _Piece(label + content, level)
        for box in boxes:
            yield from self.walk(box)

    def _table(self, table: etree._Element) -> Iterator[_Piece]:
        above: list[str] = []
        for row in _rows(table):
            cells: list[str] = []
            nested: list[_Piece] = []
            for cell in _cells(row):
                span, merged = _cell_shape(cell)
                text = self._cell_text(cell, nested)
                if merged and not text and len(cells) < len(above):
                    text = above[len(cells)]
                cells.extend([text] * span)
            above = cells
            if any(cell.strip() for cell in cells):
                yield _Piece("\t".join(cells), 0, tuple(cells))
            yield from nested

    def _cell_text(self, cell: etree._Element, nested: list[_Piece]) -> str:
        """Return the text of a cell; rows of tables inside it are put into ``nested``."""
        texts = []
        for piece in self.walk(cell):
            if piece.cells:
                nested.append(piece)
            else:
                texts.append(piece.text)
        return "\n".join(texts)


def _collect(element: etree._Element, text: list[str], boxes: list[etree._Element]) -> None:
    """Gather the text of a paragraph and the text boxes anchored in it."""
    for child in element:
        tag = child.tag
        if tag in SKIPPED or not isinstance(tag, str):
            continue
        if tag == W + "t":
            text.append(child.text or "")
        elif tag in SIGNS:
            text.append(SIGNS[tag])
        elif tag == W + "txbxContent":
            boxes.append(child)
        elif tag == W + "r" and _is_hidden(child):
            continue
        else:
            _collect(child, text, boxes)


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(W + "val", "true") not in ("0", "false", "off")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == W + "tr":
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins"):
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    properties = row.find(W + "trPr")
    if properties is not None and properties.find(W + "del") is not None:
        return  # a tracked deletion of the whole row
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent"):
            yield from _cells(child)


def _cell_shape(cell: etree._Element) -> tuple[int, bool]:
    """Return (columns it spans, whether it continues the cell above)."""
    properties = cell.find(W + "tcPr")
    if properties is None:
        return 1, False
    span = properties.find(W + "gridSpan")
    merge = properties.find(W + "vMerge")
    value = span.get(W + "val", "1") if span is not None else "1"
    width = int(value) if value.isascii() and value.isdigit() else 1
    continues = merge is not None and merge.get(W + "val", "continue") == "continue"
    return max(1, min(width, MAX_GRID_SPAN)), continues
