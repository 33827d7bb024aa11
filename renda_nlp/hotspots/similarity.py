"""How likely two opinions, or two groups, are about one matter: evidence for and against.

Every likeness is measured in units of its usual spread and all count alike: with few labelled pairs
equal weights predict as well as fitted ones and carry over to other material (Dawes 1979,
American Psychologist 34:571-582). What contradicts (another region, another village, a name in the
title that the other text does not know) counts against.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from renda_nlp.hotspots.crowds import Crowd, crowd_pull, group_pull, own_names
from renda_nlp.hotspots.entries import HOME, PRESENCE, TITLE
from renda_nlp.hotspots.parts import in_parts
from renda_nlp.hotspots.profiles import Profiles, RowFacts, said
from renda_nlp.hotspots.sharing import Shared, shared_tokens, token_matrix
from renda_nlp.hotspots.vocabulary import NAME, ORDINARY, PLACE
from renda_nlp.protocols import Executor
from renda_nlp.table import NO_DATE

__all__ = ["SPREAD", "Pairs", "link_pairs"]

Ints = NDArray[np.int64]
Numbers = NDArray[np.int32] | Ints
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

_CHUNK = 2048
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
        named: Whether the two speak of one thing by a name that hardly any other bears, and of one topic.
    """

    first: Numbers
    second: Numbers
    strength: Floats
    copied: NDArray[np.bool_]
    named: NDArray[np.bool_]


def _token_evidence(profiles: Profiles, shared: Shared) -> dict[str, Floats]:
    first, second = shared.rows
    n = len(first)
    entries, masses, sizes = profiles.entries, profiles.masses, profiles.facts.sizes
    tokens = entries.tokens[shared.a]
    classes, idf = profiles.vocabulary.classes[tokens], profiles.vocabulary.idf[tokens]
    product = entries.weight[shared.a] * entries.weight[shared.b]
    presence, title = (shared.shares(profiles, kind) for kind in (PRESENCE, TITLE))
    sizes_a, sizes_b = sizes[first][shared.pair], sizes[second][shared.pair]
    presence_a, presence_b = said(presence[0], sizes_a), said(presence[1], sizes_b)
    both = np.sqrt(presence_a * presence_b) * idf
    ahead = said(title[0], sizes_a) * presence_b * idf
    back = said(title[1], sizes_b) * presence_a * idf
    plain, name, ordinary, place = (
        np.flatnonzero(mask)
        for mask in (classes != PLACE, classes == NAME, classes == ORDINARY, classes == PLACE)
    )

    def total(values: NDArray[np.float32], some: Ints) -> Floats:
        summed: Floats = np.bincount(shared.pair[some], values[some], n)
        return summed

    def cosine(norms: NDArray[np.float32], some: Ints) -> Floats:
        alike: Floats = total(product, some) / np.maximum(norms[first] * norms[second], 1e-6)
        return alike

    title_ab, title_ba = total(ahead, plain), total(back, plain)
    names_ab, names_ba = total(ahead, name), total(back, name)
    mass_a, mass_b = masses.title[first], masses.title[second]
    problem_mass = masses.title_ordinary[first] + masses.title_ordinary[second]
    known = np.maximum(
        names_ab / np.maximum(masses.title_names[first], 1e-6),
        names_ba / np.maximum(masses.title_names[second], 1e-6),
    )
    named = (masses.title_names[first] > 0) & (masses.title_names[second] > 0)
    heard = np.minimum(total(both, plain) / _HEARD, 1.0)
    return {
        "words": heard * total(product, plain),
        "title": heard * (title_ab + title_ba) / np.maximum(mass_a + mass_b, _LEAST_TITLE),
        "names": cosine(masses.names, name),
        "names_shared": np.minimum(total(both, name) / _SHARED_SCALE, 1.2),
        "title_names": np.minimum(np.maximum(names_ab, names_ba) / _SHARED_SCALE, 1.0),
        "problem": heard * cosine(masses.ordinary, ordinary),
        "problem_title": heard
        * (total(ahead, ordinary) + total(back, ordinary))
        / np.maximum(problem_mass, _LEAST_TITLE),
        "problem_shared": np.minimum(
            total(both * idf / _RARE, ordinary) / _SHARED_SCALE, _MOST_SHARED
        ),
        "place": np.minimum(total(both, place) / _PLACE_SCALE, 1.0),
        "name_conflict": np.where(named, np.maximum(0.0, 1.0 - known / _KNOWN), 0.0),
        "place_conflict": _place_conflict(profiles, shared, presence, classes == PLACE),
        "changed": _changed(profiles, shared),
    }


def _changed(profiles: Profiles, shared: Shared) -> Floats:
    """Return how many tokens of the one row, at least, the other does not have."""
    first, second = shared.rows
    both = np.bincount(shared.pair, minlength=len(first))
    lengths = np.diff(profiles.entries.starts)
    changed: Floats = np.maximum(lengths[first], lengths[second]) - both
    return changed


