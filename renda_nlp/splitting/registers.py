"""Registers: tables of opinions with their columns guessed."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise

from renda_nlp.config import SplitConfig
from renda_nlp.records import Block, Opinion, SetAside
from renda_nlp.splitting.channels import document_channel
from renda_nlp.splitting.drafts import Context, Piece, piece_of, set_aside
from renda_nlp.splitting.fields import (
    FIELD_NAMES,
    Synonyms,
    field_of,
    is_column_name,
    make_synonyms,
)
from renda_nlp.splitting.nonopinions import no_opinion
from renda_nlp.splitting.rows import Fields, is_total, row_details, row_opinions

__all__ = ["Header", "describe_columns", "find_header", "split_rows"]

HEADER_SEARCH_ROWS = 12
MIN_KNOWN = 2
MIN_KNOWN_REPEATED = 3
MIN_KNOWN_SHARE = 0.6
MAX_HEADER_CHARACTERS = 24
MIN_TEXT_CHARACTERS = 8
EXPLANATION_SHEET = re.compile(r"说明|字典|下拉|参数|选项")
SAYING = frozenset(("title", "text", "detail", "reply"))
CARRIED = ("name", "user", "phone", "address", "date", "channel", "department")
DITTO = re.compile(r"^(?:同上|同前|上同|[〃″”\"]{1,2})$")
LEFT_BLANK = re.compile(r"^[（(](?:空|跳过|未填写?)[)）]$")
MIN_SIDES = 2
GROUP_NAME = re.compile(r"[^：:]{2,12}$")  # 反映人信息, above 姓名 and 电话


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: its names, the field of each column, the rows it stands in."""

    names: tuple[str, ...]
    fields: tuple[str, ...]  # per column, empty = unknown
    first: int  # index of its row among the rows looked at
    n_rows: int
    columns: range | None = None  # of one of several tables side by side; None = all

    def sides(self) -> list["Header"]:
        """Return a header for each of the tables that stand side by side, equal in their names."""
        first = next((name for name in self.names if name), "")
        starts = [index for index, name in enumerate(self.names) if name and name == first]
        ranges = [range(a, b) for a, b in pairwise([*starts, len(self.names)])]
        named = [tuple(self.names[i] for i in one if self.names[i]) for one in ranges]
        say = all(SAYING & {self.fields[i] for i in one} for one in ranges)
        if len(ranges) < MIN_SIDES or len(set(named)) > 1 or not say:
            return [self]
        return [replace(self, columns=one) for one in ranges]

    def read(self, block: Block) -> tuple[dict[str, list[Piece]], tuple[tuple[str, str], ...]]:
        """Return the fields of a row that are not blank, and its other columns."""
        fields: dict[str, list[Piece]] = {}
        others = []
        for index, cell in enumerate(block.cells):
            beside = self.columns is not None and index not in self.columns
            if not cell.strip() or beside or LEFT_BLANK.match(cell.strip()):
                continue
            field = self.fields[index] if index < len(self.fields) else ""
            if field:
                fields.setdefault(field, []).append(piece_of(block, index + 1))
            else:
                name = self.names[index] if index < len(self.names) else f"第{index + 1}列"
                others.append((name or f"第{index + 1}列", " ".join(cell.split())))
        return fields, tuple(others)


def find_header(rows: Sequence[Block], synonyms: Synonyms) -> Header | None:
    """Return the header among the first rows of a table; it may stand in two rows."""
    for index, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
        fields = _fields(row.cells, synonyms)
        distinct = {cell.strip() for cell in row.cells if cell.strip()}
        below = rows[index + 1].cells if index + 1 < len(rows) else ()
        merged = _two_rows(row.cells, below, synonyms)
        if merged is not None:
            names, fields = merged
            return Header(names, fields, index, 2)
        enough = MIN_KNOWN if len(distinct) > 1 else 1
        known = {field for field in fields if field}
        short = all(is_column_name(cell) for cell in distinct)
        if len(known) >= enough and known & SAYING and short and len(distinct) > 1:
            names = tuple(" ".join(cell.split()) for cell in row.cells)
            return Header(names, fields, index, 1)
    return None


def describe_columns(rows: Sequence[Block], config: SplitConfig) -> dict[str, str]:
    """Return each column name of the first table among ``rows`` and what it is taken for."""
    table = [row for row in rows if row.cells]
    header = find_header(table, make_synonyms(config.header_synonyms))
    if header is None:
        return {}
    pairs = zip(header.names, header.fields, strict=True)
    return {name: FIELD_NAMES[field] for name, field in pairs if name}


def _fields(cells: Sequence[str], synonyms: Synonyms) -> tuple[str, ...]:
    return tuple(field_of(" ".join(cell.split()), synonyms) for cell in cells)


