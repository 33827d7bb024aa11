"""Whose matter it is, at each level, in words."""

from datetime import date

import pytest

from renda_nlp.config import SelectConfig
from renda_nlp.records import Hotspot
from renda_nlp.selection import TopicSelector
from renda_nlp.selection.official import plan_owner
from renda_nlp.selection.routing import Powers
from renda_nlp.taxonomy import default_taxonomy

AS_OF = date(2025, 12, 31)
POWER = [f"青竹村{n}组天天停电，供电所不来修" for n in "一一一一"]
COURT = [
    f"上坪村张家的案子法院判决了半年，执行局{tail}" for tail in ("不管", "拖着", "没消息", "不执行")
]
ACCUSED = [
    f"举报新民村支书贪污低保款，{tail}"
    for tail in ("请纪委查处", "村里都知道", "要求查账", "没人管")
]
PETITION = [
    f"下坝村李家房屋纠纷，信访复查意见{tail}" for tail in ("不服", "没收到", "拖了半年", "请再审")
]
STATE_ROAD = [
    f"国道318线云溪镇段坑洼，{tail}" for tail in ("颠得很", "摔了人", "没人修", "雨天积水")
]


def issue_over(table, topic, subtopic):
    """Return one issue that holds every row of a table."""
    return Hotspot(
        issue_id="2025-001", rank=1, title="一件事", summary=(), heat=40.0, heat_terms=(),
        n_opinions=len(table), n_people=len(table), n_places=1, n_channels=1, n_duplicates=0, flood="",
        first_date=None, last_date=None, place="", people="", topic=topic, subtopic=subtopic,
        trend="平稳", monthly=(), members=tuple(table.ids), channels=(), quotes=(), departments=(),
        authority="", severity=(), rank_low=1, rank_high=1, sides=(),
    )  # fmt: skip


@pytest.fixture
def first(make_opinion, make_table):
    def run(texts, level="township", area="柏渡镇"):
        table = make_table([make_opinion(text, number) for number, text in enumerate(texts)])
        row = table.row(0)
        issue = issue_over(table, row.scores.topic, row.subtopic)
        selector = TopicSelector(SelectConfig(), default_taxonomy(), area, level)
        return selector.select(table, [issue], AS_OF).candidates[0]

    return run


@pytest.mark.parametrize(
    ("texts", "name", "words"),
    [
        (POWER, "派驻站所", "可开展工作评议，同时报县级人大"),
        (COURT, "不作监督议题", "属涉法涉诉"),
        (ACCUSED, "不作监督议题", "转送纪检监察机关"),
        (PETITION, "不作监督议题", "属信访程序中的个案"),
        (STATE_ROAD, "县级以上", "4件中4件说到“国道”"),
    ],
)
def test_each_matter_goes_to_its_hand_with_the_words_that_say_so(first, texts, name, words):
    candidate = first(texts)
    assert candidate.authority_name == name
    assert words in candidate.authority_reason
    if name in ("县级以上", "不作监督议题"):
        assert not candidate.eligible
        assert candidate.authority_reason in candidate.reason


def test_a_county_sees_the_same_matters_otherwise(first):
    assert first(POWER, "county", "栖川县").authority_name == "垂直管理单位"
    assert first(STATE_ROAD, "county", "栖川县").authority_name == "市级以上"


@pytest.mark.parametrize(
    ("level", "area", "name"),
    [
        ("township", "柏渡镇", "镇本级"),
        ("township", "青山乡", "乡本级"),
        ("subdistrict", "东城街道", "街道本级"),
        ("county", "栖川县", "县本级"),
        ("county", "东城区", "区本级"),
    ],
)
def test_each_level_names_itself(level, area, name):
    powers = Powers(level, area)
    own = "county" if level == "county" else "township"
    assert powers.route(own).name == name
    assert powers.ours(own)
    assert not powers.ours(powers.above)
    assert not powers.ours("none")


def test_the_county_has_an_authority_of_its_own_for_every_subtopic():
    taxonomy = default_taxonomy()
    for subtopic in taxonomy.subtopics:
        assert taxonomy.authority(subtopic.subtopic_id, "county") in {
            "county",
            "station",
            "city",
            "none",
        }
        assert taxonomy.authority(subtopic.subtopic_id, "township") in {
            "township", "station", "county", "none",
        }  # fmt: skip
    assert taxonomy.authority("metro_rail", "county") == "city"
    assert taxonomy.authority("litigation", "county") == "none"


def test_every_subtopic_belongs_to_one_piece_of_work():
    taxonomy = default_taxonomy()
    named = [name for work in taxonomy.works for name in work.subtopics]
    assert sorted(named) == sorted(sub.subtopic_id for sub in taxonomy.subtopics)
    assert {work.topic_id for work in taxonomy.works} == set(taxonomy.topic_ids)


def test_a_subdistrict_has_no_countryside_in_its_titles(first):
    texts = [
        f"东城街道幸福小区自来水天天停水，{tail}"
        for tail in ("水压小", "没水喝", "不通知", "没人修")
    ]
    assert first(texts, "subdistrict", "东城街道").title == "关于东城街道饮水安全巩固提升工作情况"


REPEALED = (
    "物权法", "合同法", "侵权责任法", "担保法", "婚姻法", "继承法", "环境噪声污染防治法", "食品卫生法",
    "农业税条例", "城市房屋拆迁管理条例", "企业劳动争议处理条例", "执业医师法",
)  # fmt: skip


def test_no_law_that_is_no_longer_in_force_is_named():
    named = {law for sub in default_taxonomy().subtopics for law in sub.laws}
    assert all(law.startswith("《") and law.endswith("》") for law in named)
    assert not {f"《{law}》" for law in REPEALED} & named


@pytest.mark.parametrize(
    ("name", "level", "area", "owner"),
    [
        ("柏渡镇人大主席团2025年监督工作计划", "township", "柏渡镇", "own"),
        ("栖川县人大常委会2025年监督工作计划", "township", "柏渡镇", "higher"),
        ("2025年监督工作计划", "township", "柏渡镇", "higher"),
        ("东城街道人大工委2025年工作要点", "subdistrict", "东城街道", "own"),
        ("栖川县人大常委会2025年监督工作计划", "county", "栖川县", "own"),
        ("宁州市人大常委会2025年监督工作计划", "county", "栖川县", "higher"),
        ("柏渡镇人大主席团2025年监督工作计划", "county", "栖川县", "lower"),
    ],
)
def test_whose_a_plan_is(name, level, area, owner):
    assert plan_owner(name, "a.docx", area, level) == owner


def test_one_misread_word_takes_no_matter_away(make_opinion, make_table):
    texts = ["石沙路路面坑洼，摩托车摔了", "石沙路路面破损", "石沙路坑太多", "石沙路没人养护"]
    table = make_table([make_opinion(text, number) for number, text in enumerate(texts)])
    issue = issue_over(table, "roads_transport", "metro_rail")
    selector = TopicSelector(SelectConfig(), default_taxonomy(), "柏渡镇", "township")
    assert selector.select(table, [issue], AS_OF).candidates[0].authority_name == "镇本级"
