"""report.xlsx: opinions, issues, topics, what was left out; typed, filtered, no live formulas."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from renda_nlp.records import CHANNELS, ISSUE_STATUSES, Report
from renda_nlp.reports.rows import COLUMNS, flat_row
from renda_nlp.reports.wording import day_range, plain_text, topic_name
from renda_nlp.table import OpinionTable

__all__ = ["XlsxWriter"]

_SHEET_ROWS = 500_000
_WIDTHS = {
    "意见内容": 60,
    "办理答复": 40,
    "问题描述": 60,
    "原话依据": 60,
    "理由": 50,
    "原因": 50,
    "处理办法": 36,
    "议题": 44,
    "热点问题": 40,
    "往年问题": 40,
    "本期问题": 40,
    "依据": 36,
    "更正用意见编号": 24,
}
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - same input, same bytes
_MAX_CELL = 32_000


class _Book:
    """A workbook whose texts stay texts."""

    def __init__(self, path: Path) -> None:
        self._book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties({"keywords": "renda_nlp-output", "created": _CREATED})
        base = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#D9D9D9"}
        self._head = self._book.add_format({**base, "bold": True, "bg_color": "#E8EEF7"})
        self._cell = self._book.add_format(base)
        self._date = self._book.add_format({**base, "num_format": "yyyy-mm-dd"})

    def close(self) -> None:
        self._book.close()

    def sheet(
        self, name: str, headings: Sequence[str], rows: Iterable[Sequence[object]], note: str = ""
    ) -> None:
        """Write one sheet, in further sheets of the same name when it is long."""
        sheet, at, number = self._open(name, headings), 0, 1
        for row in rows:
            if at == _SHEET_ROWS:
                sheet.autofilter(0, 0, at, len(headings) - 1)
                number += 1
                sheet, at = self._open(f"{name}{number}", headings), 0
            at += 1
            for column, value in enumerate(row):
                self._write(sheet, at, column, value)
        sheet.autofilter(0, 0, at, len(headings) - 1)
        if note:
            sheet.write_string(at + 2, 0, note)

    def _open(self, name: str, headings: Sequence[str]) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, _WIDTHS.get(heading, max(10, 2 * len(heading) + 2)))
            sheet.write_string(0, column, heading, self._head)
        return sheet

    def _write(self, sheet: Worksheet, row: int, column: int, value: object) -> None:
        cell: Format = self._cell
        if isinstance(value, bool):
            sheet.write_string(row, column, "是" if value else "", cell)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, cell)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._date)
        else:
            sheet.write_string(row, column, plain_text(str(value or ""))[:_MAX_CELL], cell)


def _days(value: str) -> date | str:
    return date.fromisoformat(value) if value else ""


def _opinions(table: OpinionTable) -> Iterable[list[object]]:
    for row in table.rows():
        flat: dict[str, object] = dict(flat_row(row))
        for name in ("date", "reply_date"):
            flat[name] = _days(str(flat[name]))
        yield list(flat.values())


def _issues(report: Report) -> Iterable[list[object]]:
    for issue in report.issues:
        yield [
            issue.rank,
            issue.issue_id,
            issue.heat,
            day_range(issue.first_date, issue.last_date),
            "／".join(part for part in (issue.place, issue.people) if part),
            issue.title,
            "".join(sentence.text for sentence in issue.summary),
            "\n".join(
                f"“{q.text}”（{q.passage.locator.file} {q.passage.locator.describe()}）"
                for q in issue.quotes
            ),
            topic_name(issue.topic),
            issue.n_opinions,
            issue.n_people,
            issue.trend,
            f"{issue.rank_low}—{issue.rank_high}",
            "、".join(issue.departments),
            issue.flood,
            *(term.contribution for term in issue.heat_terms),
        ]


def _topics(report: Report) -> Iterable[list[object]]:
    for candidate in report.candidates:
        yield [
            "建议选题" if candidate.chosen else "未选",
            candidate.rank or "",
            candidate.title,
            candidate.score,
            candidate.reason,
            "、".join(candidate.methods),
            "、".join(candidate.departments),
            candidate.quarter,
            candidate.authority_reason,
            "、".join(candidate.laws),
            "、".join(candidate.issue_ids),
            "；".join(f"{CHANNELS[c.channel][0]}{c.n_opinions}件" for c in candidate.channels),
            *(item.value for item in candidate.criteria),
        ]


def _history(report: Report) -> Iterable[list[object]]:
    for match in report.history:
        yield [
            ISSUE_STATUSES[match.status],
            match.earlier_id,
            match.earlier_title,
            match.issue_id,
            match.title,
            match.similarity or "",
            match.reason,
            match.opinion_id,
        ]


class XlsxWriter:
    """Writes report.xlsx."""

    def write(self, report: Report, table: OpinionTable, path: Path) -> None:
        """Write the workbook to ``path``."""
        book = _Book(path)
        terms = [term.label for term in report.issues[0].heat_terms] if report.issues else []
        criteria = [c.label for c in report.candidates[0].criteria] if report.candidates else []
        book.sheet("意见明细", list(COLUMNS.values()), _opinions(table))
        book.sheet(
            "热点",
            ["热度排名", "问题ID", "热度指数", "时间范围", "地点/人群", "热点问题", "问题描述", "原话依据", "主题", "件数", "人数",
             "趋势", "名次区间", "责任单位", "备注", *(f"{label}得分" for label in terms)],
            _issues(report),
        )  # fmt: skip
        book.sheet(
            "议题",
            ["结论", "序号", "议题", "综合得分", "理由", "监督方式", "责任单位", "时间", "职权", "法律依据", "热点编号", "渠道",
             *criteria],
            _topics(report),
            "建议稿：由机器提出，由人决定。",
        )  # fmt: skip
        if report.history:
            book.sheet(
                "往年对照",
                ["状态", "往年编号", "往年问题", "本期编号", "本期问题", "相似度", "依据", "更正用意见编号"],
                _history(report),
                "更正办法：在 renda.toml 的 [history] 里写 same = [[\"往年编号\", \"更正用意见编号\"]]（是同一问题）"
                "或 apart = [[…]]（不是），重新运行。",
            )  # fmt: skip
        book.sheet(
            "未读取",
            ["环节", "文件或位置", "原因", "处理办法"],
            ([f.stage, f.source, f.reason, f.remedy] for f in report.failures),
        )
        book.sheet(
            "非意见内容",
            ["文件", "位置", "原因"],
            ([s.locator.file, s.locator.describe(), s.reason] for s in report.set_aside),
        )
        book.close()
