"""The nine criteria of the selection: each 0-100, with a sentence in words and its quotes."""

from collections.abc import Callable, Collection, Sequence
from math import log2

import numpy as np

from renda_nlp.config import SelectWeights
from renda_nlp.records import Criterion, Opinion, OpinionRow, Quote
from renda_nlp.selection.evidence import CIRCLES, Evidence
from renda_nlp.selection.official import OfficialRow, quote_whole
from renda_nlp.table import OpinionTable
from renda_nlp.taxonomy import is_accusation

__all__ = ["LABELS", "score_criteria", "weighted_score"]

LABELS: dict[str, str] = {
    "heat": "群众热度",
    "difficulty": "政府工作难点",
    "party": "党委重点",
    "congress": "上级人大联动",
    "deputies": "代表关注",
    "persistence": "持续性",
    "severity": "严重性",
    "power": "职权范围",
    "feasibility": "可行性",
}
"""Criterion to its Chinese name, in the order of the report."""

_SAME_TOPIC = 40.0
_FIRST, _MORE = 80.0, 10.0
_PROMISED = 60.0
_UNSAID = "未提及"
_PER_DEPUTY = 25.0
_REST = 0.1
_BREADTH, _BREADTH_PEOPLE, _MAX_BREADTH = 10.0, 10, 50.0
_INTERSECTION = 6.0
_SEVERE, _MORE_SEVERE = 40.0, 20.0
_N_QUOTES = 2
_YEARS = {0: 0.0, 1: 20.0, 2: 70.0}
_OWN, _STATION = 100.0, 70.0
_PART = 25.0  # of feasibility
_MAX_PLACES = 6

Score = tuple[float, str, tuple[Quote, ...]]


class _Rules:
    """The rules over the evidence of one candidate."""

    def __init__(self, table: OpinionTable, evidence: Evidence, level: str) -> None:
        self._table = table
        self._evidence = evidence
        self._level = level

    def _quotes(self, rows: Sequence[OfficialRow], n: int = _N_QUOTES) -> tuple[Quote, ...]:
        return tuple(quote_whole(self._opinion(row.index)) for row in rows[:n])

    def _opinion(self, index: int) -> Opinion:
        return self._table.opinion(index)

    def _circle(self, circle: str, found: str, none: str) -> Score:
        """Score papers of one kind: on this very work, or on the same topic only."""
        same = self._evidence.official[circle]
        if same:
            value = min(100.0, _FIRST + _MORE * (len(same) - 1))
            return value, f"{found}{len(same)}处直接讲到这项工作。", self._quotes(same)
        near = self._evidence.near[circle]
        if near:
            sentence = f"{found}{len(near)}处讲到同一领域，未直接讲到这项工作。"
            return _SAME_TOPIC, sentence, self._quotes(near, 1)
        return 0.0, none, ()

    def heat(self) -> Score:
        issues = self._evidence.issues
        lead, raised = self._evidence.lead, self._evidence.n_raised
        breadth = min(_MAX_BREADTH, _BREADTH * log2(1 + raised / _BREADTH_PEOPLE))
        if lead is None:
            if not raised:
                return 0.0, "本期没有群众反映。", ()
            return breadth, f"没有形成集中的热点问题，但就同一项工作共有{raised}人分别反映。", ()
        rest = _REST * sum(issue.heat for issue in issues[1:])
        value = min(100.0, issues[0].heat + rest + breadth)
        sentence = (
            f"{len(issues)}个热点问题、{self._evidence.n_people}人反映，"
            f"最高热度{issues[0].heat:.1f}；突出的是“{lead.title}”"
        )
        if raised > self._evidence.n_people:
            sentence += f"；连同其他意见，就同一项工作共有{raised}人反映"
        sentence += "。"
        return value, sentence, lead.quotes[:_N_QUOTES]

    def difficulty(self) -> Score:
        """Score what reports admit and what they promised and did not keep.

        A promise that no later report speaks of, or that is not due while people still complain,
        counts as well, but for less.
        """
        value, sentence, quotes = self._circle(
            "difficulty", "政府报告承认的困难和问题中有", "政府报告承认的困难和问题中没有提到。"
        )
        missed, promised = self._evidence.missed, self._evidence.official["promise"]
        if missed:
            sure = sum(status != _UNSAID for status in missed)
            n = len(self._evidence.official["difficulty"]) + sure
            value = max(value, _PROMISED, min(100.0, _FIRST + _MORE * (n - 1)) if n else 0.0)
            kinds = "、".join(f"{kind}{missed.count(kind)}项" for kind in dict.fromkeys(missed))
            sentence += f"承诺没有全部兑现的{len(missed)}项（{kinds}）。"
        elif promised and self._evidence.issues:
            value = max(value, _PROMISED)
            sentence += f"工作报告有{len(promised)}处承诺，群众仍有反映。"
        if promised and (missed or self._evidence.issues):
            quotes = (*quotes, *self._quotes(promised, 1))
        return value, sentence, quotes

    def party(self) -> Score:
        return self._circle("party", "党委工作安排中有", "党委工作安排中没有提到。")

    def congress(self) -> Score:
        return self._circle("congress", "上级人大计划中有", "上级人大计划中没有提到。")

    def deputies(self) -> Score:
        rows = self._evidence.deputies
        if not rows:
            return 0.0, "代表建议和审议意见没有提到。", ()
        shown = [row for row in self._table.rows(rows[:10]) if not _accuses(row)]
        quotes = tuple(quote_whole(row.opinion) for row in shown[:_N_QUOTES])
        return min(100.0, _PER_DEPUTY * len(rows)), f"代表建议和审议意见{len(rows)}件提到。", quotes

    def persistence(self) -> Score:
        years = self._evidence.years
        value = _YEARS.get(len(years), 100.0)
        if not years:
            return value, "材料没有日期，看不出持续时间。", ()
        named = "、".join(str(year) for year in years)
        if len(years) == 1:
            return value, f"只在{named}年有反映。", ()
        return value, f"{named}年都有反映或在报告中承认，持续{len(years)}个年度。", ()

    def severity(self) -> Score:
        """Score the opinions that tell of danger to life: 60 for one, 100 from three on."""
        issues = [issue for issue in self._evidence.issues if issue.severity]
        if not issues:
            return 0.0, "没有涉及生命安全等严重情形。", ()
        n = sum(bool(self._table.severity[index]) for index in self._evidence.members)
        classes = sorted({name for issue in issues for name in issue.severity})
        value = min(100.0, _SEVERE + _MORE_SEVERE * n)
        return value, f"{n}件涉及{'、'.join(classes)}，请先核实。", issues[0].quotes[:1]

    def power(self) -> Score:
        authority = self._evidence.route.authority
        own = "county" if self._level == "county" else "township"
        value = {own: _OWN, "station": _STATION}.get(authority, 0.0)
        return value, f"{self._evidence.route.name}：{self._evidence.route.reason}。", ()

    def feasibility(self) -> Score:
        """Score what supervision can hold on to: a place, a promise, a plan, a responsible hand."""
        parts = []
        n = len(self._evidence.places)
        if 0 < n <= _MAX_PLACES:
            parts.append(f"有{n}处具体地点可看")
        if self._evidence.official["promise"]:
            parts.append("有政府承诺可对照")
        if self._evidence.official["party"]:
            parts.append("党委已有部署")
        if self._evidence.route.authority != "none":
            parts.append("责任单位明确")
        sentence = "、".join(parts) or "没有具体地点、承诺和责任单位可抓"
        return _PART * len(parts), f"{sentence}。", ()


