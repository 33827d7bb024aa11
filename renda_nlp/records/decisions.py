"""What a meeting decided on the proposed topics."""

import datetime
from dataclasses import dataclass

__all__ = ["DECIDED_HEADINGS", "DECISIONS", "OUTCOMES", "Decision"]

DECISIONS = ("采纳", "调整", "不采纳")
"""What a meeting can decide on a proposal."""

OUTCOMES = ("已办结", "办理中", "未办结")
"""What became of an adopted topic by the end of its year."""


DECIDED_HEADINGS = ("决定", "调整后的议题", "决定理由", "决定日期", "年底结果")
"""Columns of the decision sheet that people fill in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of a decision sheet."""

    year: int  # of the plan, 0 when the sheet does not say
    title: str  # as proposed
    new_title: str  # as adjusted, else empty
    decision: str  # one of DECISIONS, empty while open
    reason: str
    day: datetime.date | None
    method: str
    outcome: str  # one of OUTCOMES, empty while open
    source: str  # file and row

    @property
    def adopted(self) -> bool:
        """Whether the topic is in the plan."""
        return self.decision in ("采纳", "调整")
