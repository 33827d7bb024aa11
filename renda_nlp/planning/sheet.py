"""The decision sheet 决定登记表: what people fill in after the meeting and hand back next year."""

from collections.abc import Iterator
from pathlib import Path

from renda_nlp.decisions import SHEET_HEADINGS
from renda_nlp.records import DECIDED_HEADINGS, DECISIONS, OUTCOMES, Candidate, Report
from renda_nlp.reports.workbook import Sheet, Workbook

__all__ = ["write_decision_sheet"]

_NOTE = (
    "填写说明：“决定”选 采纳、调整 或 不采纳；调整的写出新题目；写明理由和决定日期。年底填写“年底结果”。"
    "下一年运行 renda report 资料 --history 本表.xlsx -o 报告，就会与本年议题对照。"
)


def write_decision_sheet(report: Report, path: Path) -> None:
    """Write the sheet: the proposals first, then every other candidate."""
    book = Workbook(path, internal=report.internal)
    book.add(
        Sheet(
            name="决定登记表",
            headings=list(SHEET_HEADINGS),
            rows=_rows(report),
            note=_NOTE,
            choices={"决定": DECISIONS, "年底结果": OUTCOMES},
        )
    )
    book.close()


def _rows(report: Report) -> Iterator[list[object]]:
    for item in report.candidates:
        yield [
            report.plan_year,
            item.candidate_id,
            item.title,
            _advice(item),
            item.score,
            "、".join(item.methods),
            "、".join(item.departments),
            item.quarter,
            *("" for _ in DECIDED_HEADINGS),
        ]


def _advice(item: Candidate) -> str:
    return "建议列入" if item.chosen else f"未列入：{item.reason}"
