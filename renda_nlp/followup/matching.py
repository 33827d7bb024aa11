"""How alike statements are in what they work on: shared terms, weighted, clause against clause."""

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from renda_nlp.followup.terms import TermFinder, clauses_of, term_weight
from renda_nlp.protocols import Segmenter

__all__ = [
    "SAME_WORK",
    "StatementMatcher",
    "clause_scores",
    "closest_clauses",
    "cosines",
    "shared_terms",
    "term_matrices",
    "whole_terms",
]

SAME_WORK = "同属"
"""Before the name of the work that two statements are about, where they share no telling word."""

_DAMPING = 40.0  # keeps short clauses from matching on one common term
_CONTAINED_DAMPING = 60.0
_TELLING = 12.0  # squared weight from which a word tells one piece of work from another
_EVIDENCE = 0.002  # per squared weight that two clauses share
Scores = NDArray[np.float64]
Clauses = list[frozenset[str]]
"""The terms of each clause of a statement."""


class StatementMatcher:
    """Scores every promise against every claim.

    The score of two statements is that of their two closest clauses (half cosine, half containment,
    plus the weight they share) plus the cosine of the whole statements; about 0 to 3.
    """

    def __init__(self, segmenter: Segmenter) -> None:
        self.finder = TermFinder(segmenter)

    def scores(self, left: Sequence[str], right: Sequence[str]) -> Scores:
        """Return the scores, shape ``(len(left), len(right))``."""
        if not left or not right:
            return np.zeros((len(left), len(right)))
        first, second = self.finder.clause_terms(left), self.finder.clause_terms(right)
        whole = cosines(whole_terms(first), whole_terms(second), _DAMPING)
        total: Scores = closest_clauses(first, second) + whole
        return total

    def weight_shared(self, left: str, right: str) -> float:
        """Return the squared weight of the terms that two clauses share."""
        both = self.finder.terms(left) & self.finder.terms(right)
        return sum(term_weight(term) for term in sorted(both))

    def shared(self, left: str, right: str, n: int = 4) -> tuple[str, ...]:
        """Return the heaviest words that two statements share."""
        return shared_terms(self.finder, left, right, n)


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


def whole_terms(statements: Sequence[Clauses]) -> list[frozenset[str]]:
    """Return the terms of all clauses of each statement."""
    return [frozenset(chain.from_iterable(clauses)) for clauses in statements]


def closest_clauses(
    left: Sequence[Clauses],
    right: Sequence[Clauses],
    score: Callable[[Clauses, Clauses], Scores] | None = None,
) -> Scores:
    """Return the score of the two closest clauses of each pair of statements."""
    first, second = ([terms for clauses in side for terms in clauses] for side in (left, right))
    scores = (score or clause_scores)(first, second)
    rows, columns = (np.cumsum([0, *map(len, side)])[:-1] for side in (left, right))
    best: Scores = np.maximum.reduceat(np.maximum.reduceat(scores, rows, axis=0), columns, axis=1)
    return best


def clause_scores(left: Clauses, right: Clauses) -> Scores:
    """Return half cosine, half containment, and the weight that two clauses share."""
    shared, first, second = _shared(*term_matrices(left, right))
    cosine = shared / (np.sqrt(np.outer(first, second)) + _DAMPING)
    contained = shared / (np.minimum.outer(first, second) + _CONTAINED_DAMPING)
    scores: Scores = 0.5 * cosine + 0.5 * contained + _EVIDENCE * shared
    return scores


def cosines(
    left: Sequence[frozenset[str]], right: Sequence[frozenset[str]], damping: float
) -> Scores:
    """Return the cosine of the terms of each pair, less where they weigh little beside ``damping``."""
    shared, first, second = _shared(*term_matrices(left, right))
    scores: Scores = shared / (np.sqrt(np.outer(first, second)) + damping)
    return scores


def term_matrices(
    left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]
) -> tuple[csr_matrix, csr_matrix]:
    """Return which text holds which term, as root weights, with the same columns on both sides."""
    columns: dict[str, int] = {}
    for terms in chain(left, right):
        for term in sorted(terms):
            columns.setdefault(term, len(columns))
    return _matrix(left, columns), _matrix(right, columns)


def _matrix(texts: Sequence[frozenset[str]], columns: dict[str, int]) -> csr_matrix:
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
