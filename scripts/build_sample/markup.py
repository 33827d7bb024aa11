"""The small mark-up of the content folder: headings, paragraphs and tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

HEADING = re.compile(r"(#{1,3}) (.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 1 to 3, written ``# text`` to ``### text``."""

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Any other line that is not blank."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Neighbouring lines ``|cell|cell|``; rows may differ in length."""

    rows: list[list[str]]


Block = Heading | Paragraph | Table


def parse_blocks(lines: list[str]) -> Iterator[Block]:
    """Yield the blocks of a text in order."""
    table_lines: list[str] = []
    for line in [*lines, ""]:  # the blank ends a table on the last line
        if line.startswith("|"):
            table_lines.append(line)
            continue
        if table_lines:
            yield Table(rows=[_parse_row(row) for row in table_lines])
            table_lines = []
        if not line.strip():
            continue
        heading = HEADING.match(line)
        if heading:
            yield Heading(level=len(heading[1]), text=heading[2])
        else:
            yield Paragraph(text=line)


def strip_heading_marks(line: str) -> str:
    """Return a line without the marks of a heading."""
    return re.sub(r"^#{1,3} ", "", line)


def format_row(cells: list[str]) -> str:
    """Return the line of one table row."""
    return "|" + "|".join(cells) + "|"


def _parse_row(line: str) -> list[str]:
    """Return the cells of a table line; empty cells at either end are lost."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
