"""Rows of tables of money, indicators and tasks."""

from dataclasses import dataclass

from renda_nlp.records.documents import Passage

__all__ = ["FigureRow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One row of such a table, as the table prints it."""

    file: str
    table: str
    kind: str  # 预算 / 决算 / 指标 / 民生实事 / 任务
    item: str
    amount: str
    executed: str
    rate: str
    target: str
    department: str
    deadline: str
    text: str
    passage: Passage
