"""Replay of corrections on groups and choices: effect, conflicts, idempotence."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renda_nlp.corrections.choices import fix_choices
from renda_nlp.corrections.issues import regroup
from renda_nlp.corrections.ledger import Ledger
from renda_nlp.records import Candidate, Correction, opinion_key

N = 12


@dataclass
class Row:
    key: str


class Rows:
    """As much of a table as a ledger looks at: opinion i has key ``k{i}``."""

    def rows(self):
        return [Row(f"k{number}") for number in range(N)]


def ledger_of(corrections):
    ledger = Ledger(corrections)
    ledger.find_rows(Rows())
    return ledger


def keys(*numbers):
    return tuple(f"k{number}" for number in numbers)


def move(number, new, *target):
    return Correction(field="regroup", keys=keys(number), label="", old="", new=new, target_keys=keys(*target))  # fmt: skip


def merge(own, target):
    return Correction(field="merge", keys=keys(*own), label="", old="", new="2025-001", target_keys=keys(*target))  # fmt: skip


def partition(groups):
    return sorted(sorted(int(i) for i in group) for group in groups if len(group))


def arrays(groups):
    return [np.array(group) for group in groups]


def outcomes(ledger):
    return [(item.outcome, item.note) for item in ledger.outcomes()]


def test_two_issues_become_one():
    ledger = ledger_of([merge((3, 4), (0, 1, 2))])
    assert partition(regroup(ledger, arrays([[0, 1, 2], [3, 4], [5, 6]]))) == [[0, 1, 2, 3, 4], [5, 6]]  # fmt: skip
    assert outcomes(ledger) == [("已采用", "")]


def test_opinions_move_leave_and_found_a_new_issue():
    ledger = ledger_of([move(2, "2025-002", 3, 4), move(0, "单列"), move(7, "桥头路灯"), move(8, "桥头路灯")])  # fmt: skip
    made = partition(regroup(ledger, arrays([[0, 1, 2], [3, 4]])))
    assert made == [[1], [2, 3, 4], [7, 8]]
    assert [outcome for outcome, _ in outcomes(ledger)] == ["已采用"] * 4


def test_an_issue_is_found_again_when_the_material_changed():
    """Member 1 is gone from the group, 9 is new: most of the rest is together, and is meant."""
    ledger = ledger_of([merge((3, 4), (0, 1, 2))])
    assert partition(regroup(ledger, arrays([[0, 2, 9], [3, 4]]))) == [[0, 2, 3, 4, 9]]


@pytest.mark.parametrize(
    ("corrections", "words"),
    [
        ([move(99, "单列")], "没有这条意见"),
        ([move(0, "2025-099")], "找不到热点“2025-099”"),
        ([merge((3, 4), ())], "请填编号"),
        ([merge((10, 11), (0, 1))], "没有形成同样的热点"),
        (
            [move(0, "单列"), replace(move(0, "另一个"), source="乙")],
            "前后不一致：乙写的是“另一个”",
        ),
    ],
)
def test_what_cannot_be_done_is_listed_with_its_reason(corrections, words):
    ledger = ledger_of(corrections)
    before = [[0, 1, 2], [3, 4]]
    assert partition(regroup(ledger, arrays(before))) == before
    assert outcomes(ledger)[0][0] == "未采用"
    assert words in outcomes(ledger)[0][1]


def test_equal_corrections_count_once():
    ledger = ledger_of([move(0, "单列"), move(0, "单列")])
    assert partition(regroup(ledger, arrays([[0, 1, 2]]))) == [[1, 2]]
    assert [outcome for outcome, _ in outcomes(ledger)] == ["已采用", "已一致"]


def test_every_correction_has_an_outcome():
    ledger = ledger_of([Correction(field="topic", keys=("?",), label="", old="", new="教育")])
    assert outcomes(ledger)[0][0] == "未采用"


opinion = st.integers(0, N - 1)
issue = st.lists(opinion, min_size=1, max_size=5, unique=True)
change = st.one_of(
    st.builds(lambda n: move(n, "单列"), opinion),
    st.builds(lambda n, name: move(n, name), opinion, st.sampled_from(["甲", "乙"])),
    st.builds(lambda n, target: move(n, "2025-001", *target), opinion, issue),
    st.builds(merge, issue, issue),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(-1, 4), min_size=N, max_size=N), st.lists(change, max_size=6))
def test_replay_is_idempotent(labels, corrections):
    groups = [[i for i in range(N) if labels[i] == group] for group in range(5)]
    once = regroup(ledger_of(corrections), arrays([group for group in groups if group]))
    twice = regroup(ledger_of(corrections), once)
    assert partition(twice) == partition(once)


def candidate(number, *, chosen):
    empty = dict.fromkeys(("criteria", "issue_ids", "channels", "methods", "departments", "laws", "questions", "visits"), ())  # fmt: skip
    return Candidate(
        candidate_id=f"C{number:03d}", title=f"工作{number}", topic="education", subtopic="", place="", score=90.0 - number,
        chosen=chosen, rank=number if chosen else 0, reason="证据不足", quarter="", authority="township",
        authority_reason="", **empty,
    )  # fmt: skip


def test_a_choice_that_staff_fix_takes_the_place_of_the_weakest():
    candidates = [candidate(1, chosen=True), candidate(2, chosen=True), candidate(3, chosen=False)]
    made, said = fix_choices(candidates, {"工作3": "选为议题", "工作9": "不选", "工作1": "也许"}, 2)
    assert [(item.title, item.rank) for item in made] == [("工作1", 1), ("工作3", 2), ("工作2", 0)]
    assert made[1].reason == "校对指定选为议题。机器原来的判断：证据不足"
    assert made[2].reason == "议题数已满2项，让位于校对指定的议题"
    assert said["工作3"] == ("已采用", "")
    assert said["工作9"] == ("未采用", "这次没有这项备选工作")
    assert said["工作1"][0] == "未采用"


def test_a_choice_that_staff_strike_leaves_the_list():
    made, said = fix_choices([candidate(1, chosen=True), candidate(2, chosen=True)], {"工作1": "不选"}, 8)  # fmt: skip
    assert [(item.title, item.rank) for item in made] == [("工作2", 1), ("工作1", 0)]
    assert said == {"工作1": ("已采用", "")}
    assert fix_choices(made, {"工作1": "不选"}, 8) == (made, {"工作1": ("已一致", "")})


def test_the_key_of_an_opinion_depends_on_text_kind_and_day_only():
    key = opinion_key("三组停水", "feedback", "2025-03-01")
    assert len(key) == 16
    assert key == opinion_key("三组停水", "feedback", "2025-03-01")
    assert key[:4] == opinion_key("别的话", "feedback", "2025-03-01")[:4]
    others = [("三组停水", "feedback", ""), ("三组停水", "suggestion", "2025-03-01"), ("四组停水", "feedback", "2025-03-01")]  # fmt: skip
    assert key not in {opinion_key(*other) for other in others}
