"""From the opinions of a run to its hotspot issues: cluster, count, heat, rank, name, quote."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from renda_nlp.config import HotspotConfig
from renda_nlp.hotspots.blocks import cluster_rows
from renda_nlp.hotspots.collection import count_here, learn_collection, voices_of
from renda_nlp.hotspots.counting import count_issue
from renda_nlp.hotspots.heat import rank_intervals, resampled_heat
from renda_nlp.hotspots.wording import IssueWriter
from renda_nlp.memory import release_memory
from renda_nlp.protocols import Executor, Segmenter
from renda_nlp.records import Hotspot
from renda_nlp.table import OpinionTable
from renda_nlp.taxonomy import Taxonomy

__all__ = [
    "HotspotFinder",
    "IssueDraft",
    "Place",
    "Standing",
    "cluster_opinions",
    "issue_id",
    "rank_issues",
    "ranked_issue",
]

Ints = NDArray[np.int64]
_WORDED = 32  # issues that are worded in one go


def cluster_opinions(
    table: OpinionTable, config: HotspotConfig, executor: Executor | None = None
) -> list[Ints]:
    """Return the groups of at least ``min_size`` voices about one matter, as table indices.

    The places of the opinions gain their aliases. The order of the input does not matter: rows are
    taken in the order of their ids.
    """
    rows = voices_of(table)
    collection = learn_collection(count_here(table), config)
    if not len(rows):
        return []
    labels = cluster_rows(table, rows, collection, executor)
    order = np.argsort(labels, kind="stable")
    groups = np.split(rows[order], np.flatnonzero(np.diff(labels[order])) + 1)
    return [group for group in groups if len(group) >= config.min_size]


class Standing(NamedTuple):
    """What the rank of an issue comes from; ``first`` is the id of its first opinion."""

    heat: float
    n_people: int
    first: str
    samples: NDArray[np.float32]


class Place(NamedTuple):
    """The rank of an issue and the interval around it."""

    rank: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class IssueDraft:
    """An issue that has no rank yet.

    Attributes:
        issue: Without id and rank.
        samples: Of ``resampled_heat``, shape ``(200,)``.
    """

    issue: Hotspot
    samples: NDArray[np.float32]

    def standing(self) -> Standing:
        """Return what the rank comes from."""
        issue = self.issue
        return Standing(issue.heat, issue.n_people, issue.members[0], self.samples)


def rank_issues(standings: Sequence[Standing]) -> list[Place]:
    """Return the place of each issue: by falling heat, then people, then first opinion."""

    def key(number: int) -> tuple[float, int, str]:
        own = standings[number]
        return -own.heat, -own.n_people, own.first

    order = sorted(range(len(standings)), key=key)
    intervals = rank_intervals([standings[number].samples for number in order])
    places = {
        number: Place(rank, min(low, rank), max(high, rank))
        for rank, (number, (low, high)) in enumerate(zip(order, intervals, strict=True), 1)
    }
    return [places[number] for number in range(len(standings))]


def issue_id(as_of: date, rank: int) -> str:
    """Return the id of the issue of a rank."""
    return f"{as_of.year}-{rank:03d}"


def ranked_issue(issue: Hotspot, place: Place, as_of: date) -> Hotspot:
    """Return the issue with its rank, and the id that says it."""
    return replace(
        issue,
        issue_id=issue_id(as_of, place.rank),
        rank=place.rank,
        rank_low=place.low,
        rank_high=place.high,
    )


class HotspotFinder:
    """Finds the hotspot issues of a table.

    Args:
        config: Clustering, heat and quoting.
        taxonomy: Gives departments and the authority of a subtopic.
        segmenter: Cuts the words of titles and quotes.
        level: township, subdistrict or county: stations or departments are named.
        executor: Where opinions are compared and issues worded; it must see the memory of this process.
    """

    def __init__(
        self,
        config: HotspotConfig,
        taxonomy: Taxonomy,
        segmenter: Segmenter,
        level: str,
        executor: Executor,
    ) -> None:
        self._config = config
        self._executor = executor
        self._writer = IssueWriter(config, taxonomy, segmenter, level)

    def find(
        self,
        table: OpinionTable,
        as_of: date,
        period: tuple[date, date] | None,
        *,
        regroup: Callable[[list[Ints]], list[Ints]] = list,
    ) -> tuple[Hotspot, ...]:
        """Return the issues by falling heat; opinions before ``period`` count as history only.

        ``regroup`` may merge and split the groups (table indices) before they are counted.
        """
        groups = regroup(cluster_opinions(table, self._config, self._executor))
        release_memory()
        drafts = self._drafts(table, groups, as_of, period)
        ranks = rank_issues([draft.standing() for draft in drafts])
        issues = [
            ranked_issue(draft.issue, place, as_of)
            for draft, place in zip(drafts, ranks, strict=True)
        ]
        for issue in issues:
            own = ((table.index_of(member), issue.issue_id) for member in issue.members)
            table.issue_ids.update(own)
        return tuple(sorted(issues, key=lambda issue: issue.rank))

    def draft(
        self, table: OpinionTable, group: Ints, as_of: date, period: tuple[date, date] | None
    ) -> IssueDraft | None:
        """Return one issue, not ranked yet, from its own rows; None when too few are in the period.

        Args:
            table: The opinions of the issue, or more.
            group: Their indices.
            as_of: The day that ages count from.
            period: First and last day that count; earlier opinions are history. None counts all.
        """
        facts = count_issue(table, group, as_of, period)
        if len(facts.members) < self._config.min_size:
            return None
        issue = self._writer.word(table, facts, as_of)
        weights, half_life_days = self._config.weights, self._config.half_life_days
        samples = resampled_heat(facts.terms, weights, half_life_days, issue.members[0])
        return IssueDraft(issue, samples)

    def _drafts(
        self,
        table: OpinionTable,
        groups: Sequence[Ints],
        as_of: date,
        period: tuple[date, date] | None,
    ) -> list[IssueDraft]:
        def word(start: int) -> list[IssueDraft | None]:
            part = groups[start : start + _WORDED]
            return [self.draft(table, group, as_of, period) for group in part]

        known: dict[Any, Any] = {}
        parts = self._executor.map(lambda: word, range(0, len(groups), _WORDED))
        return [_sharing(draft, known) for part in parts for draft in part if draft is not None]


def _sharing(draft: IssueDraft, known: dict[Any, Any]) -> IssueDraft:
    """Return the draft with the objects of earlier ones where they are equal: most are."""

    def shared(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(known.setdefault(value, value) for value in values)

    issue = draft.issue
    terms, months = shared(issue.heat_terms), shared(issue.monthly)
    return replace(draft, issue=replace(issue, heat_terms=terms, monthly=months))
