from datetime import date

import numpy as np
import pytest

from renda_nlp.config import HotspotConfig
from renda_nlp.executors.serial import SerialExecutor
from renda_nlp.hotspots import HotspotFinder
from renda_nlp.hotspots.grouping import group_issues
from renda_nlp.taxonomy import default_taxonomy

AS_OF = date(2025, 12, 31)
VILLAGES = [
    "高坎村三组自来水天天停水",
    "高坎村自来水又停了三天",
    "高坎村水厂的水浑得不能喝，自来水发黄",
    "高坎村自来水有股怪味不能喝",
    "白鹤村自来水停了一个礼拜",
    "白鹤村自来水管爆了没人修",
]


@pytest.fixture(scope="module")
def grouped(make_table_of, segmenter):
    def run(texts):
        table = make_table_of(texts)
        finder = HotspotFinder(
            HotspotConfig(), default_taxonomy(), segmenter, "township", SerialExecutor()
        )
        pairs = [np.array([i, i + 1]) for i in range(0, len(texts), 2)]
        issues = finder.find(table, AS_OF, None, regroup=lambda _: pairs)
        return issues, group_issues(table, issues)

    return run


def test_issues_of_one_topic_and_village_stand_under_one_head(grouped):
    issues, groups = grouped(VILLAGES)
    assert [(g.area, len(g.issue_ids), g.n_opinions, g.n_people) for g in groups] == [
        ("高坎村", 2, 4, 4),
        ("白鹤村", 1, 2, 2),
    ]
    assert sorted(i for g in groups for i in g.issue_ids) == sorted(i.issue_id for i in issues)


def test_the_area_is_the_widest_in_which_issues_differ(grouped):
    texts = [f"云溪镇{text}" for text in VILLAGES[:4]] + [f"柏木镇{text}" for text in VILLAGES[4:]]
    _, groups = grouped(texts)
    assert [g.area for g in groups] == ["云溪镇", "柏木镇"]


def test_an_issue_without_an_area_of_that_level_has_a_narrower_one(grouped):
    texts = [f"云溪镇{text}" for text in VILLAGES[:2]] + [f"柏木镇{text}" for text in VILLAGES[2:4]]
    _, groups = grouped([*texts, *VILLAGES[4:]])
    assert {g.area for g in groups} == {"云溪镇", "柏木镇", "白鹤村"}


def test_one_issue_alone_has_the_narrowest_area_that_it_names(grouped):
    _, groups = grouped([f"云溪镇{text}" for text in ("自来水天天停水", "自来水停了三天没人修")])
    assert [g.area for g in groups] == ["云溪镇"]


def test_what_names_no_area_has_none(grouped):
    _, groups = grouped(["自来水天天停水没人管", "自来水停了三天没人修"])
    assert [g.area for g in groups] == [""]
