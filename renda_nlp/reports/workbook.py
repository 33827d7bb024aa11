"""Sheets of a workbook: typed cells, frozen header, filters, texts that stay texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from renda_nlp.records import CORRECTED_FIELDS, DECIDED_HEADINGS, KEY_HEADING, TARGET_HEADING
from renda_nlp.reports.rowsheet import Cell, RowWorksheet
from renda_nlp.reports.wording import INTERNAL, plain_text

__all__ = ["SHEET_ROWS", "Link", "Sheet", "Workbook"]

SHEET_ROWS = 500_000
"""Rows of one sheet; a longer list goes on in the next."""

_WIDTHS = {
    "意见内容": 60,
    "办理答复": 40,
    "问题描述": 60,
    "原话依据": 60,
    "理由": 50,
    "原因": 50,
    "承诺": 60,
    "答复内容": 60,
    "反映原话": 40,
    "答复原话": 40,
    "又反映原话": 40,
    "报告原话": 50,
    "群众原话": 50,
    "对照依据": 40,
    "原文": 50,
    "项目": 36,
    "反映内容": 60,
    "建议内容": 60,
    "审议意见": 60,
    "内容": 80,
    "处理办法": 36,
    "说明": 50,
    "议题": 44,
    "议题（建议稿）": 44,
    "调整后的议题": 36,
    "机器建议": 36,
    "监督方式": 22,
    "对象": 44,
    "出处": 30,
    "热点问题": 40,
    "文件": 34,
    "位置": 24,
    "责任单位": 20,
    "地点/人群": 18,
    "时间范围": 28,
}
_FILL_IN = frozenset((*CORRECTED_FIELDS.values(), *DECIDED_HEADINGS))
_HIDDEN = frozenset(
    (KEY_HEADING, TARGET_HEADING, "主题代码", "意见编号", "反映人代号")
)  # for programs
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - same input, same bytes
_FIRST_DAY = date(1990, 1, 1)
_MAX_CELL = 32_000
_MAX_LINKS = 60_000  # Excel opens 65,530 a sheet
_LANDSCAPE_A4 = 9


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a row of another sheet."""

    sheet: str
    row: int  # from 1, the header being row 1
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a sheet holds."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[object]]
    note: str = ""  # below the rows
    choices: Mapping[str, Sequence[str]] = field(
        default_factory=dict
    )  # heading to what may be written
    dates: frozenset[str] = frozenset()  # headings under which only dates may be written
    prompts: Mapping[str, str] = field(default_factory=dict)  # heading to what shows beside a cell
    blank_rows: int = 0  # to fill in, below the rows


class Workbook:
    """Writes sheets one after the other, row by row.

    Args:
        path: The file.
        internal: Every printed page is marked 内部资料.
        ours: Marked as an output, which a later run skips when it lies among the material.
    """

    def __init__(self, path: Path, *, internal: bool = False, ours: bool = True) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        keywords = "renda_nlp-output" if ours else ""
        self._book.set_properties({"keywords": keywords, "created": _CREATED})
        self._internal = internal
        base = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#D9D9D9"}
        self._head = self._book.add_format({**base, "bold": True, "bg_color": "#E8EEF7"})
        self._fill_in_head = self._book.add_format({**base, "bold": True, "bg_color": "#FFE699"})
        self._fill_in = self._book.add_format({**base, "bg_color": "#FFF9E5"})
        self._cell = self._book.add_format(base)
        self._date = self._book.add_format({**base, "num_format": "yyyy-mm-dd"})
        self._link = self._book.add_format({**base, "font_color": "#0563C1", "underline": 1})

    def close(self) -> None:
        """Write the file."""
        self._book.close()

    def add(self, content: Sheet) -> None:
        """Write one sheet, in further sheets of the same name when it is long."""
        sheet, at, number = self._open(content, content.name), 0, 1
        fill_in = [heading in _FILL_IN for heading in content.headings]
        for row in content.rows:
            if at == SHEET_ROWS:
                self._finish(sheet, content, at)
                number += 1
                sheet, at = self._open(content, f"{content.name}{number}"), 0
            at += 1
            self._write(sheet, at, row, fill_in)
        for _ in range(content.blank_rows):
            at += 1
            for column, heading in enumerate(content.headings):
                cell = self._date if heading in content.dates else self._cell
                sheet.write_blank(at, column, None, cell)
        self._finish(sheet, content, at)
        if content.note:
            sheet.write_string(at + 2, 0, content.note)

    def _open(self, content: Sheet, name: str) -> RowWorksheet:
        sheet: RowWorksheet = self._book.add_worksheet(name, RowWorksheet)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(_LANDSCAPE_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&C&P / &N")
        if self._internal:
            sheet.set_header(f"&R&B{INTERNAL}")
        for column, heading in enumerate(content.headings):
            width = _WIDTHS.get(heading, max(10, 2 * len(heading) + 2))
            hidden = {"hidden": True} if heading in _HIDDEN else {}
            sheet.set_column(column, column, width, None, hidden)
            head = self._fill_in_head if heading in _FILL_IN else self._head
            sheet.write_string(0, column, heading, head)
        return sheet

    def _finish(self, sheet: RowWorksheet, content: Sheet, last: int) -> None:
        if content.headings:
            sheet.autofilter(0, 0, last, len(content.headings) - 1)
        for column, heading in enumerate(content.headings):
            rule = _rule(content, heading)
            if rule and last:
                sheet.data_validation(1, column, last, column, rule)

    def _write(
        self, sheet: RowWorksheet, at: int, row: Sequence[object], fill_in: Sequence[bool]
    ) -> None:
        cells = [self._shown(value, fill=own) for value, own in zip(row, fill_in, strict=False)]
        links = {column: value for column, value in enumerate(row) if isinstance(value, Link)}
        if not links or at > _MAX_LINKS:
            sheet.write_cells(at, cells)
            return
        sheet.write_each(at, cells)
        for column, value in links.items():
            address = f"internal:'{value.sheet}'!A{value.row}"
            sheet.write_url(at, column, address, self._link, value.text)

    def _shown(self, value: object, *, fill: bool) -> Cell:
        """Return what a cell shows for a value; a cell to fill in is a text, even an empty one."""
        style = self._fill_in if fill else self._cell
        if isinstance(value, str):
            return (plain_text(value)[:_MAX_CELL] if value or fill else None), style
        if isinstance(value, bool):
            return "是" if value else "", style
        if isinstance(value, int | float):
            return value, style
        if isinstance(value, date):
            return value, self._date
        text = value.text if isinstance(value, Link) else str(value or "")
        return (plain_text(text)[:_MAX_CELL] if text or fill else None), style


def _rule(content: Sheet, heading: str) -> dict[str, object]:
    """Return what may be written under a heading and what shows beside it, empty for no rule."""
    rule: dict[str, object] = {}
    if heading in content.choices:
        rule = {"validate": "list", "source": list(content.choices[heading])}
        rule["error_message"] = f"“{heading}”只能填下拉列表里的值。"
    elif heading in content.dates:
        rule = {"validate": "date", "criteria": ">", "value": _FIRST_DAY}
        rule["error_message"] = f"“{heading}”请填日期，如 2025-03-01。"
    if heading in content.prompts:
        rule.setdefault("validate", "any")
        rule |= {"input_title": heading, "input_message": content.prompts[heading]}
    return rule
