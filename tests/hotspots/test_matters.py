"""One matter or two: whole texts through the finder's clustering, pair by pair."""

import json
import random
from pathlib import Path

import pytest

from renda_nlp.config import HotspotConfig
from renda_nlp.hotspots import cluster_opinions

DATA = Path(__file__).parent / "data"
GROUPS = Path(__file__).parents[2] / "corpora" / "hotspots" / "groups.jsonl"


def pairs(name):
    lines = (DATA / f"pairs_{name}.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines]


def groups_of(table):
    return [{table.ids[i] for i in group} for group in cluster_opinions(table, HotspotConfig())]


@pytest.fixture(scope="module")
def joined(make_table_of):
    """Return the pairs of both kinds whose two texts are in one group, all in one table."""
    texts = [text for name in ("apart", "same") for pair in pairs(name) for text in pair]
    found = groups_of(make_table_of(texts))
    home = {int(member.split("-")[0], 16): k for k, group in enumerate(found) for member in group}
    both = [k // 2 for k in range(0, len(texts), 2) if k in home and home[k] == home.get(k + 1)]
    n_apart = len(pairs("apart"))
    return [k for k in both if k < n_apart], [k - n_apart for k in both if k >= n_apart]


@pytest.mark.slow
def test_copied_texts_with_another_place_stay_apart(joined):
    wrong, _ = joined
    assert len(pairs("apart")) >= 60
    assert len(wrong) <= 0.05 * len(pairs("apart")), [pairs("apart")[k] for k in wrong]


@pytest.mark.slow
def test_one_matter_in_other_words_joins(joined):
    _, right = joined
    assert len(pairs("same")) >= 60
    assert len(right) >= 0.65 * len(pairs("same"))


@pytest.mark.slow
def test_the_order_of_the_input_does_not_matter(make_table_of):
    rows = [json.loads(line) for line in GROUPS.read_text("utf-8").splitlines()[:400]]
    numbered = list(enumerate(row["text"] for row in rows))
    shuffled = random.Random(1).sample(numbered, len(numbered))
    one = groups_of(make_table_of([text for _, text in numbered]))
    other = groups_of(
        make_table_of([text for _, text in shuffled], [number for number, _ in shuffled])
    )
    assert len(one) > 20
    assert sorted(map(sorted, one)) == sorted(map(sorted, other))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("K3县二中强制高三学生补课收费", "K4县二中强制高三学生补课收费"),
        ("高坎村三组自来水天天停水没人管", "白鹤村三组自来水天天停水没人管"),
    ],
)
def test_another_region_or_village_is_another_matter(make_table_of, first, second):
    table = make_table_of([first, first + "，请处理", second, second + "，请处理"])
    assert len(groups_of(table)) == 2
