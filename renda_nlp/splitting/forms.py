"""Registration forms: tables whose cells are label, value, label, value."""

from collections.abc import Iterator, Sequence

from renda_nlp.records import Block, Opinion, SetAside
from renda_nlp.splitting.channels import document_channel
from renda_nlp.splitting.drafts import Context, Piece, piece_of, set_aside
from renda_nlp.splitting.fields import Synonyms, field_of, make_synonyms
from renda_nlp.splitting.nonopinions import no_opinion
from renda_nlp.splitting.rows import row_details, row_opinions, row_pieces

__all__ = ["finish_form", "is_form", "split_form"]

MAX_LABEL_CHARACTERS = 14
MIN_PAIRS = 3
MAX_ROWS = 60
SAYING = frozenset(("title", "text", "detail"))
Pair = tuple[str, str, Piece]  # field or empty, label, value


def is_form(rows: Sequence[Block], context: Context) -> bool:
    """Whether a short table is a form: labels with their values beside them, one thing said."""
    if len(rows) > MAX_ROWS:
        return False
    synonyms = make_synonyms(context.config.header_synonyms)
    found = [field for row in rows for field, _, _ in _pairs(row, synonyms) if field]
    return len(found) >= MIN_PAIRS and bool(SAYING & set(found))


def split_form(context: Context, rows: Sequence[Block]) -> Iterator[Opinion | SetAside]:
    """Yield the opinion of each form; rows that only say who and when are set aside."""
    synonyms = make_synonyms(context.config.header_synonyms)
    fields: dict[str, list[Piece]] = {}
    others: list[tuple[str, str]] = []
    waiting: list[Block] = []
    number = 0
    for row in rows:
        pairs = _pairs(row, synonyms)
        anew = any(
            field in ("name", "row_id", "speaker") and field in fields for field, _, _ in pairs
        )
        if anew and SAYING & set(fields):
            number += 1
            yield from finish_form(context, fields, tuple(others), waiting, number)
            fields, others, waiting = {}, [], []
        waiting.append(row)
        for field, label, piece in pairs:
            if field:
                fields.setdefault(field, []).append(piece)
            else:
                others.append((label, piece.text))
    yield from finish_form(context, fields, tuple(others), waiting, number + 1)


def _pairs(row: Block, synonyms: Synonyms) -> list[Pair]:
    pairs: list[Pair] = []
    label, field, previous = "", "", ""
    for column, cell in enumerate(row.cells, 1):
        text = " ".join(cell.split())
        if not text or cell == previous:
            continue
        previous = cell
        known = (
            field_of("".join(text.split()), synonyms) if len(text) <= MAX_LABEL_CHARACTERS else ""
        )
        if known and not (field and not _is_exact(text, synonyms)):
            label, field = text, known
        elif label:
            pairs.append((field, label, piece_of(row, column)))
            label, field = "", ""
        elif len(text) <= MAX_LABEL_CHARACTERS:
            label, field = text, ""
    return pairs


def _is_exact(text: str, synonyms: Synonyms) -> bool:
    return "".join(text.split()).rstrip("：:") in synonyms


def finish_form(
    context: Context,
    fields: dict[str, list[Piece]],
    others: tuple[tuple[str, str], ...],
    waiting: Sequence[Block],
    number: int,
) -> Iterator[Opinion | SetAside]:
    """Yield the opinion of one form and set its other rows aside."""
    said = [piece.block for piece in row_pieces(fields)]
    parts: list[Opinion | SetAside] = []
    if said:
        channel = document_channel(context.document)
        details = row_details(
            context, fields, channel=channel, row_id=str(number), attributes=others
        )
        parts = row_opinions(context, said[0], fields, details)
    spoken = any(isinstance(part, Opinion) for part in parts)
    covered = said if spoken else said[:1]
    for row in waiting:
        if not any(row is block for block in covered):
            yield set_aside(row, no_opinion(row.text) or "登记信息")
    yield from parts
