"""The words of the texts of a batch as columns: what every pass over words shares."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import Interner
from renda_nlp.records import Token

__all__ = ["TokenBatch", "Words"]

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text.

    Attributes:
        text: The normalised text.
        starts: Where each word starts.
        ends: Where each word ends.
        codes: Number of the tag of each word.
        names: The tags by number.
    """

    text: str
    starts: list[int]
    ends: list[int]
    codes: list[int]
    names: Sequence[str]

    def word(self, index: int) -> str:
        """Return a word."""
        return self.text[self.starts[index] : self.ends[index]]

    def tag(self, index: int) -> str:
        """Return the tag of a word."""
        return self.names[self.codes[index]]


@dataclass(frozen=True, slots=True)
class TokenBatch:
    """The words of some texts, one after the other.

    Attributes:
        starts: Where each word starts in its text, shape ``(n_words,)``.
        ends: Where each word ends in its text, shape ``(n_words,)``.
        codes: Number of the tag of each word, shape ``(n_words,)``.
        names: The tags by number.
        bounds: Where the words of each text begin, and the end, shape ``(n_texts + 1,)``.
    """

    starts: Numbers
    ends: Numbers
    codes: Numbers
    names: Sequence[str]
    bounds: Numbers

    @classmethod
    def of(cls, rows: Sequence[Sequence[Token]]) -> "TokenBatch":
        """Return the words of each text as columns."""
        counts = np.fromiter(map(len, rows), np.int64, len(rows))
        n = int(counts.sum())
        starts, ends = (
            np.fromiter(map(itemgetter(place), chain.from_iterable(rows)), np.int64, n)
            for place in (0, 1)
        )
        known = Interner()
        codes = np.fromiter((known.code(token.tag) for row in rows for token in row), np.int64, n)
        return cls(starts, ends, codes, known.names, np.concatenate(([0], np.cumsum(counts))))

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def owners(self) -> Numbers:
        """Return the number of the text of each word."""
        return np.repeat(np.arange(len(self)), np.diff(self.bounds))

    def tagged(self, tags: Iterable[str]) -> NDArray[np.bool_]:
        """Return which words have one of some tags."""
        wanted = frozenset(tags)
        return np.array([name in wanted for name in self.names], bool)[self.codes]

    def of_texts(self, texts: Sequence[str]) -> Iterator[Words]:
        """Yield the words of each text."""
        starts, ends, codes = self.starts.tolist(), self.ends.tolist(), self.codes.tolist()
        for text, (a, b) in zip(texts, pairwise(self.bounds.tolist()), strict=True):
            yield Words(text, starts[a:b], ends[a:b], codes[a:b], self.names)

    def where(self, chosen: NDArray[np.bool_]) -> list[list[int]]:
        """Return by text the numbers, in the text, of the words that are chosen."""
        at = np.flatnonzero(chosen)
        cuts = np.searchsorted(at, self.bounds)
        numbers = (at - np.repeat(self.bounds[:-1], np.diff(cuts))).tolist()
        return [numbers[a:b] for a, b in pairwise(cuts.tolist())]

    def row(self, index: int) -> list[Token]:
        """Return the words of one text."""
        words = slice(*self.bounds[index : index + 2].tolist())
        columns = (
            self.starts[words].tolist(),
            self.ends[words].tolist(),
            self.codes[words].tolist(),
        )
        return [
            Token(start, end, self.names[code]) for start, end, code in zip(*columns, strict=True)
        ]

    def replaced(self, rows: Mapping[int, Sequence[Token]]) -> "TokenBatch":
        """Return the batch with other words for some texts."""
        if not rows:
            return self
        order = sorted(rows)
        new = TokenBatch.of([rows[index] for index in order])
        names = list(dict.fromkeys((*self.names, *new.names)))
        codes = np.array([names.index(name) for name in new.names], np.int64)[new.codes]
        counts = np.diff(self.bounds)
        counts[order] = np.diff(new.bounds)
        starts, ends, all_codes = (
            _spliced(old, self.bounds, order, own, new.bounds)
            for old, own in (
                (self.starts, new.starts),
                (self.ends, new.ends),
                (self.codes, codes),
            )
        )
        return TokenBatch(starts, ends, all_codes, names, np.concatenate(([0], np.cumsum(counts))))


def _spliced(
    old: Numbers, bounds: Numbers, order: Sequence[int], new: Numbers, new_bounds: Numbers
) -> Numbers:
    """Return a column of which some rows are replaced by those of another, in their order."""
    parts, at = [], 0
    for index, (a, b) in zip(order, pairwise(new_bounds.tolist()), strict=True):
        parts += [old[at : bounds[index]], new[a:b]]
        at = bounds[index + 1]
    return np.concatenate([*parts, old[at:]])
