"""What all opinions of a collection tell together: its words, its regions, its aliases, its blocks.

Three counts find it, each a sum over parts of the collection, so that a part may lie on any machine
(``integrations.spark_hotspots``). What it holds grows with the words and the places, not with the
opinions; with it, blocks are clustered one by one, each for itself.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import distinct
from renda_nlp.config import HotspotConfig
from renda_nlp.hotspots.counts import Counts, Tally
from renda_nlp.hotspots.gazetteer import (
    add_aliases,
    count_mentions,
    find_stems,
    main_names,
    usual_stems,
)
from renda_nlp.hotspots.homes import named_places
from renda_nlp.hotspots.regions import Gazetteer, Regions, find_regions
from renda_nlp.hotspots.vocabulary import (
    REGION_BITS,
    Vocabulary,
    WordFacts,
    chunks,
    count_hashes,
    count_names,
    word_facts,
)
from renda_nlp.table import OpinionTable

__all__ = [
    "SHARD_SHIFTS",
    "CollectionFacts",
    "Counting",
    "asked_link",
    "count_here",
    "learn_collection",
    "plan_blocks",
    "voices_of",
]

Ints = NDArray[np.int64]
Counting = Callable[[Callable[[OpinionTable], Counts], Callable[[Counts], Counts]], Counts]
"""Counts over a collection: a function of a part, and what is made of the sum (of each shard of it)."""

SHARD_SHIFTS = {"name": REGION_BITS}
"""Bits of the numbers of a kind below the hash by which its counts are divided among machines."""

_MANY, _FEW = 2500, 12.0  # opinions; units less asked for each e-fold fewer
_MOST_RELIEF, _PAIR_RELIEF = 26.0, 9.0  # units; a third opinion makes sure, two may be chance


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionFacts:
    """What all opinions tell together.

    Attributes:
        n_opinions: That people say, not government or party.
        min_link: Strength of evidence that is asked for, see ``asked_link``.
        pair_link: Strength that is asked of two opinions without a third.
        max_block: Opinions, or groups of them, that are compared in one go.
        usual: Other name to usual name of places.
        aliases: Short name to full name of places.
        gazetteer: The regions that opinions name.
        met: The regions that some opinion names together, see ``Regions.met``.
        vocabulary: Words, character pairs and places with their rarity.
        blocks: Number of the block of each area and topic.
    """

    n_opinions: int
    min_link: float
    pair_link: float
    max_block: int
    usual: dict[str, str]
    aliases: dict[str, str]
    gazetteer: Gazetteer
    met: Ints
    vocabulary: Vocabulary
    blocks: dict[tuple[str, str], int]

    def block_keys(self, table: OpinionTable, rows: Ints) -> list[tuple[str, str]]:
        """Return county, city or town ("" when none is named) and topic of each row."""
        return _block_keys(table, rows, find_regions(table, rows, self.gazetteer), self.gazetteer)

    def find_blocks(self, table: OpinionTable, rows: Ints) -> Ints:
        """Return the number of each row's block, shape ``(n,)``."""
        if len(set(self.blocks.values())) == 1:
            return np.zeros(len(rows), np.int64)
        keys = self.block_keys(table, rows)
        return np.fromiter((self.blocks[key] for key in keys), np.int64, len(rows))


def asked_link(min_link: float, n_opinions: int, most_relief: float = _MOST_RELIEF) -> float:
    """Return the strength of evidence that a collection of so many opinions asks for.

    Two opinions out of few are about one matter more often than two out of many.

    Args:
        min_link: Strength, in units of ``similarity.SPREAD``, from which two of many opinions are
            one matter.
        n_opinions: Size of the whole collection, whatever part of it is compared.
        most_relief: Units that the fewest opinions need less.
    """
    few = max(0.0, float(np.log(_MANY / max(1, n_opinions))))
    return min_link - min(most_relief, _FEW * few)


def plan_blocks(
    counts: Mapping[tuple[str, str], int], max_block: int
) -> dict[tuple[str, str], int]:
    """Return the block of each area and topic: neighbours in the order of their names.

    A block has ``max_block`` rows at most. An area that has more is divided by topic, as is what
    names no area; a topic of an area that has still more is a block of its own.
    """
    areas: Counter[str] = Counter()
    for (area, _), n in counts.items():
        areas[area] += n
    keys = {
        (area, topic): area if area and areas[area] <= max_block else f"{area}#{topic}"
        for area, topic in counts
    }
    sizes: Counter[str] = Counter()
    for pair, n in counts.items():
        sizes[keys[pair]] += n
    packed: dict[str, int] = {}
    block, room = 0, max_block
    for key in sorted(sizes):
        if packed and sizes[key] > room:
            block, room = block + 1, max_block
        packed[key] = block
        room -= sizes[key]
    return {pair: packed[key] for pair, key in keys.items()}


def count_here(table: OpinionTable) -> Counting:
    """Return what counts over a table in this process."""
    return lambda count, finish: finish(count(table))


