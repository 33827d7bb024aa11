"""What is compared: the weighted tokens, subject, place and time of one opinion or of a whole group.

A group is the mean of its members, so that opinions and groups are compared by one rule.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import among
from renda_nlp.hotspots.entries import (
    Entries,
    join_entries,
    merge_entries,
    place_entries,
    word_entries,
)
from renda_nlp.hotspots.homes import find_homes, given_addresses, named_places
from renda_nlp.hotspots.regions import Regions, find_regions
from renda_nlp.hotspots.vocabulary import PLACE, Vocabulary, chunks
from renda_nlp.table import NO_DATE, OpinionTable

__all__ = ["Profiles", "make_profiles"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
_UNSURE = 0.25  # a place that only the body of a titled text names
_SAID, _SEVERAL_SAY = 0.25, 1.99  # share and number of members that speak for their group
_SEVERAL = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiles:
    """Opinions or groups as columns; tokens of a row stand together, sorted.

    Attributes:
        vocabulary: The tokens.
        starts: Where the tokens of each row begin, and the end, shape ``(n + 1,)``.
        tokens: Shape ``(n_entries,)``.
        weight: TF-IDF, of length one in each row without its places.
        presence: Share of the members that have the token.
        title: Share of the members that have it in their title (or have no title).
        home: Share of the members in whose first named place it stands.
        placed: Name parts of the first named place of each row, 0 where it names none.
        sure: How sure it is that this is where the row speaks of, 0-1.
        sizes: Opinions of each row, shape ``(n,)``.
        topics: Roots of the mean topic probabilities, shape ``(n, n_topics)``.
        vectors: In the word space, of length one, shape ``(n, dim)``.
        subtopics: Code of the subtopic of most members, -1 when they have none.
        authors: Code of the only author, the smallest integer when there are several.
        addresses: Code of the place that the register gives most members, -1 when none.
        first_day: Ordinal, 0 when unknown.
        last_day: Ordinal, 0 when unknown.
        regions: Which town, county and city each speaks of.
    """

    vocabulary: Vocabulary
    starts: Ints
    tokens: NDArray[np.int32]
    weight: Floats
    presence: Floats
    title: Floats
    home: Floats
    placed: Floats
    sure: Floats
    sizes: Ints
    topics: Floats
    vectors: Floats
    subtopics: Ints
    authors: Ints
    addresses: Ints
    first_day: Ints
    last_day: Ints
    regions: Regions

    def __len__(self) -> int:
        return len(self.sizes)

    def owners(self) -> Ints:
        """Return the row of each entry."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def norms(self, token_class: int) -> Floats:
        """Return the length of each row's part of one class, shape ``(n,)``."""
        own = self.vocabulary.classes[self.tokens] == token_class
        squares = np.where(own, self.weight, 0.0) ** 2
        return np.sqrt(np.bincount(self.owners(), squares, len(self))).astype(np.float32)

    def title_mass(self, token_class: int | None = None) -> Floats:
        """Return the summed rarity of each title, of one class or of all but places."""
        classes = self.vocabulary.classes[self.tokens]
        own = classes != PLACE if token_class is None else classes == token_class
        values = np.where(own, self.said(self.title) * self.vocabulary.idf[self.tokens], 0.0)
        return np.bincount(self.owners(), values, len(self)).astype(np.float32)

    def said(self, share: Floats) -> Floats:
        """Return how far each row says its tokens: in full what several members of a group say.

        Args:
            share: Of the members that have each token, shape ``(n_entries,)``.
        """
        sizes = np.repeat(self.sizes, np.diff(self.starts))
        common = (share >= _SAID) & (share * sizes >= _SEVERAL_SAY)
        return np.where(common, np.float32(1.0), share)

    def pool(self, labels: Ints, n: int) -> "Profiles":
        """Return the groups of the rows.

        Args:
            labels: Number of each row's group, shape ``(len(self),)``.
            n: Number of groups.
        """
        sizes = np.bincount(labels, self.sizes, n).astype(np.int64)
        weights = self.sizes / sizes[labels]
        owner = self.owners()
        alone = (np.bincount(labels, minlength=n)[labels] == 1)[owner]
        kept = Entries(
            labels[owner], self.tokens, self.weight, self.presence, self.title, self.home
        )
        entries = join_entries(
            [merge_entries(kept.at(~alone), weights[owner][~alone]), kept.at(alone)], [0, 0]
        )
        entries = entries.at(np.argsort(entries.owner, kind="stable"))
        return _profiles(
            self.vocabulary,
            entries,
            _Facts(
                sizes,
                np.bincount(labels, weights * self.placed, n).astype(np.float32),
                np.bincount(labels, weights * self.sure, n).astype(np.float32),
                np.sqrt(_mean(self.topics**2, labels, weights, n)),
                _unit(_mean(self.vectors, labels, weights, n)),
                _commonest(self.subtopics, labels, weights, n),
                _only(self.authors, labels, n, _SEVERAL),
                _commonest(self.addresses, labels, weights, n),
                _extreme(self.first_day, labels, n, latest=False),
                _extreme(self.last_day, labels, n, latest=True),
                self.regions.pool(labels, n),
            ),
        )