def _two_rows(
    above: Sequence[str], below: Sequence[str], synonyms: Synonyms
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Join two header rows where the upper one groups columns of the lower one."""
    above = _spread(above, below)
    grouped = any(one and one == two for one, two in pairwise(above))
    lower = _fields(below, synonyms)
    fresh = [
        field
        for field, cell, group in zip(lower, below, above, strict=False)
        if field and cell != group
    ]
    filled = [cell for cell in below if cell.strip()]
    if not grouped or len(fresh) < MIN_KNOWN or len(set(above)) == 1:
        return None
    if any(len(cell) > MAX_HEADER_CHARACTERS for cell in filled):
        return None
    names = tuple(
        " ".join((two if two.strip() else one).split())
        for one, two in zip(above, chain(below, [""] * len(above)), strict=False)
    )
    fields = _fields(names, synonyms)
    return (names, fields) if SAYING & set(fields) else None


def _spread(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Let a group of columns reach over its blank cells, as where merged cells are not filled."""
    spread: list[str] = []
    for index, cell in enumerate(above):
        under = below[index].strip() if index < len(below) else ""
        left = spread[-1] if spread and GROUP_NAME.match(spread[-1].strip()) else ""
        spread.append(cell if cell.strip() or not under else left)
    return tuple(spread)


def split_rows(context: Context, blocks: Iterable[Block]) -> Iterator[Opinion | SetAside]:
    """Yield the opinions of the rows of one table; every row gives some, or is set aside."""
    rows = iter(blocks)
    head = list(islice(rows, HEADER_SEARCH_ROWS))
    synonyms = make_synonyms(context.config.header_synonyms)
    header = find_header(head, synonyms)
    if header is None and head and EXPLANATION_SHEET.search(head[0].locator.sheet):
        yield from (set_aside(block, "填表说明") for block in chain(head, rows))
        return
    if header is None:
        yield from _without_header(context, chain(head, rows))
        return
    for block in head[: header.first]:
        yield set_aside(block, no_opinion(_distinct_text(block)) or "标题")
    for block in head[header.first : header.first + header.n_rows]:
        yield set_aside(block, "表头")
    table = _Table(context, header, _channel(context, head, header))
    for block in chain(head[header.first + header.n_rows :], rows):
        again = _repeated_header(block, synonyms)
        if again is not None:
            table.begin(again)
            yield set_aside(block, "表头")
        elif reason := _row_reason(block, table.header):
            yield set_aside(block, reason)
        else:
            yield from table.opinions(block)


class _Table:
    """The table being read: its header, or those of tables side by side, and the rows so far."""

    def __init__(self, context: Context, header: Header, channel: str) -> None:
        self._context = context
        self._channel = channel
        self._number = 0
        self.begin(header)

    def begin(self, header: Header) -> None:
        """Go on below another header."""
        self.header = header
        self._sides = [(side, dict[str, list[Piece]]()) for side in header.sides()]

    def opinions(self, block: Block) -> Iterator[Opinion | SetAside]:
        """Yield what a row says, each side of it."""
        for side, above in self._sides:
            fields, others = side.read(block)
            if not fields and len(self._sides) > 1:
                continue
            self._number += 1
            _carry(fields, above)
            details = row_details(
                self._context,
                fields,
                channel=self._channel,
                row_id=str(self._number),
                attributes=others,
            )
            yield from row_opinions(self._context, block, fields, details)


def _carry(fields: dict[str, list[Piece]], above: dict[str, list[Piece]]) -> None:
    """Put what the row above says in the place of 同上; keep what this row says for the next."""
    for field in CARRIED:
        pieces = fields.get(field)
        if pieces and DITTO.match(pieces[0].text.strip()):
            fields[field] = above.get(field, [])
        elif pieces:
            above[field] = pieces


def _channel(context: Context, head: Sequence[Block], header: Header) -> str:
    """Return the channel of a register: sheet, title row, document, else its column names."""
    title = _distinct_text(head[0]) if header.first else ""
    columns = [name for name in header.names if "电话" not in name]
    return document_channel(context.document, before=(head[0].locator.sheet, title), after=columns)


def _repeated_header(block: Block, synonyms: Synonyms) -> Header | None:
    """Return the header of another table below the first, or the same header again."""
    if any(len(cell) > MAX_HEADER_CHARACTERS for cell in block.cells):
        return None
    if sum(cell.strip() in synonyms for cell in block.cells) < MIN_KNOWN:
        return None  # quick: most rows are data
    fields = _fields(block.cells, synonyms)
    filled = sum(bool(cell.strip()) for cell in block.cells)
    known = [field for field in fields if field]
    if len(set(known)) < MIN_KNOWN_REPEATED or len(known) < MIN_KNOWN_SHARE * filled:
        return None
    if not SAYING & set(known):
        return None
    return Header(tuple(" ".join(cell.split()) for cell in block.cells), fields, 0, 1)


def _row_reason(block: Block, header: Header) -> str:
    """Return why a row inside a table is none of its records."""
    if is_total(block):
        return "合计行"
    distinct = {cell.strip() for cell in block.cells if cell.strip()}
    if len(distinct) != 1 or len(header.fields) == 1:
        return ""
    text = next(iter(distinct))
    reason = no_opinion(text)
    repeated = sum(bool(cell.strip()) for cell in block.cells) > 1
    if reason or repeated:
        return reason or "标题"
    column = next(index for index, cell in enumerate(block.cells) if cell.strip())
    field = header.fields[column] if column < len(header.fields) else ""
    return "" if field in SAYING else ("空内容" if field else "标题")


def _distinct_text(block: Block) -> str:
    return " ".join(dict.fromkeys(cell.strip() for cell in block.cells if cell.strip()))


def _without_header(context: Context, rows: Iterable[Block]) -> Iterator[Opinion | SetAside]:
    """Take the longest cell of each row as its text where no header is found."""
    channel = document_channel(context.document)
    for number, block in enumerate(rows, 1):
        lengths = [len(cell.strip()) for cell in block.cells]
        column = lengths.index(max(lengths)) + 1
        piece = piece_of(block, column)
        reason = no_opinion(piece.text)
        if not reason and len(piece.text) < MIN_TEXT_CHARACTERS:
            reason = "没有意见内容"
        if reason:
            yield set_aside(block, reason)
            continue
        fields: Fields = {"text": deque([piece])}
        others = tuple(
            (f"第{index}列", " ".join(cell.split()))
            for index, cell in enumerate(block.cells, 1)
            if index != column and cell.strip() and cell.strip() != piece.text
        )
        details = row_details(
            context, fields, channel=channel, row_id=str(number), attributes=others
        )
        yield from row_opinions(context, block, fields, details)