def voices_of(table: OpinionTable) -> Ints:
    """Return the indices of what people say, in the order of their ids."""
    return table.ids.ordered(np.flatnonzero(table.column("is_voice")))


def _block_keys(
    table: OpinionTable, rows: Ints, regions: Regions, gazetteer: Gazetteer
) -> list[tuple[str, str]]:
    topics = table.column_at("topics", rows).tolist()
    return [
        (gazetteer.names[region] if region >= 0 else "", table.label(topic))
        for region, topic in zip(regions.finest().tolist(), topics, strict=True)
    ]


def _count_places(table: OpinionTable) -> Counts:
    """Count who names which place and region, what the register gives, and what is no usual word."""
    places = Counter(
        code
        for named, regions in zip(table.places, table.regions, strict=True)
        for code in set(named) - set(regions)
    )
    rows = voices_of(table)
    regions = Counter(code for i in rows.tolist() for code in set(table.regions[i]))
    addresses = Counter(table.column("addresses").tolist())
    every = chunks(np.arange(len(table)))
    unusual = Tally.merged(Tally.of(distinct(table.names.take(part).values)) for part in every)
    return Counts(
        {
            "place": _named(table, places),
            "region": _named(table, regions),
            "address": _named(table, addresses),
        },
        {"unusual": unusual},
    )


def _named(table: OpinionTable, codes: Counter[int]) -> Counter[str]:
    return Counter({table.label(code): n for code, n in codes.items() if table.label(code)})


def _count_mentions(table: OpinionTable, stems: list[str]) -> Counts:
    return Counts({"stem": count_mentions(table, stems)})


def _count_words(
    table: OpinionTable, gazetteer: Gazetteer, usual: dict[str, str], aliases: dict[str, str]
) -> Counts:
    """Add the aliases, then count words, names by region, places, and opinions by area and topic."""
    add_aliases(table, usual, aliases)
    rows = voices_of(table)
    met, places, blocks = Tally.merged([]), Counter[int](), Counter[str]()

    def count(part: Ints) -> Tally:
        nonlocal met
        regions = find_regions(table, part, gazetteer)
        met = Tally.merged([met, Tally.of(regions.met)])
        places.update(code for own in named_places(table, part) for code in own)
        blocks.update(map("\t".join, _block_keys(table, part, regions, gazetteer)))
        return count_names(table, part, regions.finest())

    names = Tally.merged(map(count, chunks(rows)))
    return Counts(
        {"place": _named(table, places), "block": blocks},
        {"word": count_hashes(table, rows), "name": names, "met": met},
    )


def _kept_words(counts: Counts) -> Counts:
    """Put what the vocabulary needs in the place of the counts of every word and name."""
    words = word_facts(counts.tally("word"), counts.tally("name"))
    hashes = words.hashes.astype(np.int64)
    kept = Tally(hashes << 1 | words.is_name, words.frequency)
    return Counts(counts.names, {"kept": kept, "met": counts.tally("met")})


def _same(counts: Counts) -> Counts:
    return counts


def learn_collection(count: Counting, config: HotspotConfig) -> CollectionFacts:
    """Return what all opinions tell together, in three counts over the collection.

    Args:
        count: Runs a count over every part of the collection.
        config: Strength of links and size of blocks.
    """
    seen = count(_count_places, _same)
    gazetteer = Gazetteer(seen.named("region"))
    places = dict(sorted(seen.named("place").items()))
    usual = main_names(places)
    names = Counter(seen.named("address"))
    for name, n in places.items():
        names[usual.get(name, name)] += n
    stems = find_stems(names, seen.tally("unusual").keys.astype(np.uint32))
    aliases: dict[str, str] = {}
    if stems:
        mentions = count(partial(_count_mentions, stems=sorted(stems)), _same)
        aliases = usual_stems(stems, names, mentions.named("stem"))
    counted = count(
        partial(_count_words, gazetteer=gazetteer, usual=usual, aliases=aliases), _kept_words
    )
    pairs = Counter({_pair(key): n for key, n in counted.named("block").items()})
    kept = counted.tally("kept")
    words = WordFacts((kept.keys >> 1).astype(np.uint32), kept.counts, (kept.keys & 1) > 0)
    areas = sorted({area for area, _ in pairs if area})
    n = pairs.total()
    return CollectionFacts(
        n_opinions=n,
        min_link=asked_link(config.min_link, n),
        pair_link=asked_link(config.min_link, n, _PAIR_RELIEF),
        max_block=config.max_block,
        usual=usual,
        aliases=aliases,
        gazetteer=gazetteer,
        met=counted.tally("met").keys,
        vocabulary=Vocabulary.of(words, counted.named("place"), areas, n),
        blocks=plan_blocks(pairs, config.max_block),
    )


def _pair(key: str) -> tuple[str, str]:
    area, _, topic = key.rpartition("\t")
    return area, topic
