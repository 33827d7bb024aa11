"""Which rows are worth comparing: those that share some of their weightiest tokens or a place.

No product of all pairs. The rows with a token form a block; in a large block a row meets only its
neighbours in an order that puts like rows side by side (sorted neighbourhood: Hernández & Stolfo
1995), so the work grows with the number of rows. Groups that a large block leaves apart meet again
when groups are compared.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from renda_nlp.columns import heaviest, stretches
from renda_nlp.hotspots.entries import RowEntries
from renda_nlp.hotspots.parts import in_parts
from renda_nlp.hotspots.profiles import Profiles
from renda_nlp.hotspots.vocabulary import PLACE, chunks
from renda_nlp.protocols import Executor

__all__ = ["candidate_pairs"]

Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]

_KEYS = 40  # weightiest tokens of a row that propose pairs
_MAX_BLOCK = 100
_NEIGHBOURS = 8  # of a row in a block larger than that
_MIN_COSINE = 0.03  # of the key tokens
_MOST = 32  # pairs that one row proposes
_CHUNK = 512


def _keys(entries: RowEntries, rows: Ints) -> tuple[Numbers, Numbers, NDArray[np.float32]]:
    """Return number, token and weight of the key tokens of some rows, the heaviest of each first."""
    numbers, tokens, weights = [], [], []
    for part in chunks(np.arange(len(rows))):
        own = rows[part]
        lengths = entries.starts[own + 1] - entries.starts[own]
        at, owner = stretches(entries.starts[own], lengths), np.repeat(part - part[0], lengths)
        weight = entries.weight[at] / (1 + entries.weight[at])
        best = np.flatnonzero(heaviest(owner, weight, _KEYS))
        best = best[np.argsort(owner[best] - weight[best], kind="stable")]
        numbers.append((owner[best] + part[0]).astype(np.int32))
        tokens.append(entries.tokens[at[best]])
        weights.append(entries.weight[at[best]])
    return np.concatenate(numbers), np.concatenate(tokens), np.concatenate(weights)


def _signature(n: int, n_tokens: int, owner: Numbers, tokens: Numbers) -> Numbers:
    """Return an order of the rows in which rows with the same first key tokens are neighbours."""
    rank = np.arange(len(owner)) - np.searchsorted(owner, owner)
    first = np.full((3, n), n_tokens, np.int32)
    for position in range(3):
        at = rank == position
        first[position, owner[at]] = tokens[at]
    order = np.lexsort((np.arange(n), *first[::-1]))
    place = np.empty(n, np.int32)
    place[order] = np.arange(n)
    return place


def _block_pairs(
    owner: Numbers, tokens: Numbers, place: Numbers
) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield neighbours inside every block that is too large to compare everyone in it."""
    order = np.lexsort((place[owner], tokens))
    rows, own = owner[order], tokens[order]
    for step in range(1, _NEIGHBOURS + 1):
        same = own[step:] == own[:-step]
        yield rows[:-step][same], rows[step:][same]


def _alike(
    matrix: csr_matrix, rows: Ints, executor: Executor | None
) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield the pairs that some rows propose: the most alike by the cosine of their key tokens."""
    columns = csr_matrix(matrix.T)

    def find(part: slice) -> tuple[Numbers, Numbers]:
        product = csr_matrix(matrix[rows[part]] @ columns)
        number = np.repeat(np.arange(product.shape[0]), np.diff(product.indptr))
        other = product.indices.astype(np.int64)
        good = np.flatnonzero((product.data >= _MIN_COSINE) & (rows[part][number] != other))
        number, other = number[good], other[good]
        best = heaviest(number, product.data[good], _MOST, tie=other)
        return rows[part][number[best]].astype(np.int32), other[best].astype(np.int32)

    return in_parts(executor, find, len(rows), _CHUNK)


def _distinct_pairs(
    pairs: Iterable[tuple[Numbers, Numbers]], changed: NDArray[np.bool_]
) -> tuple[Numbers, Numbers]:
    """Return each pair of which one row has changed once, first < second, sorted."""
    n = len(changed)
    keys = [np.zeros(0, np.int64)]
    for one, other in pairs:
        new = changed[one] | changed[other]
        first, second = np.minimum(one[new], other[new]), np.maximum(one[new], other[new])
        keys.append(first.astype(np.int64) * n + second)
    joined = np.concatenate(keys)
    del keys
    joined.sort()
    joined = joined[np.flatnonzero(np.diff(joined, prepend=-1))]
    first = (joined // n).astype(np.int32)
    joined -= first.astype(np.int64) * n
    return first, joined.astype(np.int32)


def _meeting(matrix: csr_matrix, changed: NDArray[np.bool_]) -> Ints:
    """Return the rows that share a token with a changed one."""
    touched = np.zeros(matrix.shape[1], bool)
    touched[matrix[np.flatnonzero(changed)].indices] = True
    sums = np.concatenate(([0], np.cumsum(touched[matrix.indices])))
    return np.flatnonzero(np.diff(sums[matrix.indptr]))


def candidate_pairs(
    profiles: Profiles, rows: Ints, changed: NDArray[np.bool_], executor: Executor | None = None
) -> tuple[Numbers, Numbers]:
    """Return the pairs worth comparing of which one row has changed, first < second, sorted.

    Args:
        profiles: Of opinions and groups.
        rows: Those to compare; a pair is two positions among them.
        changed: Whether each row is new, shape ``(n,)``; the other pairs have been compared.
        executor: Where the work runs, see ``in_parts``.
    """
    n, n_tokens = len(rows), len(profiles.vocabulary)
    owner, tokens, weight = _keys(profiles.entries, rows)
    weight = np.where(profiles.vocabulary.classes[tokens] == PLACE, 0.5, weight)
    size = np.bincount(tokens, minlength=n_tokens)
    small = (size[tokens] <= _MAX_BLOCK) & (size[tokens] > 1)
    place = _signature(n, n_tokens, owner, tokens)
    large = size[tokens] > _MAX_BLOCK
    matrix = csr_matrix((weight[small], (owner[small], tokens[small])), shape=(n, n_tokens))
    pairs = chain(
        _block_pairs(owner[large], tokens[large], place),
        _alike(matrix, _meeting(matrix, changed), executor),
    )
    del owner, tokens, weight, small, large  # makes room for the pairs
    return _distinct_pairs(pairs, changed)
