"""The tokens that pairs of rows share, and how far each row has them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from renda_nlp.columns import stretches
from renda_nlp.hotspots.profiles import Profiles

__all__ = ["Shared", "shared_tokens", "token_matrix"]

Ints = NDArray[np.int64]
Floats = NDArray[Any]
_HIGH_BITS = 32
_HIGH = 1 << _HIGH_BITS


@dataclass(frozen=True, slots=True)
class Shared:
    """The tokens that the pairs of one chunk share.

    Attributes:
        pair: Number of the pair of each.
        a: Its entries in the first rows.
        b: Its entries in the second rows.
        rows: The first rows, and the second ones, of the pairs.
    """

    pair: Ints
    a: Ints
    b: Ints
    rows: tuple[Ints, Ints]

    def shares(self, profiles: Profiles, kind: int) -> tuple[Floats, Floats]:
        """Return a kind of share of the tokens in the first rows, and in the second ones."""
        first, second = (rows[self.pair] for rows in self.rows)
        share = profiles.entries.share
        return share(kind, first, self.a), share(kind, second, self.b)


def token_matrix(profiles: Profiles) -> csr_matrix:
    """Return the tokens of each row, shape ``(n_rows, n_tokens)``; the values say nothing."""
    entries = profiles.entries
    shape = (len(profiles), len(profiles.vocabulary))
    return csr_matrix((entries.marks, entries.tokens, entries.starts), shape=shape)


def _places(tokens: csr_matrix, rows: Ints, more: int) -> csr_matrix:
    """Return the places of the tokens in some rows, from 1, and ``more``."""
    own = tokens[rows]
    lengths = np.diff(own.indptr)
    places = stretches(np.full(len(rows), 1 + more), lengths)
    matrix = csr_matrix((places, own.indices, own.indptr), shape=own.shape)
    matrix.has_canonical_format = True  # tokens of a row are sorted, each once
    return matrix


def shared_tokens(profiles: Profiles, tokens: csr_matrix, first: Ints, second: Ints) -> Shared:
    """Return the tokens that both rows of each pair have, by merging their sorted tokens.

    One product ``a * (2**32 + b)`` tells the places in both rows.
    """
    both = _places(tokens, first, 0).multiply(_places(tokens, second, _HIGH))
    pair = np.repeat(np.arange(len(first)), np.diff(both.indptr))
    in_first = both.data >> _HIGH_BITS
    in_second = (both.data & (_HIGH - 1)) // in_first
    starts = profiles.entries.starts
    at_first, at_second = starts[first][pair] + in_first - 1, starts[second][pair] + in_second - 1
    return Shared(pair, at_first, at_second, (first, second))
