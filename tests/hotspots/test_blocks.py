"""Blocks find what one go finds, as far as groups stay in their block or meet at its border."""

import json
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda_nlp.config import HotspotConfig
from renda_nlp.hotspots.blocks import cluster_rows
from renda_nlp.hotspots.collection import count_here, learn_collection, plan_blocks, voices_of

GROUPS = Path(__file__).parents[2] / "corpora" / "hotspots" / "groups.jsonl"


@pytest.fixture(scope="module")
def table(make_opinion, analyzer):
    from renda_nlp.table import OpinionTable

    lines = GROUPS.read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    opinions = [make_opinion(row["text"], number) for number, row in enumerate(rows)]
    made = OpinionTable()
    made.append(analyzer(tuple(opinions)))
    return made


def _pairs(labels):
    groups = {}
    for row, label in enumerate(labels.tolist()):
        groups.setdefault(label, []).append(row)
    return {pair for rows in groups.values() for pair in combinations(rows, 2)}


def test_blocks_and_borders_give_nearly_the_groups_of_one_go(table):
    def cluster(max_block):
        config = HotspotConfig(max_block=max_block)
        collection = learn_collection(count_here(table), config)
        rows = voices_of(table)
        n_blocks = len(np.unique(collection.find_blocks(table, rows)))
        return n_blocks, _pairs(cluster_rows(table, rows, collection))

    n_blocks, whole = cluster(len(table))
    assert n_blocks == 1
    assert len(whole) > 30
    for part in (2, 5):  # of five, the groups too are compared in blocks
        n_blocks, parts = cluster(len(table) // part)
        assert n_blocks >= part
        assert parts != whole
        assert len(parts & whole) >= 0.7 * len(whole)
        assert len(parts - whole) <= 0.3 * len(parts)


NAMES = st.sampled_from(["", "甲县", "乙县", "丙市"])
COUNTS = st.dictionaries(st.tuples(NAMES, st.sampled_from("xyz")), st.integers(1, 9), min_size=1)


@given(COUNTS, st.integers(1, 40))
def test_blocks_keep_areas_whole_and_within_bounds(counts, most):
    plan = plan_blocks(counts, most)
    assert plan.keys() == counts.keys()
    assert set(plan.values()) == set(range(max(plan.values()) + 1))
    sizes, areas, homes = Counter(), Counter(), {}
    for (area, topic), n in counts.items():
        sizes[plan[area, topic]] += n
        areas[area] += n
        homes.setdefault(area, set()).add(plan[area, topic])
    for block, size in sizes.items():
        assert size <= most or len([pair for pair in plan if plan[pair] == block]) == 1
    assert all(len(homes[area]) == 1 for area in areas if area and areas[area] <= most)
    if sum(sizes.values()) <= most:
        assert len(sizes) == 1
