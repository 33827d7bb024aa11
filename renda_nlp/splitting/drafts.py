"""Build opinions from stretches of blocks, so that text and passages always agree."""

import datetime
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from renda_nlp.config import SplitConfig
from renda_nlp.records import Block, Document, Opinion, Passage, SetAside

__all__ = [
    "Context",
    "Details",
    "Piece",
    "author_hash",
    "deputy_name",
    "joined_text",
    "make_opinion",
    "opinion_fingerprint",
    "piece_of",
    "set_aside",
]

JOINT = "。"
MAX_KEY_BYTES = 64
DEPUTY_NOTE = re.compile(r"[（(][^）)]*[)）]|(?<=.{2})(?:代表|委员|同志)\s*$")


@dataclass(frozen=True, slots=True)
class Context:
    """What every splitter needs to know of its document."""

    document: Document
    config: SplitConfig
    author_key: bytes

    @property
    def year(self) -> int | None:
        """The year of dates that name none."""
        return self.document.date.year if self.document.date else None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch ``[start, end)`` of a block's text, or of one of its cells (column from 1)."""

    block: Block
    start: int
    end: int
    column: int | None = None

    @property
    def text(self) -> str:
        """The source text of the stretch."""
        return self.block.text_at(self.column)[self.start : self.end]

    def passage(self) -> Passage:
        """Return the stretch as a passage."""
        locator = self.block.locator
        if self.column is not None:
            locator = replace(locator, column=self.column)
        return Passage(locator=locator, start=self.start, end=self.end)

    def part(self, start: int, end: int) -> "Piece":
        """Return ``[start, end)`` of this piece without the white space at its ends."""
        text = self.text[start:end]
        left = len(text) - len(text.lstrip())
        right = len(text.rstrip())
        base = self.start + start
        return Piece(self.block, base + left, base + max(left, right), self.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is known of an opinion besides its text; see ``Opinion``."""

    channel: str
    date: datetime.date | None = None
    place: str = ""
    author: str = ""
    speaker: str = ""
    endorsements: int = 0
    parent_id: str = ""
    row_id: str = ""
    section: str = ""
    role: str = ""
    reply: Piece | None = None
    reply_date: datetime.date | None = None
    outcome: str = ""
    private_names: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = field(default=())


def piece_of(block: Block, column: int | None = None) -> Piece:
    """Return the whole text of a block or cell, without the white space at its ends."""
    text = block.text_at(column)
    return Piece(block, 0, len(text), column).part(0, len(text))


def opinion_fingerprint(text: str, kind: str, author: str, date: datetime.date | None) -> str:
    """Return 16 hex digits of blake2b over what makes an opinion itself; no place is part of it."""
    day = date.isoformat() if date else ""
    joined = "\x1f".join((text, kind, author, day))
    return hashlib.blake2b(joined.encode("utf-8", "replace"), digest_size=8).hexdigest()


def author_hash(name: str, contact: str, key: bytes) -> str:
    """Return a pseudonym of a person, empty when neither name nor phone nor user id is known."""
    if not name and not contact:
        return ""
    if len(key) > MAX_KEY_BYTES:
        key = hashlib.blake2b(key).digest()
    digest = hashlib.blake2b(f"{name}\x1f{contact}".encode(), digest_size=8, key=key)
    return digest.hexdigest()


def joined_text(pieces: Sequence[Piece]) -> str:
    """Return the texts of the pieces joined as ``Opinion.text`` joins them."""
    return JOINT.join(piece.text for piece in pieces)


def deputy_name(speaker: str) -> str:
    """Return who a deputy is: 王永昌（石桥镇代表团） and 王永昌代表 are 王永昌."""
    return DEPUTY_NOTE.sub("", speaker).strip()


def make_opinion(context: Context, pieces: Sequence[Piece], details: Details) -> Opinion:
    """Return the opinion made of ``pieces``, in this order."""
    kind = context.document.kind
    text = joined_text(pieces)
    return Opinion(
        opinion_id=opinion_fingerprint(text, kind, details.author, details.date),
        text=text,
        passages=tuple(piece.passage() for piece in pieces),
        kind=kind,
        channel=details.channel,
        date=details.date,
        place=details.place,
        author=details.author,
        speaker=details.speaker,
        endorsements=details.endorsements,
        parent_id=details.parent_id,
        row_id=details.row_id,
        section=details.section,
        role=details.role,
        reply=details.reply.text if details.reply else "",
        reply_passage=details.reply.passage() if details.reply else None,
        reply_date=details.reply_date,
        outcome=details.outcome,
        private_names=details.private_names,
        attributes=details.attributes,
    )


def set_aside(block: Block, reason: str) -> SetAside:
    """Return a block as no opinion, with the Chinese reason."""
    return SetAside(locator=block.locator, reason=reason, text=block.text)
