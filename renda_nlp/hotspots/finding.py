"""From the opinions of a run to its hotspot issues: cluster, count, heat, rank, name, quote."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from renda_nlp.config import HotspotConfig
from renda_nlp.hotspots.blocks import cluster_rows
from renda_nlp.hotspots.collection import count_here, learn_collection, voices_of
from renda_nlp.hotspots.counting import IssueFacts, count_issue
from renda_nlp.hotspots.heat import rank_intervals
from renda_nlp.hotspots.wording import IssueWriter
from renda_nlp.protocols import Executor, Segmenter
from renda_nlp.records import Hotspot
from renda_nlp.table import OpinionTable
from renda_nlp.taxonomy import Taxonomy

__all__ = ["HotspotFinder", "cluster_opinions"]

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
        counted = [count_issue(table, group, as_of, period) for group in groups]
        counted = [facts for facts in counted if len(facts.members) >= self._config.min_size]
        worded = self._worded(table, counted, as_of)
        drafts = [(spot, facts.terms) for spot, facts in zip(worded, counted, strict=True)]
        drafts.sort(key=lambda pair: (-pair[0].heat, -pair[0].n_people, pair[0].members))
        terms = [terms for _, terms in drafts]
        intervals = rank_intervals(terms, self._config.weights, self._config.half_life_days)
        ranked = []
        for rank, ((spot, _), (low, high)) in enumerate(zip(drafts, intervals, strict=True), 1):
            issue_id = f"{as_of.year}-{rank:03d}"
            low, high = min(low, rank), max(high, rank)
            ranked.append(replace(spot, rank=rank, issue_id=issue_id, rank_low=low, rank_high=high))
            table.issue_ids.update((table.index_of(member), issue_id) for member in spot.members)
        return tuple(ranked)

    def _worded(
        self, table: OpinionTable, counted: Sequence[IssueFacts], as_of: date
    ) -> list[Hotspot]:
        def word(start: int) -> list[Hotspot]:
            part = counted[start : start + _WORDED]
            return [self._writer.word(table, facts, as_of) for facts in part]

        parts = self._executor.map(lambda: word, range(0, len(counted), _WORDED))
        return [spot for part in parts for spot in part]
