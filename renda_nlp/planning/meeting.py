"""The paper for the meeting that decides 议题建议说明: two pages, what is proposed and why."""

from collections.abc import Sequence
from pathlib import Path

from renda_nlp.planning.topics import PlannedTopic
from renda_nlp.planning.wording import MEETINGS, ORGANS, clip, short_title
from renda_nlp.records import Candidate, Report
from renda_nlp.reports.docxpage import OfficialDocument
from renda_nlp.reports.wording import without_topics

__all__ = ["write_meeting_paper"]

_MARKS = (("heat", "群众"), ("difficulty", "政府"), ("party", "党委"), ("congress", "上级"), ("deputies", "代表"))  # fmt: skip
_STRONG = 40.0
_MAX_OTHERS = 4
_MAX_REASON = 60


def write_meeting_paper(report: Report, topics: Sequence[PlannedTopic], path: Path) -> None:
    """Write the explanation of the proposed topics as a Word document of two pages."""
    organ, meeting = ORGANS[report.level], MEETINGS[report.level]
    title = f"关于{report.plan_year}年监督议题建议的说明"
    document = OfficialDocument(title)
    document.title(title, f"（建议稿，提请{report.area}{organ}讨论）")
    document.heading("一、议题怎样提出")
    document.body(_origin(report))
    document.heading(f"二、建议议题（{len(topics)}项）")
    if topics:
        document.table(
            ("序号", "议题", "结合点", "人数", "方式", "时间"),
            [_row(report, number, topic) for number, topic in enumerate(topics, 1)],
            (10, 50, 28, 13, 35, 20),
        )
    else:
        document.body(without_topics(report))
    document.heading("三、没有列入的主要事项")
    for number, item in enumerate(_others(report, topics), 1):
        document.item(
            f"{number}. {short_title(item.title, report.area)}：{clip(item.reason, _MAX_REASON)}"
        )
    document.heading(f"四、请{meeting}决定")
    document.body(
        "请逐项决定采纳、调整或不采纳，说明理由，填入《决定登记表》。"
        "议题确定后征求意见、报党委、印发执行。"
    )
    document.save(path)


def _origin(report: Report) -> str:
    counts = report.counts
    eligible = sum(candidate.eligible for candidate in report.candidates)
    return (
        f"收集{counts.get('voices_in_period', 0)}条意见，归并为{len(report.issues)}个热点问题，"
        f"对照党委部署、政府报告和上级人大计划，梳理出{len(report.candidates)}项工作，"
        f"其中{eligible}项可列为本级议题，按九项标准打分。件数是收到的意见数，不等于民意比例。"
    )


def _row(report: Report, number: int, topic: PlannedTopic) -> tuple[str, ...]:
    item = topic.candidate
    values = {part.name: part.value for part in item.criteria}
    marks = [
        word
        for name, word in _MARKS
        if values.get(name, 0.0) > _STRONG or (name == "heat" and values.get(name, 0.0) > 0)
    ]
    return (
        str(number),
        short_title(topic.title, report.area),
        "×".join(marks),
        str(max(item.n_raised, item.n_people)),
        "、".join(item.methods),
        item.quarter,
    )


def _others(report: Report, topics: Sequence[PlannedTopic]) -> list[Candidate]:
    """Return the strongest of the others, one for each kind of reason first."""
    taken = {topic.candidate.candidate_id for topic in topics}
    works = {topic.candidate.work for topic in topics}
    rest = [
        item
        for item in report.candidates
        if item.candidate_id not in taken and item.issue_ids and item.work not in works
    ]
    seen: set[str] = set()
    first = []
    for item in rest:
        kind = item.reason.split("：")[0].split("（")[0]
        if kind not in seen:
            seen.add(kind)
            first.append(item)
    return (first + [item for item in rest if item not in first])[:_MAX_OTHERS]
