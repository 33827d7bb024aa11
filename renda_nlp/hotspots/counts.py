"""Counts over a whole collection, made of the counts of its parts in any order.

A part is counted where it lies, on this machine or on another; only its counts travel (a monoid:
Lin & Dyer 2010, Data-Intensive Text Processing with MapReduce, section 3.1).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

__all__ = ["Counts", "Tally", "merge_counts"]

Ints = NDArray[np.int64]
_LOW = np.uint64(0xFFFFFFFF)
_MANY = 1 << 20  # numbers that may wait to be added


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each number occurs.

    Attributes:
        keys: Distinct, sorted, not negative.
        counts: Of each key, below 2**31.
    """

    keys: Ints
    counts: Ints

    @classmethod
    def of(cls, values: NDArray[np.int64] | NDArray[np.uint64] | NDArray[np.uint32]) -> "Tally":
        """Return how often each value occurs."""
        return cls(*_runs(np.sort(values.astype(np.int64))))

    @classmethod
    def summed(cls, keys: Ints, counts: Ints) -> "Tally":
        """Return how often each number occurs, from numbers that may repeat and their counts."""
        if keys.max(initial=0) <= _LOW:  # one sort of plain numbers is faster
            packed = np.sort(keys.astype(np.uint64) << np.uint64(32) | counts.astype(np.uint64))
            keys = (packed >> np.uint64(32)).astype(np.int64)
            counts = (packed & _LOW).astype(np.int64)
        else:
            order = np.argsort(keys, kind="stable")
            keys, counts = keys[order], counts[order]
        own, number = _runs(keys)
        first = np.cumsum(number) - number
        return cls(own, np.add.reduceat(counts, first) if len(first) else counts)

    @classmethod
    def merged(cls, parts: Iterable["Tally"]) -> "Tally":
        """Return the sum of several tallies, of which few wait at a time."""
        waiting: list[Tally] = []
        for part in parts:
            waiting.append(part)
            n_new = sum(len(own.keys) for own in waiting[1:])
            if n_new >= max(_MANY, len(waiting[0].keys)):
                waiting = [cls._joined(waiting)]
        return cls._joined(waiting)

    @classmethod
    def _joined(cls, parts: Sequence["Tally"]) -> "Tally":
        if len(parts) == 1:
            return parts[0]
        none = np.zeros(0, np.int64)
        return cls.summed(
            np.concatenate([none, *(part.keys for part in parts)]),
            np.concatenate([none, *(part.counts for part in parts)]),
        )


def _runs(ordered: Ints) -> tuple[Ints, Ints]:
    """Return the distinct values of a sorted array and how often each stands in it."""
    first = np.flatnonzero(np.diff(ordered, prepend=-1) != 0)
    return ordered[first], np.diff(first, append=len(ordered))


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted in one go.

    Attributes:
        names: Kind of thing to how often each name occurs.
        tallies: Kind of thing to how often each number occurs.
    """

    names: dict[str, Counter[str]] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)

    def named(self, kind: str) -> Counter[str]:
        """Return how often each name of a kind occurs."""
        return self.names.get(kind, Counter())

    def tally(self, kind: str) -> Tally:
        """Return how often each number of a kind occurs."""
        return self.tallies.get(kind, Tally.of(np.zeros(0, np.int64)))


def merge_counts(parts: Sequence[Counts]) -> Counts:
    """Return the sum of the counts of several parts."""
    names: dict[str, Counter[str]] = {}
    tallies: dict[str, list[Tally]] = {}
    for part in parts:
        for kind, counter in part.names.items():
            names.setdefault(kind, Counter()).update(counter)
        for kind, tally in part.tallies.items():
            tallies.setdefault(kind, []).append(tally)
    return Counts(names, {kind: Tally.merged(own) for kind, own in tallies.items()})
