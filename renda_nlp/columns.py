"""Columns that grow batch by batch: numbers, rows of different lengths, strings as small numbers."""

import mmap
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any, Generic, TypeVar, overload
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Growing",
    "GrowingNames",
    "GrowingRagged",
    "Interner",
    "Ragged",
    "among",
    "among_hashes",
    "distinct",
    "heaviest",
    "spool_of",
    "stretches",
]

Kind = TypeVar("Kind", bound=np.generic)
_SLOT_BITS = 20


def distinct(values: NDArray[Kind]) -> NDArray[Kind]:
    """Return the distinct values, sorted; faster than ``numpy.unique`` for many numbers."""
    ordered = np.sort(values)
    return (
        ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(values) else ordered
    )


def among(values: NDArray[Kind], known: NDArray[Kind]) -> NDArray[np.bool_]:
    """Return which values are among the known ones, which are sorted."""
    if not len(known):
        return np.zeros(len(values), bool)
    at = np.minimum(np.searchsorted(known, values), len(known) - 1)
    found: NDArray[np.bool_] = known[at] == values
    return found


def among_hashes(values: NDArray[np.uint32], known: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return where values are that are among some sorted hashes: most are thrown out at one look."""
    slots = np.zeros(1 << _SLOT_BITS, bool)
    shift = np.uint32(32 - _SLOT_BITS)
    slots[known >> shift] = True
    maybe = np.flatnonzero(slots[values >> shift])
    return maybe[among(values[maybe], known)]


def heaviest(
    owner: NDArray[np.int64],
    weight: NDArray[np.float32],
    most: int,
    tie: NDArray[np.int64] | None = None,
) -> NDArray[np.bool_]:
    """Return which entries are among the ``most`` heaviest of their owner.

    Args:
        owner: Of each entry, 0 to 2**31.
        weight: None below zero.
        most: How many entries an owner keeps.
        tie: The smaller ones are kept among equals; None keeps those that stand first.
    """
    counts = np.bincount(owner)
    long = np.flatnonzero(counts[owner] > most)
    keep = np.ones(len(owner), bool)
    if not len(long):
        return keep
    own = owner[long]
    light = ~weight[long].view(np.uint32)  # the bits of positive floats are in order
    ordered = np.sort(own.astype(np.uint64) << np.uint64(32) | light)
    counts = np.bincount(own)
    last = np.where(counts > 0, np.cumsum(counts) - counts + most - 1, 0)
    least = (ordered[last] & np.uint64(0xFFFFFFFF)).astype(np.uint32)  # that an owner keeps
    keep[long] = light <= least[own]
    equal = long[light == least[own]]
    n_heavier = np.bincount(own[light < least[own]], minlength=len(counts))
    equal = equal[np.lexsort((equal if tie is None else tie[equal], owner[equal]))]
    rank = np.arange(len(equal)) - np.searchsorted(owner[equal], owner[equal])
    keep[equal[rank >= most - n_heavier[owner[equal]]]] = False
    return keep


def stretches(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the positions of several stretches, one after the other."""
    offsets = starts - np.cumsum(lengths) + lengths
    return np.repeat(offsets, lengths) + np.arange(int(lengths.sum()))


def spool_of(owner: object) -> IO[bytes]:
    """Return a new temporary file that lives as long as its owner."""
    spool = TemporaryFile()  # noqa: SIM115 - closed with its owner
    finalize(owner, _close, spool)
    return spool


def _close(spool: IO[bytes]) -> None:
    with suppress(OSError):  # a full disk is told where the rows were written
        spool.close()


class Interner:
    """Strings to small numbers, in order of first appearance."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._code_of: dict[str, int] = {}

    def code(self, name: str) -> int:
        """Return the number of a string, a new one at its first appearance."""
        known = self._code_of.get(name)
        if known is None:
            known = self._code_of[name] = len(self.names)
            self.names.append(name)
        return known


@dataclass(frozen=True, slots=True)
class Ragged(Generic[Kind]):
    """Rows of different lengths, one after the other.

    Attributes:
        values: Of all rows.
        lengths: Of each row, shape ``(n,)``.
    """

    values: NDArray[Kind]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Sequence[Sequence[Any]], dtype: type[Kind]) -> "Ragged[Kind]":
        """Return rows of numbers as one column."""
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        flat = (value for row in rows for value in row)
        return cls(np.fromiter(flat, dtype, int(lengths.sum())), lengths)


class Growing(Generic[Kind]):
    """An array that grows at its end."""

    def __init__(self, empty: NDArray[Kind]) -> None:
        self._parts = [empty]

    def append(self, part: NDArray[Kind]) -> None:
        """Add rows."""
        self._parts.append(part)

    def put(self, row: int, value: Kind | int) -> None:
        """Change one row."""
        array = self.array()
        changed = array if array.flags.owndata else array.copy()
        changed.flags.writeable = True
        changed[row] = value
        self._parts = [changed]

    def array(self) -> NDArray[Kind]:
        """Return every row so far, read-only."""
        if len(self._parts) > 1:
            self._parts = [np.concatenate(self._parts)]
        self._parts[0].flags.writeable = False
        return self._parts[0]


class GrowingNames(Sequence[str]):
    """Distinct strings that grow at their end, as bytes of one width; each is found again."""

    def __init__(self) -> None:
        self._names: Growing[np.bytes_] = Growing(np.zeros(0, "S1"))
        self._n = 0
        self._order: NDArray[np.int64] | None = None

    def extend(self, names: Iterable[str]) -> None:
        """Add strings that end on no zero byte."""
        more = np.array([name.encode() for name in names], "S")
        self._names.append(more)
        self._n += len(more)
        self._order = None

    def __len__(self) -> int:
        return self._n

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        """Return a string, or several."""
        if isinstance(index, slice):
            return [name.decode() for name in self._names.array()[index].tolist()]
        return bytes(self._names.array()[index]).decode()

    def find(self, name: str) -> int:
        """Return where a string stands; KeyError when it is none of them."""
        names, wanted = self._names.array(), np.bytes_(name.encode())
        if self._order is None:
            self._order = self.ordered(np.arange(len(names)))
        at = bisect_left(self._order, wanted, key=names.__getitem__)
        if at == len(names) or names[self._order[at]] != wanted:
            raise KeyError(name)
        return int(self._order[at])

    def ordered(self, some: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return some places in the order of their strings."""
        return some[np.argsort(self._names.array()[some], kind="stable")]


class GrowingRagged(Generic[Kind]):
    """Rows of different lengths that grow at their end, in a file; ``column[i]`` is one row."""

    def __init__(self, dtype: type[Kind]) -> None:
        self._dtype = dtype
        self._spool = spool_of(self)
        self._map: mmap.mmap | None = None
        self._lengths: Growing[np.int64] = Growing(np.zeros(0, np.int64))
        self._starts: NDArray[np.int64] | None = None

    def append(self, rows: Ragged[Kind]) -> None:
        """Add rows."""
        self._spool.write(rows.values.astype(self._dtype).tobytes())
        self._lengths.append(rows.lengths)
        self._starts = self._map = None

    def _values(self) -> NDArray[Kind]:
        """Return the values of all rows, which the system reads from the file where they are used."""
        if not self._bounds()[-1]:
            return np.zeros(0, self._dtype)
        if self._map is None:
            self._spool.flush()
            self._map = mmap.mmap(self._spool.fileno(), 0, access=mmap.ACCESS_READ)
        return np.frombuffer(self._map, self._dtype)

    def _bounds(self) -> NDArray[np.int64]:
        if self._starts is None:
            self._starts = np.concatenate(([0], np.cumsum(self._lengths.array())))
        return self._starts

    def __len__(self) -> int:
        return len(self._lengths.array())

    def __getitem__(self, row: int) -> NDArray[Kind]:
        starts = self._bounds()
        return self._values()[starts[row] : starts[row + 1]]

    def __iter__(self) -> Iterator[NDArray[Kind]]:
        return (self[row] for row in range(len(self)))

    def take(self, rows: Sequence[int] | NDArray[np.int64]) -> Ragged[Kind]:
        """Return some rows as one column."""
        chosen = np.asarray(rows, np.int64)
        lengths = self._lengths.array()[chosen]
        values = self._values()[stretches(self._bounds()[chosen], lengths)]
        if self._map is not None and hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)  # what has been read is copied
        return Ragged(values, lengths)
