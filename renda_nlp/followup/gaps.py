"""Where reports and the people's words part: the three kinds of GAP_KINDS, both sides quoted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from renda_nlp.followup.matching import SAME_WORK, Scores, StatementMatcher
from renda_nlp.followup.promises import ReportRecord
from renda_nlp.records import (
    GAP_KINDS,
    Claim,
    Commitment,
    CommitmentLink,
    Difficulty,
    Hotspot,
    PromiseGap,
    Quote,
)
from renda_nlp.selection.official import quote_whole
from renda_nlp.table import NO_DATE, OpinionTable

__all__ = ["find_gaps"]

_PROMISED, _SILENT, _AGAIN = GAP_KINDS
_MATCH = 0.75
_WORDS, _FEW_WORDS = 0.4, 0.2  # words in common: where only the topic agrees, or the subtopic too
_MANY_WORDS, _SOME_WORDS = 1.05, 0.6  # words in common where the topics differ
_SURE = 1.0
_CLOSE = 0.9  # from which a claim is on the very matter
_SAME_SUBTOPIC, _SAME_PLACE = 0.35, 0.3
_WIDELY = 2  # times the people that make an issue
_STEM = 2  # characters of a place's name that its spellings share: 高坎村, 高坎片区
_N_QUOTES, _N_TEXTS, _N_CLOSEST = 2, 3, 3
_MAX_AGE_YEARS = 2
_FULL_STOPS = "。；;"
_DONE = re.compile(
    r"完成|建成|新增|改造|投用|投入使用|竣工|解决|实现|修复|整治|硬化|新建|全线贯通|办结"
)
Said = Commitment | Claim | Difficulty


@dataclass(frozen=True, slots=True)
class _Match:
    """A statement of a report on the matter of an issue, with the day that the report bears."""

    said: Said
    score: float
    day: int


def find_gaps(
    table: OpinionTable,
    issues: Sequence[Hotspot],
    reports: Sequence[ReportRecord],
    links: Sequence[CommitmentLink],
    matcher: StatementMatcher,
    min_people: int,
) -> tuple[PromiseGap, ...]:
    """Return the gaps, by the rank of their issues; nothing when the folder has no work report.

    Args:
        table: The opinions.
        issues: The hotspots of the run.
        reports: Its work reports.
        links: What later reports say of each promise.
        matcher: Scores statements.
        min_people: From how many people an issue counts as raised widely.
    """
    dated = [report for report in reports if report.day]
    if not dated or not issues:
        return ()
    newest = max(date.fromordinal(report.day).year for report in dated)
    recent = [r for r in dated if (r.year or 0) > newest - _MAX_AGE_YEARS]
    said: list[tuple[Said, int]] = []
    for report in recent:
        said += [(item, report.day) for item in report.commitments]
        said += [(item, report.day) for item in report.claims]
        said += [(item, report.day) for item in report.difficulties]
    texts = [f"{item.heading}，{item.quote.text}" for item, _ in said]
    issue_texts = [
        "，".join((issue.title, *(q.text for q in issue.quotes[:_N_TEXTS]))) for issue in issues
    ]
    scores = matcher.scores(issue_texts, texts)
    status = {link.commitment_id: link for link in links}
    out = []
    for row, issue in enumerate(issues):
        matches = sorted(
            (
                _Match(item, _adjusted(issue, item, float(scores[row, column])), day)
                for column, (item, day) in enumerate(said)
            ),
            key=lambda match: (-match.score, -match.day, match.said.quote.opinion_id),
        )
        silent = not any(
            _speaks(issue, item, float(scores[row, column]))
            for column, (item, _) in enumerate(said)
        ) and not _shares_words(issue_texts[row], texts, scores[row], matcher)
        if issue.n_people < min_people:  # a small issue counts where there is no doubt
            promises = (m for m in matches if isinstance(m.said, Commitment))
            matches = [match for match in promises if match.score >= _SURE]
        gap = _gap_of(table, issue, matches, status)
        if gap is None and silent and issue.n_people >= _WIDELY * min_people:
            gap = _silent(issue, recent)
        if gap is not None:
            out.append(gap)
    return tuple(out)


def _is_near(issue: Hotspot, item: Said) -> bool:
    """Whether a statement names the place of an issue."""
    return bool(issue.place) and issue.place[:_STEM] in f"{item.heading}{item.quote.text}"


def _adjusted(issue: Hotspot, item: Said, score: float) -> float:
    """Return how surely a statement is on the matter of an issue, 0.0 where it cannot be.

    The subject must agree: the same subtopic, the same topic and words in common, or so many words
    at the same place that the topics of two short texts need not. Then the place must: a statement
    about another place is on another matter.
    """
    near = _is_near(issue, item)
    if issue.place and item.place and not near:
        return 0.0
    same_subtopic = bool(issue.subtopic) and issue.subtopic == item.subtopic
    if not same_subtopic and issue.topic != item.topic:
        return score + _SAME_PLACE if near and score >= _MANY_WORDS else 0.0
    if score < (_FEW_WORDS if same_subtopic else _WORDS) and not (near and same_subtopic):
        return 0.0
    return score + _SAME_SUBTOPIC * same_subtopic + _SAME_PLACE * near


def _speaks(issue: Hotspot, item: Said, score: float) -> bool:
    """Whether a statement may be on the matter of an issue, so that no report is silent on it."""
    if score >= _MANY_WORDS or (score >= _SOME_WORDS and _is_near(issue, item)):
        return True
    return bool(issue.subtopic) and issue.subtopic == item.subtopic and score >= _FEW_WORDS


def _shares_words(
    issue: str, texts: Sequence[str], scores: Scores, matcher: StatementMatcher
) -> bool:
    """Whether one of the closest statements shares two telling words with an issue."""
    for at in np.argsort(-scores, kind="stable")[:_N_CLOSEST].tolist():
        shared = matcher.shared(issue, texts[at])
        if sum(not word.startswith(SAME_WORK) for word in shared) > 1:
            return True
    return False


def _days(table: OpinionTable, issue: Hotspot, after: int) -> list[tuple[int, int]]:
    """Return (day, row) of the issue's opinions dated after a day, the earliest first."""
    rows = [table.index_of(member) for member in issue.members]
    days = table.column_at("days", rows)
    kept = np.flatnonzero((days != NO_DATE) & (days > after))
    return sorted((int(days[i]), rows[i]) for i in kept.tolist())


