"""The words of a collection: how rare each is, and whether it belongs to a name, a region or mere talk.

Words that everyone uses in a letter (请问, 领导, 尽快) tell no two matters apart and are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import among_hashes, distinct
from renda_nlp.ngrams import part_hashes
from renda_nlp.table import OpinionTable

__all__ = ["NAME", "ORDINARY", "PLACE", "REGION", "Vocabulary", "chunks", "inverse_frequency"]

Ints = NDArray[np.int64]
ORDINARY, NAME, REGION, PLACE = range(4)
"""Classes of tokens: ordinary words, parts of names, parts of region names, annotated places."""

_CHUNK = 4096
_MAX_RARITY = 4.0
_LARGE = 50  # opinions of a large issue: what so many share may still be its name
_MANY_REGIONS = 3
_MOST_IN_ONE = 0.6
_PRIOR = 200  # opinions in ordinary language that stand behind a small collection
_PRIOR_SHARE = 0.02  # of them that use a word which is no part of a name


def inverse_frequency(frequency: Ints, ordinary: NDArray[np.bool_], n: int) -> NDArray[np.float32]:
    """Return how rare tokens are, 0 to 4; what only one opinion has is 0: it connects nothing.

    Logarithm of the inverse frequency, cut where a token is as rare as the name of a large issue.

    Args:
        frequency: Opinions that have each token, shape ``(n_tokens,)``.
        ordinary: Whether ordinary texts use it too.
        n: Opinions of the collection.
    """
    known = np.where(ordinary, _PRIOR * _PRIOR_SHARE, 0.0)
    idf = np.log((n + _PRIOR) / (np.maximum(frequency, 1) + known))
    rare = max(_MAX_RARITY, float(np.log((n + _PRIOR) / _LARGE)))
    rarity = _MAX_RARITY * np.clip(idf / rare, 0.0, 1.0)
    return np.where(frequency > 1, rarity, 0.0).astype(np.float32)


@cache
def _speech_hashes() -> NDArray[np.uint32]:
    text = files("renda_nlp.resources").joinpath("lexicon/speech_words.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return np.unique(np.concatenate(part_hashes(" ".join(lines).split())))


def chunks(rows: Ints) -> Iterator[Ints]:
    """Yield the rows in parts that fit into memory."""
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK]


def _frequencies(table: OpinionTable, rows: Ints) -> tuple[NDArray[np.uint32], Ints]:
    """Return the distinct hashes of the rows and how many rows have each."""
    counted = [np.zeros(0, np.uint64)]  # hash, then rows of a part that have it, in one number
    for part in chunks(rows):
        words = table.words.take(part)
        hashes = words.values.astype(np.uint64) << np.uint64(32)
        once = distinct(hashes | np.repeat(np.arange(len(part), dtype=np.uint64), words.lengths))
        own, number = _counted(once >> np.uint64(32))
        counted.append(own << np.uint64(32) | number.astype(np.uint64))
    every = np.sort(np.concatenate(counted))
    hashes, parts = _counted(every >> np.uint64(32))
    first = np.cumsum(parts) - parts
    counts = np.add.reduceat(every & np.uint64(0xFFFFFFFF), first) if len(first) else first
    return hashes.astype(np.uint32), counts.astype(np.int64)


def _counted(ordered: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], Ints]:
    """Return the distinct values of a sorted array and how often each stands in it."""
    first = np.flatnonzero(np.diff(ordered, prepend=~ordered[:1]) != 0)
    return ordered[first], np.diff(first, append=len(ordered))


def _spread_out(
    table: OpinionTable, rows: Ints, names: NDArray[np.uint32], regions: Ints
) -> NDArray[np.bool_]:
    """Return which names many regions use: 二中 or KTV may be rare, but they name no one place."""
    n_regions = int(regions.max(initial=0)) + 1
    keys, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for start in range(0, len(rows) if len(names) else 0, _CHUNK):
        part, region = rows[start : start + _CHUNK], regions[start : start + _CHUNK]
        words = table.words.take(part)
        hits = among_hashes(words.values, names)
        owner = np.searchsorted(np.cumsum(words.lengths), hits, side="right")
        hits, owner = hits[region[owner] >= 0], owner[region[owner] >= 0]
        once = distinct(owner * len(names) + np.searchsorted(names, words.values[hits]))
        own = once % len(names) * n_regions + region[once // len(names)]
        new, number = np.unique(own, return_counts=True)
        every, where = np.unique(np.concatenate((keys, new)), return_inverse=True)
        counts = np.bincount(where, np.concatenate((counts, number)), len(every)).astype(np.int64)
        keys = every
    token = keys // n_regions
    total = np.bincount(token, counts, len(names))
    most = np.zeros(len(names))
    np.maximum.at(most, token, counts)
    n_own = np.bincount(token, minlength=len(names))
    return (n_own >= _MANY_REGIONS) & (most <= _MOST_IN_ONE * total)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Tokens by number: first the hashes in order, then the places.

    Attributes:
        hashes: Sorted, of words and character pairs that two opinions or more have.
        places: Sorted codes of places that two opinions or more have.
        classes: ``ORDINARY``, ``NAME``, ``REGION`` or ``PLACE`` of each token.
        idf: Of each token, 0 to 4.
    """

    hashes: NDArray[np.uint32]
    places: Ints
    classes: NDArray[np.uint8]
    idf: NDArray[np.float32]

    @classmethod
    def of(
        cls, table: OpinionTable, rows: Ints, places: Sequence[Sequence[int]], regions: Ints
    ) -> "Vocabulary":
        """Return the vocabulary of some rows of a table.

        Args:
            table: The opinions.
            rows: Indices of those that are compared.
            places: Codes of the specific places of each row.
            regions: Code of the region that each row speaks of, -1 when it says none.
        """
        hashes, frequency = _frequencies(table, rows)
        keep = (frequency > 1) & ~np.isin(hashes, _speech_hashes(), assume_unique=True)
        hashes, frequency = hashes[keep], frequency[keep]
        names = np.zeros(0, np.uint32)
        for part in chunks(rows):
            names = distinct(np.concatenate((names, table.names.take(part).values)))
        is_name = np.isin(hashes, names, assume_unique=True)
        is_name[is_name] = ~_spread_out(table, rows, hashes[is_name], regions)
        labels = [table.label(int(code)) for code in np.unique(regions[regions >= 0])]
        region = np.concatenate([*part_hashes(labels), np.zeros(0, np.uint32)])
        classes = np.where(is_name, NAME, ORDINARY).astype(np.uint8)
        classes[np.isin(hashes, region)] = REGION
        every = np.fromiter((code for own in places for code in own), np.int64)
        codes, used = np.unique(every, return_counts=True)
        codes, used = codes[used > 1], used[used > 1]
        return cls(
            hashes,
            codes,
            np.concatenate((classes, np.full(len(codes), PLACE, np.uint8))),
            np.concatenate(
                (
                    inverse_frequency(frequency, ~is_name, len(rows)),
                    inverse_frequency(used, np.zeros(len(used), bool), len(rows)),
                )
            ),
        )

    def __len__(self) -> int:
        return len(self.classes)

    def find(self, hashes: NDArray[np.uint32]) -> Ints:
        """Return the number of each hash, -1 where it is not in the vocabulary."""
        if not len(self.hashes):
            return np.full(len(hashes), -1, np.int64)
        at = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return np.where(self.hashes[at] == hashes, at, -1)

    def find_place(self, code: int) -> int:
        """Return the number of a place, -1 where it is not in the vocabulary."""
        at = int(np.searchsorted(self.places, code))
        found = at < len(self.places) and self.places[at] == code
        return len(self.hashes) + at if found else -1
