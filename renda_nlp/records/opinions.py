"""One opinion and what the per-opinion stages find out about it."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from renda_nlp.records.documents import Passage

__all__ = ["Opinion", "OpinionRow", "Quote", "Sentence", "Span", "Token", "TopicScores"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One opinion with everything its source says about it.

    ``text`` is the source text untouched: the texts of ``passages`` joined by ``。``.
    ``author`` is a keyed hash, never a name; ``private_names`` are names that the row itself gives
    (petitioner, contact), used to mask and never written.
    """

    opinion_id: str
    text: str
    passages: tuple[Passage, ...]
    kind: str
    channel: str
    date: datetime.date | None = None
    place: str = ""
    author: str = ""
    speaker: str = ""  # speakers of official records only
    endorsements: int = 0
    parent_id: str = ""
    row_id: str = ""
    section: str = ""  # headings above it, joined by " / "
    role: str = ""  # a key of SECTION_ROLES or empty
    reply: str = ""
    reply_passage: Passage | None = None
    reply_date: datetime.date | None = None
    outcome: str = ""  # 办理结果: A, B, C or the words of the file
    private_names: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()  # unknown columns

    @property
    def title_end(self) -> int:
        """Where the title ends in ``text``; 0 when the opinion has none."""
        first = self.passages[0]
        return first.end - first.start if len(self.passages) > 1 else 0


class Token(NamedTuple):
    """A word of a text with its part of speech in jieba's tag set: made a million times a second."""

    start: int
    end: int
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A labelled stretch of a text. Labels: see ``renda_nlp.annotation``."""

    start: int
    end: int
    label: str
    value: str = ""  # normalised: a date as 2025-03-01, an amount in yuan, a head count


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicScores:
    """The topics of one opinion."""

    topic: str
    secondary: tuple[str, ...]
    confidence: float  # calibrated probability of ``topic``
    undecided: bool
    intent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRow:
    """One opinion with everything found out about it: what the writers print, row by row.

    ``masked_text`` and ``masked_reply`` are what the edition shows: the source texts themselves in
    the internal edition, where nothing is withheld either.
    """

    opinion: Opinion
    scores: TopicScores
    masked_text: str
    masked_reply: str
    subtopic: str
    issue_id: str  # empty when it stands alone
    places: tuple[str, ...]
    is_voice: bool  # False for sentences of government and party papers
    withheld: bool  # accuses a person: counted, its words are not shown
    key: str  # finds the opinion again in other runs, see ``opinion_key``


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of an opinion that were found again at their place in the source."""

    opinion_id: str
    passage: Passage
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the report and the ids of the opinions it rests on."""

    text: str
    opinion_ids: tuple[str, ...]
