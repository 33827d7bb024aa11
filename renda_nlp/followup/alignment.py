"""How surely each claim of a report answers each promise of the report before it.

Six signs of a pair, weighed by a logistic regression (fitted by scripts/fit_links.py on promises of
2013-2021 that the authors of this package traced by hand): words in common, work in common by the
table of names that reports use for it, how exclusively the claim is on that work, the object, whether
no other promise fits the claim better, and the neighbours: reports keep the order of their subjects,
so that what stands beside an answered promise is likely answered beside its answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from renda_nlp.followup.matching import (
    Clauses,
    Scores,
    closest_clauses,
    cosines,
    term_matrices,
    whole_terms,
)
from renda_nlp.followup.terms import CONCEPT, TermFinder, term_weight

__all__ = ["WEIGHTS", "Said", "link_log_odds", "link_signs"]

WEIGHTS = (-8.15, 2.5, 3.5, 2.8, 1.2, 3.5, 0.26)
"""The constant and the weight of each sign, in the order of ``link_signs``."""

_WORD_DAMPING, _CONCEPT_DAMPING, _SHARE_DAMPING, _OBJECT_DAMPING = 40.0, 6.0, 3.0, 20.0
_FEW = 0.3  # added to how many claims are on a piece of work
_REACH = 2.0  # statements, over which a neighbour counts
_SURE = 1.2  # closeness from which a pair counts in full for its neighbours
_MEAN_NEIGHBOUR = 3.0
_TINY = 0.1


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as the signs see it: its text and the noun phrase that it is about."""

    text: str
    about: str


def link_log_odds(promises: Sequence[Said], claims: Sequence[Said], finder: TermFinder) -> Scores:
    """Return the log odds that a claim answers a promise, shape ``(n_promises, n_claims)``."""
    constant, *weights = WEIGHTS
    signs = link_signs(promises, claims, finder)
    odds: Scores = constant + np.tensordot(np.array(weights), signs, axes=1)
    return odds


def link_signs(promises: Sequence[Said], claims: Sequence[Said], finder: TermFinder) -> Scores:
    """Return the signs of each pair, shape ``(6, n_promises, n_claims)``.

    Both sides in the order of their report, and neither empty.
    """
    ours, theirs = (finder.clause_terms([one.text for one in side]) for side in (promises, claims))
    words, their_words = _only(ours, of_concepts=False), _only(theirs, of_concepts=False)
    work, their_work = _only(ours, of_concepts=True), _only(theirs, of_concepts=True)
    near = cosines(whole_terms(words), whole_terms(their_words), _WORD_DAMPING)
    near += cosines(whole_terms(work), whole_terms(their_work), _CONCEPT_DAMPING)
    objects = [finder.terms(one.about) for one in promises]
    return np.stack(
        [
            closest_clauses(words, their_words),
            closest_clauses(work, their_work, lambda a, b: cosines(a, b, _CONCEPT_DAMPING)),
            _exclusive(work, their_work),
            _same_object(objects, [finder.terms(one.about) for one in claims]),
            near / (near.max(axis=0) + _TINY),
            _beside(np.minimum(near, _SURE) ** 2),
        ]
    )


def _only(statements: Sequence[Clauses], *, of_concepts: bool) -> list[Clauses]:
    """Return the words of each clause alone, or the pieces of work alone."""
    return [
        [frozenset(t for t in terms if t.startswith(CONCEPT) == of_concepts) for terms in clauses]
        for clauses in statements
    ]


def _exclusive(promises: Sequence[Clauses], claims: Sequence[Clauses]) -> Scores:
    """Return how exclusively a claim is on the work of a promise's closest clause.

    A step from a clause to its pieces of work, and from each to the claims on it: a claim that alone
    speaks of the work is reached surely, one of twenty hardly.
    """
    clauses = [terms for statement in promises for terms in statement]
    left, right = (
        np.asarray(matrix.todense(), np.float64) ** 2
        for matrix in term_matrices(clauses, whole_terms(claims))
    )
    left, right = (
        side / (side.sum(axis=1, keepdims=True) + _SHARE_DAMPING) for side in (left, right)
    )
    reached = left @ (right / (right.sum(axis=0) + _FEW)).T
    rows = np.cumsum([0, *map(len, promises)])[:-1]
    best: Scores = np.sqrt(np.maximum.reduceat(reached, rows, axis=0))
    return best


def _same_object(promises: Sequence[frozenset[str]], claims: Sequence[frozenset[str]]) -> Scores:
    """Return which share of the object of a promise is in the object of a claim."""
    matrices = term_matrices(promises, claims)
    shared = np.asarray((matrices[0] @ matrices[1].T).todense(), np.float64)
    total = [sum(map(term_weight, sorted(terms))) + _OBJECT_DAMPING for terms in promises]
    share: Scores = shared / np.array(total)[:, None]
    return share


def _beside(closeness: Scores) -> Scores:
    """Return how close the neighbours of a promise are to the neighbours of a claim."""
    near = [
        np.exp(-np.abs(np.subtract.outer(np.arange(n), np.arange(n))) / _REACH)
        for n in closeness.shape
    ]
    around = near[0] @ closeness @ near[1] - closeness
    around /= np.outer(near[0].sum(axis=1), near[1].sum(axis=0))
    mean = float(around.mean())
    beside: Scores = around / (_MEAN_NEIGHBOUR * mean) if mean else around
    return beside
