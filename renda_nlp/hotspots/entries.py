"""Which tokens stand in each opinion or group, and with what weight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import heaviest, stretches
from renda_nlp.hotspots.vocabulary import PLACE, Vocabulary
from renda_nlp.table import OpinionTable

__all__ = [
    "HOME",
    "MAX_TOKENS",
    "PRESENCE",
    "TITLE",
    "Entries",
    "RowEntries",
    "join_entries",
    "merge_entries",
    "place_entries",
    "word_entries",
]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Shares = NDArray[np.float32] | NDArray[np.bool_]  # of one opinion: all or nothing

PRESENCE, TITLE, HOME = range(3)
"""Shares of an entry: of the members of its row that have the token, that have it in their title (or
have no title), in whose first named place it stands."""

_TITLE_COUNT = 2.0  # a title word counts as so many more occurrences
MAX_TOKENS = 128
"""The weightiest ones of each opinion or group."""

_PLACE_WEIGHT = 4.0  # a place is always among the weightiest tokens
_BITS = np.array([[1], [2], [4]], np.uint8)  # of the shares of an opinion in its marks


@dataclass(frozen=True, slots=True)
class Entries:
    """One entry per row and token.

    Attributes:
        owner: Row of each.
        tokens: In order within a row.
        weight: TF-IDF.
        shares: ``PRESENCE``, ``TITLE`` and ``HOME`` of each, shape ``(3, n)``.
    """

    owner: Ints
    tokens: NDArray[np.int32]
    weight: Floats
    shares: Shares

    def at(self, entries: NDArray[np.bool_] | Ints) -> "Entries":
        """Return some of the entries."""
        return Entries(
            self.owner[entries],
            self.tokens[entries],
            self.weight[entries],
            self.shares[:, entries],
        )

    def trimmed(self) -> "Entries":
        """Return the weightiest entries of each row, in their order."""
        return self.at(np.flatnonzero(heaviest(self.owner, self.weight, MAX_TOKENS)))

    def of_length_one(self, vocabulary: Vocabulary, n: int) -> "Entries":
        """Return the entries of ``n`` rows, the weights of each of length one without its places."""
        plain = np.where(vocabulary.classes[self.tokens] == PLACE, 0.0, self.weight)
        norms = np.sqrt(np.bincount(self.owner, plain**2, n))
        unit = (self.weight / np.maximum(norms, 1e-9)[self.owner]).astype(np.float32)
        return replace(self, weight=unit)


def merge_entries(entries: Entries, share: NDArray[np.float64]) -> Entries:
    """Return one entry per row and token: the sum of the shares of its members' entries."""
    n_tokens = int(entries.tokens.max(initial=0)) + 1
    keys, where = np.unique(entries.owner * n_tokens + entries.tokens, return_inverse=True)

    def total(values: NDArray[Any]) -> Floats:
        return np.bincount(where, share * values, len(keys)).astype(np.float32)

    return Entries(
        keys // n_tokens,
        (keys % n_tokens).astype(np.int32),
        total(entries.weight),
        np.stack([total(own) for own in entries.shares]),
    ).trimmed()


def word_entries(table: OpinionTable, part: Ints, vocabulary: Vocabulary) -> Entries:
    """Return the tokens of some rows, numbered from 0."""
    words, titles = table.words.take(part), table.title_words.take(part)
    rows = np.arange(len(part), dtype=np.uint64)
    keys, counts = np.unique(
        np.repeat(rows, words.lengths) << np.uint64(32) | words.values, return_counts=True
    )
    title_keys, title_counts = np.unique(
        np.repeat(rows, titles.lengths) << np.uint64(32) | titles.values, return_counts=True
    )
    in_title = np.zeros(len(keys))
    at = np.minimum(np.searchsorted(keys, title_keys), max(0, len(keys) - 1))
    found = keys[at] == title_keys if len(keys) else np.zeros(0, bool)
    in_title[at[found]] = title_counts[found]
    owner = (keys >> np.uint64(32)).astype(np.int64)
    tokens = vocabulary.find((keys & np.uint64(0xFFFFFFFF)).astype(np.uint32))
    idf = np.where(tokens >= 0, vocabulary.idf[tokens] if len(vocabulary) else 0.0, 0.0)
    weight = (1 + np.log(counts + _TITLE_COUNT * in_title)) * idf
    good = weight > 0
    untitled = (titles.lengths == 0)[owner]
    title = ((in_title > 0) | untitled)[good]
    return Entries(
        owner[good],
        tokens[good].astype(np.int32),
        weight[good].astype(np.float32),
        np.stack([np.ones(len(title), bool), title, np.zeros(len(title), bool)]),
    )


