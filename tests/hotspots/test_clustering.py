import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda_nlp.hotspots.clustering import cluster_pairs
from renda_nlp.hotspots.duplicates import copy_groups, flood_note
from renda_nlp.hotspots.similarity import Pairs


def pairs(*links):
    first, second, odds = (np.array(column) for column in zip(*links, strict=True))
    first, second = first.astype(np.int64), second.astype(np.int64)
    no = np.zeros(len(first), bool)
    return Pairs(first, second, odds.astype(float), no, no)


def test_strong_links_join_and_weak_ones_do_not():
    labels = cluster_pairs(pairs((0, 1, 6.0), (2, 3, 6.0), (1, 2, -5.0)), 5)
    assert labels.tolist() == [0, 0, 2, 2, 4]


def test_a_chain_does_not_become_one_cluster():
    chain = pairs(*[(i, i + 1, 1.5) for i in range(20)])
    sizes = np.bincount(cluster_pairs(chain, 21))
    assert sizes.max() <= 3


def test_what_is_no_candidate_counts_against_a_group():
    links = pairs((0, 1, 3.0), (1, 2, 3.0), (0, 2, -3.0))
    assert cluster_pairs(links, 3).tolist() == [0, 0, 2]


@given(
    st.lists(
        st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(-12, 12)),
        min_size=1,
        max_size=40,
    )
)
def test_every_opinion_is_in_one_cluster_named_by_its_first_member(raw):
    links = {(min(a, b), max(a, b)): odds for a, b, odds in raw if a != b}
    found = pairs(*[(a, b, odds) for (a, b), odds in sorted(links.items())] or [(0, 1, -12.0)])
    labels = cluster_pairs(found, 12)
    assert len(labels) == 12
    assert all(labels[label] == label for label in labels)


def test_copies_are_folded_and_near_texts_are_not():
    long = "请求尽快修复石沙路，大货车把路面压得坑坑洼洼，学生上学很不方便，已经反映多次没有结果"
    assert copy_groups([long, long + "。", "石沙路什么时候修？"], 0.8) == [0, 0, 2]


@pytest.mark.parametrize(
    ("groups", "authors", "words"),
    [
        ([0, 0, 0, 3], [1, 2, 3, 4], "3件文字基本相同（3人提交）"),
        ([0, 1, 2], [7, 7, 7], "3件由同一人提交"),
        ([0, 1, 2], [1, 2, 3], ""),
    ],
)
def test_floods_are_said_in_words(groups, authors, words):
    note = flood_note(groups, authors)
    assert (words in note) if words else note == ""