@dataclass(frozen=True, slots=True)
class _Facts:
    sizes: Ints
    placed: Floats
    sure: Floats
    topics: Floats
    vectors: Floats
    subtopics: Ints
    authors: Ints
    addresses: Ints
    first_day: Ints
    last_day: Ints
    regions: Regions


def _mean(values: Floats, labels: Ints, weights: NDArray[np.float64], n: int) -> Floats:
    out = np.zeros((n, values.shape[1]), np.float32)
    np.add.at(out, labels, values * weights[:, None].astype(np.float32))
    return out


def _unit(values: Floats) -> Floats:
    norms = np.linalg.norm(values, axis=1, keepdims=True)
    return np.asarray(values / np.maximum(norms, 1e-9), np.float32)


def _only(values: Ints, labels: Ints, n: int, nothing: int) -> Ints:
    """Return the value that all rows of a group share, else ``nothing``."""
    low = np.full(n, np.iinfo(np.int64).max)
    high = np.full(n, np.iinfo(np.int64).min)
    np.minimum.at(low, labels, values)
    np.maximum.at(high, labels, values)
    return np.where(low == high, low, nothing)


def _commonest(values: Ints, labels: Ints, weights: NDArray[np.float64], n: int) -> Ints:
    """Return the value that more than half of a group's members have, else -1."""
    order = np.lexsort((values, labels))
    label, value = labels[order], values[order]
    new = np.concatenate(([True], (label[1:] != label[:-1]) | (value[1:] != value[:-1])))
    at = np.flatnonzero(new)
    share = np.bincount(np.cumsum(new) - 1, weights[order], len(at))
    most = at[share > 0.5]  # noqa: PLR2004 - half
    out = np.full(n, -1, np.int64)
    out[label[most]] = value[most]
    return out


def _extreme(days: Ints, labels: Ints, n: int, *, latest: bool) -> Ints:
    known = days != NO_DATE
    out = np.full(n, -1 if latest else np.iinfo(np.int64).max)
    (np.maximum if latest else np.minimum).at(out, labels[known], days[known])
    return np.where((out < 0) | (out == np.iinfo(np.int64).max), NO_DATE, out)


def _profiles(vocabulary: Vocabulary, entries: Entries, facts: _Facts) -> Profiles:
    n = len(facts.sizes)
    owner, tokens, weight = entries.owner, entries.tokens, entries.weight
    plain = np.where(vocabulary.classes[tokens] == PLACE, 0.0, weight)
    norms = np.sqrt(np.bincount(owner, plain**2, n))
    return Profiles(
        vocabulary=vocabulary,
        starts=np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=n)))),
        tokens=tokens,
        weight=(weight / np.maximum(norms, 1e-9)[owner]).astype(np.float32),
        presence=entries.presence,
        title=entries.title,
        home=entries.home,
        placed=facts.placed,
        sure=facts.sure,
        sizes=facts.sizes,
        topics=facts.topics,
        vectors=facts.vectors,
        subtopics=facts.subtopics,
        authors=facts.authors,
        addresses=facts.addresses,
        first_day=facts.first_day,
        last_day=facts.last_day,
        regions=facts.regions,
    )


def make_profiles(table: OpinionTable, rows: Ints) -> Profiles:
    """Return the profiles of some rows of a table, in their order."""
    places = named_places(table, rows)
    regions = find_regions(table, rows)
    vocabulary = Vocabulary.of(table, rows, places, regions.finest())
    parts, offsets, at = [], [], 0
    for part in chunks(rows):
        words = word_entries(table, part, vocabulary)
        parts.append(words.trimmed())
        offsets.append(at)
        at += len(part)
    parts.append(place_entries(places, vocabulary))
    offsets.append(0)
    entries = join_entries(parts, offsets)
    homes = find_homes(table, rows, places)
    placed = np.bincount(homes.owner, minlength=len(rows)).astype(np.float32)
    home_keys = np.sort(homes.owner * len(vocabulary) + vocabulary.find(homes.hashes))
    keys = entries.owner * len(vocabulary) + entries.tokens
    entries = replace(entries, home=among(keys, home_keys).astype(np.float32))
    subtopics = table.column_at("subtopics", rows)
    authors = table.column_at("authors", rows)
    days = table.column_at("days", rows)
    return _profiles(
        vocabulary,
        entries.at(np.argsort(entries.owner, kind="stable")),
        _Facts(
            np.ones(len(rows), np.int64),
            placed,
            np.where(homes.sure, 1.0, _UNSURE).astype(np.float32),
            np.sqrt(np.maximum(table.probabilities(rows), 0)),
            _unit(table.vectors(rows)),
            np.where(subtopics == table.code(""), -1, subtopics),
            authors,
            given_addresses(table, rows),
            days,
            days,
            regions,
        ),
    )
