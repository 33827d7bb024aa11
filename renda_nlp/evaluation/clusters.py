"""Clusterings against the truth."""

from collections import Counter
from collections.abc import Hashable, Sequence

__all__ = ["bcubed"]


def bcubed(truth: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1; both give the group of each item, shape ``(n,)``.

    References:
        Bagga & Baldwin (1998), Algorithms for scoring coreference chains.
    """
    sizes_t, sizes_f = Counter(truth), Counter(found)
    both = Counter(zip(truth, found, strict=True))
    precision = sum(n * n / sizes_f[f] for (_, f), n in both.items()) / len(truth)
    recall = sum(n * n / sizes_t[t] for (t, _), n in both.items()) / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)
