"""Pairs to clusters: groups join while the mean log-odds between them say one matter.

Merging goes from the strongest link down (average linkage, UPGMA: Sokal & Michener 1958) inside
connected parts, with a floor for pairs that were no candidates. Chains of weak links and giant
components cannot form: a group joins only when it fits the whole of the other on average.
"""

import heapq

import numpy as np
from numpy.typing import NDArray

from renda_nlp.hotspots.similarity import Pairs

__all__ = ["cluster_pairs"]

_NO_LINK = -4.0
_MAX_LINK = 3.0
_MIN_EDGE = -2.0


class _Merging:
    """Groups of opinions, and the sum of log-odds above the floor between each two of them."""

    def __init__(self, pairs: Pairs, n: int) -> None:
        self.links: list[dict[int, float]] = [{} for _ in range(n)]
        self.members: list[list[int]] = [[i] for i in range(n)]
        strong = pairs.log_odds >= _MIN_EDGE
        values = np.clip(pairs.log_odds[strong], _NO_LINK, _MAX_LINK) - _NO_LINK
        ends = zip(pairs.first[strong].tolist(), pairs.second[strong].tolist(), strict=True)
        for (a, b), value in zip(ends, values.tolist(), strict=True):
            self.links[a][b] = self.links[b][a] = value

    def mean(self, a: int, b: int) -> float:
        """Return the mean log-odds above the floor between two groups."""
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


def cluster_pairs(pairs: Pairs, n: int, min_link: float) -> NDArray[np.int64]:
    """Return a cluster id per opinion, shape ``(n,)``; ids are the smallest member's index.

    Args:
        pairs: Candidate pairs with log-odds.
        n: Number of opinions.
        min_link: Mean log-odds at which two groups still join.
    """
    state = _Merging(pairs, n)
    need = min_link - _NO_LINK
    heap: list[tuple[float, int, int, int, int]] = []

    def offer(a: int, b: int) -> None:
        mean = state.mean(a, b)
        if mean > need:
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
