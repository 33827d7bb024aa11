"""Promises of work reports and official replies: what followed."""

import datetime
from dataclasses import dataclass

from renda_nlp.records.documents import Passage
from renda_nlp.records.opinions import Quote

__all__ = ["Commitment", "Reply"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise of a work report, as the report words it."""

    quote: Quote
    topic: str
    year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An official reply that stands beside its opinion."""

    opinion_id: str
    text: str
    passage: Passage
    reply_date: datetime.date | None
    outcome: str
