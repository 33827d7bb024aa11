"""Texts to a sparse matrix: hashed character n-grams of the text and of its request, cue scores.

Character n-grams serve short Chinese texts better than words; what is asked for is a group of its
own; the cue terms of topics and subtopics carry what a corpus of this size cannot teach.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from renda_nlp.classification.lexicon import CueLexicon, CueScorer
from renda_nlp.classification.zones import request_zones
from renda_nlp.ngrams import TextBatch, count_ngrams

__all__ = ["FeatureExtractor"]

_TEXT, _REQUEST = 3, 5
_SIZES = (1, 2)
_REQUEST_WEIGHT = 1.0

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
        self._cues = CueScorer(lexicons)
        self.n_buckets = 1 << n_bits
        self.idf = idf if idf is not None else np.ones(self.n_buckets, np.float32)
        self.n_features = self.n_buckets + sum(2 * len(lexicon.labels) for lexicon, _ in lexicons)

    def transform(self, texts: Sequence[str], title_ends: Sequence[int]) -> csr_matrix:
        """Return the features of each text, shape ``(n_texts, n_features)``, float32.

        Counts enter as ``1 + log(count)`` times idf; the n-grams of the text have Euclidean length
        one, and so have those of its request.
        """
        batch = TextBatch(texts)
        plain = batch.texts()
        zones = [request_zones(t, e) for t, e in zip(plain, title_ends, strict=True)]
        grams = self._block(batch, None, _TEXT)
        asked = self._block(batch, zones, _REQUEST)
        scores = csr_matrix(self._cues.transform(plain, zones))
        return csr_matrix(hstack([grams + asked * _REQUEST_WEIGHT, scores]), dtype=np.float32)

    def count_documents(self, texts: Sequence[str], title_ends: Sequence[int]) -> Ints:
        """Return in how many texts each column occurs, shape ``(n_buckets,)``."""
        features = self.transform(texts, title_ends)
        columns = features.indices[features.indices < self.n_buckets]
        return np.bincount(columns, minlength=self.n_buckets)

    def _block(self, batch: TextBatch, zones: Zones | None, salt: int) -> csr_matrix:
        """Return the n-grams inside the zones, of the whole texts without them, rows of length one."""
        inside = None if zones is None else _marked(batch, zones)
        block = count_ngrams(batch, _SIZES, self.n_buckets, salt=salt, inside=inside)
        block.data = (1 + np.log(block.data)) * self.idf[block.indices]
        owner = np.repeat(np.arange(len(batch)), np.diff(block.indptr))
        norms = np.sqrt(np.bincount(owner, block.data**2, minlength=len(batch)))
        block.data /= np.maximum(norms, 1e-9)[owner].astype(np.float32)
        return block


def _marked(batch: TextBatch, zones: Zones) -> NDArray[np.bool_]:
    """Return which code points lie in a zone of their text."""
    marks = np.zeros(len(batch.codes) + 1, np.int64)
    for offset, stretches in zip(batch.starts.tolist(), zones, strict=False):
        for a, b in stretches:
            marks[offset + a] += 1
            marks[offset + b] -= 1
    return np.cumsum(marks)[:-1] > 0
