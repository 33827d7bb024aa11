"""How alike statements are in what they work on: shared terms, weighted, clause against clause."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from renda_nlp.followup.terms import TermFinder, clauses_of, term_weight
from renda_nlp.protocols import Segmenter

__all__ = ["SAME_WORK", "StatementMatcher", "shared_terms"]

SAME_WORK = "同属"
"""Before the name of the work that two statements are about, where they share no telling word."""

_DAMPING = 40.0  # keeps short clauses from matching on one common term
_CONTAINED_DAMPING = 60.0
_TELLING = 12.0  # squared weight from which a word tells one piece of work from another
_EVIDENCE = 0.002  # per squared weight that two clauses share
Scores = NDArray[np.float64]


class StatementMatcher:
    """Scores every promise against every claim.

    The score of two statements is that of their two closest clauses (half cosine, half containment,
    plus the weight they share) plus the cosine of the whole statements; about 0 to 3.
    """

    def __init__(self, segmenter: Segmenter) -> None:
        self._finder = TermFinder(segmenter)

    def scores(self, left: Sequence[str], right: Sequence[str]) -> Scores:
        """Return the scores, shape ``(len(left), len(right))``."""
        if not left or not right:
            return np.zeros((len(left), len(right)))
        parts = (self._finder.clause_terms(left), self._finder.clause_terms(right))
        columns = _columns(chain.from_iterable(chain.from_iterable(parts)))
        clause_scores = _clause_scores(
            _matrix([terms for clauses in parts[0] for terms in clauses], columns),
            _matrix([terms for clauses in parts[1] for terms in clauses], columns),
        )
        rows = np.cumsum([0, *(len(clauses) for clauses in parts[0])])[:-1]
        at = np.cumsum([0, *(len(clauses) for clauses in parts[1])])[:-1]
        best = np.maximum.reduceat(np.maximum.reduceat(clause_scores, rows, axis=0), at, axis=1)
        whole = [
            _matrix([frozenset(chain.from_iterable(clauses)) for clauses in part], columns)
            for part in parts
        ]
        shared, first, second = _shared(*whole)
        cosine: Scores = shared / (np.sqrt(np.outer(first, second)) + _DAMPING)
        total: Scores = best + cosine
        return total

    def weight_shared(self, left: str, right: str) -> float:
        """Return the squared weight of the terms that two clauses share."""
        both = self._finder.terms(left) & self._finder.terms(right)
        return sum(term_weight(term) for term in sorted(both))

    def shared(self, left: str, right: str, n: int = 4) -> tuple[str, ...]:
        """Return the heaviest words that two statements share."""
        return shared_terms(self._finder, left, right, n)


def shared_terms(finder: TermFinder, left: str, right: str, n: int) -> tuple[str, ...]:
    """Return the ``n`` heaviest words of both texts, or the work that both are about."""
    both = [
        frozenset(chain.from_iterable(finder.terms(clause) for clause in clauses_of(text)))
        for text in (left, right)
    ]
    common = sorted(both[0] & both[1], key=lambda term: (-term_weight(term), term))
    words = [t for t in common if t[0] not in "#%" and term_weight(t) >= _TELLING]
    named = words or [f"{SAME_WORK}{term[1:]}" for term in common if term[0] == "%"]
    return tuple((named or [term[1:] for term in common])[:n])


def _columns(texts: chain[frozenset[str]]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for terms in texts:
        for term in sorted(terms):
            columns.setdefault(term, len(columns))
    return columns


def _matrix(texts: Sequence[frozenset[str]], columns: dict[str, int]) -> csr_matrix:
    """Return which text holds which term, shape ``(len(texts), len(columns))``, as root weights."""
    rows = [row for row, terms in enumerate(texts) for _ in terms]
    names = [term for terms in texts for term in sorted(terms)]
    values = [np.sqrt(term_weight(term)) for term in names]
    shape = (len(texts), max(1, len(columns)))
    return csr_matrix((values, (rows, [columns[name] for name in names])), shape=shape)


def _shared(left: csr_matrix, right: csr_matrix) -> tuple[Scores, Scores, Scores]:
    shared = np.asarray((left @ right.T).todense(), np.float64)
    first = np.asarray(left.multiply(left).sum(axis=1), np.float64).ravel()
    second = np.asarray(right.multiply(right).sum(axis=1), np.float64).ravel()
    return shared, first, second


def _clause_scores(left: csr_matrix, right: csr_matrix) -> Scores:
    shared, first, second = _shared(left, right)
    cosine = shared / (np.sqrt(np.outer(first, second)) + _DAMPING)
    contained = shared / (np.minimum.outer(first, second) + _CONTAINED_DAMPING)
    scores: Scores = 0.5 * cosine + 0.5 * contained + _EVIDENCE * shared
    return scores
