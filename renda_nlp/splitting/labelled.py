"""Registers written as text: lines of label and value, one record after another."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from renda_nlp.records import Block, Opinion, SetAside
from renda_nlp.splitting.drafts import Context, Piece, piece_of
from renda_nlp.splitting.fields import field_of, make_synonyms
from renda_nlp.splitting.forms import finish_form

__all__ = ["is_labelled", "is_record_note", "split_labelled"]

LABEL = re.compile(
    r"(?:^|(?<=[\s\u3000；;，,]))\s*(?:\d{1,2}\s*[.、．]\s*)?[【\[]?(?P<label>[\u4e00-\u9fffA-Za-z]{2,10})[】\]]?\s*[：:]"
)
SAYING = frozenset(("title", "text", "detail"))
WHEN_AND_WHO = frozenset(("date", "name", "user", "phone", "row_id"))
MIN_LINES = 3
MIN_SHARE = 0.4
MIN_FIELDS = 4
Found = list[tuple[str, str, Piece]]  # field or empty, label, value


def is_labelled(blocks: Iterable[Block], context: Context) -> bool:
    """Whether most lines of a text name a field of a register, what is said among them."""
    fields: list[str] = []
    n_lines = 0
    for block in blocks:
        n_lines += 1
        fields += [field for field, _, _ in _values(block, context)[:1] if field]
    said = SAYING & set(fields)
    several = len(set(fields)) >= MIN_FIELDS or len(fields) > len(set(fields)) >= MIN_LINES
    return bool(said) and several and len(fields) >= max(MIN_LINES, MIN_SHARE * n_lines)


def is_record_note(block: Block, context: Context) -> bool:
    """Whether a line holds labels and values and nothing that is said: 留言时间：…　留言人：…."""
    values = [] if block.cells else _values(block, context)
    fields = {field for field, _, _ in values}
    return bool(fields & WHEN_AND_WHO) and not fields & SAYING


def _values(block: Block, context: Context) -> Found:
    """Return the labels of a line that begins with a known one, each with its value."""
    synonyms = make_synonyms(context.config.header_synonyms)
    marks = list(LABEL.finditer(block.text))
    if not marks or block.text[: marks[0].start()].strip():
        return []
    if not field_of(marks[0]["label"], synonyms):
        return []
    marks = [marks[0], *(mark for mark in marks[1:] if field_of(mark["label"], synonyms))]
    ends = [mark.start() for mark in marks[1:]] + [len(block.text)]
    whole = piece_of(block)
    found = []
    for mark, end in zip(marks, ends, strict=True):
        piece = whole.part(mark.end() - whole.start, end - whole.start)
        found.append((field_of(mark["label"], synonyms), mark["label"], piece))
    return found


def split_labelled(context: Context, blocks: Iterable[Block]) -> Iterator[Opinion | SetAside]:
    """Yield the opinion of each record; lines that only say who and when are set aside.

    A record begins with a field that the one before has already, not counting what is said.
    """
    fields: dict[str, list[Piece]] = {}
    waiting: list[Block] = []
    number, last = 0, ""
    for block in chain(blocks):
        values = _values(block, context)
        again = any(field and field in fields and field not in SAYING for field, _, _ in values)
        if again or (values and SAYING & set(fields) and values[0][0] == next(iter(fields))):
            number += 1
            yield from finish_form(context, fields, (), waiting, number)
            fields, waiting = {}, []
        waiting.append(block)
        for field, _, piece in values:
            if field and piece.text:
                fields.setdefault(field, []).append(piece)
            last = field
        if not values and last in SAYING and fields:
            fields.setdefault(last, []).append(piece_of(block))
    yield from finish_form(context, fields, (), waiting, number + 1)
