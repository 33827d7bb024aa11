"""The criteria of the selection: each 0-100, with a sentence in words and its quotes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from renda_nlp.config import SelectWeights
from renda_nlp.records import Criterion, Hotspot, OpinionRow, Quote
from renda_nlp.selection.official import OfficialRecord, quote_whole
from renda_nlp.table import OpinionTable

__all__ = ["CIRCLES", "Evidence", "score_criteria", "weighted_score"]

CIRCLES = ("heat", "difficulty", "party", "congress")
"""The circles whose intersection the choice looks for."""

_SAME_TOPIC = 40.0
_FIRST, _MORE = 80.0, 10.0
_PER_DEPUTY = 25.0
_REST = 0.1
_INTERSECTION = 6.0
_N_QUOTES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a candidate rests on."""

    topic: str
    subtopics: frozenset[str]
    main_subtopic: str
    places: frozenset[str]  # of the issues
    issues: tuple[Hotspot, ...]
    deputies: tuple[OpinionRow, ...]  # suggestions and deliberations on the subject


def _official(
    table: OpinionTable,
    rows: dict[tuple[str, str], list[int]],
    evidence: Evidence,
    words: tuple[str, str],
) -> tuple[float, str, tuple[Quote, ...]]:
    """Score sentences of one kind of paper: on the same subject, or on the same topic only."""
    found, none = words
    same = sorted(
        index
        for (topic, subtopic), indices in rows.items()
        if topic == evidence.topic
        for index in indices
        if subtopic in evidence.subtopics
        or evidence.places & {table.label(code) for code in table.places[index]}
    )
    if same:
        value = min(100.0, _FIRST + _MORE * (len(same) - 1))
        quotes = tuple(quote_whole(table.opinion(i)) for i in same[:_N_QUOTES])
        return value, f"{found}{len(same)}处直接讲到这项工作。", quotes
    near = [i for (topic, _), indices in rows.items() if topic == evidence.topic for i in indices]
    if near:
        quotes = tuple(quote_whole(table.opinion(i)) for i in sorted(near)[:1])
        return _SAME_TOPIC, f"{found}{len(near)}处讲到同一领域，未直接讲到这项工作。", quotes
    return 0.0, none, ()


def _heat(evidence: Evidence) -> tuple[float, str, tuple[Quote, ...]]:
    heats = sorted((issue.heat for issue in evidence.issues), reverse=True)
    if not heats:
        return 0.0, "没有形成热点问题。", ()
    value = min(100.0, heats[0] + _REST * sum(heats[1:]))
    people = sum(issue.n_people for issue in evidence.issues)
    top = max(evidence.issues, key=lambda issue: issue.heat)
    sentence = f"{len(heats)}个热点问题、{people}人反映，最高热度{heats[0]:.1f}（{top.title}）。"
    return value, sentence, top.quotes[:_N_QUOTES]


def _deputies(evidence: Evidence) -> tuple[float, str, tuple[Quote, ...]]:
    n = len(evidence.deputies)
    if not n:
        return 0.0, "代表建议和审议意见没有提到。", ()
    quotes = tuple(quote_whole(row.opinion) for row in evidence.deputies[:_N_QUOTES])
    return min(100.0, _PER_DEPUTY * n), f"代表建议和审议意见{n}件提到。", quotes


def _severity(evidence: Evidence) -> tuple[float, str, tuple[Quote, ...]]:
    classes = sorted({name for issue in evidence.issues for name in issue.severity})
    if not classes:
        return 0.0, "没有涉及生命安全等严重情形。", ()
    return 100.0, f"涉及{'、'.join(classes)}。", ()


def score_criteria(
    table: OpinionTable, official: OfficialRecord, evidence: Evidence, weights: SelectWeights
) -> tuple[Criterion, ...]:
    """Return the scored criteria of one candidate, in the order of the weights."""
    rules: Sequence[tuple[str, str, Callable[[], tuple[float, str, tuple[Quote, ...]]]]] = (
        ("heat", "群众热点", lambda: _heat(evidence)),
        (
            "difficulty",
            "政府难点",
            lambda: _official(
                table,
                official.difficulty,
                evidence,
                ("政府报告承认的困难和问题中有", "政府报告承认的困难和问题中没有提到。"),
            ),
        ),
        (
            "party",
            "党委重点",
            lambda: _official(
                table, official.party, evidence, ("党委工作安排中有", "党委工作安排中没有提到。")
            ),
        ),
        (
            "congress",
            "上级人大联动",
            lambda: _official(
                table, official.congress, evidence, ("上级人大计划中有", "上级人大计划中没有提到。")
            ),
        ),
        ("deputies", "代表关注", lambda: _deputies(evidence)),
        ("severity", "严重性", lambda: _severity(evidence)),
    )
    out = []
    for name, label, rule in rules:
        value, sentence, quotes = rule()
        out.append(
            Criterion(
                name=name,
                label=label,
                value=round(value, 1),
                weight=float(getattr(weights, name)),
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
    circles = sum(item.value > _SAME_TOPIC for item in criteria if item.name in CIRCLES[1:])
    circles += any(item.value > 0 for item in criteria if item.name == "heat")
    mean = float(values @ weights / max(weights.sum(), 1e-9))
    return round(min(100.0, mean + _INTERSECTION * max(0, circles - 1)), 1)
