"""Texts as arrays of code points, and the hash of any stretch of them in one vectorised step.

One normalised copy of each text serves every analysis: full-width forms become half-width,
traditional characters simplified, letters lower case, character by character, so that an offset in
the copy is an offset in the source text.
"""

from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

__all__ = [
    "GAP",
    "PAIR_SALT",
    "WORD_SALT",
    "TermIndex",
    "TextBatch",
    "count_ngrams",
    "count_ngrams_in_zones",
    "hash_words",
    "marked",
    "ngram_starts",
    "normalise",
    "part_hashes",
]

WORD_SALT, PAIR_SALT = 1, 2
"""Salts of the hashes of words and of character pairs, so that the two never meet."""

GAP = 4
"""Blanks around each text in the spaced copy of a batch."""

_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, hence invertible modulo 2**64
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SLOT_BITS = 20
_N_CODES = 0x110000
_BLANK = ord(" ")
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_SPACES = "\t\n\r \xa0\u3000\ufeff\u200b"
_KEPT_FULL_WIDTH = frozenset("，。！？；：（）")  # Chinese punctuation stays what it is
_HAN_BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))


@cache
def _normal_codes() -> NDArray[np.uint32]:
    """Return the normal form of every code point, shape ``(0x110000,)``."""
    from opencc import OpenCC

    table = np.arange(_N_CODES, dtype=np.uint32)
    for code in _FULL_WIDTH:
        if chr(code) not in _KEPT_FULL_WIDTH:
            table[code] = code - 0xFEE0
    table[0x3000] = 0x20
    han = "".join(chr(code) for block in _HAN_BLOCKS for code in block)
    simple = OpenCC("t2s").convert(" ".join(han)).split(" ")
    for char, mapped in zip(han, simple, strict=True):
        if len(mapped) == 1:
            table[ord(char)] = ord(mapped)
    for code in range(ord("A"), ord("Z") + 1):
        table[code] = code + 32
        table[0xFEE0 + code] = code + 32
    return table


