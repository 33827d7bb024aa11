import json
from dataclasses import asdict, replace
from datetime import date

import pytest

from renda_nlp.analysis import make_finder
from renda_nlp.config import Config, HistoryConfig
from renda_nlp.errors import InputError
from renda_nlp.history import continue_issues, load_earlier

WATER = ["高坎村三组自来水天天停水没人管", "高坎村自来水又停水三天了", "高坎村停水老人没水喝"]
WATER_NEXT = ["高坎村今年自来水还是经常停水", "高坎村自来水今年还是经常停水，没人管"]
LIGHTS = ["下湾村桥头路灯坏了半年没人修", "下湾村桥头路灯坏了很久，没人修，晚上摔跤"]
BUS = ["沙坝村班车下午两点就收车", "沙坝村班车下午两点就收车，学生回不了家"]


@pytest.fixture
def find(make_table, make_opinion):
    def issues_of(*groups, year=2025, first=0):
        texts = [text for group in groups for text in group]
        opinions = [
            make_opinion(text, first + n, date=date(year, 5, 1 + n)) for n, text in enumerate(texts)
        ]
        table = make_table(opinions)
        return make_finder(Config()).find(table, date(year, 12, 31), None), table

    return issues_of


@pytest.fixture
def earlier(find, tmp_path):
    issues, _ = find(WATER, LIGHTS, year=2024)
    plain = [asdict(issue) for issue in issues]
    data = {"schema": "renda_nlp/report/1", "issues": plain}
    path = tmp_path / "report.json"
    path.write_text(json.dumps(data, ensure_ascii=False, default=str), "utf-8")
    return load_earlier(tmp_path)


def by_place(issues):
    return {issue.place: issue for issue in issues}


def test_ids_continue_and_what_is_new_or_gone_is_said(find, earlier):
    issues, table = find(WATER_NEXT, BUS, first=10)
    continued, matches = continue_issues(issues, earlier, table, HistoryConfig())
    water, bus = by_place(continued)["高坎村"], by_place(continued)["沙坝村"]
    assert (water.status, bus.status) == ("continuing", "new")
    assert water.issue_id in {before.issue_id for before in earlier}
    assert bus.issue_id.startswith("2025-")
    assert table.issue_ids[table.index_of(water.members[0])] == water.issue_id
    gone = [match for match in matches if match.status == "closed"]
    assert ["下湾" in match.earlier_title for match in gone] == [True]
    assert len(matches) == len(continued) + len(gone)


def test_new_numbers_go_on_behind_the_earlier_ones(find, earlier):
    issues, table = find(BUS, year=2024, first=20)
    (bus,), _ = continue_issues(issues, earlier, table, HistoryConfig())
    assert bus.issue_id == "2024-003"


def test_the_same_opinions_are_the_same_issue_whatever_the_words(find, earlier):
    issues, table = find(WATER, LIGHTS, year=2024)
    renamed = [replace(before, title="别的", words="别的", place="") for before in earlier]
    continued, _ = continue_issues(issues, renamed, table, HistoryConfig())
    assert [issue.issue_id for issue in continued] == [issue.issue_id for issue in issues]
    assert {issue.status for issue in continued} == {"continuing"}


def test_another_place_is_another_issue(find, earlier):
    moved = [text.replace("高坎村", "白鹤村") for text in WATER]
    issues, table = find(moved, first=30)
    continued, _ = continue_issues(issues, earlier, table, HistoryConfig())
    assert [issue.status for issue in continued] == ["new"]


def test_staff_corrections_decide(find, earlier):
    issues, table = find(WATER_NEXT, BUS, first=10)
    old = {before.place: before.issue_id for before in earlier}
    water, bus = by_place(issues)["高坎村"], by_place(issues)["沙坝村"]
    config = HistoryConfig(
        same=((old["下湾村"], bus.members[1]),), apart=((old["高坎村"], water.members[0]),)
    )
    continued, _ = continue_issues(issues, earlier, table, config)
    assert by_place(continued)["沙坝村"].issue_id == old["下湾村"]
    assert by_place(continued)["高坎村"].status == "new"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "没有找到往年报告"),
        ("{", "不是 report.json"),
        ('{"issues": []}', "缺少 schema"),
        ('{"schema": "renda_nlp/report/1"}', "issues 一节不完整"),
    ],
)
def test_what_is_no_report_is_said_in_words(tmp_path, content, message):
    path = tmp_path / "report.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=message):
        load_earlier(path)
