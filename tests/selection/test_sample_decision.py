"""The sample town: what is planted to be chosen is chosen, decoys are not, and for the right reason."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from renda_nlp.config import Config
from renda_nlp.pipeline import run

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"
PLANTED = json.loads((SAMPLE.parent / "sample.planted.json").read_text("utf-8"))
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def finished():
    return run(SAMPLE, Config(), as_of=date(2025, 12, 31))


@pytest.fixture(scope="module")
def candidates_of(finished):
    """Planted hotspot to the candidates of the issues that are mostly its own, the largest first."""
    table = finished.table
    texts = [table.opinion(i).text.replace("\n", "") for i in range(len(table))]
    issue_of = {table.index_of(m): i.issue_id for i in finished.report.issues for m in i.members}
    sizes = Counter(issue_of.values())
    owner = {i: c for c in finished.report.candidates for i in c.issue_ids}
    out = {}
    for spot in PLANTED["hotspots"]:
        rows = [next(i for i, t in enumerate(texts) if m["contains"] in t) for m in spot["members"]]
        found = Counter(issue_of[i] for i in rows if issue_of.get(i) in owner)
        votes: Counter[str] = Counter()
        for issue, n in found.items():
            if 2 * n > sizes[issue]:
                votes[owner[issue].candidate_id] += n
        by_id = {c.candidate_id: c for c in finished.report.candidates}
        out[spot["id"]] = [by_id[name] for name, _ in votes.most_common()]
    return out


@pytest.mark.parametrize("spot", PLANTED["must_choose"])
def test_intersections_are_chosen_by_circles_of_people_party_and_government(candidates_of, spot):
    candidate = next(c for c in candidates_of[spot] if c.chosen)
    strong = {part.name for part in candidate.criteria if part.value >= 80}
    assert {"difficulty", "party", "congress"} <= strong
    assert candidate.reason.startswith("群众热度 × 政府工作难点 × 党委重点 × 上级人大联动")


@pytest.mark.parametrize(
    ("spot", "words"),
    [("S07", "县级以上事权"), ("S08", "涉法涉诉"), ("S09", "少数人多次反映")],
)
def test_decoys_are_left_out_for_the_right_reason(candidates_of, spot, words):
    """A decoy that forms no hotspot of its own needs no reason."""
    for candidate in candidates_of[spot]:
        assert not candidate.chosen
    assert all(words in candidate.reason for candidate in candidates_of[spot][:1])


def test_the_unfinished_topic_of_the_earlier_plan_is_found(finished):
    earlier = {topic.title: topic for topic in finished.report.earlier}
    water = earlier["听取镇人民政府关于高坎片区饮水工程推进情况的报告"]
    assert water.outcome == "未办结"
    assert "转入2025年跟踪督办" in water.sentence


def test_the_town_does_not_count_its_own_plan_as_the_countys(finished):
    for candidate in finished.report.candidates:
        congress = next(part for part in candidate.criteria if part.name == "congress")
        assert all("主席团" not in q.passage.locator.file for q in congress.quotes)
