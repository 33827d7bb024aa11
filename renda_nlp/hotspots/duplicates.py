"""Copies of one text: counted, folded, and named when they flood an issue."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from renda_nlp.ngrams import TextBatch

__all__ = ["copy_groups", "flood_note"]

_GRAM = 5
_MANY = 3
_MOST = 0.5


def _shingles(texts: Sequence[str]) -> list[NDArray[np.uint64]]:
    plain = ["".join(text.split()) for text in texts]
    batch = TextBatch(plain)
    out = []
    for start, end in zip(batch.starts[:-1], batch.starts[1:], strict=True):
        begins = np.arange(start, max(start + 1, end - _GRAM + 1))
        out.append(np.unique(batch.hashes(begins, np.minimum(begins + _GRAM, end))))
    return out


def copy_groups(texts: Sequence[str], min_similarity: float) -> list[int]:
    """Return for each text the index of the first text that it copies (itself when original).

    Two texts are copies when the Jaccard similarity of their 5-grams reaches ``min_similarity``.
    """
    shingles = _shingles(texts)
    groups: list[int] = []
    for index, mine in enumerate(shingles):
        groups.append(index)
        for earlier in sorted(set(groups[:index])):
            theirs = shingles[earlier]
            smaller, larger = sorted((len(mine), len(theirs)))
            if smaller < min_similarity * larger:
                continue
            shared = len(np.intersect1d(mine, theirs, assume_unique=True))
            if shared >= min_similarity * (len(mine) + len(theirs) - shared):
                groups[index] = earlier
                break
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