def _codes_of(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _text_of(codes: NDArray[np.uint32]) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def marked(chars: Iterable[str]) -> NDArray[np.bool_]:
    """Return which code points are among some characters, shape ``(0x110000,)``."""
    table = np.zeros(_N_CODES, bool)
    table[[ord(char) for char in chars]] = True
    return table


@cache
def _solid() -> NDArray[np.bool_]:
    """Return which code points are no white space."""
    return ~marked(_SPACES)


def normalise(text: str) -> str:
    """Return the normalised copy of ``text``, of the same length, position by position."""
    return _text_of(_normal_codes()[_codes_of(text)])


_powers: list[NDArray[np.uint64]] = [np.ones(1, np.uint64), np.ones(1, np.uint64)]


def _power_tables(n: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return powers of the base and of its inverse up to ``n``, both shape ``(>= n + 1,)``."""
    if len(_powers[0]) <= n:
        size = max(2 * len(_powers[0]), n + 1)
        for slot, factor in enumerate((_BASE, _INVERSE)):
            steps = np.full(size, factor, np.uint64)
            steps[0] = 1
            _powers[slot] = np.multiply.accumulate(steps)
    return _powers[0], _powers[1]


def _mix(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    hashes = (hashes ^ (hashes >> np.uint64(30))) * _MIX
    return hashes ^ (hashes >> np.uint64(31))


class TextBatch:
    """The normalised code points of several texts, one after the other.

    Attributes:
        codes: Code points of all texts, shape ``(n_chars,)``.
        starts: Where each text begins, and the end, shape ``(n_texts + 1,)``.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        self.starts = np.concatenate(([0], np.cumsum(lengths)))
        self.codes = _normal_codes()[_codes_of("".join(texts))]
        n = len(self.codes)
        powers, self._inverse = _power_tables(n)
        with np.errstate(over="ignore"):
            terms = (self.codes.astype(np.uint64) + np.uint64(1)) * powers[:n]
            self._prefix = np.concatenate((np.zeros(1, np.uint64), np.cumsum(terms)))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def text(self, index: int) -> str:
        """Return the normalised copy of one text."""
        return _text_of(self.codes[self.starts[index] : self.starts[index + 1]])

    def texts(self) -> list[str]:
        """Return the normalised copy of every text."""
        joined = _text_of(self.codes)
        bounds = self.starts.tolist()
        return [joined[a:b] for a, b in pairwise(bounds)]

    @cached_property
    def owners(self) -> NDArray[np.int64]:
        """Return the number of the text of each code point, shape ``(n_chars,)``."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    @cached_property
    def slots(self) -> NDArray[np.uint32]:
        """Return a small number for each code point and its neighbour, shape ``(n_chars - 1,)``."""
        return _slots(self.codes[:-1], self.codes[1:])

    @cached_property
    def spaced(self) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """Return the code points with ``GAP`` blanks before, between and behind the texts, and where each begins."""
        n = len(self)
        shifts = GAP * np.arange(1, n + 1)
        codes = np.full(len(self.codes) + GAP * (n + 1), _BLANK, np.uint32)
        codes[np.arange(len(self.codes)) + shifts[self.owners]] = self.codes
        return codes, self.starts[:-1] + shifts

    def hashes(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64], *, salt: int = 0
    ) -> NDArray[np.uint64]:
        """Return the hash of each stretch ``[starts, ends)`` of ``codes``, shape of ``starts``.

        Equal stretches have equal hashes wherever they stand, equal also to ``hash_words``.
        """
        with np.errstate(over="ignore"):
            raw = (self._prefix[ends] - self._prefix[starts]) * self._inverse[starts]
            return _mix(raw + np.uint64(salt) * _MIX)


def hash_words(words: Sequence[str], *, salt: int = 0) -> NDArray[np.uint64]:
    """Return the hash of each word, shape ``(n,)``, as ``TextBatch.hashes`` gives it in a text."""
    batch = TextBatch(words)
    return batch.hashes(batch.starts[:-1], batch.starts[1:], salt=salt)


class TermIndex:
    """Fixed terms, found in many texts in one step, overlapping ones too.

    Only where the first two characters of a term stand are the longer stretches looked up by hash.

    Args:
        terms: Distinct, none empty.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        batch = TextBatch(terms)
        starts, sizes = batch.starts[:-1], np.diff(batch.starts)
        hashes = batch.hashes(starts, batch.starts[1:])
        self._openings = np.zeros(1 << _SLOT_BITS, np.uint32)  # a bit for each length
        self._single = marked(term for term in terms if len(term) == 1)
        self._by_size: list[tuple[int, NDArray[np.uint64], NDArray[np.int64]]] = []
        for bit, size in enumerate(np.unique(sizes).tolist()):
            own = np.flatnonzero(sizes == size)
            own = own[np.argsort(hashes[own])]
            self._by_size.append((size, hashes[own], own))
            if size == 1:
                continue
            opened = _slots(batch.codes[starts[own]], batch.codes[starts[own] + 1])
            self._openings[opened] |= np.uint32(1 << bit)

    def find(self, batch: TextBatch) -> tuple[NDArray[np.int64], ...]:
        """Return start and end in the batch, number of the term and of the text of each occurrence."""
        sizes = self._openings.take(batch.slots)
        opening = np.flatnonzero(sizes)
        sizes = sizes[opening]
        room = batch.starts[batch.owners[opening] + 1] - opening  # to the end of the text
        starts, ends, terms = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0, int)]
        for bit, (size, known, numbers) in enumerate(self._by_size):
            at = opening[(sizes & np.uint32(1 << bit) != 0) & (room >= size)]
            if size == 1:
                at = np.flatnonzero(self._single[batch.codes])
            hashes = batch.hashes(at, at + size)
            found = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
            right = known[found] == hashes
            starts.append(at[right])
            ends.append(at[right] + size)
            terms.append(numbers[found[right]])
        start = np.concatenate(starts)
        return start, np.concatenate(ends), np.concatenate(terms), batch.owners[start]


