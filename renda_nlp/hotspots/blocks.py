"""Very many opinions in blocks: cluster each block, then let groups meet over its borders.

A block is some regions, or some topics where no region is named; what is compared at the borders is a
few members for each group, so memory follows the largest block and the number of groups. A cluster
of machines works block by block in the same way (``integrations.spark``) and finds the same groups.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from renda_nlp.hotspots.clustering import asked_link, cluster_profiles
from renda_nlp.hotspots.profiles import make_profiles
from renda_nlp.hotspots.regions import find_regions
from renda_nlp.ngrams import normalise
from renda_nlp.protocols import Executor
from renda_nlp.table import OpinionTable

__all__ = ["block_keys", "cluster_block", "cluster_rows", "merge_blocks", "pack_keys"]

Ints = NDArray[np.int64]
_TEXTS = 4096  # that are kept at hand
_SHOWN = 3  # members that stand for their group at the borders


def cluster_block(
    table: OpinionTable, rows: Ints, min_link: float, executor: Executor | None = None
) -> Ints:
    """Return the number of each row's group, shape ``(n,)``: all rows against all.

    Args:
        table: The opinions.
        rows: Indices, in an order that does not depend on that of the input.
        min_link: Strength of evidence that is asked for, see ``clustering.asked_link``.
        executor: Where pairs are compared; it must see the memory of this process. None works here.
    """
    profiles = make_profiles(table, rows)
    return cluster_profiles(profiles, min_link, _texts(table, rows), executor)


def _texts(table: OpinionTable, rows: Ints) -> Callable[[int], str]:
    @lru_cache(maxsize=_TEXTS)
    def text_of(row: int) -> str:
        return normalise(table.opinion(int(rows[row])).text)

    return text_of


def block_keys(table: OpinionTable, rows: Ints) -> list[str]:
    """Return the block of each row: its town, county or city, else its topic."""
    regions = find_regions(table, rows).finest().tolist()
    topics = table.column_at("topics", rows).tolist()
    return [
        table.label(region) if region >= 0 else f"#{table.label(topic)}"
        for region, topic in zip(regions, topics, strict=True)
    ]


def pack_keys(counts: Mapping[str, int], max_block: int) -> dict[str, int]:
    """Return the block of each key: neighbours in the order of their names, ``max_block`` rows at most.

    A key that has more rows by itself has a block of its own.
    """
    out: dict[str, int] = {}
    block, room = 0, max_block
    for key in sorted(counts):
        if out and counts[key] > room:
            block, room = block + 1, max_block
        out[key] = block
        room -= counts[key]
    return out


def cluster_rows(
    table: OpinionTable,
    rows: Ints,
    min_link: float,
    max_block: int,
    executor: Executor | None = None,
) -> Ints:
    """Return the number of each row's group, in blocks where there are more rows than ``max_block``.

    Args:
        table: The opinions.
        rows: Indices, in an order that does not depend on that of the input.
        min_link: Strength of evidence among many opinions, see ``clustering.asked_link``.
        max_block: Rows that are compared in one go.
        executor: Where pairs are compared, see ``cluster_block``.
    """
    min_link = asked_link(min_link, len(rows))
    if len(rows) <= max_block:
        return cluster_block(table, rows, min_link, executor)
    keys = block_keys(table, rows)
    packed = pack_keys(Counter(keys), max_block)
    block_of = np.array([packed[key] for key in keys], np.int64)
    labels = np.zeros(len(rows), np.int64)
    n_groups = 0
    for block in range(int(block_of.max()) + 1):
        own = np.flatnonzero(block_of == block)
        found = cluster_block(table, rows[own], min_link, executor)
        groups, numbers = np.unique(found, return_inverse=True)
        labels[own] = numbers + n_groups
        n_groups += len(groups)
    return merge_blocks(table, rows, labels, min_link)


def merge_blocks(table: OpinionTable, rows: Ints, labels: Ints, min_link: float) -> Ints:
    """Return the labels after groups of several blocks have been compared.

    Args:
        table: The opinions.
        rows: Their indices.
        labels: The group of each row inside its block, from 0.
        min_link: Strength of evidence that is asked for, see ``clustering.asked_link``.
    """
    order = np.argsort(labels, kind="stable")
    ordered = labels[order]
    rank = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    shown = np.sort(order[rank < _SHOWN])
    profiles = make_profiles(table, rows[shown])
    _, first, groups = np.unique(labels[shown], return_index=True, return_inverse=True)
    pooled = profiles.pool(groups, len(first))
    pooled = replace(pooled, sizes=np.bincount(labels))
    text_of = _texts(table, rows[shown])
    merged = cluster_profiles(pooled, min_link, lambda group: text_of(int(first[group])))
    return np.asarray(merged[labels], np.int64)
