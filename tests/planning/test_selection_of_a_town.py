"""What the selection says about a whole folder, and that it stands in the folder."""

import re

import pytest

from renda_nlp.config import Config
from renda_nlp.evidence import find_quotes, source_stretches


@pytest.fixture(scope="module")
def by_work(town_run):
    return {candidate.work: candidate for candidate in town_run.report.candidates}


def test_one_clear_topic_is_chosen_and_no_more(town_run):
    chosen = [c for c in town_run.report.candidates if c.chosen]
    assert [c.title for c in chosen] == ["关于云溪镇农村饮水安全巩固提升工作情况"]
    assert town_run.report.plan_year == 2026


def test_nine_criteria_each_with_a_sentence(by_work):
    criteria = {part.name: part for part in by_work["rural_water"].criteria}
    assert list(criteria) == [
        "heat", "difficulty", "party", "congress", "deputies", "persistence", "severity", "power",
        "feasibility",
    ]  # fmt: skip
    assert all(0 <= part.value <= 100 and part.sentence for part in criteria.values())
    assert criteria["party"].value >= 80
    assert "石桥村" in criteria["difficulty"].quotes[0].text


@pytest.mark.parametrize(
    ("work", "name", "reason"),
    [
        ("rail", "县级以上", "4件中4件说到“高铁”，属县级以上事权"),
        ("litigation", "不作监督议题", "属涉法涉诉"),
    ],
)
def test_matters_of_other_hands_are_listed_with_the_reason(by_work, work, name, reason):
    candidate = by_work[work]
    assert candidate.authority_name == name
    assert reason in candidate.reason
    assert not candidate.chosen
    assert not candidate.methods


def test_what_the_county_planned_is_said_beside_it(by_work):
    assert "上级人大已安排：“2. 就高铁站前期工作听取情况通报。”" in by_work["rail"].reason


def test_every_candidate_has_six_cells_and_they_count_its_opinions(town_run):
    for candidate in town_run.report.candidates:
        assert [cell.number for cell in candidate.matrix] == [1, 2, 3, 4, 5, 6]
        assert sum(cell.n_opinions for cell in candidate.matrix) >= candidate.n_people
        assert all(bool(cell.n_opinions) >= bool(cell.quotes) for cell in candidate.matrix)


def test_lines_of_money_stand_beside_the_work_they_concern(by_work):
    line = by_work["rural_water"].figures[0]
    assert (line.item, line.amount, line.executed, line.rate) == (
        "石桥村饮水管网改造工程", "380万元", "120.5万元", "31.7%",
    )  # fmt: skip
    assert by_work["rail"].figures == ()
    assert "没有找到与此有关的行" in by_work["rail"].figures_note


def test_an_unfinished_topic_of_last_year_is_followed_up(town_run, by_work):
    water = by_work["rural_water"]
    assert water.methods[0] == "跟踪督办"
    earlier = {topic.title: topic for topic in town_run.report.earlier}
    unfinished = earlier["听取镇人民政府关于石桥村饮水工程推进情况的报告"]
    assert (unfinished.outcome, unfinished.candidate_id) == ("未办结", water.candidate_id)
    done = earlier["视察下坝村文化广场建设情况"]
    assert (done.outcome, done.relation) == ("已办结", "未再集中反映")


def test_voted_projects_are_tracked(town_run):
    voted = {project.name: project for project in town_run.report.voted}
    assert voted["下坝村文化广场建设"].status == "已报告完成"
    assert voted["石桥村供水管网改造"].status == "未完成"
    assert voted["石桥村供水管网改造"].n_issues == 1


def test_the_responsible_unit_is_the_one_that_the_material_names(by_work):
    assert by_work["rural_water"].departments == ("镇水管站",)
    assert "镇水管站" in by_work["rural_water"].department_quotes[0].text


def test_a_project_for_the_vote_comes_from_the_hotspot(town_run):
    assert [p.name for p in town_run.report.livelihood] == ["石桥村供水保障提升工程"]


def test_sensitivity_tries_half_and_double_of_each_weight(town_run):
    report = town_run.report
    lines = report.sensitivity
    assert len(lines) == 18
    ids = {candidate.candidate_id for candidate in report.candidates}
    assert all(set(line.chosen) <= ids for line in lines)
    assert all(line.changed_weight in (line.weight / 2, line.weight * 2) for line in lines)


def test_every_quote_of_the_decision_stands_at_its_place(town, town_run):
    report = town_run.report
    quotes = list(find_quotes((report.candidates, report.earlier, report.voted, report.livelihood)))
    found = source_stretches({quote.passage for quote in quotes}, town, Config().read)
    assert len(quotes) > 20
    assert all(len(found[q.passage]) == q.passage.end - q.passage.start > 0 for q in quotes)
    assert not [failure for failure in report.failures if failure.stage == "quote"]


def test_words_quoted_in_questions_stand_in_the_folder(town, town_run):
    texts = "".join(path.read_text("utf-8") for path in town.iterdir())
    titles = {issue.title for issue in town_run.report.issues}
    for candidate in town_run.report.candidates:
        assert 5 <= len(candidate.questions) <= 8
        for words in re.findall(r"“([^”]+)”", "".join(candidate.questions)):
            assert words in texts or words in titles