def _slots(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return a small number for each pair of characters; other pairs may have the same."""
    with np.errstate(over="ignore"):
        mixed = (first * np.uint32(0x9E3779B1)) ^ (second * np.uint32(0x85EBCA6B))
    return mixed >> np.uint32(32 - _SLOT_BITS)


def ngram_starts(batch: TextBatch, size: int) -> NDArray[np.int64]:
    """Return where the n-grams of one length begin: within one text, without white space."""
    return np.flatnonzero(_covers(_solid()[batch.codes], batch.owners, size))


def count_ngrams(
    batch: TextBatch, sizes: Sequence[int], n_buckets: int, *, salt: int = 0
) -> csr_matrix:
    """Return how often each hashed character n-gram occurs in each text.

    Args:
        batch: The texts.
        sizes: Lengths of the n-grams.
        n_buckets: Number of columns.
        salt: Makes a hash space of its own.

    Returns:
        Shape ``(n_texts, n_buckets)``, float32, columns sorted; no n-gram holds white space.
    """
    return count_ngrams_in_zones(batch, sizes, n_buckets, (), salt=salt)[0]


def count_ngrams_in_zones(
    batch: TextBatch,
    sizes: Sequence[int],
    n_buckets: int,
    zones: Sequence[NDArray[np.bool_]],
    *,
    salt: int = 0,
) -> tuple[csr_matrix, NDArray[np.float32]]:
    """Return ``count_ngrams``, and how many of each count lie wholly in each zone.

    Args:
        batch: The texts.
        sizes: Lengths of the n-grams.
        n_buckets: Number of columns.
        zones: Which code points of the batch belong to a zone, each shape ``(n_chars,)``.
        salt: Makes a hash space of its own.

    Returns:
        The counts, and those of the zones for the entries of the counts in their order, shape
        ``(n_zones, n_entries)``.
    """
    n, owner = len(batch), batch.owners
    width = max(1, (n_buckets - 1).bit_length())
    good = _solid()[batch.codes]
    keys = []
    for size in sizes:
        at = np.flatnonzero(_covers(good, owner, size))
        hashed = _remainder(batch.hashes(at, at + size, salt=salt), n_buckets)
        key = owner[at] << width | hashed.astype(np.int64)
        for zone in zones:  # one bit each, so that one sort of plain numbers serves all
            key = key << 1 | _covers(zone, owner, size)[at]
        keys.append(key)
    ordered = np.sort(np.concatenate(keys))
    bits, ordered = ordered & ((1 << len(zones)) - 1), ordered >> len(zones)
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    counts = np.diff(first, append=len(ordered)).astype(np.float32)
    rows, columns = ordered[first] >> width, ordered[first] & ((1 << width) - 1)
    starts = np.searchsorted(rows, np.arange(n + 1))
    inside = np.zeros((len(zones), len(first)), np.float32)
    for number in range(len(zones)):
        bit = (bits >> (len(zones) - 1 - number)) & 1
        sums = np.concatenate(([0], np.cumsum(bit)))
        inside[number] = np.diff(sums[first], append=sums[-1])
    return csr_matrix((counts, columns, starts), shape=(n, n_buckets)), inside


def _remainder(hashes: NDArray[np.uint64], divisor: int) -> NDArray[np.uint64]:
    if divisor & (divisor - 1):
        return hashes % np.uint64(divisor)
    return hashes & np.uint64(divisor - 1)  # several times as fast


def _covers(good: NDArray[np.bool_], owner: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    """Return where a stretch of ``size`` code points of one text is good throughout."""
    whole = good.copy()
    for step in range(1, size):
        whole[:-step] &= good[step:] & (owner[step:] == owner[:-step])
        whole[-step:] = False
    return whole


def part_hashes(terms: Sequence[str]) -> list[NDArray[np.uint32]]:
    """Return for each term the hashes of it as a word and of its character pairs.

    The upper halves are kept, as the columns of a table keep them.
    """
    batch = TextBatch(terms)
    words = batch.hashes(batch.starts[:-1], batch.starts[1:], salt=WORD_SALT)
    out = []
    for number, (start, end) in enumerate(pairwise(batch.starts.tolist())):
        at = np.arange(start, max(start, end - 1))
        pairs = batch.hashes(at, at + 2, salt=PAIR_SALT)
        both = np.concatenate((words[number : number + 1], pairs))
        out.append((both >> np.uint64(32)).astype(np.uint32))
    return out
