"""From a report to the papers of a meeting: plan, explanation, decision sheet. All are drafts."""

from renda_nlp.planning.meeting import write_meeting_paper
from renda_nlp.planning.plan import write_plan
from renda_nlp.planning.sheet import write_decision_sheet
from renda_nlp.planning.topics import PlannedTopic, planned_topics

__all__ = [
    "PlannedTopic",
    "planned_topics",
    "write_decision_sheet",
    "write_meeting_paper",
    "write_plan",
]
