"""What a group adds to the evidence of a pair: many tell the matter already, so one more is likely.

The prior of a group grows with the logarithm of its members (Chinese restaurant process: Aldous
1985). In a collection of many large groups it counts for more, as far as the other one shares what
the group tells, its name and its problem: words of a good part of the members, not of one. And a
name that is nearly the group's alone draws whoever says it, in whatever other words.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from renda_nlp.hotspots.entries import PRESENCE
from renda_nlp.hotspots.profiles import Profiles
from renda_nlp.hotspots.sharing import Shared
from renda_nlp.hotspots.vocabulary import NAME, ORDINARY, PLACE

__all__ = ["Crowd", "crowd_pull", "group_pull", "own_names"]

Ints = NDArray[np.int64]
Floats = NDArray[Any]
_PULL, _MOST_PULL = 4.0, 4.0  # units for each e-fold of a group's members, and at most
_TOLD_PULL, _MOST_TOLD = 6.0, 12.0  # the same, of a group in a crowded collection
_OWN_PULL = 14.0  # units, of a name that is the group's alone
_CROWDED = 0.2  # share of the opinions in groups of three or more from which it is crowded
_FEW = 3  # opinions that say a name which few things bear
_LARGE = 2.99  # members, or members with a name
_SOME, _MANY = 0.3, 0.5  # share of the members from which their group tells a word, and in full
_SOME_NAMES = 0.2
_RARE = 4.0  # the rarity of a rare token
_NAMED = 2 * _RARE  # rarity of shared names that say who or where
_PROBLEM = 2 * _RARE  # rarity of shared words that say what
_OTHER_TOPIC, _ONE_TOPIC = 0.35, 0.7


@dataclass(frozen=True, slots=True)
class Crowd:
    """What the collection tells of its groups.

    Attributes:
        users: Opinions that have each token, shape ``(n_tokens,)``.
        density: How crowded the collection is, 0-1.
    """

    users: Floats
    density: float

    @classmethod
    def of(cls, profiles: Profiles, rows: Ints) -> "Crowd":
        """Return that of some rows before they are grouped."""
        entries = profiles.entries.take(rows)
        own = entries.shares[PRESENCE] * profiles.facts.sizes[rows][entries.owner]
        return cls(np.bincount(entries.tokens, own, len(profiles.vocabulary)), 0.0)

    def grouped(self, sizes: Ints) -> "Crowd":
        """Return that of the same opinions in groups of such sizes."""
        large = float(sizes[sizes > _LARGE].sum() / sizes.sum())
        return replace(self, density=min(1.0, large / _CROWDED))


def group_pull(size: Ints, problem: Floats) -> Floats:
    """Return what the larger group of each pair adds, as far as they share their problem.

    Args:
        size: Of the larger group.
        problem: How much of the problem they share, 0-1.
    """
    pull: Floats = np.minimum(_PULL * np.log(size), _MOST_PULL) * np.maximum(0.0, 2 * problem - 1)
    return pull


def _summed(shared: Shared, values: Floats, some: NDArray[np.bool_], full: float) -> Floats:
    """Return the sum over the tokens of each pair, 1.0 from ``full`` on."""
    total = np.bincount(shared.pair[some], values[some], len(shared.rows[0]))
    return np.asarray(np.minimum(total / full, 1.0))


def own_names(profiles: Profiles, shared: Shared, crowd: Crowd) -> NDArray[np.bool_]:
    """Return whether each pair shares a name or place that hardly any other opinion says."""
    tokens = profiles.entries.tokens[shared.a]
    classes = profiles.vocabulary.classes[tokens]
    few = ((classes == NAME) | (classes == PLACE)) & (crowd.users[tokens] <= _FEW)
    return np.bincount(shared.pair[few], minlength=len(shared.rows[0])) > 0


def crowd_pull(
    profiles: Profiles, shared: Shared, crowd: Crowd, topic: Floats, pull: Floats
) -> Floats:
    """Return what the groups of a crowded collection add, at least ``pull``.

    Args:
        profiles: Of opinions and groups.
        shared: The tokens that each pair shares.
        crowd: How crowded it is, and who has which token.
        topic: Likeness of the topics of each pair, 0-1.
        pull: Of each pair in a collection without large groups.
    """
    if not crowd.density:
        return pull
    tokens = profiles.entries.tokens[shared.a]
    classes, idf = profiles.vocabulary.classes[tokens], profiles.vocabulary.idf[tokens]
    sizes = [profiles.facts.sizes[rows] for rows in shared.rows]
    share = [own.astype(float) for own in shared.shares(profiles, PRESENCE)]
    users = [own * size[shared.pair] for own, size in zip(share, sizes, strict=True)]
    larger, smaller = np.maximum(*sizes), np.minimum(*sizes)
    names, words = (classes == NAME) | (classes == PLACE), classes == ORDINARY

    told = np.clip((np.minimum(*share) - _SOME) / (_MANY - _SOME), 0.0, 1.0) * idf
    named = _summed(shared, told, names, _NAMED)
    problem = _summed(shared, told * idf / _RARE, words, _PROBLEM)
    most = np.minimum(_TOLD_PULL * np.log(larger), _MOST_TOLD)

    more, fewer = np.maximum(*users), np.minimum(*users)
    alone = np.maximum(0.0, 2 * more / np.maximum(crowd.users[tokens] - fewer, more) - 1)
    theirs = names & (more >= _LARGE) & (more >= _SOME_NAMES * larger[shared.pair])
    own = _summed(shared, alone * idf * fewer / smaller[shared.pair] ** 2, theirs, _NAMED)

    fits = np.clip((topic - _OTHER_TOPIC) / (_ONE_TOPIC - _OTHER_TOPIC), 0.0, 1.0) * crowd.density
    drawn: Floats = np.maximum(pull, most * named * problem * fits) + _OWN_PULL * own * fits
    return drawn