def place_entries(places: Sequence[Iterable[int]], vocabulary: Vocabulary) -> Entries:
    """Return the entries of the place tokens of each row; each counts as its rarity, four times."""
    found = [(row, token) for row, tokens in enumerate(places) for token in sorted(set(tokens))]
    both = np.array(found, np.int64).reshape(-1, 2)
    rarity = vocabulary.idf[both[:, 1]] if len(both) else np.zeros(0, np.float32)
    yes = np.ones(len(both), bool)
    return Entries(
        both[:, 0], both[:, 1].astype(np.int32), _PLACE_WEIGHT * rarity, np.stack([yes, yes, ~yes])
    )


def join_entries(*parts: Entries) -> Entries:
    """Return the entries of all parts, those of a row together in their order."""
    joined = Entries(
        np.concatenate([part.owner for part in parts]),
        np.concatenate([part.tokens for part in parts]),
        np.concatenate([part.weight for part in parts]),
        np.concatenate([part.shares for part in parts], axis=1),
    )
    return joined.at(np.argsort(joined.owner, kind="stable"))


@dataclass(frozen=True, slots=True)
class RowEntries:
    """The entries of many rows, row after row: of opinions, then of groups.

    Attributes:
        starts: Where the entries of each row begin, and the end, shape ``(n + 1,)``.
        tokens: Shape ``(n_entries,)``.
        weight: TF-IDF, of length one in each row without its places.
        marks: The shares of an opinion's entry as bits; 0 in a group.
        shares: Of the entries of groups, shape ``(3, n_entries_of_groups)``.
        shares_at: Where the shares of each row begin, -1 for an opinion, shape ``(n,)``.
    """

    starts: Ints
    tokens: NDArray[np.int32]
    weight: Floats
    marks: NDArray[np.uint8]
    shares: Floats
    shares_at: Ints

    @classmethod
    def of_opinions(cls, parts: Iterable[tuple[Entries, int]], most: int) -> "RowEntries":
        """Return the entries of opinions.

        Args:
            parts: Entries of rows numbered from 0 in each part, and how many rows they are.
            most: Entries at most; room that is not used takes no memory.
        """
        tokens, weight = np.empty(most, np.int32), np.empty(most, np.float32)
        marks = np.empty(most, np.uint8)
        lengths, end = [np.zeros(1, np.int64)], 0
        for entries, n in parts:
            start, end = end, end + len(entries.tokens)
            tokens[start:end], weight[start:end] = entries.tokens, entries.weight
            marks[start:end] = (entries.shares * _BITS).sum(axis=0, dtype=np.uint8)
            lengths.append(np.bincount(entries.owner, minlength=n))
        starts = np.cumsum(np.concatenate(lengths))
        none, no_group = np.zeros((3, 0), np.float32), np.full(len(starts) - 1, -1, np.int64)
        return cls(starts, tokens[:end], weight[:end], marks[:end], none, no_group)

    @classmethod
    def of_groups(cls, parts: Iterable[tuple[Entries, int]]) -> "RowEntries":
        """Return the entries of groups; ``parts`` as in ``of_opinions``."""
        own = list(parts)
        lengths = [np.bincount(entries.owner, minlength=n) for entries, n in own]
        starts = np.cumsum(np.concatenate([np.zeros(1, np.int64), *lengths]))
        none = np.zeros((3, 0), np.float32)
        return cls(
            starts,
            np.concatenate([np.zeros(0, np.int32), *(entries.tokens for entries, _ in own)]),
            np.concatenate([none[0], *(entries.weight for entries, _ in own)]),
            np.zeros(int(starts[-1]), np.uint8),
            np.concatenate([none, *(entries.shares for entries, _ in own)], axis=1),
            starts[:-1],
        )

    def joined(self, more: "RowEntries") -> "RowEntries":
        """Return these rows and then some more."""
        shares_at = np.where(more.shares_at < 0, -1, more.shares_at + self.shares.shape[1])
        return RowEntries(
            np.concatenate((self.starts, self.starts[-1] + more.starts[1:])),
            np.concatenate((self.tokens, more.tokens)),
            np.concatenate((self.weight, more.weight)),
            np.concatenate((self.marks, more.marks)),
            np.concatenate((self.shares, more.shares), axis=1),
            np.concatenate((self.shares_at, shares_at)),
        )

    def share(self, kind: int, rows: Ints, at: Ints) -> Floats:
        """Return one of the shares of some entries.

        Args:
            kind: ``PRESENCE``, ``TITLE`` or ``HOME``.
            rows: Row of each entry.
            at: The entries.
        """
        out: Floats = ((self.marks[at] & _BITS[kind]) > 0).astype(np.float32)
        begin = self.shares_at[rows]
        some = np.flatnonzero(begin >= 0)
        out[some] = self.shares[kind, begin[some] + at[some] - self.starts[rows[some]]]
        return out

    def take(self, rows: Ints) -> Entries:
        """Return the entries of some rows, numbered from 0 in their order."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        at = stretches(self.starts[rows], lengths)
        owner = np.repeat(np.arange(len(rows)), lengths)
        shares = np.stack([self.share(kind, rows[owner], at) for kind in (PRESENCE, TITLE, HOME)])
        return Entries(owner, self.tokens[at], self.weight[at], shares)
