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


def cluster_pairs(pairs: Pairs, n: int, min_link: float) -> NDArray[np.int64]:
    """Return a cluster id per opinion, shape ``(n,)``; ids are the smallest member's index.

    Args:
        pairs: Candidate pairs with log-odds.
        n: Number of opinions.
        min_link: Mean log-odds at which two groups still join.
    """
    links: list[dict[int, float]] = [{} for _ in range(n)]  # sums of log-odds above the floor
    strong = pairs.log_odds >= _MIN_EDGE
    values = np.clip(pairs.log_odds[strong], _NO_LINK, _MAX_LINK) - _NO_LINK
    for a, b, value in zip(
        pairs.first[strong].tolist(), pairs.second[strong].tolist(), values.tolist(), strict=True
    ):
        links[a][b] = links[b][a] = value
    size = [1] * n
    label = np.arange(n)
    members: list[list[int]] = [[i] for i in range(n)]
    need = min_link - _NO_LINK
    heap = [(-value, a, b, 1, 1) for a in range(n) for b, value in links[a].items() if a < b]
    heap = [item for item in heap if -item[0] > need]
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if size[a] != size_a or size[b] != size_b:
            continue
        for other, total in links[b].items():  # join b into a, a < b
            if other == a:
                continue
            links[a][other] = links[other][a] = links[a].get(other, 0.0) + total
            del links[other][b]
        links[a].pop(b, None)
        links[b].clear()
        size[a], size[b] = size_a + size_b, 0
        members[a] += members[b]
        members[b] = []
        for other, total in links[a].items():
            mean = total / (size[a] * size[other])
            if mean > need:
                low, high = min(a, other), max(a, other)
                heapq.heappush(heap, (-mean, low, high, size[low], size[high]))
    for root, group in enumerate(members):
        for member in group:
            label[member] = root
    return label
