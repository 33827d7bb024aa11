"""Blocks of text to a .docx file."""

from collections.abc import Iterable
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from markup import Block, Heading, Table, parse_blocks
from office_stamp import AUTHOR, STAMPED_AT, repack_zip

LABELLED_CELL = 2  # a row of a label and one cell that takes the rest of the width


def write_docx(path: Path, lines: list[str]) -> None:
    """Write marked-up lines as a Word file."""
    document = Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = STAMPED_AT
    _add_blocks(document, parse_blocks(lines))
    document.save(str(path))
    repack_zip(path)


def _add_blocks(document: WordDocument, blocks: Iterable[Block]) -> None:
    """Append blocks to a document; a first-level heading is its centred title."""
    for block in blocks:
        if isinstance(block, Table):
            _add_table(document, block.rows)
        elif not isinstance(block, Heading):
            document.add_paragraph(block.text)
        elif block.level == 1:
            document.add_heading(block.text, 0).alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            document.add_heading(block.text, block.level - 1)


def _add_table(document: WordDocument, rows: list[list[str]]) -> None:
    """Append a bordered table as wide as its longest row."""
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    table.style = "Table Grid"
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
        if len(row) == LABELLED_CELL < len(cells):
            cells[1].merge(cells[-1])
