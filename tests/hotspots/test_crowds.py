"""What a group draws: more in a crowded collection, and whoever says its own name."""

from dataclasses import replace

import numpy as np
import pytest

from renda_nlp.config import HotspotConfig
from renda_nlp.hotspots.collection import count_here, learn_collection, voices_of
from renda_nlp.hotspots.crowds import Crowd, crowd_pull, group_pull, own_names
from renda_nlp.hotspots.profiles import make_profiles
from renda_nlp.hotspots.sharing import shared_tokens, token_matrix

MATTER = [
    "恒裕置业的楼盘停工半年没人管，购房人要求复工交房",
    "请督促恒裕置业复工，楼盘停工大半年，购房人等着交房",
    "恒裕置业停工，说好去年交房，购房人到现在没有拿到钥匙",
    "购房人反映恒裕置业楼盘停工烂尾，逾期交房一年",
    "恒裕置业逾期交房，楼盘停工，违约金也不付",
]
SIXTH = "恒裕置业的房子，我妈到走的那天也没住上，开发商还要拖多久"
OTHERS = [
    f"第{n}组的{thing}"
    for n, thing in enumerate("路灯 水管 树苗 医保 校车 桥面 低保 厕所".split(), 1)
]


@pytest.fixture(scope="module")
def pair(make_table_of):
    """Return profiles of five opinions as one group and a sixth, and the tokens that both share."""
    table = make_table_of([*MATTER, SIXTH, *OTHERS])
    rows = voices_of(table)
    collection = learn_collection(count_here(table), HotspotConfig())
    profiles = make_profiles(table, rows, collection)
    group = len(profiles)
    profiles = profiles.with_groups(np.arange(5), np.zeros(5, np.int64), 1)
    current = np.array([group, *range(5, len(rows))])
    crowd = Crowd.of(profiles, rows).grouped(profiles.facts.sizes[current])
    ends = np.array([5]), np.array([group])
    return profiles, shared_tokens(profiles, token_matrix(profiles), *ends), crowd


def pull_of(pair, density, topic=1.0):
    profiles, shared, crowd = pair
    topics, least = np.array([topic]), np.array([1.0])
    return crowd_pull(profiles, shared, replace(crowd, density=density), topics, least)[0]


def test_a_larger_group_pulls_more_as_far_as_the_problem_is_shared():
    sizes = np.array([1, 2, 3, 60])
    assert (np.diff(group_pull(sizes, np.ones(4))) >= 0).all()
    assert group_pull(sizes, np.full(4, 0.5)).max() == 0


def test_the_collection_is_crowded_where_many_are_in_large_groups(pair):
    assert pair[2].density == 1.0  # 5 of 14 opinions
    assert pair[2].users.max() <= 14


def test_a_name_that_is_the_groups_own_draws_in_a_crowded_collection(pair):
    assert pull_of(pair, 0.0) == 1.0
    assert 1.0 < pull_of(pair, 0.5) < pull_of(pair, 1.0)
    assert pull_of(pair, 1.0, topic=0.2) == 1.0


def test_a_name_that_many_say_is_nobodys_own(pair):
    profiles, shared, crowd = pair
    assert not own_names(profiles, shared, crowd)[0]  # six say 恒裕
    assert own_names(profiles, shared, replace(crowd, users=crowd.users / 3))[0]
