"""How likely two opinions are about the same matter: sparse candidates, then evidence for and against.

Candidates share words; each candidate pair gets log-odds of being one matter from the similarity of
words and titles, from rare names that both have, and against it from places that contradict.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from renda_nlp.hotspots.candidates import candidate_pairs, specific_places, word_matrix
from renda_nlp.hotspots.swaps import is_swapped
from renda_nlp.ngrams import normalise
from renda_nlp.table import OpinionTable

__all__ = [
    "PairWeights",
    "Pairs",
    "find_pairs",
    "pair_features",
]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_ALIKE = 0.55  # from this cosine on two texts are compared letter by letter
_IDF_SCALE = 8.0
_KINDS = (
    ("村", "社区"),
    (
        "花园",
        "家园",
        "苑",
        "小区",
        "公寓",
        "新村",
        "华庭",
        "佳园",
        "豪庭",
        "名邸",
        "嘉园",
        "公馆",
        "山庄",
    ),
    ("小学", "中学", "幼儿园", "学院", "大学"),
)
_VILLAGES = ("村", "社区", "街", "镇", "乡", "县", "区", "市")


@dataclass(frozen=True, slots=True, kw_only=True)
class PairWeights:
    """Log-odds weights of the evidence on a pair, set by reasoning, not fitted to any messages.

    Two opinions of unknown kind are very probably about two matters (bias). Each similarity lies in
    [0, 1]: full likeness of words outweighs the bias by itself, and so do a like title with shared
    names; the place that a register gives, with the same subject, nearly does. Places that
    contradict speak against.
    """

    bias: float = -6.5
    cosine: float = 6.0
    title: float = 4.0
    names_cosine: float = 4.0
    names_top: float = 2.0
    shared_place: float = 1.0
    region_conflict: float = -1.5
    place_conflict: float = -12.0  # a veto
    swapped: float = -16.0  # a veto: one text with another name
    same_topic: float = 1.0
    meaning: float = 1.0
    address_affinity: float = 6.5
    same_estate: float = 2.0
    same_author: float = 1.5


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs ``first < second`` with the log-odds of being one matter, shape ``(n,)``."""

    first: Ints
    second: Ints
    log_odds: Floats


def _row_dot(matrix: csr_matrix, first: Ints, second: Ints) -> Floats:
    out = np.zeros(len(first))
    for start in range(0, len(first), 65536):
        part = slice(start, start + 65536)
        product = matrix[first[part]].multiply(matrix[second[part]])
        out[part] = np.asarray(product.sum(axis=1)).ravel()
    return out


def _top_shared(binary: csr_matrix, first: Ints, second: Ints, k: int) -> Floats:
    """Return the sum of the ``k`` largest shared idf values of each pair."""
    out = np.zeros(len(first))
    for start in range(0, len(first), 65536):
        part = slice(start, start + 65536)
        shared = csr_matrix(binary[first[part]].multiply(binary[second[part]]))
        rows = np.repeat(np.arange(shared.shape[0]), np.diff(shared.indptr))
        order = np.lexsort((-shared.data, rows))
        rank = np.arange(len(order)) - shared.indptr[rows[order]]
        top = order[rank < k]
        out[part] = np.bincount(rows[top], np.sqrt(shared.data[top]), minlength=shared.shape[0])
    return out


def _idf_rows(sets: list[tuple[int, ...]]) -> csr_matrix:
    """Return rows with the inverse frequency of each label that a row has."""
    n = len(sets)
    rows = np.repeat(np.arange(n), [len(labels) for labels in sets])
    codes = np.fromiter((code for labels in sets for code in labels), np.int64)
    names, columns = np.unique(codes, return_inverse=True)
    frequency = np.bincount(columns, minlength=len(names))
    idf = np.log((1 + n) / (1 + frequency))
    return csr_matrix((idf[columns], (rows, columns)), shape=(n, max(1, len(names))))


def _compact(table: OpinionTable, rows: Ints) -> list[Ints]:
    """Return the name parts of each row as small numbers; parts of one row only are left out."""
    parts = [table.names[i] for i in rows]
    every = np.concatenate([*parts, np.zeros(0, np.uint32)])
    labels, numbers, counts = np.unique(every, return_inverse=True, return_counts=True)
    ends = np.cumsum([len(part) for part in parts])[:-1]
    shared = counts > 1
    return (
        [own[shared[own]] for own in np.split(numbers, ends)]
        if len(labels)
        else [np.zeros(0, np.int64)] * len(rows)
    )


def _disjoint(sets: list[frozenset[int]], first: Ints, second: Ints) -> Floats:
    """Return 1.0 where both rows have labels of this kind and share none."""
    return np.fromiter(
        (
            float(bool(sets[a]) and bool(sets[b]) and not sets[a] & sets[b])
            for a, b in zip(first.tolist(), second.tolist(), strict=True)
        ),
        np.float64,
        len(first),
    )


