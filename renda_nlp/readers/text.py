"""Plain text and Markdown, line by line."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from renda_nlp.readers.encoding import read_lines
from renda_nlp.readers.wrapping import join_wrapped
from renda_nlp.records import Block, Locator

__all__ = ["MarkdownReader", "TextReader"]

HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*\s*$")
TABLE_ROW = re.compile(r"\s*\|.*\|\s*$")
TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
MARKUP = re.compile(r"^\s{0,3}(?:>\s?|[-*+]\s+)+|\*\*|__|`")


class TextReader:
    """Reads a text file: one block per line that is not blank; lines of a fixed width are joined."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield the lines of ``path``; the locator carries the line number, of several joined the first."""
        for locator, line in _located(join_wrapped(read_lines(path)), file):
            yield Block(text=line, locator=locator)


class MarkdownReader:
    """Reads Markdown: headings, tables, and lines without their list and emphasis marks."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield the lines of ``path``; the locator carries the line number."""
        for locator, line in _located(read_lines(path), file):
            if TABLE_RULE.match(line):
                continue
            if heading := HEADING.match(line):
                yield Block(text=heading[2], locator=locator, heading_level=len(heading[1]))
            elif TABLE_ROW.match(line):
                cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
                yield Block(text="\t".join(cells), locator=locator, cells=cells)
            elif text := MARKUP.sub("", line).strip():
                yield Block(text=text, locator=locator)


def _located(lines: Iterable[tuple[int, str]], file: str) -> Iterator[tuple[Locator, str]]:
    previous, piece = 0, 1
    for number, line in lines:
        piece = piece + 1 if number == previous else 1
        previous = number
        if line.strip():
            yield Locator(file=file, line=number, paragraph=piece if piece > 1 else None), line
