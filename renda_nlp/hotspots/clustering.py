"""Pairs to clusters: groups join while the mean strength between them says one matter.

Merging goes from the strongest link down (average linkage, UPGMA: Sokal & Michener 1958), with a
floor for pairs that were no candidates. Chains of weak links and giant components cannot form: a
group joins only when it fits the whole of the other on average. Then the groups themselves are
compared, by their pooled evidence, until nothing joins any more.
"""

import heapq
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from renda_nlp.hotspots.candidates import candidate_pairs
from renda_nlp.hotspots.collection import CollectionFacts
from renda_nlp.hotspots.crowds import Crowd
from renda_nlp.hotspots.profiles import Profiles
from renda_nlp.hotspots.similarity import Pairs, link_pairs
from renda_nlp.hotspots.swaps import is_swapped
from renda_nlp.memory import release_memory
from renda_nlp.protocols import Executor

__all__ = ["cluster_pairs", "cluster_profiles"]

Ints = NDArray[np.int64]

_NO_LINK = -12.0  # below the threshold: what a pair that is no candidate counts
_MAX_LINK = 9.0  # above it: one very strong pair does not carry a whole group
_MIN_EDGE = -6.0
_VETO = -60.0
_ROUNDS = 8


class _Merging:
    """Groups of rows, and the sum of strengths above the floor between each two of them."""

    def __init__(self, pairs: Pairs, n: int) -> None:
        self.links: list[dict[int, float]] = [{} for _ in range(n)]
        self.members: list[list[int]] = [[i] for i in range(n)]
        strong = pairs.strength >= _MIN_EDGE
        values = np.clip(pairs.strength[strong], _NO_LINK, _MAX_LINK) - _NO_LINK
        ends = zip(pairs.first[strong].tolist(), pairs.second[strong].tolist(), strict=True)
        for (a, b), value in zip(ends, values.tolist(), strict=True):
            self.links[a][b] = self.links[b][a] = value

    def mean(self, a: int, b: int) -> float:
        """Return the mean strength above the floor between two groups."""
        return self.links[a][b] / (len(self.members[a]) * len(self.members[b]))

    def join(self, a: int, b: int) -> None:
        """Join group ``b`` into group ``a``."""
        for other, total in self.links[b].items():
            if other != a:
                joined = self.links[a].get(other, 0.0) + total
                self.links[a][other] = self.links[other][a] = joined
                del self.links[other][b]
        self.links[a].pop(b, None)
        self.links[b].clear()
        self.members[a] += self.members[b]
        self.members[b] = []


def cluster_pairs(pairs: Pairs, n: int) -> Ints:
    """Return a cluster id per row, shape ``(n,)``; ids are the smallest member's index.

    Args:
        pairs: Candidate pairs; two groups join while their mean strength is above 0.
        n: Number of rows.
    """
    state = _Merging(pairs, n)
    heap: list[tuple[float, int, int, int, int]] = []

    def offer(a: int, b: int) -> None:
        mean = state.mean(a, b)
        if mean > -_NO_LINK:
            low, high = min(a, b), max(a, b)
            sizes = len(state.members[low]), len(state.members[high])
            heapq.heappush(heap, (-mean, low, high, *sizes))

    for pair in [(low, high) for low in range(n) for high in state.links[low] if low < high]:
        offer(*pair)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if (len(state.members[a]), len(state.members[b])) != (size_a, size_b):
            continue  # one of them has grown or gone since
        state.join(a, b)
        for other in list(state.links[a]):
            offer(a, other)
    label = np.arange(n)
    for root, group in enumerate(state.members):
        label[group] = root
    return label


def _without_swaps(pairs: Pairs, text_of: Callable[[int], str], rows: Ints) -> Pairs:
    """Return the pairs; copied texts with another name in them lose their link."""
    strength = pairs.strength.copy()
    for k in np.flatnonzero(pairs.copied & (pairs.strength > 0)).tolist():
        one, two = (text_of(int(rows[end[k]])) for end in (pairs.first, pairs.second))
        if is_swapped(one, two):
            strength[k] = _VETO
    return replace(pairs, strength=strength)


