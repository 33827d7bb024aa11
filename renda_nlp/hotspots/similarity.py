"""How likely two opinions, or two groups, are about one matter: evidence for and against.

Every likeness is measured in units of its usual spread and all count alike: with few labelled pairs
equal weights predict as well as fitted ones and carry over to other material (Dawes 1979,
American Psychologist 34:571-582). What contradicts (another region, another village, a name in the
title that the other text does not know) counts against.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from renda_nlp.hotspots.parts import in_parts
from renda_nlp.hotspots.profiles import Profiles, said
from renda_nlp.hotspots.vocabulary import NAME, ORDINARY, PLACE
from renda_nlp.protocols import Executor
from renda_nlp.table import NO_DATE

__all__ = ["SPREAD", "Pairs", "link_pairs"]

Ints = NDArray[np.int64]
Floats = NDArray[Any]

SPREAD: dict[str, float] = {
    "words": 0.08,
    "title": 0.14,
    "names": 0.11,
    "names_shared": 0.33,
    "title_names": 0.28,
    "problem": 0.08,
    "problem_title": 0.15,
    "problem_shared": 0.5,
    "topic": 0.4,
    "subtopic": 0.4,
    "meaning": 0.23,
    "place": 0.24,
    "address": 0.1,
    "days": 0.4,
    "author": 0.125,
}
"""Usual spread of each likeness among pairs that share words, rounded; on ``corpora/hotspots``."""

AGAINST: dict[str, float] = {
    "region_conflict": 100.0,  # a veto
    "place_conflict": 100.0,  # a veto
    "name_conflict": 4.0,
    "nameless": 8.0,
    "other_words": 6.0,
    "other_topic": 12.0,
}
"""What each contradiction takes away, in the same units."""

_PULL, _MOST_PULL = 4.0, 4.0  # units for each e-fold of a group's members, and at most
_CHUNK = 8192
_RARE = 4.0  # the rarity of a rare token
_SHARED_SCALE = 4 * _RARE
_MOST_SHARED = 1.5
_PLACE_SCALE = 2 * _RARE
_HEARD = 30.0  # rarity of shared words from which their share of two texts is believed
_UNSAID = 0.4  # how far a shared address and topic go without shared words
_ALIKE = 0.55
_NAMED, _RARE_PLACE, _ONE_TOPIC = 0.2, 0.48, 0.35
_MAX_CHANGED = 14  # tokens that one other name changes
_KNOWN = 0.25  # share of a title's names in the other text from which it is known there
_HOME = 0.5  # share of a place's name parts in the other text from which it is no other place
_DAYS_SCALE = 720.0
_LEAST_TITLE = 6.0  # rarity of a title that says something


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs ``first < second`` of rows, each column of shape ``(n,)``.

    Attributes:
        first: Row numbers.
        second: Row numbers.
        strength: Of the link.
        copied: Whether the two may be one text, some words changed.
        named: Whether the two speak of one thing by its name, and of one topic.
    """

    first: Ints
    second: Ints
    strength: Floats
    copied: NDArray[np.bool_]
    named: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Sides:
    """What is known of every row before pairs are looked at."""

    entries: csr_matrix
    norms: dict[int, NDArray[np.float32]]
    title: NDArray[np.float32]
    title_names: NDArray[np.float32]
    title_problem: NDArray[np.float32]

    @classmethod
    def of(cls, profiles: Profiles) -> "_Sides":
        return cls(
            _entry_matrix(profiles),
            {kind: profiles.norms(kind) for kind in (NAME, ORDINARY)},
            profiles.title_mass(),
            profiles.title_mass(NAME),
            profiles.title_mass(ORDINARY),
        )


@dataclass(frozen=True, slots=True)
class _Shared:
    """The tokens that the pairs of one chunk share."""

    pair: Ints
    a: Ints  # entries of the first row
    b: Ints


def _entry_matrix(profiles: Profiles) -> csr_matrix:
    """Return the number of each entry from 1, shape ``(n_rows, n_tokens)``."""
    numbers = np.arange(1, len(profiles.tokens) + 1, dtype=np.int32)
    shape = (len(profiles), len(profiles.vocabulary))
    return csr_matrix((numbers, profiles.tokens, profiles.starts), shape=shape)


