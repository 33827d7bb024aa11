"""Texts to a sparse matrix: hashed character n-grams of the text and of its request, cue scores.

Character n-grams serve short Chinese texts better than words; what is asked for is a group of its
own; the cue terms of topics and subtopics carry what a corpus of this size cannot teach.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from renda_nlp.classification.lexicon import CueLexicon
from renda_nlp.classification.zones import request_zones
from renda_nlp.ngrams import TextBatch

__all__ = ["FeatureExtractor"]

_TEXT, _REQUEST = 3, 5
_SIZES = (1, 2)
_REQUEST_WEIGHT = 1.0
_SPACE_CODES = np.array([9, 10, 13, 32, 0xA0, 0x3000, 0xFEFF, 0x200B], np.uint32)

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
        self.lexicons = tuple(lexicons)
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
        whole = [[(0, len(text))] for text in plain]
        grams = self._block(batch, whole, _TEXT)
        asked = self._block(batch, zones, _REQUEST)
        scores = [self._cues(plain, zones, lexicon, weight) for lexicon, weight in self.lexicons]
        return csr_matrix(hstack([grams + asked * _REQUEST_WEIGHT, *scores]), dtype=np.float32)

    def _cues(
        self, plain: Sequence[str], zones: Zones, lexicon: CueLexicon, weight: float
    ) -> csr_matrix:
        dense = np.stack([lexicon.scores(t, z) for t, z in zip(plain, zones, strict=True)])
        scaled = np.sign(dense) * np.log1p(np.abs(dense)) * weight
        return csr_matrix(scaled.reshape(len(plain), -1))

    def count_documents(self, texts: Sequence[str], title_ends: Sequence[int]) -> Ints:
        """Return in how many texts each column occurs, shape ``(n_buckets,)``."""
        features = self.transform(texts, title_ends)
        columns = features.indices[features.indices < self.n_buckets]
        return np.bincount(columns, minlength=self.n_buckets)

    def _block(self, batch: TextBatch, zones: Zones, salt: int) -> csr_matrix:
        """Return the n-grams inside the zones, each row of length one."""
        marks = np.zeros(len(batch.codes) + 1, np.int64)
        for offset, stretches in zip(batch.starts.tolist(), zones, strict=False):
            for a, b in stretches:
                marks[offset + a] += 1
                marks[offset + b] -= 1
        inside = np.cumsum(marks)[:-1] > 0
        barred = np.concatenate(([0], np.cumsum(~inside | np.isin(batch.codes, _SPACE_CODES))))
        rows, columns = [], []
        for size in _SIZES:
            starts = np.arange(max(0, len(batch.codes) - size + 1), dtype=np.int64)
            owner = np.searchsorted(batch.starts, starts, side="right")
            good = (barred[starts + size] == barred[starts]) & (
                starts + size <= batch.starts[np.minimum(owner, len(batch))]
            )
            starts, owner = starts[good], owner[good] - 1
            hashes = batch.hashes(starts, starts + size, salt=salt)
            columns.append((hashes % np.uint64(self.n_buckets)).astype(np.int64))
            rows.append(owner)
        return self._weigh(np.concatenate(rows), np.concatenate(columns), len(batch))

    def _weigh(self, rows: Ints, columns: Ints, n: int) -> csr_matrix:
        ones = np.ones(len(rows), np.float32)
        block = csr_matrix((ones, (rows, columns)), shape=(n, self.n_buckets))
        block.sum_duplicates()
        block.data = (1 + np.log(block.data)) * self.idf[block.indices]
        norms = np.sqrt(np.asarray(block.multiply(block).sum(axis=1)).ravel())
        block.data /= np.repeat(np.maximum(norms, 1e-9), np.diff(block.indptr)).astype(np.float32)
        return block
