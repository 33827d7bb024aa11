"""What is compared: the weighted tokens, subject, place and time of one opinion or of a whole group.

A group is the mean of its members, so that opinions and groups are compared by one rule.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import among, distinct
from renda_nlp.hotspots.regions import Regions, find_regions
from renda_nlp.hotspots.vocabulary import PLACE, Vocabulary, chunks
from renda_nlp.ngrams import part_hashes
from renda_nlp.table import NO_DATE, OpinionTable

__all__ = ["Profiles", "make_profiles"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
_TITLE_COUNT = 2.0  # a title word counts as so many more occurrences
_MAX_TOKENS = 128  # the weightiest ones of each opinion or group
_PLACE_WEIGHT = 4.0  # a place is always among the weightiest tokens
_VILLAGES = ("村", "镇", "乡")
_SUFFIXES = frozenset("村镇乡县区市路街道巷园苑城场学院校站桥河湖组厦厂库")
_UNSURE = 0.25  # a place that only the body of a titled text names
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
        subtopics: Code of each row's subtopic, -1 when it has none or several.
        authors: Code of the only author, the smallest integer when there are several.
        addresses: Code of the place that the register gives, -1 when none or several.
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
        values = np.where(own, self.title * self.vocabulary.idf[self.tokens], 0.0)
        return np.bincount(self.owners(), values, len(self)).astype(np.float32)

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
        kept = _Entries(
            labels[owner], self.tokens, self.weight, self.presence, self.title, self.home
        )
        entries = _join([_merged(kept.at(~alone), weights[owner][~alone]), kept.at(alone)], [0, 0])
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
                _common(self.subtopics, labels, n, -1),
                _common(self.authors, labels, n, _SEVERAL),
                _common(self.addresses, labels, n, -1),
                _extreme(self.first_day, labels, n, latest=False),
                _extreme(self.last_day, labels, n, latest=True),
                self.regions.pool(labels, n),
            ),
        )


@dataclass(frozen=True, slots=True)
class _Entries:
    owner: Ints
    tokens: NDArray[np.int32]
    weight: Floats
    presence: Floats
    title: Floats
    home: Floats

    def at(self, entries: NDArray[np.bool_] | Ints) -> "_Entries":
        return _Entries(
            self.owner[entries],
            self.tokens[entries],
            self.weight[entries],
            self.presence[entries],
            self.title[entries],
            self.home[entries],
        )

    def trimmed(self) -> "_Entries":
        """Return the weightiest entries of each row; the entries are sorted by row."""
        long = np.flatnonzero((np.bincount(self.owner) > _MAX_TOKENS)[self.owner])
        order = long[np.lexsort((-self.weight[long], self.owner[long]))]
        first = np.searchsorted(self.owner[order], self.owner[order])
        keep = np.ones(len(self.owner), bool)
        keep[order[np.arange(len(order)) - first >= _MAX_TOKENS]] = False
        return self.at(keep)


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


def _merged(entries: _Entries, share: NDArray[np.float64]) -> _Entries:
    """Return one entry per row and token: the sum of the shares of its members' entries."""
    n_tokens = int(entries.tokens.max(initial=0)) + 1
    keys, where = np.unique(entries.owner * n_tokens + entries.tokens, return_inverse=True)

    def total(values: Floats) -> Floats:
        return np.bincount(where, share * values, len(keys)).astype(np.float32)

    return _Entries(
        keys // n_tokens,
        (keys % n_tokens).astype(np.int32),
        total(entries.weight),
        total(entries.presence),
        total(entries.title),
        total(entries.home),
    ).trimmed()


def _mean(values: Floats, labels: Ints, weights: NDArray[np.float64], n: int) -> Floats:
    out = np.zeros((n, values.shape[1]), np.float32)
    np.add.at(out, labels, values * weights[:, None].astype(np.float32))
    return out


def _unit(values: Floats) -> Floats:
    norms = np.linalg.norm(values, axis=1, keepdims=True)
    return np.asarray(values / np.maximum(norms, 1e-9), np.float32)


