"""Form of supervision, quarter, questions and places to visit, by stated rules."""

from collections.abc import Sequence

from renda_nlp.records import Hotspot
from renda_nlp.taxonomy import Subtopic, Topic

__all__ = ["AUTHORITIES", "choose_methods", "draft_questions", "places_to_visit", "quarter_of"]

AUTHORITIES: dict[str, str] = {
    "township": "镇本级可监督",
    "station": "县派驻站所承担，可评议，同时报县人大",
    "county": "县级以上事权，提请县人大或转为县代表建议",
    "none": "涉法涉诉、举报或信访个案，不作监督议题",
}
"""Whose matter it is, id to words."""

_QUARTERS = ("第二季度", "第三季度", "第三季度", "第四季度")
_MAX_QUESTIONS = 8
_MAX_OWN = 4
_GENERAL = (
    "目前这项工作的底数是否摸清，存在问题的点位、户数和成因分别是什么？",
    "今年以来安排了多少资金、做了哪些事，完成了原定任务的多少？",
    "群众反映集中的具体问题准备什么时候解决到什么程度，由谁负责？",
    "需要上级部门支持或协调的事项有哪些，是否已经提出？",
    "办理结果将怎样向代表和群众公开，如何防止问题反复？",
)


def choose_methods(
    topic: Topic, subtopic: Subtopic | None, issues: Sequence[Hotspot], authority: str
) -> tuple[str, ...]:
    """Return up to two forms of supervision.

    A matter that came back is followed up; a station's service is appraised; otherwise the forms
    that the taxonomy names for the subject, a report to the presidium first.
    """
    methods: list[str] = []
    if any(issue.trend == "反复" for issue in issues):
        methods.append("跟踪督办")
    if authority == "station":
        methods.append("工作评议")
    methods.extend(subtopic.methods if subtopic else ())
    methods.append("听取和审议专项工作报告")
    if topic.topic_id in ("roads_transport", "drinking_water", "housing", "irrigation_flood"):
        methods.append("代表视察")
    return tuple(dict.fromkeys(methods))[:2]


def quarter_of(rank: int) -> str:
    """Return the quarter in which the topic of this rank is proposed, two topics a quarter."""
    return _QUARTERS[min((rank - 1) // 2, len(_QUARTERS) - 1)]


def draft_questions(subjects: Sequence[Subtopic]) -> tuple[str, ...]:
    """Return 5-8 questions to put to the department, those of the leading subjects first."""
    own = [question for subject in subjects for question in subject.questions][:_MAX_OWN]
    return (*own, *_GENERAL)[:_MAX_QUESTIONS]


def places_to_visit(issues: Sequence[Hotspot]) -> tuple[str, ...]:
    """Return the places that the evidence names, at most six."""
    return tuple(dict.fromkeys(issue.place for issue in issues if issue.place))[:6]