def _voices(table: OpinionTable, later: Sequence[tuple[int, int]]) -> tuple[Quote, ...]:
    """Return the latest words that may be shown."""
    rows = (table.row(row) for _, row in reversed(later))
    quotes = [quote_whole(row.opinion) for row in rows if not row.withheld]
    return tuple(quotes[:_N_QUOTES])


def _gap_of(
    table: OpinionTable,
    issue: Hotspot,
    matches: Sequence[_Match],
    status: dict[str, CommitmentLink],
) -> PromiseGap | None:
    """Return the gap between a promise or a claim on the matter and what was said after it."""
    close = [match for match in matches if match.score >= _MATCH]
    promises = [match for match in close if isinstance(match.said, Commitment)]
    claims = [
        match
        for match in close
        if isinstance(match.said, Claim)
        and match.score >= _CLOSE
        and _DONE.search(match.said.quote.text)
    ]
    kept = [match for match in promises if _is_open(match.said, status)]
    if not promises and claims:
        return _gap(table, issue, _AGAIN, claims[:_N_QUOTES])
    if promises and not kept:
        sure = [match for match in promises if match.score >= _CLOSE]
        return _gap(table, issue, _AGAIN, sure[:_N_QUOTES]) if sure else None
    return _gap(table, issue, _PROMISED, kept[:_N_QUOTES]) if kept else None


def _is_open(said: Said, status: dict[str, CommitmentLink]) -> bool:
    if not isinstance(said, Commitment):
        return False
    link = status.get(said.commitment_id)
    return link is None or link.status != "已报告完成"


def _gap(
    table: OpinionTable, issue: Hotspot, kind: str, matches: Sequence[_Match]
) -> PromiseGap | None:
    later = _days(table, issue, matches[0].day)
    voices = _voices(table, later)
    if not voices:
        return None
    said = matches[0].said
    day = date.fromordinal(matches[0].day)
    last = date.fromordinal(later[-1][0])
    words = f"“{said.quote.text.rstrip(_FULL_STOPS)}”"
    if kind == _PROMISED and isinstance(said, Commitment):
        time = f"，时限：{said.deadline}" if said.deadline else ""
        sentence = f"{day:%Y年%-m月%-d日}的报告承诺{words}{time}；此后仍有{len(later)}件反映，最近一件在{last:%Y年%-m月%-d日}。"
        if said.due and last > said.due:
            sentence += "反映时已过承诺的时限。"
    else:
        sentence = f"{day:%Y年%-m月%-d日}的报告说{words}；此后又有{len(later)}件反映，最近一件在{last:%Y年%-m月%-d日}。"
    return PromiseGap(
        kind=kind,
        issue_id=issue.issue_id,
        title=issue.title,
        sentence=sentence,
        commitment_ids=tuple(
            match.said.commitment_id for match in matches if isinstance(match.said, Commitment)
        ),
        official=tuple(match.said.quote for match in matches),
        voices=voices,
    )


def _silent(issue: Hotspot, reports: Sequence[ReportRecord]) -> PromiseGap:
    files = "、".join(dict.fromkeys(report.key[0] for report in reports))
    return PromiseGap(
        kind=_SILENT,
        issue_id=issue.issue_id,
        title=issue.title,
        sentence=f"{issue.n_people}人反映{issue.n_opinions}件；查过的工作报告（{files}）里没有找到说这件事的话，请核对。",
        commitment_ids=(),
        official=(),
        voices=issue.quotes[:_N_QUOTES],
    )
