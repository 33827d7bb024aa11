"""The topics that a plan names: as proposed, or as the meeting decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from renda_nlp.errors import InputError
from renda_nlp.records import Candidate, Decision, Report

__all__ = ["PlannedTopic", "planned_topics"]


@dataclass(frozen=True, slots=True)
class PlannedTopic:
    """One topic of the plan."""

    title: str
    candidate: Candidate
    decision: Decision | None = None


def planned_topics(report: Report, decisions: Sequence[Decision] = ()) -> tuple[PlannedTopic, ...]:
    """Return the chosen candidates, or those that the meeting adopted in its sheet.

    Proposals on which the sheet is silent stay as proposed; a candidate that was not proposed
    joins when it was adopted.

    Raises:
        InputError: The sheet adopts a topic that the report does not have.
    """
    by_title = {decision.title: decision for decision in decisions if decision.decision}
    known = {candidate.title for candidate in report.candidates}
    for title, decision in by_title.items():
        if decision.adopted and title not in known:
            raise InputError(
                f"{decision.source}：报告里没有“{title}”这项议题，请核对题目或换用同一次报告的决定登记表"
            )
    out: list[PlannedTopic] = []
    done: set[str] = set()
    for candidate in report.candidates:
        decided = by_title.get(candidate.title)
        wanted = decided.adopted if decided is not None else candidate.chosen
        if wanted and candidate.title not in done:
            done.add(candidate.title)
            title = (decided.new_title if decided else "") or candidate.title
            out.append(PlannedTopic(title, candidate, decided))
    return tuple(out)