def _common(values: Ints, labels: Ints, n: int, nothing: int) -> Ints:
    """Return the value that all rows of a group share, else ``nothing``."""
    low = np.full(n, np.iinfo(np.int64).max)
    high = np.full(n, np.iinfo(np.int64).min)
    np.minimum.at(low, labels, values)
    np.maximum.at(high, labels, values)
    return np.where(low == high, low, nothing)


def _extreme(days: Ints, labels: Ints, n: int, *, latest: bool) -> Ints:
    known = days != NO_DATE
    out = np.full(n, -1 if latest else np.iinfo(np.int64).max)
    (np.maximum if latest else np.minimum).at(out, labels[known], days[known])
    return np.where((out < 0) | (out == np.iinfo(np.int64).max), NO_DATE, out)


def _profiles(vocabulary: Vocabulary, entries: _Entries, facts: _Facts) -> Profiles:
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


def _word_entries(table: OpinionTable, part: Ints, vocabulary: Vocabulary) -> _Entries:
    """Return the tokens of some rows, numbered from 0."""
    words, titles = table.words.take(part), table.title_words.take(part)
    rows = np.arange(len(part), dtype=np.uint64)
    keys, counts = np.unique(
        np.repeat(rows, words.lengths) << np.uint64(32) | words.values, return_counts=True
    )
    title_keys, title_counts = np.unique(
        np.repeat(rows, titles.lengths) << np.uint64(32) | titles.values, return_counts=True
    )
    in_title = np.zeros(len(keys))
    at = np.minimum(np.searchsorted(keys, title_keys), max(0, len(keys) - 1))
    found = keys[at] == title_keys if len(keys) else np.zeros(0, bool)
    in_title[at[found]] = title_counts[found]
    owner = (keys >> np.uint64(32)).astype(np.int64)
    tokens = vocabulary.find((keys & np.uint64(0xFFFFFFFF)).astype(np.uint32))
    idf = np.where(tokens >= 0, vocabulary.idf[tokens] if len(vocabulary) else 0.0, 0.0)
    weight = (1 + np.log(counts + _TITLE_COUNT * in_title)) * idf
    good = weight > 0
    untitled = (titles.lengths == 0)[owner]
    title = ((in_title > 0) | untitled).astype(np.float32)
    return _Entries(
        owner[good],
        tokens[good].astype(np.int32),
        weight[good].astype(np.float32),
        np.ones(int(good.sum()), np.float32),
        title[good],
        np.zeros(int(good.sum()), np.float32),
    )


def _place_entries(places: list[tuple[int, ...]], vocabulary: Vocabulary) -> _Entries:
    found = [
        (row, token)
        for row, codes in enumerate(places)
        for token in sorted({vocabulary.find_place(code) for code in codes})
        if token >= 0
    ]
    both = np.array(found, np.int64).reshape(-1, 2)
    ones = np.ones(len(both), np.float32)
    weight = _PLACE_WEIGHT * (vocabulary.idf[both[:, 1]] if len(both) else ones)
    return _Entries(both[:, 0], both[:, 1].astype(np.int32), weight, ones, ones, 0 * ones)


def _join(parts: list[_Entries], offsets: list[int]) -> _Entries:
    return _Entries(
        np.concatenate([part.owner + at for part, at in zip(parts, offsets, strict=True)]),
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("tokens", "weight", "presence", "title", "home")
        ),
    )


def _addresses(table: OpinionTable, rows: Ints) -> Ints:
    """Return the place smaller than a town that the register gives for each row, -1 when none."""
    given, none = table.column_at("addresses", rows), table.code("")
    pairs = zip(rows.tolist(), given.tolist(), strict=True)
    own = (-1 if code == none or code in table.regions[i] else code for i, code in pairs)
    return np.fromiter(own, np.int64, len(rows))