def find_pairs(table: OpinionTable, rows: Ints, weights: PairWeights) -> Pairs:
    """Return the candidate pairs among ``rows``, as positions in ``rows``, with their log-odds."""
    if len(rows) < 2:  # noqa: PLR2004 - no pair
        return Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    words = [table.words[i] for i in rows]
    titles = [table.title_words[i] for i in rows]
    matrix = word_matrix(words, titles)
    first, second = candidate_pairs(table, rows, matrix)
    features = pair_features(table, rows, matrix, first, second)
    names = sorted(features)
    log_odds = weights.bias + sum(getattr(weights, name) * features[name] for name in names)
    alike = np.flatnonzero(features["cosine"] >= _ALIKE)
    texts = {
        int(i): normalise(table.opinion(int(rows[i])).text)
        for i in np.unique(np.concatenate((first[alike], second[alike])))
    }
    for k in alike.tolist():
        if is_swapped(texts[int(first[k])], texts[int(second[k])]):
            log_odds[k] += weights.swapped
    return Pairs(first, second, np.asarray(log_odds))


def _place_conflict(
    table: OpinionTable, places: list[tuple[int, ...]], first: Ints, second: Ints
) -> Floats:
    """Return 1.0 where two rows name different places of one kind (village, estate, school)."""
    kind_of = {
        code: kind
        for code in {code for labels in places for code in labels}
        for kind, suffixes in enumerate(_KINDS)
        if table.label(code).endswith(suffixes)
    }
    shared = [frozenset(labels) for labels in places]
    conflict = np.zeros(len(first))
    for kind in range(len(_KINDS)):
        own = [frozenset(code for code in labels if kind_of.get(code) == kind) for labels in places]
        conflict = np.maximum(conflict, _disjoint(own, first, second))
    common = np.fromiter(
        (bool(shared[a] & shared[b]) for a, b in zip(first.tolist(), second.tolist(), strict=True)),
        bool,
        len(first),
    )
    return np.where(common, 0.0, conflict)


def _is_small(table: OpinionTable, addresses: Ints) -> Floats:
    """Return 1.0 where an address is smaller than a village: an estate, a school, a firm."""
    names = {int(code): table.label(int(code)) for code in np.unique(addresses)}
    small = {code: not name.endswith(_VILLAGES) for code, name in names.items()}
    return np.array([float(small[int(code)]) for code in addresses])


def pair_features(
    table: OpinionTable, rows: Ints, matrix: csr_matrix, first: Ints, second: Ints
) -> dict[str, Floats]:
    """Return the evidence on each pair, by the names of ``PairWeights``."""
    titles = [table.title_words[i] if len(table.title_words[i]) else table.words[i] for i in rows]
    title_matrix = word_matrix(titles, [t[:0] for t in titles])
    regions = [frozenset(table.regions[i]) for i in rows]
    places = specific_places(table, rows)
    place_rows = _idf_rows(places)
    topics, authors = table.column("topics")[rows], table.column("authors")[rows]
    nothing = table.code("")
    shared_place = _top_shared(place_rows, first, second, 2)
    addresses = table.column("addresses")[rows]
    same_address = (addresses[first] == addresses[second]) & (addresses[first] != nothing)
    probabilities, vectors = table.probabilities(rows), table.vectors(rows)
    roots = np.sqrt(probabilities)
    affinity = np.einsum("ij,ij->i", roots[first], roots[second])  # Bhattacharyya coefficient
    name_rows = _idf_rows([tuple(labels.tolist()) for labels in _compact(table, rows)])
    name_norms = np.sqrt(np.asarray(name_rows.multiply(name_rows).sum(axis=1)).ravel())
    return {
        "cosine": _row_dot(matrix, first, second),
        "title": _row_dot(title_matrix, first, second),
        "names_cosine": _row_dot(name_rows, first, second)
        / np.maximum(name_norms[first] * name_norms[second], 1e-9),
        "names_top": _top_shared(name_rows, first, second, 4) / _IDF_SCALE / 4,
        "shared_place": np.minimum(shared_place / _IDF_SCALE, 1.5),
        "region_conflict": _disjoint(regions, first, second),
        "place_conflict": _place_conflict(table, places, first, second),
        "same_topic": (topics[first] == topics[second]).astype(float),
        "meaning": np.einsum("ij,ij->i", vectors[first], vectors[second]),
        "address_affinity": same_address * affinity,
        "same_estate": same_address * _is_small(table, addresses)[first],
        "same_author": (authors[first] == authors[second]).astype(float),
    }
