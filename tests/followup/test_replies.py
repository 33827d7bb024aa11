"""Scores and warnings of replies written for these tests."""

import pytest

from renda_nlp.followup.replies import clause_span
from renda_nlp.followup.scoring import Asked, assess_reply
from renda_nlp.followup.terms import TermFinder
from renda_nlp.registry import SEGMENTERS

QUESTION = (
    "请求解决河东村三组路灯不亮的问题。河东村三组的路灯坏了半年，老人晚上出门摔跤，请派人维修。"
)
GOOD = (
    "您好！您的留言已收悉。经镇村建办现场核实，河东村三组路灯线路老化，情况属实。依据《城市道路照明设施管理规定》，"
    "12盏路灯已于6月3日全部修复，线路改造列入今年计划，9月底前完成。感谢您的监督！"
)


@pytest.fixture(scope="module")
def finder():
    return TermFinder(SEGMENTERS.create("rjieba", ()))


def assess(reply, finder, days=10):
    asked = Asked(title=QUESTION.split("。")[0], text=QUESTION, days=days, limit_days=60)
    return assess_reply(asked, reply, finder)


def test_a_good_reply_has_high_scores_and_no_warning(finder):
    found = assess(GOOD, finder)
    assert {score.name: score.value for score in found.scores}["relevance"] == 5
    assert found.value("explainability") >= 4
    assert found.value("commitment") == 5
    assert found.value("timeliness") == 5
    assert found.flags == ()


@pytest.mark.parametrize(
    ("reply", "flag"),
    [
        ("您好！留言已收悉。", "只表态无措施"),
        ("您的来信收悉。我办高度重视，将认真研究、充分论证，争取早日解决河东村路灯问题。", "只表态无措施"),
        ("来信收悉。河东村路灯不属于我办职责范围，请您向供电公司反映。", "推诿"),
        ("收悉。下一步，我办将督促村委会加强河东村三组路灯线路的巡查和维修，改善群众夜间出行条件，进一步做好照明工作。", "无时限"),
        ("收悉。近年来我院持续加强内涵建设，新添彩超一台，家庭医生签约率不断提升，就医体验明显改善。", "答非所问"),
    ],
)  # fmt: skip
def test_warnings_come_with_the_words_that_show_them(reply, flag, finder):
    found = {item.name: item for item in assess(reply, finder).flags}
    assert flag in found
    assert found[flag].sentence
    for start, end in found[flag].spans:
        assert 0 <= start < end <= len(reply)


def test_late_replies(finder):
    late = assess(GOOD, finder, days=75)
    assert [flag.name for flag in late.flags] == ["逾期"]
    assert late.value("timeliness") == 2
    unknown = assess(GOOD, finder, days=None)
    assert unknown.value("timeliness") == 0


def test_the_few_words_of_a_register(finder):
    assert assess("已修复", finder).flags == ()
    assert [flag.name for flag in assess("已转供电所", finder).flags] == ["只表态无措施"]


def test_words_are_shown_with_their_clause():
    text = "一、我办高度重视，派人查看。二、已修复。"
    start = text.index("重视")
    left, right = clause_span(text, start, start + 2)
    assert text[left:right] == "一、我办高度重视"


@pytest.mark.parametrize(
    ("reply", "commitment", "flags"),
    [
        ("已修复。", 4, set()),
        ("主管爆管，已抢修恢复。", 4, set()),
        ("12月20日前安装完毕。", 4, set()),
        ("列入今年管网改造计划。", 2, {"只表态无措施"}),
        ("人员紧张，正在调整。", 2, {"只表态无措施"}),
    ],
)
def test_the_few_words_of_a_register_are_no_answer_to_something_else(
    reply, commitment, flags, finder
):
    found = assess(reply, finder)
    assert found.value("commitment") == commitment
    assert {flag.name for flag in found.flags} == flags


def test_what_is_done_counts_where_it_is_on_the_matter_asked(finder):
    near = assess("收悉。河东村三组路灯线路经现场核实，已于6月3日全部修复并恢复照明。", finder)
    aside = assess("收悉。我镇卫生院新病房已于6月3日全部完工并投入使用，就医条件改善。", finder)
    for name in ("relevance", "completeness", "commitment"):
        assert near.value(name) > aside.value(name)


def test_a_plain_no_with_its_reason_is_an_answer(finder):
    no = "收悉。经现场核实，河东村三组路灯线路在征地红线内，暂不考虑更换，路灯维修由施工方负责。"
    maybe = "收悉。河东村三组路灯更换一事，我办高度重视，将认真研究，统筹考虑。"
    assert assess(no, finder).value("commitment") > assess(maybe, finder).value("commitment")
