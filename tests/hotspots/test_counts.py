"""Counts of parts, put together, are the counts of the whole."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda_nlp.config import HotspotConfig
from renda_nlp.hotspots.collection import count_here, learn_collection
from renda_nlp.hotspots.counts import Counts, Tally, merge_counts
from renda_nlp.table import OpinionTable

GROUPS = Path(__file__).parents[2] / "corpora" / "hotspots" / "groups.jsonl"
NUMBERS = st.one_of(st.integers(0, 9), st.integers(0, (1 << 32) - 1), st.integers(0, (1 << 63) - 1))


@given(st.lists(st.lists(NUMBERS), min_size=1))
def test_merged_tallies_count_every_number(parts):
    tally = Tally.merged([Tally.of(np.array(part, np.int64)) for part in parts])
    expected = Counter(number for part in parts for number in part)
    assert list(zip(tally.keys.tolist(), tally.counts.tolist(), strict=True)) == sorted(
        expected.items()
    )


def test_merged_counts_keep_the_kinds_apart():
    one = Counts({"place": Counter("ab")}, {"word": Tally.of(np.array([1, 1]))})
    two = Counts({"place": Counter("a"), "region": Counter("b")})
    both = merge_counts([one, two])
    assert both.named("place") == Counter("aab")
    assert both.named("region") == Counter("b")
    assert both.tally("word").counts.tolist() == [2]
    assert not len(both.tally("name").keys)


@pytest.fixture(scope="module")
def opinions(make_opinion):
    lines = GROUPS.read_text("utf-8").splitlines()[:150]
    return [make_opinion(json.loads(line)["text"], number) for number, line in enumerate(lines)]


def test_a_collection_in_parts_tells_what_the_whole_tells(opinions, analyzer):
    """The parts meet their strings in another order, so their codes differ."""

    def table_of(own):
        table = OpinionTable()
        table.append(analyzer(tuple(own)))
        return table

    parts = [table_of(own) for own in (opinions[90:], opinions[:40], opinions[40:90])]

    def count_in_parts(count, finish):
        return finish(merge_counts([count(part) for part in parts]))

    config = HotspotConfig(max_block=50)
    whole = table_of(opinions)
    one, other = (
        learn_collection(count_here(whole), config),
        learn_collection(count_in_parts, config),
    )
    assert len(one.vocabulary) > 500
    assert len(set(one.blocks.values())) > 1
    assert one.aliases
    for name in ("n_opinions", "min_link", "usual", "aliases", "blocks"):
        assert getattr(one, name) == getattr(other, name)
    assert one.gazetteer.names == other.gazetteer.names
    assert one.met.tolist() == other.met.tolist()
    for name in ("hashes", "places", "classes", "idf"):
        here, there = (getattr(facts.vocabulary, name) for facts in (one, other))
        assert np.array_equal(here, there)
    named = [whole.label(code) for places in whole.places for code in places]
    assert sorted(named) == sorted(
        part.label(code) for part in parts for places in part.places for code in places
    )
