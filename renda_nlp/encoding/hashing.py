"""Opinions as hashes of their words and character pairs: what the word space and hotspots compare."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import Ragged
from renda_nlp.ngrams import PAIR_SALT, WORD_SALT, TextBatch
from renda_nlp.tokens import TokenBatch

__all__ = ["BatchHashes", "hash_batch"]

_FUNCTION_TAGS = frozenset(
    ("x", "u", "uj", "ul", "uz", "p", "c", "r", "d", "y", "e", "o", "q", "zg")
)
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BatchHashes:
    """Hashes of each text of a batch, with repeats.

    Attributes:
        words: Of content words of at least two characters.
        pairs: Of neighbouring characters.
        titled: Of both, inside the title.
    """

    words: Ragged[np.uint64]
    pairs: Ragged[np.uint64]
    titled: Ragged[np.uint64]

    def both(self) -> Ragged[np.uint64]:
        """Return words, then pairs, of each text."""
        return _joined(self.words, self.pairs)


def _joined(first: Ragged[np.uint64], second: Ragged[np.uint64]) -> Ragged[np.uint64]:
    """Return the rows of ``first``, each followed by the same row of ``second``."""
    n = len(first.lengths)
    owner = np.concatenate([np.repeat(np.arange(n), part.lengths) for part in (first, second)])
    order = np.argsort(owner, kind="stable")
    values = np.concatenate((first.values, second.values))[order]
    return Ragged(values, first.lengths + second.lengths)


def _is_han_or_sign(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    han = (codes >= _FIRST_HAN) & (codes <= _LAST_HAN)
    latin = (codes >= ord("a")) & (codes <= ord("z"))
    return han | latin | ((codes >= ord("0")) & (codes <= ord("9")))


def hash_batch(batch: TextBatch, tokens: TokenBatch, title_ends: Sequence[int]) -> BatchHashes:
    """Return the hashes of a batch.

    Args:
        batch: The texts.
        tokens: The words of each normalised text.
        title_ends: Where the title of each text ends, 0 when it has none.
    """
    n, titles = len(batch), np.array(title_ends, np.int64).reshape(-1)
    content = (tokens.ends - tokens.starts > 1) & ~tokens.tagged(_FUNCTION_TAGS)
    owner, starts, ends = (
        column[content] for column in (tokens.owners(), tokens.starts, tokens.ends)
    )
    offsets = batch.starts[owner]
    words = batch.hashes(offsets + starts, offsets + ends, salt=WORD_SALT)
    solid = _is_han_or_sign(batch.codes)
    at = np.flatnonzero(solid[:-1] & solid[1:])
    text_of = batch.owners[at]
    inside = at + 2 <= batch.starts[text_of + 1]
    at, text_of = at[inside], text_of[inside]
    pairs = batch.hashes(at, at + 2, salt=PAIR_SALT)
    word_titled = ends <= titles[owner]
    pair_titled = at + 2 - batch.starts[text_of] <= titles[text_of]

    def rows(values: NDArray[np.uint64], owners: Ints) -> Ragged[np.uint64]:
        return Ragged(values, np.bincount(owners, minlength=n))

    return BatchHashes(
        rows(words, owner),
        rows(pairs, text_of),
        _joined(
            rows(words[word_titled], owner[word_titled]),
            rows(pairs[pair_titled], text_of[pair_titled]),
        ),
    )