def _named_places(table: OpinionTable, rows: Ints) -> list[tuple[int, ...]]:
    """Return the places smaller than a town that each row names: villages, estates, roads.

    A place whose characters ordinary texts use together (供水站, 斑马线) is no name, unless the
    register gives it or it is a village.
    """
    given = table.column_at("addresses", rows).tolist()
    own = [
        [code for code in table.places[i] if code not in table.regions[i]] for i in rows.tolist()
    ]
    codes = sorted({code for named in own for code in named} - set(given))
    labels = [table.label(code) for code in codes]
    unusual = np.zeros(0, np.uint32)
    for part in chunks(rows):
        unusual = distinct(np.concatenate((unusual, table.names.take(part).values)))
    parts = part_hashes(labels)
    known = among(np.concatenate([*parts, np.zeros(0, np.uint32)]), unusual)
    owner = np.repeat(np.arange(len(codes)), [len(own) for own in parts])
    is_name = np.bincount(owner, known, len(codes)) > 0
    plain = {
        code
        for code, label, name in zip(codes, labels, is_name.tolist(), strict=True)
        if not name and not label.endswith(_VILLAGES)
    }
    none = table.code("")
    return [
        tuple(dict.fromkeys([*(c for c in named if c not in plain), *((code,) * (code != none))]))
        for named, code in zip(own, given, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Homes:
    """The first specific place that each row names, in its title when that names one.

    Attributes:
        owner: Row of each name part.
        hashes: Name parts: of a village all, of others those that ordinary texts do not use.
        sure: Whether the title names the place, or the row has no title, shape ``(n,)``.
    """

    owner: Ints
    hashes: NDArray[np.uint32]
    sure: NDArray[np.bool_]


def _find_homes(table: OpinionTable, rows: Ints, codes: list[tuple[int, ...]]) -> _Homes:
    every = sorted({code for own in codes for code in own})
    labels = [table.label(code) for code in every]
    pairs = dict(zip(every, (own[1:] for own in part_hashes(labels)), strict=True))
    stems = {
        code: own[:-1] if len(own) > 1 and label[-1] in _SUFFIXES else own
        for (code, own), label in zip(pairs.items(), labels, strict=True)
    }
    spelt = {code: frozenset(own.tolist()) for code, own in pairs.items()}
    sure = np.zeros(len(rows), bool)
    first: dict[int, int] = {}
    for number, own in enumerate(codes):
        if own:
            title = set(table.title_words[int(rows[number])].tolist())
            titled = [code for code in own if title and spelt[code] <= title]
            sure[number] = bool(titled) or not title
            first[number] = (titled or own)[0]
    parts = [stems[code] for code in first.values()]
    owner = np.repeat(np.array(list(first), np.int64), [len(own) for own in parts])
    hashes = np.concatenate([*parts, np.zeros(0, np.uint32)])
    village = [table.label(code).endswith(_VILLAGES) for code in first.values()]
    kept = among(_keyed(owner, hashes), _name_keys(table, rows))
    kept |= np.repeat(np.array(village, bool), [len(own) for own in parts])
    return _Homes(owner[kept], hashes[kept], sure)


def _keyed(owner: Ints, hashes: NDArray[np.uint32]) -> NDArray[np.uint64]:
    return owner.astype(np.uint64) << np.uint64(32) | hashes


def _name_keys(table: OpinionTable, rows: Ints) -> NDArray[np.uint64]:
    names = table.names.take(rows)
    return np.sort(_keyed(np.repeat(np.arange(len(rows)), names.lengths), names.values))


def make_profiles(table: OpinionTable, rows: Ints) -> Profiles:
    """Return the profiles of some rows of a table, in their order."""
    places = _named_places(table, rows)
    regions = find_regions(table, rows)
    vocabulary = Vocabulary.of(table, rows, places, regions.finest())
    parts, offsets, at = [], [], 0
    for part in chunks(rows):
        words = _word_entries(table, part, vocabulary)
        parts.append(words.trimmed())
        offsets.append(at)
        at += len(part)
    parts.append(_place_entries(places, vocabulary))
    offsets.append(0)
    entries = _join(parts, offsets)
    homes = _find_homes(table, rows, places)
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
            _addresses(table, rows),
            days,
            days,
            regions,
        ),
    )
