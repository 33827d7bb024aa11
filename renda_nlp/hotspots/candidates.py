"""Which opinions are worth comparing: those alike in words, or in one small place.

No product of all pairs: words that are common propose nothing, and a place with very many opinions
proposes only what its words propose.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from renda_nlp.table import OpinionTable

__all__ = ["candidate_pairs", "specific_places", "word_matrix"]

Ints = NDArray[np.int64]

_MIN_COSINE = 0.10
_MAX_SHARE = 0.2  # words in more opinions than this propose no pairs
_CHUNK = 512
_MAX_BLOCK = 300  # rows of one place that are compared pair by pair
_TITLE_COUNT = 2.0  # a title word counts as so many more occurrences


def word_matrix(words: list[NDArray[np.uint32]], extra: list[NDArray[np.uint32]]) -> csr_matrix:
    """Return TF-IDF rows of length one; words of ``extra`` (titles) count more.

    Words that occur once in the whole collection are left out: they cannot connect anything.
    """
    n = len(words)
    sizes = np.fromiter((len(w) + len(e) for w, e in zip(words, extra, strict=True)), np.int64, n)
    every = np.concatenate([part for pair in zip(words, extra, strict=True) for part in pair])
    weight = np.concatenate(
        [
            np.concatenate((np.ones(len(w)), np.full(len(e), _TITLE_COUNT)))
            for w, e in zip(words, extra, strict=True)
        ]
    )
    vocabulary, column = np.unique(every, return_inverse=True)
    rows = np.repeat(np.arange(n), sizes)
    counts = csr_matrix((weight, (rows, column)), shape=(n, len(vocabulary)))
    counts.sum_duplicates()
    frequency = np.bincount(counts.indices, minlength=len(vocabulary))
    idf = np.where(frequency > 1, np.log((1 + n) / (1 + np.maximum(frequency, 1))) + 1, 0.0)
    counts.data = (1 + np.log(counts.data)) * idf[counts.indices]
    counts.eliminate_zeros()
    norms = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    counts.data /= np.repeat(np.maximum(norms, 1e-12), np.diff(counts.indptr))
    return csr_matrix(counts)


def _candidates(matrix: csr_matrix) -> tuple[Ints, Ints]:
    """Return pairs of rows with a cosine of at least ``_MIN_COSINE``, first < second."""
    n = matrix.shape[0]
    frequency = np.bincount(matrix.indices, minlength=matrix.shape[1])
    keep = frequency <= max(20, int(_MAX_SHARE * n))
    rare = csr_matrix(matrix[:, np.flatnonzero(keep)])
    columns = csr_matrix(rare.T)
    firsts, seconds = [], []
    for start in range(0, n, _CHUNK):
        product = (rare[start : start + _CHUNK] @ columns).tocoo()
        good = (product.data >= _MIN_COSINE) & (product.row + start < product.col)
        firsts.append(product.row[good].astype(np.int64) + start)
        seconds.append(product.col[good].astype(np.int64))
    return np.concatenate(firsts), np.concatenate(seconds)


def _place_candidates(sets: list[tuple[int, ...]]) -> tuple[Ints, Ints]:
    """Return pairs of rows that share a specific place, for places of at most ``_MAX_BLOCK`` rows."""
    blocks: dict[int, list[int]] = {}
    for row, labels in enumerate(sets):
        for label in labels:
            blocks.setdefault(label, []).append(row)
    firsts, seconds = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for block in blocks.values():
        if 1 < len(block) <= _MAX_BLOCK:
            members = np.array(block, np.int64)
            a, b = np.triu_indices(len(members), 1)
            firsts.append(members[a])
            seconds.append(members[b])
    return np.concatenate(firsts), np.concatenate(seconds)


def specific_places(table: OpinionTable, rows: Ints) -> list[tuple[int, ...]]:
    """Return the places of each row that are smaller than a town: villages, estates, roads."""
    return [tuple(sorted(set(table.places[i]) - set(table.regions[i]))) for i in rows]


def candidate_pairs(table: OpinionTable, rows: Ints, matrix: csr_matrix) -> tuple[Ints, Ints]:
    """Return the pairs worth comparing: alike in words, or in one place; first < second, sorted."""
    places = specific_places(table, rows)
    addresses = table.column("addresses")[rows].tolist()
    nothing = table.code("")
    by_words = _candidates(matrix)
    by_place = _place_candidates(
        [
            labels if code == nothing else tuple({*labels, code})
            for labels, code in zip(places, addresses, strict=True)
        ]
    )
    both = np.concatenate((by_words[0], by_place[0])) * len(rows) + np.concatenate(
        (by_words[1], by_place[1])
    )
    unique = np.unique(both)
    return unique // len(rows), unique % len(rows)
