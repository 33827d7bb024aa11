"""What is compared: the weighted tokens, subject, place and time of one opinion or of a whole group.

A group is the mean of its members, so that opinions and groups are compared by one rule.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import among
from renda_nlp.hotspots.collection import CollectionFacts
from renda_nlp.hotspots.entries import (
    MAX_TOKENS,
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
from renda_nlp.hotspots.vocabulary import PLACE, Vocabulary, chunks
from renda_nlp.memory import release_memory
from renda_nlp.table import OpinionTable

__all__ = ["Profiles", "make_profiles", "said"]

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
    presence: Shares
    title: Shares
    home: Shares
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

    def blocks(self) -> Iterator[tuple[slice, slice, Ints]]:
        """Yield some rows at a time, their entries, and the row of each entry counted from the first."""
        for rows in chunks(np.arange(len(self))):
            first, last = int(rows[0]), int(rows[-1]) + 1
            owner = np.repeat(np.arange(len(rows)), np.diff(self.starts[first : last + 1]))
            yield slice(first, last), slice(self.starts[first], self.starts[last]), owner

    def compact(self) -> "Profiles":
        """Return the same rows with a vocabulary of their own tokens only, in the same order."""
        used = np.bincount(self.tokens, minlength=len(self.vocabulary)) > 0
        number = (np.cumsum(used) - 1).astype(np.int32)
        return replace(self, vocabulary=self.vocabulary.at(used), tokens=number[self.tokens])

    def norms(self, token_class: int) -> Floats:
        """Return the length of each row's part of one class, shape ``(n,)``."""
        out = np.zeros(len(self))
        for rows, part, owner in self.blocks():
            own = self.vocabulary.classes[self.tokens[part]] == token_class
            squares = np.where(own, self.weight[part], 0.0) ** 2
            out[rows] = np.bincount(owner, squares, rows.stop - rows.start)
        return np.sqrt(out).astype(np.float32)

    def title_mass(self, token_class: int | None = None) -> Floats:
        """Return the summed rarity of each title, of one class or of all but places."""
        out = np.zeros(len(self))
        for rows, part, owner in self.blocks():
            tokens = self.tokens[part]
            classes = self.vocabulary.classes[tokens]
            own = classes != PLACE if token_class is None else classes == token_class
            title = said(self.title[part], self.sizes[rows][owner])
            values = np.where(own, title * self.vocabulary.idf[tokens], 0.0)
            out[rows] = np.bincount(owner, values, rows.stop - rows.start)
        return out.astype(np.float32)

    def pool(self, labels: Ints, n: int) -> "Profiles":
        """Return the groups of the rows.

        Args:
            labels: Number of each row's group, shape ``(len(self),)``.
            n: Number of groups.
        """
        sizes = np.bincount(labels, self.sizes, n).astype(np.int64)
        weights = self.sizes / sizes[labels]
        return _profiles(
            self.vocabulary,
            RowEntries.of(self._merged(labels, n, weights), self.vocabulary, len(self.tokens)),
            _Facts(
                sizes,
                np.bincount(labels, weights * self.placed, n).astype(np.float32),
                np.bincount(labels, weights * self.sure, n).astype(np.float32),
                np.sqrt(mean(self.topics**2, labels, weights, n)),
                unit(mean(self.vectors, labels, weights, n)),
                commonest(self.subtopics, labels, weights, n),
                only(self.authors, labels, n, _SEVERAL),
                commonest(self.addresses, labels, weights, n),
                extreme(self.first_day, labels, n, latest=False),
                extreme(self.last_day, labels, n, latest=True),
                self.regions.pool(labels, n),
            ),
        )

    def _merged(
        self, labels: Ints, n: int, weights: NDArray[np.float64]
    ) -> Iterator[tuple[Entries, int]]:
        """Yield the entries of the groups, some groups at a time, and their number."""
        order = np.argsort(labels, kind="stable")
        starts = np.searchsorted(labels[order], np.arange(n + 1))
        alone = np.diff(starts) == 1
        for groups in chunks(np.arange(n)):
            rows = order[starts[groups[0]] : starts[groups[-1] + 1]]
            lengths = self.starts[rows + 1] - self.starts[rows]
            first = np.repeat(self.starts[rows] - np.cumsum(lengths) + lengths, lengths)
            at = first + np.arange(len(first))
            entries = Entries(
                np.repeat(labels[rows] - groups[0], lengths),
                self.tokens[at],
                self.weight[at],
                self.presence[at],
                self.title[at],
                self.home[at],
            )
            own = np.repeat(alone[labels[rows]], lengths)
            share = np.repeat(weights[rows], lengths)[~own]
            yield join_entries(merge_entries(entries.at(~own), share), entries.at(own)), len(groups)


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


def _profiles(vocabulary: Vocabulary, entries: RowEntries, facts: _Facts) -> Profiles:
    return Profiles(
        vocabulary=vocabulary,
        starts=entries.starts,
        tokens=entries.tokens,
        weight=entries.weight,
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
            yield replace(entries, home=among(keys, home_keys)), len(numbers)

    most = MAX_TOKENS * len(rows) + sum(map(len, place_tokens))
    release_memory()  # of the tables of words
    subtopics = table.column_at("subtopics", rows)
    authors = table.column_at("authors", rows)
    days = table.column_at("days", rows)
    profiles = _profiles(
        vocabulary,
        RowEntries.of(parts(), vocabulary, most),
        _Facts(
            np.ones(len(rows), np.int64),
            placed,
            np.where(homes.sure, 1.0, _UNSURE).astype(np.float32),
            np.sqrt(np.maximum(table.probabilities(rows), 0)),
            unit(table.vectors(rows)),
            np.where(subtopics == table.code(""), -1, subtopics),
            authors,
            given_addresses(table, rows),
            days,
            days,
            regions,
        ),
    )
    return profiles.compact()
