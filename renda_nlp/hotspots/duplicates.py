"""Copies of one text: counted, folded, and named when they flood an issue."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from renda_nlp.ngrams import TextBatch

__all__ = ["copy_groups", "flood_note"]

_GRAM = 5
_MANY = 3
_MOST = 0.5


def _shared(texts: Sequence[str]) -> NDArray[np.int64]:
    """Return how many distinct 5-grams each two texts share; a text with itself: how many it has."""
    batch = TextBatch(["".join(text.split()) for text in texts])
    n, lengths = len(batch), np.diff(batch.starts)
    grams = np.maximum(lengths - _GRAM + 1, 1)
    owner = np.repeat(np.arange(n), grams)
    begins = np.arange(len(owner)) - np.repeat(np.cumsum(grams) - grams - batch.starts[:-1], grams)
    hashes = batch.hashes(begins, np.minimum(begins + _GRAM, batch.starts[owner + 1]))
    known, number = np.unique(hashes, return_inverse=True)
    has = csr_matrix((np.ones(len(owner), np.int64), (owner, number)), shape=(n, len(known)))
    has.sum_duplicates()
    has.data[:] = 1
    return np.asarray((has @ has.T).toarray(), np.int64)


def copy_groups(texts: Sequence[str], min_similarity: float) -> list[int]:
    """Return for each text the index of the first text that it copies (itself when original).

    Two texts are copies when the Jaccard similarity of their 5-grams reaches ``min_similarity``.
    """
    shared = _shared(texts)
    sizes = np.diag(shared)
    alike = shared >= min_similarity * (sizes[:, None] + sizes[None, :] - shared)
    groups: list[int] = []
    for index in range(len(texts)):
        earlier = [group for group in sorted(set(groups)) if alike[index, group]]
        groups.append(earlier[0] if earlier else index)
    return groups


def flood_note(groups: Sequence[int], authors: Sequence[int]) -> str:
    """Return a Chinese note when copies or one author make up most of an issue, else ""."""
    n = len(groups)
    notes = []
    (_, copies), (author, times) = (
        Counter(groups).most_common(1)[0],
        Counter(authors).most_common(1)[0],
    )
    if copies >= _MANY and copies >= _MOST * n:
        who = len(
            {
                a
                for g, a in zip(groups, authors, strict=True)
                if g == Counter(groups).most_common(1)[0][0]
            }
        )
        notes.append(f"其中{copies}件文字基本相同（{who}人提交），疑为同一文本多次提交")
    if times >= _MANY and times >= _MOST * n and author >= 0:
        notes.append(f"其中{times}件由同一人提交，只计1人")
    return "；".join(notes)
