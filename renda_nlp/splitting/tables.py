"""Tables as commands take them: one opinion per row, never split, never set aside."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from renda_nlp.config import SplitConfig
from renda_nlp.errors import InputError
from renda_nlp.records import Block, Document, Opinion
from renda_nlp.splitting.channels import document_channel
from renda_nlp.splitting.drafts import Context, Details, Piece, make_opinion, piece_of
from renda_nlp.splitting.fields import make_synonyms
from renda_nlp.splitting.registers import Header, find_header
from renda_nlp.splitting.rows import row_details, row_pieces

__all__ = ["TablePlan", "plan_table", "split_table"]

HEAD_ROWS = 13
DECIMAL = re.compile(r"^(\d+)\.0+$")


def split_table(
    document: Document,
    blocks: Iterable[Block],
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    author_key: bytes = b"",
) -> Iterator[Opinion]:
    """Yield one opinion per data row of a table, or per line of a text.

    Args:
        document: The file.
        blocks: Its rows or lines.
        text_column: Name of the column with the text; guessed when None (title and detail).
        id_column: Name of the column with the row's id; guessed when None, else the row number.
        author_key: Key of the pseudonyms.

    Raises:
        InputError: A named column is not there, or no column holds text.
    """
    rows = iter(blocks)
    head = list(islice(rows, HEAD_ROWS))
    if not head or not head[0].cells:
        context = Context(document, SplitConfig(), author_key)
        for number, block in enumerate(chain(head, rows), 1):
            details = Details(
                channel=document_channel(document), date=document.date, row_id=str(number)
            )
            yield make_opinion(context, [piece_of(block)], details)
        return
    plan = plan_table(
        document, head, text_column=text_column, id_column=id_column, author_key=author_key
    )
    yield from plan.opinions(chain(head[plan.n_skipped :], rows))


@dataclass(frozen=True, slots=True)
class TablePlan:
    """How the rows of a table become opinions: made once, used on any part of it."""

    context: Context
    header: Header
    text_index: int | None
    id_index: int | None
    channel: str

    @property
    def n_skipped(self) -> int:
        """Rows from the top that are no data: titles and header."""
        return self.header.first + self.header.n_rows

    def opinions(self, blocks: Iterable[Block], first: int = 1) -> Iterator[Opinion]:
        """Yield one opinion per data row; the first row is number ``first``."""
        for number, block in enumerate(blocks, first):
            fields, others = self.header.read(block)
            details = row_details(
                self.context,
                fields,
                channel=self.channel,
                row_id=_row_id(block, self.id_index, number),
                attributes=others,
            )
            yield make_opinion(self.context, _pieces(block, fields, self.text_index), details)


def plan_table(
    document: Document,
    head: list[Block],
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    author_key: bytes = b"",
) -> TablePlan:
    """Return how the rows of a table become opinions, guessed from its first rows.

    Raises:
        InputError: A named column is not there.
    """
    header = _header(head, text_column, id_column)
    columns = [name for name in header.names if "电话" not in name]
    return TablePlan(
        Context(document, SplitConfig(), author_key),
        header,
        _column(header, text_column, document.file),
        _column(header, id_column, document.file),
        document_channel(document, after=columns),
    )


def _header(head: list[Block], text_column: str | None, id_column: str | None) -> Header:
    """Return the header: the row that holds the named columns, else the guessed, else the first."""
    wanted = {name for name in (text_column, id_column) if name}
    if wanted:
        for index, block in enumerate(head):
            names = tuple(" ".join(cell.split()) for cell in block.cells)
            if wanted <= set(names):
                found = find_header([block], make_synonyms())
                fields = found.fields if found else ("",) * len(names)
                return Header(names, fields, index, 1)
    found = find_header(head, make_synonyms())
    if found is not None:
        return found
    names = tuple(" ".join(cell.split()) for cell in head[0].cells)
    return Header(names, _guess_fields(head), 0, 1)


def _guess_fields(head: list[Block]) -> tuple[str, ...]:
    """Take the column with the longest cells as the text where no name is known."""
    width = len(head[0].cells)
    lengths = [
        sum(len(block.cells[column]) for block in head[1:] if column < len(block.cells))
        for column in range(width)
    ]
    longest = lengths.index(max(lengths))
    return tuple("text" if column == longest else "" for column in range(width))


def _column(header: Header, name: str | None, file: str) -> int | None:
    if name is None:
        return None
    if name not in header.names:
        known = "、".join(one for one in header.names if one)
        raise InputError(f"{file}：没有名为“{name}”的列；现有的列：{known}")
    return header.names.index(name)


def _row_id(block: Block, index: int | None, number: int) -> str:
    text = block.cells[index].strip() if index is not None and index < len(block.cells) else ""
    return DECIMAL.sub(r"\1", text) or str(number)


def _pieces(block: Block, fields: dict[str, list[Piece]], index: int | None) -> list[Piece]:
    if index is not None:
        if index < len(block.cells):
            return [piece_of(block, index + 1)]
        return [Piece(block, 0, 0)]
    return row_pieces(fields) or fields.get("reply") or [Piece(block, 0, 0)]
