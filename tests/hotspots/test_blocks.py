"""Blocks find what one go finds, as far as groups stay in their block or meet at its border."""

import json
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda_nlp.hotspots.blocks import block_keys, cluster_block, cluster_rows, pack_keys
from renda_nlp.hotspots.clustering import asked_link

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
    rows = np.arange(len(table))
    whole = _pairs(cluster_block(table, rows, asked_link(30.0, len(rows))))
    assert len(whole) > 30
    assert len(set(block_keys(table, rows))) > 3
    assert _pairs(cluster_rows(table, rows, 30.0, max_block=len(table))) == whole
    parts = _pairs(cluster_rows(table, rows, 30.0, max_block=len(table) // 2))
    assert parts != whole
    assert len(parts & whole) >= 0.7 * len(whole)
    assert len(parts - whole) <= 0.3 * len(parts)


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 9), max_size=9), st.integers(1, 12))
def test_keys_are_packed_whole_in_order_and_within_bounds(counts, most):
    packed = pack_keys(counts, most)
    assert [packed[key] for key in sorted(counts)] == sorted(packed.values())
    sizes = Counter()
    for key, block in packed.items():
        sizes[block] += counts[key]
    for block, size in sizes.items():
        keys = [key for key in packed if packed[key] == block]
        assert size <= most or len(keys) == 1