def _compare(
    profiles: Profiles,
    rows: Ints,
    changed: NDArray[np.bool_],
    crowd: Crowd,
    min_link: float,
    executor: Executor | None,
) -> Pairs:
    """Return the candidate pairs among some rows of which one has changed, those that count.

    They are positions among the rows; their strength is that above ``min_link``.
    """
    asked = candidate_pairs(profiles, rows, changed, executor)
    release_memory()
    pairs = link_pairs(profiles, rows, asked, crowd, min_link + _MIN_EDGE, executor)
    return replace(pairs, strength=pairs.strength - min_link)


def cluster_profiles(
    profiles: Profiles,
    rows: Ints,
    collection: CollectionFacts,
    text_of: Callable[[int], str],
    executor: Executor | None = None,
) -> Ints:
    """Return the number of each row's cluster, shape ``(n,)``.

    Args:
        profiles: Of opinions, and of groups of them.
        rows: What is clustered, single opinions or groups.
        collection: Tells the strength of evidence that is asked for.
        text_of: Gives the normalised text of the k-th row.
        executor: Where pairs are compared; it must see the memory of this process. None works here.
    """
    labels = np.arange(len(rows))
    current, changed = rows, np.ones(len(rows), bool)
    crowd = Crowd.of(profiles, rows)
    for _ in range(_ROUNDS):
        shown = np.unique(labels, return_index=True)[1]  # the first member stands for its group
        crowd = crowd.grouped(profiles.facts.sizes[current])
        pairs = _compare(profiles, current, changed, crowd, collection.min_link, executor)
        pairs = _without_swaps(pairs, text_of, shown)
        groups, number = np.unique(cluster_pairs(pairs, len(current)), return_inverse=True)
        if len(groups) == len(current):
            break
        del pairs
        changed = np.bincount(number) > 1
        labels = number[labels]
        profiles, current = _pooled(profiles, rows, labels, current[groups], changed)
        release_memory()
    if collection.pair_link <= collection.min_link:  # whatever joined has it
        return labels
    return _without_weak_pairs(profiles, rows, labels, crowd, collection.pair_link)


def _pooled(
    profiles: Profiles,
    rows: Ints,
    labels: Ints,
    current: Ints,
    changed: NDArray[np.bool_],
) -> tuple[Profiles, Ints]:
    """Return the profiles with those of the groups that changed, and the row of each group.

    Args:
        profiles: Of the rows, and of earlier groups.
        rows: What is clustered.
        labels: Number of each row's group.
        current: Row of each group, as far as it has not changed.
        changed: Whether each group has changed.
    """
    members = np.flatnonzero(changed[labels])
    number, n = np.cumsum(changed) - 1, int(changed.sum())
    out = current.copy()
    out[changed] = len(profiles) + np.arange(n)
    return profiles.with_groups(rows[members], number[labels[members]], n), out


def _without_weak_pairs(
    profiles: Profiles, rows: Ints, labels: Ints, crowd: Crowd, pair_link: float
) -> Ints:
    """Return the labels; two opinions without a third part where their link is weak.

    Weak is below ``pair_link``, unless both speak of one topic and of one thing by a name that hardly
    any other opinion says: what a village shares with many is no such name.
    """
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order], prepend=-1))
    n, opinions = (
        np.diff(starts, append=len(order)),
        np.bincount(labels, profiles.facts.sizes[rows]),
    )
    pairs = starts[(n == 2) & (opinions[labels[order[starts]]] == 2)]  # noqa: PLR2004 - two of one
    first, second = order[pairs], order[pairs + 1]
    links = link_pairs(profiles, rows, (first, second), crowd)
    weak = (links.strength < pair_link) & ~links.named
    parted = labels.copy()
    parted[second[weak]] = int(labels.max(initial=0)) + 1 + np.arange(int(weak.sum()))
    return parted