def _place_conflict(
    profiles: Profiles,
    shared: Shared,
    presence: tuple[Floats, Floats],
    is_place: NDArray[np.bool_],
) -> Floats:
    """Return how surely two rows live in different places.

    They share no place, and neither text knows the place of the other by name.
    """
    first, second = shared.rows
    home, placed, sure = shared.shares(profiles, HOME), profiles.facts.placed, profiles.facts.sure
    ahead = np.bincount(shared.pair, home[0] * presence[1], len(first))
    back = np.bincount(shared.pair, home[1] * presence[0], len(first))
    known = np.maximum(
        ahead / np.maximum(placed[first], 1e-6), back / np.maximum(placed[second], 1e-6)
    )
    common = np.bincount(shared.pair[is_place], minlength=len(first)) > 0
    both = np.where(common, 0.0, np.minimum(placed[first], placed[second]))
    both_sure = sure[first] * sure[second]
    conflict: Floats = both_sure * np.minimum(both, 1.0) * np.maximum(0.0, 1.0 - known / _HOME)
    return conflict


def _gap(facts: RowFacts, first: Ints, second: Ints) -> Ints:
    """Return the days between two rows, 0 where their times overlap."""
    after = facts.first_day[second] - facts.last_day[first]
    before = facts.first_day[first] - facts.last_day[second]
    gap: Ints = np.maximum(np.maximum(after, before), 0)
    return gap


def _fact_evidence(facts: RowFacts, first: Ints, second: Ints) -> dict[str, Floats]:
    subtopic, author = facts.subtopics, facts.authors
    unknown = (facts.first_day[first] == NO_DATE) | (facts.first_day[second] == NO_DATE)
    near = np.exp(-_gap(facts, first, second) / _DAYS_SCALE)

    def dot(values: NDArray[np.float32]) -> Floats:
        products: Floats = np.einsum("ij,ij->i", values[first], values[second])
        return products

    topic = dot(facts.topics)  # Bhattacharyya coefficient
    meaning = np.maximum(dot(facts.vectors), 0.0)
    address = facts.addresses
    same_address = (address[first] == address[second]) & (address[first] >= 0)
    return {
        "topic": topic,
        "meaning": meaning,
        "address": same_address * topic * np.minimum(1.0, _UNSAID + meaning),
        "subtopic": ((subtopic[first] == subtopic[second]) & (subtopic[first] >= 0)).astype(float),
        "author": ((author[first] == author[second]) & (author[first] >= 0)).astype(float),
        "days": np.where(unknown, 0.5, near),
        "region_conflict": facts.regions.conflict(first, second),
    }


def _missing(evidence: dict[str, Floats]) -> dict[str, Floats]:
    """Return how far what one matter needs is missing: a shared name or place, words, topic."""
    return {
        "nameless": np.maximum(0.0, 1 - (evidence["names_shared"] + evidence["place"]) / 0.5),
        "other_words": np.maximum(0.0, 1 - evidence["problem"] / 0.2),
        "other_topic": np.maximum(0.0, 1 - evidence["topic"] / 0.7),
    }


def link_pairs(
    profiles: Profiles,
    rows: Ints,
    pairs: tuple[Numbers, Numbers],
    crowd: Crowd,
    least: float = -np.inf,
    executor: Executor | None = None,
) -> Pairs:
    """Return the pairs with the strength of their link: likenesses less contradictions.

    Args:
        profiles: Of opinions and groups.
        rows: Some of them.
        pairs: Positions among the rows.
        crowd: How crowded the collection is, and who has which token.
        least: Strength below which a pair is left out.
        executor: Where the work runs, see ``in_parts``.
    """
    matrix, facts = token_matrix(profiles), profiles.facts

    def judge(part: slice) -> Pairs:
        first, second = (ends[part] for ends in pairs)
        a, b = rows[first], rows[second]
        shared = shared_tokens(profiles, matrix, a, b)
        evidence = _token_evidence(profiles, shared) | _fact_evidence(facts, a, b)
        evidence |= _missing(evidence)
        likeness = sum(evidence[name] / spread for name, spread in SPREAD.items())
        against = sum(weight * evidence[name] for name, weight in AGAINST.items())
        copied = (evidence["words"] >= _ALIKE) & (evidence["changed"] <= _MAX_CHANGED)
        named = (evidence["names_shared"] >= _NAMED) | (evidence["place"] >= _RARE_PLACE)
        named &= (evidence["topic"] >= _ONE_TOPIC) & own_names(profiles, shared, crowd)
        size = np.maximum(facts.sizes[a], facts.sizes[b])
        pull = group_pull(size, evidence["problem_shared"] / _MOST_SHARED)
        pull = crowd_pull(profiles, shared, crowd, evidence["topic"], pull)
        strength = likeness - against + pull
        own = strength >= least
        return Pairs(first[own], second[own], strength[own], copied[own], named[own])

    none = np.zeros(0, np.int32)
    judged = [Pairs(none, none, np.zeros(0), none > 0, none > 0)]
    judged += in_parts(executor, judge, len(pairs[0]), _CHUNK)
    columns = (np.concatenate([getattr(own, f.name) for own in judged]) for f in fields(Pairs))
    return Pairs(*columns)
