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


def _shared_shingles(texts: Sequence[str]) -> NDArray[np.int64]:
    """Return how many 5-grams each two texts share, shape ``(n, n)``; a short text is one by itself."""
    batch = TextBatch(["".join(text.split()) for text in texts])
    sizes = np.maximum(1, np.diff(batch.starts) - _GRAM + 1)
    owner = np.repeat(np.arange(len(texts)), sizes)
    starts = np.arange(len(owner)) + (batch.starts[:-1] - np.cumsum(sizes) + sizes)[owner]
    ends = np.minimum(starts + _GRAM, batch.starts[1:][owner])
    _, number = np.unique(batch.hashes(starts, ends), return_inverse=True)
    shape = (len(texts), int(number.max(initial=0)) + 1)
    has = csr_matrix((np.ones(len(owner), np.int64), (owner, number)), shape)
    has.data[:] = 1
    shared: NDArray[np.int64] = (has @ has.T).toarray()
    return shared


def copy_groups(texts: Sequence[str], min_similarity: float) -> list[int]:
    """Return for each text the index of the first text that it copies (itself when original).

    Two texts are copies when the Jaccard similarity of their 5-grams reaches ``min_similarity``.
    """
    shared = _shared_shingles(texts)
    sizes = shared.diagonal()
    alike = (shared >= min_similarity * (sizes[:, None] + sizes - shared)).tolist()
    groups: list[int] = []
    for index, similar in enumerate(alike):
        copied = (k for k in range(index) if groups[k] == k and similar[k])
        groups.append(next(copied, index))
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
        signed = f"（{who}人提交）" if min(authors) >= 0 else ""
        notes.append(f"其中{copies}件文字基本相同{signed}，疑为同一文本多次提交")
    if times >= _MANY and times >= _MOST * n and author >= 0:
        notes.append(f"其中{times}件由同一人提交，只计1人")
    return "；".join(notes)
