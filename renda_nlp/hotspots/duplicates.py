"""Copies of one text: counted, folded, and named when they flood an issue."""

from collections import Counter
from collections.abc import Sequence

from renda_nlp.ngrams import normalise

__all__ = ["copy_groups", "flood_note"]

_GRAM = 5
_MANY = 3
_MOST = 0.5


def _shingles(text: str) -> set[str]:
    plain = normalise("".join(text.split()))
    return {plain[k : k + _GRAM] for k in range(max(1, len(plain) - _GRAM + 1))}


def copy_groups(texts: Sequence[str], min_similarity: float) -> list[int]:
    """Return for each text the index of the first text that it copies (itself when original).

    Two texts are copies when the Jaccard similarity of their 5-grams reaches ``min_similarity``.
    """
    originals: dict[int, set[str]] = {}
    groups: list[int] = []
    for index, mine in enumerate(map(_shingles, texts)):
        copied = (k for k, theirs in originals.items() if _similar(mine, theirs, min_similarity))
        groups.append(next(copied, index))
        if groups[-1] == index:
            originals[index] = mine
    return groups


def _similar(mine: set[str], theirs: set[str], min_similarity: float) -> bool:
    smaller, larger = sorted((len(mine), len(theirs)))
    if smaller < min_similarity * larger:
        return False
    shared = len(mine & theirs)
    return shared >= min_similarity * (len(mine) + len(theirs) - shared)


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
