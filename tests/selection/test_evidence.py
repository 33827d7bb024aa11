"""What counts as evidence and how it becomes a score."""

from datetime import date

import pytest

from renda_nlp.config import HotspotConfig, SelectConfig
from renda_nlp.executors.serial import SerialExecutor
from renda_nlp.hotspots import HotspotFinder
from renda_nlp.records import FigureRow, Locator, Passage
from renda_nlp.selection import Material, TopicSelector, WorkFinder
from renda_nlp.selection.methods import month_of, propose_quarters
from renda_nlp.taxonomy import default_taxonomy

AS_OF = date(2025, 12, 31)
WATER = [
    "高坎村三组自来水天天停水，水压太小",
    "高坎村三组自来水又停水了",
    "高坎村三组自来水停水三天",
]
MANY = [f"{village}自来水天天停水，没水喝" for village in (
    "高坎村", "上湾村", "青竹村", "双井村", "白鹤村", "大垭村", "新民村", "沙坝村", "油坊村", "柳坪村", "石桥村", "下湾村",
)]  # fmt: skip
PARTY = ("实施高坎村饮水安全巩固提升工程，解决自来水停水问题", "party_plan", "plan")
PLAN = ("9月底前高坎村三组恢复正常供水", "work_report", "plan")
HARD = ("高坎村自来水管网老化，停水问题没有解决", "work_report", "difficulty")


@pytest.fixture
def select(make_opinion, make_table, segmenter):
    def run(texts, official=(), material=None, **settings):
        opinions = [make_opinion(text, number) for number, text in enumerate(texts)]
        opinions += [
            make_opinion(text, 100 + number, kind=kind, channel="party", role=role, **more)
            for number, (text, kind, role, *rest) in enumerate(official)
            for more in [rest[0] if rest else {}]
        ]
        table = make_table(opinions)
        finder = HotspotFinder(
            HotspotConfig(), default_taxonomy(), segmenter, "township", SerialExecutor()
        )
        issues = finder.find(table, AS_OF, None)
        selector = TopicSelector(SelectConfig(**settings), default_taxonomy(), "柏渡镇", "township")
        return selector.select(table, issues, AS_OF, material)

    return run


def part(candidate, name):
    return next(item for item in candidate.criteria if item.name == name)


def test_what_the_material_cannot_tell_weighs_nothing(select):
    alone = select(WATER).candidates[0]
    assert part(alone, "party").weight == 0.0
    assert part(alone, "party").sentence == "材料中没有党委文件，不计分。"
    assert part(select(WATER, [PARTY]).candidates[0], "party").weight > 0.0


def test_a_promise_with_people_still_waiting_counts_as_a_difficulty(select):
    candidate = select(WATER, [PLAN]).candidates[0]
    assert part(candidate, "difficulty").value == 60.0
    assert "工作报告有1处承诺，群众仍有反映" in part(candidate, "difficulty").sentence
    assert "恢复正常供水" in "".join(candidate.questions)


@pytest.mark.parametrize(("status", "value"), [("改口", 80.0), ("部分", 80.0), ("未提及", 60.0)])
def test_a_promise_that_was_not_kept_is_a_difficulty(select, status, value):
    missed = Material(missed={f"{100:016x}-1": status})
    candidate = select(WATER, [PLAN], missed).candidates[0]
    assert part(candidate, "difficulty").value == value
    assert f"承诺没有全部兑现的1项（{status}1项）" in part(candidate, "difficulty").sentence


def test_papers_of_long_ago_prove_nothing_current(select):
    old = (*PARTY, {"date": date(2020, 1, 1)})
    assert part(select(WATER, [old]).candidates[0], "party").value == 0.0


def test_many_people_in_many_places_make_a_piece_of_work(select):
    candidate = select(MANY).candidates[0]
    assert candidate.work == "rural_water"
    assert "12人" in part(candidate, "heat").sentence
    assert candidate.eligible


def test_heat_grows_with_the_people_who_raise_the_same_work(select):
    few, many = (part(select(texts).candidates[0], "heat").value for texts in (WATER, WATER + MANY))
    assert many > few


def test_years_are_counted_from_reports_too(select):
    before = (*HARD, {"date": date(2024, 1, 10)})
    candidate = select(WATER, [before]).candidates[0]
    assert part(candidate, "persistence").value == 70.0
    assert "2024、2025年" in part(candidate, "persistence").sentence


def test_only_official_papers_are_listed_but_thin(select):
    listed = select(["路灯坏了一个月"], [PARTY, HARD]).candidates
    water = next(candidate for candidate in listed if candidate.work == "rural_water")
    assert "只见于公文" in water.reason
    assert not water.chosen


def test_people_fix_the_list_and_quarters_follow(select):
    def adopt(candidates, _):
        from dataclasses import replace

        return tuple(replace(c, chosen=True, rank=n) for n, c in enumerate(candidates, 1))

    fixed = select(WATER, material=Material(fix=adopt)).candidates
    assert all(candidate.chosen and candidate.quarter for candidate in fixed)


def row(item, **values):
    empty = dict.fromkeys(("amount", "executed", "rate", "target", "department", "deadline"), "")
    place = Passage(locator=Locator(file="预算.xlsx", sheet="表1", row=2), start=0, end=4)
    return FigureRow(
        file="预算.xlsx", table="部门预算", kind="预算", item=item, text=item, passage=place,
        **{**empty, **values},
    )  # fmt: skip


def test_a_line_of_another_work_is_not_shown(select):
    rows = [row("高坎片区饮水安全工程", amount="380万元"), row("路灯电费", amount="12万元")]
    candidate = select(WATER, material=Material(figures=rows, n_tables=1)).candidates[0]
    assert [line.item for line in candidate.figures] == ["高坎片区饮水安全工程"]


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("评议柏渡供水站工作", "rural_water"),
        ("视察农村公路“最后一公里”建设情况", "roads"),
        ("大垭水库东干渠防渗整治", "irrigation"),
        ("关于柏渡镇农村饮水安全巩固提升工作情况", "rural_water"),
        ("敬老院改造", "elderly_care"),
        ("一般公共服务支出", ""),
    ],
)
def test_titles_and_items_find_their_work(text, work):
    assert WorkFinder(default_taxonomy()).find(text)[0] == work


@pytest.mark.parametrize(
    ("texts", "month"),
    [
        (["时间：8月。"], 8),
        (["一般安排", "时间：二季度。"], 5),
        (["7月底前组织视察"], 7),
        (["时间：全年。"], 0),
    ],
)
def test_months_of_a_plan(texts, month):
    assert month_of(texts) == month


def test_quarters_are_spread(select):
    work = default_taxonomy().works[0]
    slots = propose_quarters([(work, 8)] * 5 + [(work, 0)] * 3, "上级人大2025年")
    quarters = [quarter for quarter, _ in slots]
    assert quarters[:3] == ["第三季度"] * 3
    assert max(quarters.count(quarter) for quarter in quarters) <= 3
    assert slots[0][1] == "参照上级人大2025年8月的安排"


def test_the_question_quotes_the_clause_on_the_matter(select):
    promise = (
        "抓好供水管护；9月底前高坎村三组自来水恢复正常供水；保障饮水安全",
        "work_report",
        "plan",
    )
    questions = select(WATER, [promise]).candidates[0].questions
    assert "工作报告写明“9月底前高坎村三组自来水恢复正常供水”" in "".join(questions)
