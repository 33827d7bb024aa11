"""Which tokens stand in each opinion or group, and with what weight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import heaviest
from renda_nlp.hotspots.vocabulary import PLACE, Vocabulary
from renda_nlp.table import OpinionTable

__all__ = [
    "MAX_TOKENS",
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
_TITLE_COUNT = 2.0  # a title word counts as so many more occurrences
MAX_TOKENS = 128
"""The weightiest ones of each opinion or group."""

_PLACE_WEIGHT = 4.0  # a place is always among the weightiest tokens


@dataclass(frozen=True, slots=True)
class Entries:
    """One entry per row and token; the columns of ``Profiles`` say what each holds."""

    owner: Ints
    tokens: NDArray[np.int32]
    weight: Floats
    presence: Shares
    title: Shares
    home: Shares

    def at(self, entries: NDArray[np.bool_] | Ints) -> "Entries":
        """Return some of the entries."""
        return Entries(
            self.owner[entries],
            self.tokens[entries],
            self.weight[entries],
            self.presence[entries],
            self.title[entries],
            self.home[entries],
        )

    def trimmed(self) -> "Entries":
        """Return the weightiest entries of each row, in their order."""
        return self.at(np.flatnonzero(heaviest(self.owner, self.weight, MAX_TOKENS)))


def merge_entries(entries: Entries, share: NDArray[np.float64]) -> Entries:
    """Return one entry per row and token: the sum of the shares of its members' entries."""
    n_tokens = int(entries.tokens.max(initial=0)) + 1
    keys, where = np.unique(entries.owner * n_tokens + entries.tokens, return_inverse=True)

    def total(values: Shares) -> Floats:
        return np.bincount(where, share * values, len(keys)).astype(np.float32)

    return Entries(
        keys // n_tokens,
        (keys % n_tokens).astype(np.int32),
        total(entries.weight),
        total(entries.presence),
        total(entries.title),
        total(entries.home),
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
    title = (in_title > 0) | untitled
    return Entries(
        owner[good],
        tokens[good].astype(np.int32),
        weight[good].astype(np.float32),
        np.ones(int(good.sum()), bool),
        title[good],
        np.zeros(int(good.sum()), bool),
    )


def place_entries(places: Sequence[Iterable[int]], vocabulary: Vocabulary) -> Entries:
    """Return the entries of the place tokens of each row; each counts as its rarity, four times."""
    found = [(row, token) for row, tokens in enumerate(places) for token in sorted(set(tokens))]
    both = np.array(found, np.int64).reshape(-1, 2)
    rarity = vocabulary.idf[both[:, 1]] if len(both) else np.zeros(0, np.float32)
    yes = np.ones(len(both), bool)
    return Entries(both[:, 0], both[:, 1].astype(np.int32), _PLACE_WEIGHT * rarity, yes, yes, ~yes)


def join_entries(*parts: Entries) -> Entries:
    """Return the entries of all parts, those of a row together in their order."""
    joined = Entries(
        *(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Entries))
    )
    return joined.at(np.argsort(joined.owner, kind="stable"))


@dataclass(frozen=True, slots=True)
class RowEntries:
    """The entries of many rows, row after row; the columns of ``Profiles`` say what each holds."""

    starts: Ints
    tokens: NDArray[np.int32]
    weight: Floats
    presence: Shares
    title: Shares
    home: Shares

    @classmethod
    def of(
        cls, parts: Iterable[tuple[Entries, int]], vocabulary: Vocabulary, most: int
    ) -> "RowEntries":
        """Return the entries of all rows; weights get length one in each row without its places.

        Args:
            parts: Sorted entries of rows numbered from 0 in each part, and how many rows they are.
            vocabulary: Their tokens.
            most: Entries at most; room that is not used takes no memory.
        """
        lengths, end = [np.zeros(1, np.int64)], 0
        columns: list[NDArray[Any]] = []
        for entries, n in parts:
            owner, tokens, weight = entries.owner, entries.tokens, entries.weight
            plain = np.where(vocabulary.classes[tokens] == PLACE, 0.0, weight)
            norms = np.sqrt(np.bincount(owner, plain**2, n))
            unit = (weight / np.maximum(norms, 1e-9)[owner]).astype(np.float32)
            own = (tokens, unit, entries.presence, entries.title, entries.home)
            columns = columns or [np.empty(most, values.dtype) for values in own]
            start, end = end, end + len(tokens)
            for column, values in zip(columns, own, strict=True):
                column[start:end] = values
            lengths.append(np.bincount(owner, minlength=n))
        return cls(np.cumsum(np.concatenate(lengths)), *(column[:end] for column in columns))
