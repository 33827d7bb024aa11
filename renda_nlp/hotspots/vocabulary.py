"""The words of a collection: how rare each is, and whether it belongs to a name, a region or mere talk.

Words that everyone uses in a letter (请问, 领导, 尽快) tell no two matters apart and are left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import among, distinct
from renda_nlp.hotspots.counts import Tally
from renda_nlp.ngrams import hash_words, part_hashes
from renda_nlp.table import OpinionTable

__all__ = [
    "NAME",
    "ORDINARY",
    "PLACE",
    "REGION",
    "REGION_BITS",
    "Vocabulary",
    "WordFacts",
    "chunks",
    "count_hashes",
    "count_names",
    "inverse_frequency",
    "word_facts",
]

Ints = NDArray[np.int64]
ORDINARY, NAME, REGION, PLACE = range(4)
"""Classes of tokens: ordinary words, parts of names, parts of region names, annotated places."""

REGION_BITS = 31
"""Bits of the region in the keys of ``count_names``."""

_CHUNK = 1024
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


@dataclass(frozen=True, slots=True)
class WordFacts:
    """What a collection tells of its words and character pairs; only what two opinions have is kept.

    Attributes:
        hashes: Sorted.
        frequency: Opinions that have each.
        is_name: Whether it is part of a name: ordinary texts do not use it, nor do many regions.
    """

    hashes: NDArray[np.uint32]
    frequency: Ints
    is_name: NDArray[np.bool_]


def count_hashes(table: OpinionTable, rows: Ints) -> Tally:
    """Return how many of some rows have each hash of a word or character pair."""

    def count(part: Ints) -> Tally:
        words = table.words.take(part)
        hashes = words.values.astype(np.uint64) << np.uint64(32)
        once = distinct(hashes | np.repeat(np.arange(len(part), dtype=np.uint64), words.lengths))
        return Tally.of(once >> np.uint64(32))

    return Tally.merged(map(count, chunks(rows)))


def count_names(table: OpinionTable, rows: Ints, regions: Ints) -> Tally:
    """Return how many rows of each region have each hash that ordinary texts do not use.

    Args:
        table: The opinions.
        rows: Indices.
        regions: Region of each row, -1 when it says none.

    Returns:
        Keys are ``hash << 31 | region + 1``.
    """
    names = table.names.take(rows)
    own = np.repeat(regions + 1, names.lengths)
    return Tally.of(names.values.astype(np.int64) << REGION_BITS | own)


def word_facts(words: Tally, names: Tally) -> WordFacts:
    """Return what the counts of ``count_hashes`` and ``count_names`` tell."""
    kept = (words.counts > 1) & ~among(words.keys, _speech_hashes().astype(np.int64))
    hashes = words.keys[kept]
    return WordFacts(
        hashes.astype(np.uint32), words.counts[kept], among(hashes, _names_of_one_place(names))
    )


def _names_of_one_place(names: Tally) -> Ints:
    """Return the hashes of names, without those that many regions use.

    二中 or KTV may be rare, but they name no one place.
    """
    hashes, first = np.unique(names.keys >> REGION_BITS, return_index=True)
    if not len(hashes):
        return np.zeros(0, np.int64)
    known = (names.keys & ((1 << REGION_BITS) - 1)) > 0
    counts = np.where(known, names.counts, 0)
    total, most = np.add.reduceat(counts, first), np.maximum.reduceat(counts, first)
    n_regions = np.add.reduceat(known.astype(np.int64), first)
    kept: Ints = hashes[(n_regions < _MANY_REGIONS) | (most > _MOST_IN_ONE * total)]
    return kept


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Tokens by number: first the hashes in order, then the places.

    Attributes:
        hashes: Sorted, of words and character pairs that two opinions or more have.
        places: Sorted hashes of the names of places that two opinions or more have.
        classes: ``ORDINARY``, ``NAME``, ``REGION`` or ``PLACE`` of each token.
        idf: Of each token, 0 to 4.
    """

    hashes: NDArray[np.uint32]
    places: NDArray[np.uint64]
    classes: NDArray[np.uint8]
    idf: NDArray[np.float32]

    @classmethod
    def of(
        cls, words: WordFacts, places: Mapping[str, int], regions: Sequence[str], n: int
    ) -> "Vocabulary":
        """Return the vocabulary of a collection.

        Args:
            words: Of the collection.
            places: How many opinions name each place smaller than a town.
            regions: Names of the regions that opinions speak of.
            n: Opinions of the collection.
        """
        region = np.concatenate([*part_hashes(regions), np.zeros(0, np.uint32)])
        classes = np.where(words.is_name, NAME, ORDINARY).astype(np.uint8)
        classes[np.isin(words.hashes, region)] = REGION
        shared = {name: count for name, count in places.items() if count > 1}
        hashes, first = np.unique(hash_words(list(shared)), return_index=True)
        used = np.fromiter(shared.values(), np.int64, len(shared))[first]
        return cls(
            words.hashes,
            hashes,
            np.concatenate((classes, np.full(len(used), PLACE, np.uint8))),
            np.concatenate(
                (
                    inverse_frequency(words.frequency, ~words.is_name, n),
                    inverse_frequency(used, np.zeros(len(used), bool), n),
                )
            ),
        )

    def at(self, tokens: NDArray[np.bool_]) -> "Vocabulary":
        """Return the vocabulary of some tokens only."""
        n = len(self.hashes)
        return Vocabulary(
            self.hashes[tokens[:n]],
            self.places[tokens[n:]],
            self.classes[tokens],
            self.idf[tokens],
        )

    def __len__(self) -> int:
        return len(self.classes)

    def find(self, hashes: NDArray[np.uint32]) -> Ints:
        """Return the number of each hash, -1 where it is not in the vocabulary."""
        if not len(self.hashes):
            return np.full(len(hashes), -1, np.int64)
        at = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return np.where(self.hashes[at] == hashes, at, -1)

    def find_places(self, names: Sequence[str]) -> Ints:
        """Return the number of each place, -1 where it is not in the vocabulary."""
        if not len(self.places):
            return np.full(len(names), -1, np.int64)
        hashes = hash_words(names)
        at = np.minimum(np.searchsorted(self.places, hashes), len(self.places) - 1)
        return np.where(self.places[at] == hashes, len(self.hashes) + at, -1)
