"""Texts to a sparse matrix: hashed character n-grams and cue scores, by the parts of a message.

Character n-grams serve short Chinese texts better than words; the cue terms of topics and subtopics
carry what a corpus of this size cannot teach. What is asked for decides the topic, so the request,
the title and what the title ends on count once more.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from renda_nlp.classification.lexicon import CueLexicon, CueScorer
from renda_nlp.classification.zones import request_zones, title_head
from renda_nlp.ngrams import TextBatch, count_ngrams_in_zones, ngram_starts

__all__ = ["FeatureExtractor", "gram_occurrences"]

_SALT = 3
_SIZES = (1, 2)
_GRAM_WEIGHTS = (1.0, 1.0, 1.0, 0.5)  # whole text, request, title, what the title ends on
_CUE_WEIGHTS = (1.0, 1.0, 0.5, 0.5)

Ints = NDArray[np.int64]
Zones = list[list[tuple[int, int]]]


class FeatureExtractor:
    """Makes the feature matrix of a batch of texts.

    Args:
        lexicons: Cue lexicons with the weight of their scores.
        n_bits: The hash space has ``2**n_bits`` columns.
        idf: Inverse document frequency of each column, shape ``(2**n_bits,)``; None before
            training, when every column weighs one.
    """

    def __init__(
        self,
        lexicons: Sequence[tuple[CueLexicon, float]],
        *,
        n_bits: int = 18,
        idf: NDArray[np.float32] | None = None,
    ) -> None:
        self.cues = CueScorer(lexicons, _CUE_WEIGHTS)
        self.n_buckets = 1 << n_bits
        self.idf = idf if idf is not None else np.ones(self.n_buckets, np.float32)

    def transform(self, texts: Sequence[str], title_ends: Sequence[int]) -> csr_matrix:
        """Return the features of each text, shape ``(n_texts, n_features)``, float32.

        Counts enter as ``1 + log(count)`` times idf; the n-grams of the text have Euclidean length
        one, and so have those of its request, its title and the head of its title; the four are
        added with their weights.
        """
        grams, cues = self.transform_parts(texts, title_ends)
        return csr_matrix(hstack([grams, cues]), dtype=np.float32)

    def transform_parts(
        self, texts: Sequence[str], title_ends: Sequence[int]
    ) -> tuple[csr_matrix, csr_matrix]:
        """Return the n-grams, shape ``(n_texts, n_buckets)``, and the cue scores."""
        batch = TextBatch(texts)
        zones = self.zones(batch, title_ends)
        return self._grams(batch, zones), self.cues.transform(batch, zones)

    def zones(self, batch: TextBatch, title_ends: Sequence[int]) -> list[NDArray[np.bool_]]:
        """Return which characters stand in a request, in a title, in the head of a title."""
        plain = batch.texts()
        asked = [request_zones(t, e) for t, e in zip(plain, title_ends, strict=True)]
        titles = [[(0, e)] if e else [] for e in title_ends]
        heads = [title_head(t, e) for t, e in zip(plain, title_ends, strict=True)]
        return [_marked(batch, own) for own in (asked, titles, heads)]

    def count_documents(self, texts: Sequence[str], title_ends: Sequence[int]) -> Ints:
        """Return in how many texts each column occurs, shape ``(n_buckets,)``."""
        grams, _ = self.transform_parts(texts, title_ends)
        return np.bincount(grams.indices, minlength=self.n_buckets)

    def _grams(self, batch: TextBatch, zones: Sequence[NDArray[np.bool_]]) -> csr_matrix:
        block, inside = count_ngrams_in_zones(batch, _SIZES, self.n_buckets, zones, salt=_SALT)
        owner = np.repeat(np.arange(len(batch)), np.diff(block.indptr))
        idf = self.idf[block.indices]
        total = np.zeros(len(block.data), np.float32)
        for counts, weight in zip((block.data, *inside), _GRAM_WEIGHTS, strict=True):
            at = np.flatnonzero(counts > 0)
            values, own = (1 + np.log(counts[at])) * idf[at], owner[at]
            norms = np.sqrt(np.bincount(own, values**2, minlength=len(batch)))
            total[at] += values * (weight / np.maximum(norms, 1e-9))[own]
        block.data = total
        return block


def _marked(batch: TextBatch, zones: Zones) -> NDArray[np.bool_]:
    """Return which code points lie in a zone of their text."""
    marks = np.zeros(len(batch.codes) + 1, np.int64)
    for offset, stretches in zip(batch.starts.tolist(), zones, strict=False):
        for a, b in stretches:
            marks[offset + a] += 1
            marks[offset + b] -= 1
    return np.cumsum(marks)[:-1] > 0


def gram_occurrences(batch: TextBatch, n_buckets: int) -> list[tuple[Ints, int, Ints]]:
    """Return start, length and column of the n-grams of one text, for each length."""
    found = []
    for size in _SIZES:
        starts = ngram_starts(batch, size)
        hashed = batch.hashes(starts, starts + size, salt=_SALT) % np.uint64(n_buckets)
        found.append((starts, size, hashed.astype(np.int64)))
    return found
