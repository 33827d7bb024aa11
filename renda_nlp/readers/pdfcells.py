"""The text of a PDF page put into the cells of its ruled tables."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

from renda_nlp.readers.pagelines import Line
from renda_nlp.readers.pdftables import Cell, RuledTable
from renda_nlp.readers.radicals import restore_radicals

__all__ = ["put_into_tables"]

NEAR = 2.5  # points
MIN_FILLED = 2  # cells of a row, and rows, that hold text: less is a frame
Placed = tuple[int, Line]


@dataclass(slots=True)
class _CellText:
    """The text of a cell as its characters come."""

    text: str = ""
    right: float = 0.0  # where the last character ends

    def add(self, char: str, right: float) -> None:
        """Take one character; a new line of Latin letters begins behind a space."""
        words = self.text[-1:].isascii() and self.text[-1:].isalnum() and char.isascii()
        if words and char.isalnum() and right < self.right - NEAR:
            self.text += " "
        self.text += char
        self.right = right


@dataclass(slots=True)
class _Filled:
    """A table with what stands in its cells and where in the page's text it begins."""

    table: RuledTable
    cells: dict[Cell, _CellText] = field(default_factory=lambda: defaultdict(_CellText))
    start: int | None = None

    def lines(self) -> list[Line]:
        """Return a line per row that holds text; none when this is a frame and no table."""
        texts = {cell: restore_radicals(held.text.strip()) for cell, held in self.cells.items()}
        rows = [row for row in self.table.rows(texts) if any(row)]
        full = sum(len({cell for cell in row if cell}) >= MIN_FILLED for row in rows)
        return (
            [Line("\t".join(row), -1.0, 0.0, cells=row) for row in rows]
            if full >= MIN_FILLED
            else []
        )


def put_into_tables(
    text_page: pdfium.PdfTextPage,
    text: str,
    lines: Sequence[Placed],
    tables: Sequence[RuledTable],
) -> list[Placed]:
    """Return the lines of a page with those in tables replaced by the rows, in their place.

    Args:
        text_page: The page.
        text: Its text.
        lines: (index in the text, line), in order.
        tables: Its tables.
    """
    filled = [_Filled(table) for table in tables]
    inside = _fill(text_page, text, filled)
    rows: list[Placed] = []
    for one in filled:
        made = one.lines()
        if one.start is None or not made:
            inside = {at: owner for at, owner in inside.items() if owner is not one}
        else:
            rows += [(one.start, line) for line in made]
    kept = [(at, line) for at, line in lines if at not in inside]
    return sorted([*kept, *rows], key=lambda placed: placed[0])


def _fill(
    text_page: pdfium.PdfTextPage, text: str, tables: Sequence[_Filled]
) -> dict[int, _Filled]:
    """Put every character into its cell; return the table of each index inside one."""
    inside: dict[int, _Filled] = {}
    for at, char in enumerate(text):
        index = raw.FPDFText_GetCharIndexFromTextIndex(text_page, at)
        if index < 0 or char in "\r\n\0\ufffe":
            continue
        if char == " " and raw.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        try:
            left, bottom, right, top = text_page.get_charbox(index)
        except (pdfium.PdfiumError, IndexError):
            continue
        for one in tables:
            cell = one.table.cell_at((left + right) / 2, (bottom + top) / 2)
            if cell is not None:
                one.cells[cell].add(char, right)
                one.start = at if one.start is None else one.start
                inside[at] = one
                break
    return inside