def _accuses(row: OpinionRow) -> bool:
    return is_accusation(row.subtopic, row.scores.intent)


_NEEDS: dict[str, tuple[str, str]] = {
    "difficulty": ("work_report", "政府工作报告"),
    "party": ("party_plan", "党委文件"),
    "congress": ("congress_plan", "上级人大计划"),
}
"""Criterion to the kind of document without which nothing can be said on it."""


def score_criteria(
    table: OpinionTable,
    evidence: Evidence,
    weights: SelectWeights,
    level: str,
    kinds: Collection[str],
) -> tuple[Criterion, ...]:
    """Return the scored criteria of one candidate, in the order of ``LABELS``.

    A criterion whose kind of document is not among ``kinds`` says so and weighs nothing.
    """
    rules = _Rules(table, evidence, level)
    out = []
    for name, label in LABELS.items():
        rule: Callable[[], Score] = getattr(rules, name)
        value, sentence, quotes = rule()
        weight = float(getattr(weights, name))
        kind, missing = _NEEDS.get(name, ("", ""))
        if kind and kind not in kinds:
            weight, sentence = 0.0, f"材料中没有{missing}，不计分。"
        out.append(
            Criterion(
                name=name,
                label=label,
                value=round(value, 1),
                weight=weight,
                sentence=sentence,
                quotes=quotes,
            )
        )
    return tuple(out)


def weighted_score(criteria: Sequence[Criterion]) -> float:
    """Return the score of a candidate, 0-100.

    The weighted mean of the criteria, plus 6 points for each further circle (heat, difficulty,
    party, congress) that it lies in: the intersection beats what is only loud.
    """
    values = np.array([item.value for item in criteria])
    weights = np.array([item.weight for item in criteria])
    circles = sum(item.value > _SAME_TOPIC for item in criteria if item.name in CIRCLES)
    circles += any(item.value > 0 for item in criteria if item.name == "heat")
    mean = float(values @ weights / max(weights.sum(), 1e-9))
    return round(min(100.0, mean + _INTERSECTION * max(0, circles - 1)), 1)
