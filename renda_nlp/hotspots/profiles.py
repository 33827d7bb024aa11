"""What is compared: the weighted tokens, subject, place and time of one opinion or of a whole group.

A group is the mean of its members, so that opinions and groups are compared by one rule.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import among
from renda_nlp.hotspots.collection import CollectionFacts
from renda_nlp.hotspots.entries import (
    HOME,
    MAX_TOKENS,
    TITLE,
    Entries,
    RowEntries,
    Shares,
    join_entries,
    merge_entries,
    place_entries,
    word_entries,
)
from renda_nlp.hotspots.homes import find_homes, given_addresses, named_places
from renda_nlp.hotspots.pooling import commonest, extreme, mean, only, unit
from renda_nlp.hotspots.regions import Regions, find_regions
from renda_nlp.hotspots.vocabulary import NAME, ORDINARY, PLACE, Vocabulary, chunks
from renda_nlp.memory import release_memory
from renda_nlp.table import OpinionTable

__all__ = ["Profiles", "RowFacts", "make_profiles", "said"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
_UNSURE = 0.25  # a place that only the body of a titled text names
_SAID, _SEVERAL_SAY = 0.25, 1.99  # share and number of members that speak for their group
_SEVERAL = np.iinfo(np.int64).min


def said(share: Shares, sizes: Ints) -> Floats:
    """Return how far groups say their tokens: in full what several of their members say.

    Args:
        share: Of the members of a group that have a token.
        sizes: Opinions of that group.
    """
    common = (share >= _SAID) & (share * sizes >= _SEVERAL_SAY)
    return np.where(common, np.float32(1.0), share).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """What is known of each opinion or group besides its tokens.

    Attributes:
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

    def pool(self, rows: Ints, labels: Ints, weights: NDArray[np.float64], n: int) -> "RowFacts":
        """Return the facts of ``n`` groups of some rows; ``weights`` of a group sum to one."""
        return RowFacts(
            placed=np.bincount(labels, weights * self.placed[rows], n).astype(np.float32),
            sure=np.bincount(labels, weights * self.sure[rows], n).astype(np.float32),
            sizes=np.bincount(labels, self.sizes[rows], n).astype(np.int64),
            topics=np.sqrt(mean(self.topics[rows] ** 2, labels, weights, n)),
            vectors=unit(mean(self.vectors[rows], labels, weights, n)),
            subtopics=commonest(self.subtopics[rows], labels, weights, n),
            authors=only(self.authors[rows], labels, n, _SEVERAL),
            addresses=commonest(self.addresses[rows], labels, weights, n),
            first_day=extreme(self.first_day[rows], labels, n, latest=False),
            last_day=extreme(self.last_day[rows], labels, n, latest=True),
            regions=self.regions.pool(rows, labels, n),
        )

    def joined(self, more: "RowFacts") -> "RowFacts":
        """Return the facts of these rows and then of some more."""
        names = [item.name for item in fields(RowFacts) if item.name != "regions"]
        columns = {
            name: np.concatenate((getattr(self, name), getattr(more, name))) for name in names
        }
        return RowFacts(**columns, regions=self.regions.joined(more.regions))


