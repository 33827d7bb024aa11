"""Texts to a sparse matrix: hashed words and character n-grams, request words, lexicon scores."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from renda_nlp.classification.lexicon import TopicLexicon
from renda_nlp.classification.zones import request_zones
from renda_nlp.ngrams import TextBatch
from renda_nlp.protocols import Segmenter

__all__ = ["FeatureExtractor"]

_WORD, _PAIR, _CHARS, _ASKED = 1, 2, 3, 5
_CHAR_SIZES = (2, 3)
_GROUPS = 3  # words, characters, request words: each scaled to length one
_SPACE_CODES = np.array([9, 10, 13, 32, 0xA0, 0x3000, 0xFEFF, 0x200B], np.uint32)

Ints = NDArray[np.int64]


class FeatureExtractor:
    """Makes the feature matrix of a batch of texts.

    Args:
        segmenter: Cuts the words.
        lexicon: Topic cues; their scores are dense features of their own.
        n_bits: The hash space has ``2**n_bits`` columns.
    """

    def __init__(self, segmenter: Segmenter, lexicon: TopicLexicon, *, n_bits: int = 18) -> None:
        self.segmenter = segmenter
        self.lexicon = lexicon
        self.n_buckets = 1 << n_bits
        self.n_features = self.n_buckets + 2 * len(lexicon.topics)

    def transform(self, texts: Sequence[str], title_ends: Sequence[int]) -> csr_matrix:
        """Return the features of each text, shape ``(n_texts, n_features)``, float32.

        Counts enter as ``1 + log(count)``; each group of a row has Euclidean length one.
        """
        batch = TextBatch(texts)
        plain = batch.texts()
        zones = [request_zones(t, e) for t, e in zip(plain, title_ends, strict=True)]
        hashed = self._hashed(batch, plain, zones)
        dense = np.stack([self.lexicon.scores(t, z) for t, z in zip(plain, zones, strict=True)])
        scaled = np.sign(dense) * np.log1p(np.abs(dense)) * 0.5  # (n, 2, topics)
        return csr_matrix(hstack([hashed, csr_matrix(scaled.reshape(len(texts), -1))]), dtype="f4")

    def _hashed(
        self, batch: TextBatch, plain: list[str], zones: list[list[tuple[int, int]]]
    ) -> csr_matrix:
        words = self._words(batch, plain)
        blocks = [
            self._block(batch, [(*words, _WORD), (*self._pairs(batch, words), _PAIR)]),
            self._block(batch, [(*self._grams(batch, size), _CHARS) for size in _CHAR_SIZES]),
            self._block(batch, [(*self._inside(batch, words, zones), _ASKED)]),
        ]
        total = blocks[0]
        for block in blocks[1:]:
            total = total + block
        return total

    def _words(self, batch: TextBatch, plain: list[str]) -> tuple[Ints, Ints]:
        """Return starts and ends of the words in ``batch.codes``, without bare punctuation."""
        starts, ends = [], []
        for text, offset in zip(plain, batch.starts.tolist(), strict=False):
            for token in self.segmenter.segment(text):
                if token.tag != "x" or text[token.start].isalnum():
                    starts.append(offset + token.start)
                    ends.append(offset + token.end)
        return np.array(starts, np.int64), np.array(ends, np.int64)

    def _pairs(self, batch: TextBatch, words: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
        starts, ends = words
        text_of = np.searchsorted(batch.starts, starts, side="right")
        joined = (ends[:-1] == starts[1:]) & (text_of[:-1] == text_of[1:])
        return starts[:-1][joined], ends[1:][joined]

    def _grams(self, batch: TextBatch, size: int) -> tuple[Ints, Ints]:
        """Return the character n-grams that hold no white space and cross no border of texts."""
        starts = np.arange(max(0, len(batch.codes) - size + 1), dtype=np.int64)
        space = np.concatenate(([0], np.cumsum(np.isin(batch.codes, _SPACE_CODES))))
        clean = space[starts + size] == space[starts]
        owner = np.searchsorted(batch.starts, starts, side="right")
        whole = starts + size <= batch.starts[owner]
        starts = starts[clean & whole]
        return starts, starts + size

    def _inside(
        self, batch: TextBatch, words: tuple[Ints, Ints], zones: list[list[tuple[int, int]]]
    ) -> tuple[Ints, Ints]:
        marks = np.zeros(len(batch.codes) + 1, np.int64)
        for offset, stretches in zip(batch.starts.tolist(), zones, strict=False):
            for a, b in stretches:
                marks[offset + a] += 1
                marks[offset + b] -= 1
        inside = np.cumsum(marks)[words[0]] > 0
        return words[0][inside], words[1][inside]

    def _block(self, batch: TextBatch, parts: list[tuple[Ints, Ints, int]]) -> csr_matrix:
        """Return one group of features, each row of length ``1 / sqrt(number of groups)``."""
        rows = [np.searchsorted(batch.starts, a, side="right") - 1 for a, _, _ in parts]
        columns = [
            (batch.hashes(a, b, salt=salt) % np.uint64(self.n_buckets)).astype(np.int64)
            for a, b, salt in parts
        ]
        row, column = np.concatenate(rows), np.concatenate(columns)
        shape = (len(batch), self.n_buckets)
        block = csr_matrix((np.ones(len(row), np.float32), (row, column)), shape=shape)
        block.sum_duplicates()
        block.data = 1 + np.log(block.data)
        norms = np.sqrt(np.asarray(block.multiply(block).sum(axis=1)).ravel() * _GROUPS)
        block.data /= np.repeat(np.maximum(norms, 1e-9), np.diff(block.indptr)).astype(np.float32)
        return block
