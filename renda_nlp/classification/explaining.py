"""Which characters of a text carried a decision of a linear model, and the words they stand in.

A margin is a sum over features, so each feature's share in it is exact: an n-gram's share goes to
the characters it stands on, that of a cue score to the cue terms that made it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from renda_nlp.classification.features import FeatureExtractor, gram_occurrences
from renda_nlp.ngrams import TextBatch
from renda_nlp.records import Token

__all__ = ["character_shares", "strongest_words"]

Floats = NDArray[np.float64]


def character_shares(
    extractor: FeatureExtractor, text: str, title_end: int, gains: Floats
) -> Floats:
    """Return what each character adds to a sum of gains over the features of a text.

    Args:
        extractor: The features.
        text: A whole message.
        title_end: Where its title ends; 0 when it has none.
        gains: What one unit of each feature adds, shape ``(n_features,)``.

    Returns:
        Shape ``(len(text),)``; the shares add up to the features times their gains.
    """
    grams, _ = extractor.transform_parts([text], [title_end])
    batch = TextBatch([text])
    zones = extractor.zones(batch, [title_end])
    shares = extractor.cues.shares(batch, zones, gains[extractor.n_buckets :])
    for starts, size, hashed in gram_occurrences(batch, extractor.n_buckets):
        at = np.searchsorted(grams.indices, hashed)
        counts = np.bincount(hashed, minlength=extractor.n_buckets)[hashed]
        each = grams.data[at] * gains[hashed] / (counts * size)
        for step in range(size):
            np.add.at(shares, starts + step, each)
    return shares


def strongest_words(
    text: str, tokens: Sequence[Token], shares: Floats, n: int
) -> list[tuple[str, float]]:
    """Return the ``n`` words with the largest positive shares, equal words taken together."""
    sums: dict[str, float] = {}
    for token in tokens:
        word = text[token.start : token.end].strip()
        if any(char.isalnum() for char in word):
            share = float(shares[token.start : token.end].sum())
            sums[word] = sums.get(word, 0.0) + share
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return [(word, share) for word, share in ranked[:n] if share > 0]