@dataclass(frozen=True, slots=True, kw_only=True)
class RowMasses:
    """How much the words of each row weigh, shape ``(n,)`` each.

    Attributes:
        names: Length of the part of names.
        ordinary: Length of the part of ordinary words.
        title: Summed rarity of what the title says, but places.
        title_names: Of its names.
        title_ordinary: Of its ordinary words.
    """

    names: Floats
    ordinary: Floats
    title: Floats
    title_names: Floats
    title_ordinary: Floats

    @classmethod
    def of(cls, entries: RowEntries, sizes: Ints, vocabulary: Vocabulary) -> "RowMasses":
        """Return the masses of rows of so many opinions."""
        out = np.zeros((5, len(sizes)), np.float32)
        for rows in chunks(np.arange(len(sizes))):
            own = entries.take(rows)
            classes, idf = vocabulary.classes[own.tokens], vocabulary.idf[own.tokens]
            title = said(own.shares[TITLE], sizes[rows][own.owner])
            plain, name, word = classes != PLACE, classes == NAME, classes == ORDINARY
            masses = [np.where(kind, own.weight, 0.0) ** 2 for kind in (name, word)]
            masses += [np.where(kind, title * idf, 0.0) for kind in (plain, name, word)]
            sums = np.stack([np.bincount(own.owner, mass, len(rows)) for mass in masses])
            sums[:2] = np.sqrt(sums[:2])
            out[:, rows] = sums
        return cls(**{item.name: own for item, own in zip(fields(cls), out, strict=True)})

    def joined(self, more: "RowMasses") -> "RowMasses":
        """Return the masses of these rows and then of some more."""
        names = [item.name for item in fields(RowMasses)]
        return RowMasses(
            **{name: np.concatenate((getattr(self, name), getattr(more, name))) for name in names}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiles:
    """Opinions, and groups of them behind: what is compared."""

    vocabulary: Vocabulary
    entries: RowEntries
    facts: RowFacts
    masses: RowMasses

    def __len__(self) -> int:
        return len(self.facts.sizes)

    def compact(self) -> "Profiles":
        """Return the same rows with a vocabulary of their own tokens only, in the same order."""
        tokens = self.entries.tokens
        used = np.bincount(tokens, minlength=len(self.vocabulary)) > 0
        number = (np.cumsum(used) - 1).astype(np.int32)
        entries = replace(self.entries, tokens=number[tokens])
        return replace(self, vocabulary=self.vocabulary.at(used), entries=entries)

    def with_groups(
        self, rows: Ints, labels: Ints, n: int, sizes: Ints | None = None
    ) -> "Profiles":
        """Return these rows, and behind them ``n`` groups of some of them.

        Args:
            rows: Members of the groups.
            labels: Group of each of them, from 0.
            n: Number of groups.
            sizes: Opinions of each, where the rows are only some of them; None counts the rows.
        """
        own = self.facts.sizes[rows]
        weights = own / np.bincount(labels, own, n)[labels]
        facts = self.facts.pool(rows, labels, weights, n)
        facts = facts if sizes is None else replace(facts, sizes=sizes)
        entries = RowEntries.of_groups(self._merged(rows, labels, weights, n))
        masses = RowMasses.of(entries, facts.sizes, self.vocabulary)
        return Profiles(
            vocabulary=self.vocabulary,
            entries=self.entries.joined(entries),
            facts=self.facts.joined(facts),
            masses=self.masses.joined(masses),
        )

    def _merged(
        self, rows: Ints, labels: Ints, weights: NDArray[np.float64], n: int
    ) -> Iterator[tuple[Entries, int]]:
        """Yield the entries of the groups, some groups at a time, and their number."""
        order = np.argsort(labels, kind="stable")
        starts = np.searchsorted(labels[order], np.arange(n + 1))
        for groups in chunks(np.arange(n)):
            own = order[starts[groups[0]] : starts[groups[-1] + 1]]
            entries = self.entries.take(rows[own])
            share, owner = weights[own][entries.owner], (labels[own] - groups[0])[entries.owner]
            merged = merge_entries(replace(entries, owner=owner), share)
            yield merged.of_length_one(self.vocabulary, len(groups)), len(groups)


def _place_tokens(
    table: OpinionTable, places: Sequence[tuple[int, ...]], vocabulary: Vocabulary
) -> list[list[int]]:
    """Return the tokens of the places of each row, those that the vocabulary has."""
    codes = sorted({code for own in places for code in own})
    found = vocabulary.find_places([table.label(code) for code in codes]).tolist()
    token_of = {code: token for code, token in zip(codes, found, strict=True) if token >= 0}
    return [[token_of[code] for code in own if code in token_of] for own in places]


def make_profiles(table: OpinionTable, rows: Ints, collection: CollectionFacts) -> Profiles:
    """Return the profiles of some rows of a table, in their order.

    Args:
        table: The opinions, or a part of them.
        rows: Indices.
        collection: What all opinions tell together.
    """
    places = named_places(table, rows)
    regions = replace(find_regions(table, rows, collection.gazetteer), met=collection.met)
    vocabulary = collection.vocabulary
    place_tokens = _place_tokens(table, places, vocabulary)
    homes = find_homes(table, rows, places)
    placed = np.bincount(homes.owner, minlength=len(rows)).astype(np.float32)
    home_tokens = vocabulary.find(homes.hashes)
    home_keys = np.sort((homes.owner * len(vocabulary) + home_tokens)[home_tokens >= 0])

    def parts() -> Iterator[tuple[Entries, int]]:
        for numbers in chunks(np.arange(len(rows))):
            first, last = numbers[0], numbers[-1] + 1
            words = word_entries(table, rows[first:last], vocabulary).trimmed()
            entries = join_entries(words, place_entries(place_tokens[first:last], vocabulary))
            keys = (entries.owner + first) * len(vocabulary) + entries.tokens
            entries.shares[HOME] = among(keys, home_keys)
            yield entries.of_length_one(vocabulary, len(numbers)), len(numbers)

    most = MAX_TOKENS * len(rows) + sum(map(len, place_tokens))
    release_memory()  # of the tables of words
    subtopics = table.column_at("subtopics", rows)
    days = table.column_at("days", rows)
    facts = RowFacts(
        placed=placed,
        sure=np.where(homes.sure, 1.0, _UNSURE).astype(np.float32),
        sizes=np.ones(len(rows), np.int64),
        topics=np.sqrt(np.maximum(table.probabilities(rows), 0)),
        vectors=unit(table.vectors(rows)),
        subtopics=np.where(subtopics == table.code(""), -1, subtopics),
        authors=table.column_at("authors", rows),
        addresses=given_addresses(table, rows),
        first_day=days,
        last_day=days,
        regions=regions,
    )
    entries = RowEntries.of_opinions(parts(), most)
    masses = RowMasses.of(entries, facts.sizes, vocabulary)
    made = Profiles(vocabulary=vocabulary, entries=entries, facts=facts, masses=masses)
    return made.compact()
