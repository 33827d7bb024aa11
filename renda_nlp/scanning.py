"""Regular expressions in many texts at once, tried only where the characters that they begin with stand.

One step over the code points of a batch finds for all patterns together where a match may begin (by the character
before and the first three); the patterns themselves look at these few places. The matches are those of
``finditer``.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from renda_nlp.ngrams import GAP, TextBatch
from renda_nlp.patternheads import ANY, N_CODES, heads

__all__ = ["Scanned", "Scanner", "Sought"]

_SIZE = 3
_BITS = 64  # alternatives of patterns that one table holds


class Sought:
    """A pattern for a ``Scanner``; it may not match the empty string."""

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)


class Scanned:
    """A normalised text and where the patterns of a scanner may begin in it."""

    __slots__ = ("_starts", "plain")

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self._starts: dict[Sought, list[int]] = {}

    def note(self, sought: Sought, start: int) -> None:
        """Note that a pattern may begin at ``start``; called in the order of the text."""
        starts = self._starts.get(sought)
        if starts is None:
            starts = self._starts[sought] = []
        starts.append(start)

    def starts(self, sought: Sought) -> Sequence[int]:
        """Return where a pattern of the scanner may begin, in order."""
        return self._starts.get(sought, ())

    def matches(self, sought: Sought) -> Sequence[re.Match[str]]:
        """Return the matches of a pattern of the scanner as ``finditer`` gives them."""
        starts = self._starts.get(sought)
        if starts is None:
            return ()
        found, end = [], 0
        match, plain = sought.pattern.match, self.plain
        for start in starts:
            if start >= end and (each := match(plain, start)):
                found.append(each)
                end = each.end()
        return found


class Scanner:
    """Finds where patterns may begin."""

    def __init__(self, sought: Sequence[Sought]) -> None:
        self._parts: list[tuple[dict[Sought, np.uint64], NDArray[np.uint64]]] = []
        bit = _BITS
        for each in sought:
            branches = heads(each.pattern, _SIZE)
            if bit + len(branches) > _BITS:
                bit = 0
                self._parts.append(({}, np.zeros((_SIZE + 1, N_CODES), np.uint64)))
            masks, tables = self._parts[-1]
            masks[each] = np.uint64((1 << (bit + len(branches))) - (1 << bit))
            for sets in branches:
                _mark(tables, np.uint64(1 << bit), sets)
                bit += 1

    def scan(self, batch: TextBatch) -> list[Scanned]:
        """Return the texts of a batch, ready to be asked for matches."""
        scanned = [Scanned(plain) for plain in batch.texts()]
        codes, starts = batch.spaced
        codes = np.minimum(codes, N_CODES - 1)
        lengths = np.diff(batch.starts)
        for masks, tables in self._parts:
            bits = _possible(codes, tables)
            hits = np.flatnonzero(bits)
            bits, hits = bits[hits], hits + GAP
            owner = np.searchsorted(starts, hits, side="right") - 1
            place = hits - starts[owner]
            inside = place < lengths[owner]
            bits, owner, place = bits[inside], owner[inside], place[inside]
            for each, mask in masks.items():
                own = np.flatnonzero(bits & mask)
                for text, start in zip(owner[own].tolist(), place[own].tolist(), strict=True):
                    scanned[text].note(each, start)
        return scanned


def _mark(tables: NDArray[np.uint64], bit: np.uint64, sets: Sequence[int]) -> None:
    """Set the bit of a pattern for its characters: before a match, at its first three places."""
    for table, chars in zip(tables, sets, strict=True):
        if chars == ANY:
            table |= bit
        else:
            table[_codes_in(chars)] |= bit


def _possible(codes: NDArray[np.uint32], tables: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return which patterns may begin at each code point from number ``GAP`` on, a bit for each."""
    last = len(codes) - GAP
    bits: NDArray[np.uint64] = tables[0].take(codes[GAP - 1 : last - 1])
    for place, table in enumerate(tables[1:]):
        bits &= table.take(codes[GAP + place : last + place])
    return bits


def _codes_in(chars: int) -> NDArray[np.int64]:
    packed = np.frombuffer(chars.to_bytes(N_CODES // 8, "little"), np.uint8)
    return np.flatnonzero(np.unpackbits(packed, bitorder="little"))
