"""Hotspot issues 热点问题: the groups, their heat and their sides."""

import datetime
from dataclasses import dataclass

from renda_nlp.records.opinions import Quote, Sentence

__all__ = ["RANK_RULE", "HeatTerm", "Hotspot", "IssueGroup", "IssueMatch", "Side"]

_LEADING = 10  # issues that a reader takes for the list
RANK_RULE = f"区间跨过第{_LEADING}名的，标为“不稳”：能否排进前{_LEADING}说不准"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatTerm:
    """One term of the heat index: ``contribution = weight * value``, value in [0, 1]."""

    name: str
    label: str  # Chinese
    raw: float  # people, places, days ... before scaling
    value: float
    weight: float
    contribution: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One position on a disputed matter."""

    label: str  # 支持 / 反对
    n_opinions: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotspot:
    """A hotspot issue 热点问题: many people about one concrete matter."""

    issue_id: str
    rank: int
    title: str
    summary: tuple[Sentence, ...]
    heat: float  # 0-100
    heat_terms: tuple[HeatTerm, ...]
    n_opinions: int
    n_people: int
    n_places: int
    n_channels: int
    n_duplicates: int
    flood: str  # Chinese note on copied texts or one author many times, else empty
    first_date: datetime.date | None
    last_date: datetime.date | None
    place: str
    people: str  # 人群 in words, else empty
    topic: str
    subtopic: str
    trend: str  # 新出现 / 升温 / 反复 / 回落 / 已平息 / 平稳 / 时间不详
    monthly: tuple[tuple[str, int], ...]  # (2025-03, opinions)
    members: tuple[str, ...]  # opinion ids
    channels: tuple[tuple[str, int], ...]
    quotes: tuple[Quote, ...]
    departments: tuple[str, ...]
    authority: str  # township / station / county / none
    severity: tuple[str, ...]  # Chinese names of severe classes
    rank_low: int
    rank_high: int
    sides: tuple[Side, ...]
    status: str = ""  # against an earlier report: new / continuing; empty without one
    settled: bool = False  # staff say that it is 已办结

    @property
    def rank_holds(self) -> bool:
        """Whether it is sure on which side of the leading issues the rank lies, by ``RANK_RULE``."""
        return self.rank_high <= _LEADING or self.rank_low > _LEADING


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueGroup:
    """The issues of one topic in one area: the level above them."""

    topic: str
    area: str  # empty when the opinions name none
    issue_ids: tuple[str, ...]
    n_opinions: int
    n_people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueMatch:
    """One line of the list that compares this run's issues with those of an earlier report."""

    status: str  # new / continuing / closed
    earlier_id: str  # empty when new
    earlier_title: str
    issue_id: str  # empty when closed
    title: str
    similarity: float  # 0-1
    reason: str  # Chinese
    opinion_id: str  # a member of the issue: names it in a correction