def _shared(entries: csr_matrix, first: Ints, second: Ints) -> _Shared:
    """Return the tokens that both rows of each pair have, by merging their sorted tokens."""
    a, b = entries[first], entries[second]
    in_a, in_b = (
        csr_matrix((np.ones_like(own.data), own.indices, own.indptr), shape=own.shape)
        for own in (a, b)
    )
    for own in (a, b, in_a, in_b):
        own.has_canonical_format = True  # tokens of a row are sorted, each once
    both_a, both_b = a.multiply(in_b), b.multiply(in_a)
    pair = np.repeat(np.arange(len(first)), np.diff(both_a.indptr))
    return _Shared(pair, both_a.data - 1, both_b.data - 1)


def _token_evidence(
    profiles: Profiles, sides: _Sides, first: Ints, second: Ints
) -> dict[str, Floats]:
    shared, n = _shared(sides.entries, first, second), len(first)
    tokens = profiles.tokens[shared.a]
    classes, idf = profiles.vocabulary.classes[tokens], profiles.vocabulary.idf[tokens]
    product = profiles.weight[shared.a] * profiles.weight[shared.b]
    sizes_a, sizes_b = profiles.sizes[first][shared.pair], profiles.sizes[second][shared.pair]
    presence_a = said(profiles.presence[shared.a], sizes_a)
    presence_b = said(profiles.presence[shared.b], sizes_b)
    both = np.sqrt(presence_a * presence_b) * idf
    ahead = said(profiles.title[shared.a], sizes_a) * presence_b * idf
    back = said(profiles.title[shared.b], sizes_b) * presence_a * idf
    plain, name, ordinary, place = (
        np.flatnonzero(mask)
        for mask in (classes != PLACE, classes == NAME, classes == ORDINARY, classes == PLACE)
    )

    def total(values: NDArray[np.float32], some: Ints) -> Floats:
        summed: Floats = np.bincount(shared.pair[some], values[some], n)
        return summed

    def cosine(kind: int, some: Ints) -> Floats:
        norms = sides.norms[kind]
        alike: Floats = total(product, some) / np.maximum(norms[first] * norms[second], 1e-6)
        return alike

    title_ab, title_ba = total(ahead, plain), total(back, plain)
    names_ab, names_ba = total(ahead, name), total(back, name)
    mass_a, mass_b = sides.title[first], sides.title[second]
    problem_mass = sides.title_problem[first] + sides.title_problem[second]
    known = np.maximum(
        names_ab / np.maximum(sides.title_names[first], 1e-6),
        names_ba / np.maximum(sides.title_names[second], 1e-6),
    )
    named = (sides.title_names[first] > 0) & (sides.title_names[second] > 0)
    heard = np.minimum(total(both, plain) / _HEARD, 1.0)
    return {
        "words": heard * total(product, plain),
        "title": heard * (title_ab + title_ba) / np.maximum(mass_a + mass_b, _LEAST_TITLE),
        "names": cosine(NAME, name),
        "names_shared": np.minimum(total(both, name) / _SHARED_SCALE, 1.2),
        "title_names": np.minimum(np.maximum(names_ab, names_ba) / _SHARED_SCALE, 1.0),
        "problem": heard * cosine(ORDINARY, ordinary),
        "problem_title": heard
        * (total(ahead, ordinary) + total(back, ordinary))
        / np.maximum(problem_mass, _LEAST_TITLE),
        "problem_shared": np.minimum(
            total(both * idf / _RARE, ordinary) / _SHARED_SCALE, _MOST_SHARED
        ),
        "place": np.minimum(total(both, place) / _PLACE_SCALE, 1.0),
        "name_conflict": np.where(named, np.maximum(0.0, 1.0 - known / _KNOWN), 0.0),
        "place_conflict": _place_conflict(profiles, shared, first, second),
        "changed": _changed(profiles, shared, first, second),
    }


def _changed(profiles: Profiles, shared: _Shared, first: Ints, second: Ints) -> Floats:
    """Return how many tokens of the one row, at least, the other does not have."""
    both = np.bincount(shared.pair, minlength=len(first))
    lengths = np.diff(profiles.starts)
    changed: Floats = np.maximum(lengths[first], lengths[second]) - both
    return changed


def _place_conflict(profiles: Profiles, shared: _Shared, first: Ints, second: Ints) -> Floats:
    """Return how surely two rows live in different places.

    They share no place, and neither text knows the place of the other by name.
    """
    home, presence, placed = profiles.home, profiles.presence, profiles.placed
    ahead = np.bincount(shared.pair, home[shared.a] * presence[shared.b], len(first))
    back = np.bincount(shared.pair, home[shared.b] * presence[shared.a], len(first))
    known = np.maximum(
        ahead / np.maximum(placed[first], 1e-6), back / np.maximum(placed[second], 1e-6)
    )
    is_place = profiles.vocabulary.classes[profiles.tokens[shared.a]] == PLACE
    common = np.bincount(shared.pair[is_place], minlength=len(first)) > 0
    both = np.where(common, 0.0, np.minimum(placed[first], placed[second]))
    sure = profiles.sure[first] * profiles.sure[second]
    conflict: Floats = sure * np.minimum(both, 1.0) * np.maximum(0.0, 1.0 - known / _HOME)
    return conflict


