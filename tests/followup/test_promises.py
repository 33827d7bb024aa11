"""Statements, figures, times and links, on sentences written for these tests."""

import datetime

import pytest

from renda_nlp.followup.linking import link_status
from renda_nlp.followup.matching import StatementMatcher
from renda_nlp.followup.objects import commitment_kind, find_departments, find_object
from renda_nlp.followup.quantities import find_deadlines, find_quantities, quantity_of
from renda_nlp.followup.statements import find_statements, quote_of
from renda_nlp.records import Claim, Commitment, Locator, Opinion, Passage, Quote
from renda_nlp.registry import SEGMENTERS


@pytest.fixture(scope="module")
def matcher():
    return StatementMatcher(SEGMENTERS.create("rjieba", ()))


def unit(text, role="plan", paragraph=1, start=0, section="三、工作安排"):
    place = Passage(
        locator=Locator(file="报告.docx", paragraph=paragraph), start=start, end=start + len(text)
    )
    return Opinion(
        opinion_id=f"{paragraph}-{start}", text=text, passages=(place,), kind="work_report",
        channel="government", role=role, section=section,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "role", "label"),
    [
        ("投资200万元新建村级水厂1座，10月底前通水。", "plan", "commitment"),
        ("健全渠道管护机制，推进末级渠系改造。", "plan", "commitment"),
        ("让我们团结一心，奋力谱写新篇章。", "plan", "none"),
        ("各位代表，请予审议。", "plan", "none"),
        ("（二）加快补齐基础设施短板，提升承载能力。", "plan", "none"),
        ("过去一年，道路建设取得新进展。", "plan", "claim"),
        ("硬化通组路9公里，整治山塘4口。", "achievement", "claim"),
        ("村级管护经费仍然存在较大缺口。", "achievement", "difficulty"),
        ("针对就业困难增多，组织招聘会12场。", "achievement", "claim"),
    ],
)
def test_statements_are_labelled_by_section_and_words(text, role, label):
    assert [s.label for s in find_statements([unit(text, role)])] == [label]


def test_a_short_opening_is_the_heading_of_its_paragraph():
    text = "2. 完成河东路改造。上半年开工，11月底前铺完路面5.6公里。"
    heading, promise = find_statements([unit(text)])
    assert heading.label == "none"
    assert promise.label == "commitment"
    assert promise.heading == "完成河东路改造"


def test_a_list_of_targets_goes_on_to_its_full_stop():
    text = "主要预期目标是：粮食总产3万吨；居民收入与经济增长基本同步；社会大局和谐。就业是最大的民生。"
    labels = [s.label for s in find_statements([unit(text)])]
    assert labels == ["commitment", "commitment", "commitment", "none"]


def test_every_statement_is_quoted_from_its_place():
    opinion = unit("新建水厂1座。改造管网8公里；加强水质检测。", start=7)
    for statement in find_statements([opinion]):
        quote = statement.quote()
        assert quote.text == opinion.text[statement.start : statement.end]
        assert quote.passage.start == 7 + statement.start
        assert quote.passage.end - quote.passage.start == len(quote.text)
    with pytest.raises(ValueError, match="one passage"):
        quote_of(opinion, 0, len(opinion.text) + 3)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("城镇新增就业1200万人以上，失业率5.5%左右", [("1200万人", 1.2e7, "人"), ("5.5%", 5.5, "%")]),
        ("硬化通组路7.4公里，新建桥梁三座", [("7.4公里", 7.4, "公里"), ("三座", 3, "座")]),
        ("到位资金近4600万元，惠及320余户", [("4600万元", 4.6e7, "元"), ("320余户", 320, "户")]),
        ("空心村减少三成", [("三成", 30, "%")]),
        ("平均受教育年限从9.5年提高到11年", [("9.5年", 9.5, "年"), ("11年", 11, "年")]),
        ("2025年12月底前，落实“十五五”规划第3项任务，开通5G", []),
        ("办好第12次代表大会，庆祝建镇75周年", []),
    ],
)  # fmt: skip
def test_figures_with_units(text, found):
    spans = find_quantities(text)
    made = [quantity_of(text, span) for span in spans]
    assert [(q.text, q.value, q.unit) for q in made] == found


@pytest.mark.parametrize(
    ("text", "words", "due"),
    [
        ("9月底前通水", ["9月底前"], datetime.date(2025, 9, 30)),
        ("2026年6月底前完成", ["2026年6月底前"], datetime.date(2026, 6, 30)),
        ("年底前投用", ["年底前"], datetime.date(2025, 12, 31)),
        ("上半年开工", ["上半年"], datetime.date(2025, 6, 30)),
        ("三季度末前建成", ["三季度末前"], datetime.date(2025, 9, 30)),
        ("比去年增加8公里", [], None),
    ],
)
def test_times_and_their_last_day(text, words, due):
    found = find_deadlines(text, 2025)
    assert [deadline.text for deadline in found] == words
    assert max((d.due for d in found if d.due), default=None) == due


@pytest.mark.parametrize(
    ("text", "kind", "object_"),
    [
        ("新建村级水厂1座", "新建", "村级水厂"),
        ("居民收入增长7%左右", "完成", "居民收入"),
        ("启动农村厕所改造试点", "启动", "农村厕所改造试点"),
        ("继续加强河道巡查", "争取", "河道巡查"),
        ("投资380万元实施河东片区饮水提升工程", "启动", "河东片区饮水提升工程"),
    ],
)
def test_kind_and_object(text, kind, object_):
    assert commitment_kind(text, has_quantity=bool(find_quantities(text))) == kind
    assert find_object(text) == object_


def test_departments_that_a_text_charges():
    assert find_departments("由镇水务站、村建办负责，年底前完成。") == ("镇水务站", "村建办")
    assert find_departments("年底前完成。") == ()


def said(text, make, **more):
    spans = find_quantities(text)
    place = Passage(locator=Locator(file="报告.docx", paragraph=1), start=0, end=len(text))
    return make(
        quote=Quote(opinion_id="x", passage=place, text=text), topic="", year=2024, object=text,
        quantities=tuple(quantity_of(text, span) for span in spans), **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("promise", "claim", "status"),
    [
        ("新增垃圾收集点40个", "改厕380户，新增垃圾收集点42个。", "已报告完成"),
        ("硬化通组路10公里", "硬化通组路7.4公里。", "部分"),
        ("城镇调查失业率控制在5.5%以内", "城镇调查失业率5.2%。", "已报告完成"),
        ("更换主管网8公里", "主管网更换因配套资金没有到位推迟到明年。", "改口"),
        ("开工建设河东路", "河东路没有按时开工。", "部分"),
        ("建设物流体系", None, "未提及"),
    ],
)
def test_what_the_next_report_says(promise, claim, status, matcher):
    claims = [said(claim, Claim, claim_id="c")] if claim else []
    found, reason = link_status(said(promise, Commitment), claims, matcher)
    assert found == status
    assert reason.endswith("。")


def test_shared_names_weigh_more_than_the_words_of_every_report(matcher):
    scores = matcher.scores(
        ["推进老鹰岩水库除险加固"], ["完成老鹰岩水库除险加固主体工程。", "推进重点工程建设。"]
    )
    assert scores.shape == (1, 2)
    assert scores[0, 0] > 3 * scores[0, 1]
    assert matcher.scores([], ["a"]).shape == (0, 1)
