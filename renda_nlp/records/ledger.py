"""The ledger of an 审议意见: what became of each of its items."""

import datetime
from dataclasses import dataclass

from renda_nlp.records.documents import Failure
from renda_nlp.records.opinions import Quote
from renda_nlp.records.promises import ReplyFlag

__all__ = ["LEDGER_STATUSES", "Answer", "Ledger", "LedgerItem", "Satisfaction"]

LEDGER_STATUSES = ("已办结", "办理中", "未回应")
"""Where the handling of an item stands; an answer alone settles nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """Votes of a satisfaction sheet 满意度测评."""

    satisfied: int  # 满意
    fairly: int  # 基本满意
    dissatisfied: int  # 不满意
    quotes: tuple[Quote, ...]  # the rows they come from

    @property
    def votes(self) -> int:
        """How many voted."""
        return self.satisfied + self.fairly + self.dissatisfied

    @property
    def rate(self) -> float | None:
        """满意率: 满意 and 基本满意 among all votes, in [0, 1]; None without votes."""
        return (self.satisfied + self.fairly) / self.votes if self.votes else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A paragraph of a reply on one item."""

    quote: Quote
    heading: str  # of the section it stands in: 一、已经办结的
    day: datetime.date | None  # of the document


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerItem:
    """One item of the 审议意见."""

    number: int
    quote: Quote
    heading: str
    topic: str
    subtopic: str
    departments: tuple[str, ...]
    departments_from: str  # 审议意见原文 / 按主题推定
    asked_by: str  # the time that the item itself sets, in its words
    handed_over: datetime.date | None
    due: datetime.date | None
    answers: tuple[Answer, ...]
    status: str  # one of LEDGER_STATUSES
    reason: str
    flags: tuple[ReplyFlag, ...]
    satisfaction: Satisfaction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The ledger and what it was made from."""

    title: str
    file: str
    items: tuple[LedgerItem, ...]
    handed_over_from: str  # in words: from which paper the day is
    due_from: str
    overall: Satisfaction | None  # votes on the handling as a whole
    speeches: tuple[Quote, ...]  # of deliberation notes among the material
    failures: tuple[Failure, ...]

    def count(self, status: str) -> int:
        """Return how many items stand so."""
        return sum(item.status == status for item in self.items)

    @property
    def handled(self) -> float | None:
        """办理率: items with an answer among all, in [0, 1]; None without items."""
        if not self.items:
            return None
        return 1 - self.count("未回应") / len(self.items)

    @property
    def satisfaction(self) -> Satisfaction | None:
        """Votes on the whole, else those on the items together; None when there are none."""
        if self.overall is not None:
            return self.overall
        votes = [item.satisfaction for item in self.items if item.satisfaction is not None]
        if not votes:
            return None
        return Satisfaction(
            satisfied=sum(vote.satisfied for vote in votes),
            fairly=sum(vote.fairly for vote in votes),
            dissatisfied=sum(vote.dissatisfied for vote in votes),
            quotes=tuple(quote for vote in votes for quote in vote.quotes),
        )