def _gap(profiles: Profiles, first: Ints, second: Ints) -> Ints:
    """Return the days between two rows, 0 where their times overlap."""
    after = profiles.first_day[second] - profiles.last_day[first]
    before = profiles.first_day[first] - profiles.last_day[second]
    gap: Ints = np.maximum(np.maximum(after, before), 0)
    return gap


def _fact_evidence(profiles: Profiles, first: Ints, second: Ints) -> dict[str, Floats]:
    subtopic, author = profiles.subtopics, profiles.authors
    unknown = (profiles.first_day[first] == NO_DATE) | (profiles.first_day[second] == NO_DATE)
    near = np.exp(-_gap(profiles, first, second) / _DAYS_SCALE)

    def dot(values: NDArray[np.float32]) -> Floats:
        products: Floats = np.einsum("ij,ij->i", values[first], values[second])
        return products

    topic = dot(profiles.topics)  # Bhattacharyya coefficient
    meaning = np.maximum(dot(profiles.vectors), 0.0)
    address = profiles.addresses
    same_address = (address[first] == address[second]) & (address[first] >= 0)
    return {
        "topic": topic,
        "meaning": meaning,
        "address": same_address * topic * np.minimum(1.0, _UNSAID + meaning),
        "subtopic": ((subtopic[first] == subtopic[second]) & (subtopic[first] >= 0)).astype(float),
        "author": ((author[first] == author[second]) & (author[first] >= 0)).astype(float),
        "days": np.where(unknown, 0.5, near),
        "region_conflict": profiles.regions.conflict(first, second),
    }


def _missing(evidence: dict[str, Floats]) -> dict[str, Floats]:
    """Return how far what one matter needs is missing: a shared name or place, words, topic."""
    return {
        "nameless": np.maximum(0.0, 1 - (evidence["names_shared"] + evidence["place"]) / 0.5),
        "other_words": np.maximum(0.0, 1 - evidence["problem"] / 0.2),
        "other_topic": np.maximum(0.0, 1 - evidence["topic"] / 0.7),
    }


def _pull(profiles: Profiles, first: Ints, second: Ints, evidence: dict[str, Floats]) -> Floats:
    """Return what a group adds: many write about the matter already, so one more is likely.

    The prior grows with the logarithm of the group (Chinese restaurant process: Aldous 1985), as far
    as the two share their problem and not only their place.
    """
    size = np.maximum(profiles.sizes[first], profiles.sizes[second])
    shared = np.maximum(0.0, 2 * evidence["problem_shared"] / _MOST_SHARED - 1)
    pull: Floats = np.minimum(_PULL * np.log(size), _MOST_PULL) * shared
    return pull


def link_pairs(
    profiles: Profiles, first: Ints, second: Ints, executor: Executor | None = None
) -> Pairs:
    """Return the pairs with the strength of their link: likenesses less contradictions."""
    sides = _Sides.of(profiles)

    def judge(part: slice) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_]]:
        a, b = first[part], second[part]
        evidence = _token_evidence(profiles, sides, a, b) | _fact_evidence(profiles, a, b)
        evidence |= _missing(evidence)
        likeness = sum(evidence[name] / spread for name, spread in SPREAD.items())
        against = sum(weight * evidence[name] for name, weight in AGAINST.items())
        copied = (evidence["words"] >= _ALIKE) & (evidence["changed"] <= _MAX_CHANGED)
        named = (evidence["names_shared"] >= _NAMED) | (evidence["place"] >= _RARE_PLACE)
        named &= evidence["topic"] >= _ONE_TOPIC
        return likeness - against + _pull(profiles, a, b, evidence), copied, named

    judged = [*in_parts(executor, judge, len(first), _CHUNK)]
    strength = np.concatenate([np.zeros(0), *(own[0] for own in judged)])
    copied, named = (
        np.concatenate([np.zeros(0, bool), *(own[column] for own in judged)]) for column in (1, 2)
    )
    return Pairs(first, second, strength, copied, named)
