"""Very many opinions in blocks: cluster each block, then let groups meet over its borders.

A block is some regions, or some topics where no region is named; what is compared at the borders is a
few members for each group. What a block needs to know of the others is in ``CollectionFacts``, so
this machine and a cluster of machines (``integrations.spark_hotspots``) do the same, block by block,
and find the same groups. Memory follows the largest block.
"""

from collections import Counter
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from renda_nlp.hotspots.clustering import cluster_profiles
from renda_nlp.hotspots.collection import CollectionFacts, plan_blocks
from renda_nlp.hotspots.profiles import make_profiles
from renda_nlp.ngrams import normalise
from renda_nlp.protocols import Executor
from renda_nlp.table import OpinionTable

__all__ = ["SHOWN", "border_keys", "cluster_block", "cluster_rows", "merge_block"]

Ints = NDArray[np.int64]
SHOWN = 3
"""Members, the first by their ids, that stand for their group at the borders."""

_TEXTS = 4096  # that are kept at hand


def cluster_block(
    table: OpinionTable,
    rows: Ints,
    collection: CollectionFacts,
    executor: Executor | None = None,
) -> Ints:
    """Return the position in ``rows`` of the first row of each row's group, shape ``(n,)``.

    Args:
        table: The opinions of the block, or more.
        rows: Their indices, in the order of the ids.
        collection: What all opinions tell together.
        executor: Where pairs are compared; it must see the memory of this process. None works here.
    """
    return _first(
        cluster_profiles(
            make_profiles(table, rows, collection),  # nothing else keeps them: they grow
            np.arange(len(rows)),
            collection,
            _texts(table, rows),
            executor,
        )
    )


def merge_block(
    table: OpinionTable, rows: Ints, groups: Ints, sizes: Ints, collection: CollectionFacts
) -> Ints:
    """Return the first of the groups that each group joins, itself when none, shape ``(n_groups,)``.

    Args:
        table: The opinions.
        rows: Indices of the members that stand for their groups, in the order of the ids.
        groups: The group of each of the rows, numbered as they appear.
        sizes: Members of each group, shape ``(n_groups,)``.
        collection: What all opinions tell together.
    """
    first, text_of = np.unique(groups, return_index=True)[1], _texts(table, rows)
    several = np.bincount(groups) > 1
    members = np.flatnonzero(several[groups])
    number, n = np.cumsum(several) - 1, int(several.sum())
    own = number[groups[members]]
    units = first.copy()
    units[several] = len(rows) + np.arange(n)
    return _first(
        cluster_profiles(
            make_profiles(table, rows, collection).with_groups(members, own, n, sizes[several]),
            units,
            collection,
            lambda group: text_of(int(first[group])),
        )
    )


def _first(labels: Ints) -> Ints:
    _, first, number = np.unique(labels, return_index=True, return_inverse=True)
    return first[number]


def _texts(table: OpinionTable, rows: Ints) -> Callable[[int], str]:
    @lru_cache(maxsize=_TEXTS)
    def text_of(row: int) -> str:
        return normalise(table.opinion(int(rows[row])).text)

    return text_of


def border_keys(table: OpinionTable, rows: Ints) -> list[tuple[str, str]]:
    """Return topic and subtopic of each row: of a group's first member, they tell where it is compared."""
    topics, subtopics = (table.column_at(name, rows).tolist() for name in ("topics", "subtopics"))
    return [(table.label(a), table.label(b)) for a, b in zip(topics, subtopics, strict=True)]


def cluster_rows(
    table: OpinionTable,
    rows: Ints,
    collection: CollectionFacts,
    executor: Executor | None = None,
) -> Ints:
    """Return the position in ``rows`` of the first row of each row's group, shape ``(n,)``.

    Args:
        table: The opinions.
        rows: Indices, in the order of the ids.
        collection: What all opinions tell together.
        executor: Where pairs are compared, see ``cluster_block``.
    """
    blocks = collection.find_blocks(table, rows)
    labels = np.zeros(len(rows), np.int64)
    every = np.unique(blocks)
    for block in every.tolist():
        own = np.flatnonzero(blocks == block)
        labels[own] = own[cluster_block(table, rows[own], collection, executor)]
    return labels if len(every) == 1 else _merge_borders(table, rows, labels, collection)


def _merge_borders(
    table: OpinionTable, rows: Ints, labels: Ints, collection: CollectionFacts
) -> Ints:
    """Return the labels after groups of several blocks have been compared."""
    firsts, sizes = np.unique(labels, return_counts=True)
    keys = border_keys(table, rows[firsts])
    plan = plan_blocks(Counter(keys), collection.max_block)
    block_of = np.full(len(rows), -1, np.int64)
    block_of[firsts] = [plan[key] for key in keys]
    size_of = np.zeros(len(rows), np.int64)
    size_of[firsts] = sizes
    order = np.argsort(labels, kind="stable")
    ordered = labels[order]
    rank = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    shown = np.sort(order[rank < SHOWN])
    merged = labels.copy()
    for block in range(max(plan.values()) + 1):
        own = shown[block_of[labels[shown]] == block]
        heads, groups = np.unique(labels[own], return_inverse=True)
        joined = merge_block(table, rows[own], groups, size_of[heads], collection)
        merged[heads] = heads[joined]
    return merged[labels]
