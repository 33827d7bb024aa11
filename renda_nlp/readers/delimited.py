"""Comma- and tab-separated tables."""

import csv
from collections.abc import Iterator
from pathlib import Path

from renda_nlp.errors import ReadError
from renda_nlp.readers.encoding import HEAD_CHARACTERS, read_lines
from renda_nlp.readers.sniff import sniff_delimiter
from renda_nlp.records import Block, Locator

__all__ = ["DelimitedReader"]


class DelimitedReader:
    """Reads csv and tsv with any of the usual delimiters: one block per record."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield the records of ``path``; the locator carries the record number as ``row``.

        Raises:
            ReadError: A quoted field is never closed or too long.
        """
        lines = (line + "\n" for _, line in read_lines(path))
        head: list[str] = []
        for line in lines:
            head.append(line)
            if sum(map(len, head)) > HEAD_CHARACTERS:
                break
        default = "\t" if path.suffix.lower() == ".tsv" else ","
        delimiter = sniff_delimiter("".join(head)) or default
        row = 0
        try:
            for row, cells in enumerate(csv.reader(_chain(head, lines), delimiter=delimiter), 1):
                if any(cell.strip() for cell in cells):
                    yield Block(
                        text="\t".join(cells),
                        locator=Locator(file=file, row=row),
                        cells=tuple(cells),
                    )
        except csv.Error as error:
            raise ReadError(
                f"第{row + 1}条记录的引号没有配对或内容过长，此后的内容未读取；请用表格软件另存"
            ) from error


def _chain(head: list[str], lines: Iterator[str]) -> Iterator[str]:
    yield from head
    yield from lines
