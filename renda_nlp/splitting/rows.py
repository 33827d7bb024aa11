"""From the fields of one register row or one form to opinions."""

import re
from collections.abc import Mapping, Sequence

from renda_nlp.records import Block, Opinion, SetAside
from renda_nlp.splitting.channels import channel_of
from renda_nlp.splitting.dates import parse_date
from renda_nlp.splitting.drafts import (
    Context,
    Details,
    Piece,
    author_hash,
    deputy_name,
    joined_text,
    make_opinion,
    opinion_fingerprint,
    set_aside,
)
from renda_nlp.splitting.nonopinions import no_opinion
from renda_nlp.splitting.outcomes import outcome_class
from renda_nlp.splitting.sentences import split_matters

__all__ = ["Fields", "is_total", "row_details", "row_opinions", "row_pieces"]

Fields = Mapping[str, Sequence[Piece]]  # field -> its pieces that are not blank
ANONYMOUS = re.compile(
    r"^(?:匿名.*|不愿.*|不便.*|未留.*|保密|无名.{0,2}|测试.*|同上|佚名|不详|未知|无|略|/|-+|—+|群众|村民|居民|市民|网友|选民|热心.{0,4})$"
)
OFFICIAL_KINDS = frozenset(("suggestion", "deliberation"))
HAN_NAME = re.compile(r"^[\u3400-\u9fff·]{2,12}$")
NUMBER = re.compile(r"\d+")
DECIMAL = re.compile(r"(\d+)\.0+")
MAX_ENDORSEMENTS = 10_000_000
SEVERAL = re.compile(
    r"几[点个件条]|[两二三四五六七八九十多][点个件条项]|若干|一些|诸多|等问题|等事"
)  # a title says so
TOTALS = re.compile(r"^(?:本[页表])?(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计)[：:]?")
AMOUNT = re.compile(r"^[\d.,，%％\s]*(?:件|条|人|户|个|次|项|元|万元|人次)?$")


def row_pieces(fields: Fields) -> list[Piece]:
    """Return what the person says: title, then details; a repeated cell once."""
    pieces: list[Piece] = []
    for field in ("title", "text", "detail"):
        for piece in fields.get(field, ()):
            if piece.text not in [known.text for known in pieces]:
                pieces.append(piece)
    return pieces


def is_total(block: Block) -> bool:
    """Whether a row only counts the rows above it: 小计, 2件."""
    cells = [cell.strip() for cell in block.cells if cell.strip()]
    if not cells or not TOTALS.match(cells[0]):
        return False
    rest = [TOTALS.sub("", cell) for cell in cells]
    return all(AMOUNT.match(cell) for cell in rest)


def row_opinions(
    context: Context,
    block: Block,
    fields: Fields,
    details: Details,
) -> list[Opinion | SetAside]:
    """Return the opinions of a row, or the row set aside with its reason."""
    pieces = row_pieces(fields)
    if not pieces and context.document.kind == "reply":
        pieces = list(fields.get("reply", ()))
    if not pieces or is_total(block):
        return [set_aside(block, "合计行" if TOTALS.match(block.text.strip()) else "空内容")]
    reasons = [no_opinion(piece.text) for piece in pieces]
    if all(reasons):
        return [set_aside(block, reasons[-1])]
    body = [piece for piece in pieces if piece not in fields.get("title", ())]
    splits = len(body) == 1 and (len(pieces) == 1 or SEVERAL.search(pieces[0].text))
    matters = split_matters(body[0], context.config) if splits else []
    if not matters or context.document.kind in OFFICIAL_KINDS:
        return [make_opinion(context, pieces, details)]
    first = matters[0]
    matters[0] = Piece(first.block, body[0].start, first.end, first.column)
    return _matter_opinions(context, pieces, matters, details)


def _matter_opinions(
    context: Context, pieces: Sequence[Piece], matters: Sequence[Piece], details: Details
) -> list[Opinion | SetAside]:
    """Return one opinion per matter; they share a parent and the title as section."""
    from dataclasses import replace

    whole = joined_text(pieces)
    kind = context.document.kind
    parent = opinion_fingerprint(whole, kind, details.author, details.date)
    title = details.section or (pieces[0].text if len(pieces) > 1 else "")
    shared = replace(details, parent_id=parent, section=title)
    return [make_opinion(context, [matter], shared) for matter in matters]


def row_details(
    context: Context,
    fields: Fields,
    *,
    channel: str,
    row_id: str,
    attributes: tuple[tuple[str, str], ...] = (),
) -> Details:
    """Return what the other columns say of an opinion."""
    name = _person(_first(fields, "name"))
    user = _person(_first(fields, "user"))
    phone = _digits(_first(fields, "phone"))
    speaker = _first(fields, "speaker")
    official = context.document.kind in OFFICIAL_KINDS
    if official and not speaker:
        speaker = name
    contact = phone or user or _first(fields, "id_number")
    departments = tuple(("承办单位", piece.text) for piece in fields.get("department", ()))
    reply = next(iter(fields.get("reply", ())), None)
    names = () if official else (name, user if HAN_NAME.match(user) else "")
    return Details(
        channel=channel_of(_first(fields, "channel")) or channel,
        date=parse_date(_first(fields, "date"), year=context.year, is_date_column=True)
        or context.document.date,
        place=" ".join(dict.fromkeys(piece.text for piece in fields.get("address", ()))),
        author=author_hash(deputy_name(speaker) if official else name, contact, context.author_key),
        speaker=speaker if official else "",
        endorsements=_count(_first(fields, "endorsements")),
        row_id=DECIMAL.sub(r"\1", _first(fields, "row_id")) or row_id,
        reply=None if context.document.kind == "reply" and not row_pieces(fields) else reply,
        reply_date=parse_date(_first(fields, "reply_date"), year=context.year, is_date_column=True),
        outcome=outcome_class(_first(fields, "outcome")),
        private_names=tuple(dict.fromkeys(one for one in names if one)),
        attributes=departments + attributes,
    )


def _first(fields: Fields, field: str) -> str:
    return next((piece.text for piece in fields.get(field, ())), "")


def _person(text: str) -> str:
    name = "".join(text.split())
    return "" if ANONYMOUS.match(name) else name


def _digits(text: str) -> str:
    digits = "".join(NUMBER.findall(DECIMAL.sub(r"\1", text)))
    return digits if len(digits) >= 7 else ""  # noqa: PLR2004 shorter is no phone number


def _count(text: str) -> int:
    found = NUMBER.search(text)
    return min(int(found[0][:12]), MAX_ENDORSEMENTS) if found else 0
