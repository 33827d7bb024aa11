"""Earlier material of the office: decision sheets read back, and topics of earlier years.

``--history`` takes a report.json or its folder, a decision sheet (xlsx) and a plan (docx), any
number of them.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import python_calamine as calamine

from renda_nlp.config import ReadConfig
from renda_nlp.errors import InputError, ReadError
from renda_nlp.readers import read_file
from renda_nlp.records import DECIDED_HEADINGS, DECISIONS, OUTCOMES, Block, Decision, EarlierTopic

__all__ = ["SHEET_HEADINGS", "decided_topics", "earlier_topics", "read_decisions"]

SHEET_HEADINGS = (
    "年度", "编号", "议题（建议稿）", "机器建议", "得分", "监督方式", "责任单位", "建议时间",
    *DECIDED_HEADINGS,
)  # fmt: skip
"""Columns of the decision sheet; from 决定 on people fill in."""

_TITLE, _DECISION = "议题（建议稿）", "决定"
_HEADER_ROWS = 6
_YEAR = re.compile(r"20\d\d")
_PLAN_HEADINGS = ("监督议题", "议题")
_METHOD_HEADINGS = ("监督方式", "方式")
_EPOCH = date(1899, 12, 30).toordinal()
_MIN_SERIAL, _MAX_SERIAL = 36_526, 73_050  # days of spreadsheets, 2000 to 2099


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _day(value: object) -> date | None:
    """Return the day of a cell: a date, a number of days, or text such as 2026年1月8日."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and _MIN_SERIAL <= value <= _MAX_SERIAL:
        return date.fromordinal(_EPOCH + int(value))
    found = re.search(r"(20\d\d)\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})", str(value))
    if not found:
        return None
    try:
        return date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
    except ValueError:
        return None


def _sheets(path: Path) -> Iterator[tuple[str, list[list[object]]]]:
    try:
        book = calamine.CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            yield name, [list(row) for row in book.get_sheet_by_name(name).to_python()]
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise InputError(
            f"{path}：决定登记表打不开，请用 Excel 或 WPS 另存为 xlsx 后再试"
        ) from error


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read a decision sheet that people filled in.

    Raises:
        InputError: It cannot be opened, has no such table, or a decision is none of the three.
    """
    for name, rows in _sheets(path):
        for at, row in enumerate(rows[:_HEADER_ROWS]):
            headings = [_text(cell) for cell in row]
            if _TITLE in headings and _DECISION in headings:
                places = {heading: number for number, heading in enumerate(headings) if heading}
                return tuple(
                    _decision(values, places, f"{path.name} 工作表“{name}”第{number}行")
                    for number, values in enumerate(rows[at + 1 :], at + 2)
                    if len(values) > places[_TITLE] and _text(values[places[_TITLE]])
                )
    raise InputError(
        f"{path}：没有找到决定登记表（表头应有“{_TITLE}”和“{_DECISION}”），请用 renda plan 生成的表"
    )


def _decision(values: Sequence[object], places: dict[str, int], source: str) -> Decision:
    def cell(heading: str) -> object:
        at = places.get(heading)
        return values[at] if at is not None and at < len(values) else ""

    said, outcome = _text(cell(_DECISION)), _text(cell("年底结果"))
    if said and said not in DECISIONS:
        raise InputError(f"{source}：决定应为 {'、'.join(DECISIONS)} 之一，现为“{said}”")
    if outcome and outcome not in OUTCOMES:
        raise InputError(f"{source}：年底结果应为 {'、'.join(OUTCOMES)} 之一，现为“{outcome}”")
    year = _YEAR.search(_text(cell("年度")))
    return Decision(
        year=int(year.group()) if year else 0,
        title=_text(cell(_TITLE)),
        new_title=_text(cell("调整后的议题")),
        decision=said,
        reason=_text(cell("决定理由")),
        day=_day(cell("决定日期")),
        method=_text(cell("监督方式")).split("、")[0],
        outcome=outcome,
        source=source,
    )


def decided_topics(decisions: Iterable[Decision]) -> tuple[EarlierTopic, ...]:
    """Return the adopted topics of a decision sheet as topics of an earlier year."""
    return tuple(
        _topic(
            year=item.year,
            title=item.new_title or item.title,
            method=item.method,
            outcome=item.outcome or "不详",
            source=item.source,
            sentence=f"{item.decision}" + (f"：{item.reason}" if item.reason else ""),
        )
        for item in decisions
        if item.adopted
    )


def _topic(
    *, year: int, title: str, method: str, outcome: str, source: str, sentence: str = ""
) -> EarlierTopic:
    return EarlierTopic(
        year=year,
        title=title,
        method=method,
        outcome="未办结" if outcome == "办理中" else outcome,
        source=source,
        candidate_id="",
        relation="",
        sentence=sentence,
        quotes=(),
    )


def _from_report(path: Path) -> tuple[EarlierTopic, ...]:
    """Return what an earlier report proposed; whether it was adopted, it does not know."""
    data = json.loads(path.read_text("utf-8-sig"))
    year = int(data["created_from"].get("plan_year", 0))
    return tuple(
        _topic(
            year=year,
            title=str(item["title"]),
            method=next(iter(item["methods"]), ""),
            outcome="建议",
            source=path.name,
            sentence="上次报告的建议，是否采纳不详",
        )
        for item in data["candidates"]
        if item["chosen"]
    )


def _from_plan(path: Path) -> tuple[EarlierTopic, ...]:
    """Return the rows of the topic table of a plan."""
    out: list[EarlierTopic] = []
    year = _YEAR.search(path.name)
    try:
        sources = list(_blocks(path))
    except ReadError as error:
        raise InputError(f"{path}：往年计划打不开（{error}）") from error
    columns: tuple[int, int] | None = None
    for block in sources:
        year = year or _YEAR.search(block.text)
        if not block.cells:
            columns = None
            continue
        header = _plan_columns(block.cells)
        if header:
            columns = header
        elif columns and (title := block.cells[columns[0]].strip()).startswith("关于"):
            method = block.cells[columns[1]].split("、")[0].strip() if columns[1] >= 0 else ""
            out.append(
                _topic(
                    year=int(year.group()) if year else 0,
                    title=title,
                    method=method,
                    outcome="不详",
                    source=path.name,
                )
            )
    unique = {(topic.year, topic.title): topic for topic in reversed(out)}
    return tuple(reversed(unique.values()))


def _blocks(path: Path) -> Iterator[Block]:
    for source in read_file(path, path.name, ReadConfig(), []):
        yield from source.blocks


def _plan_columns(cells: Sequence[str]) -> tuple[int, int] | None:
    plain = [cell.strip() for cell in cells]
    title = next((n for n, cell in enumerate(plain) if cell in _PLAN_HEADINGS), None)
    if title is None:
        return None
    method = next((n for n, cell in enumerate(plain) if cell in _METHOD_HEADINGS), -1)
    return title, method


def earlier_topics(paths: Iterable[Path]) -> tuple[EarlierTopic, ...]:
    """Return the topics of earlier years from decision sheets, plans and reports.

    What a sheet says of a year stands against the plan of that year, and both against a report.

    Raises:
        InputError: A file is of no known kind or cannot be read.
    """
    by_kind: dict[str, list[EarlierTopic]] = {kind: [] for kind in _READERS}
    for path in paths:
        file = path / "report.json" if path.is_dir() else path
        suffix = file.suffix.lower()
        if suffix not in _READERS:
            raise InputError(
                f"{file}：--history 接受 report.json（或其文件夹）、决定登记表 xlsx、计划 docx"
            )
        by_kind[suffix] += _READERS[suffix](file)
    out: list[EarlierTopic] = []
    for topics in by_kind.values():
        known = {topic.year for topic in out}
        out += [topic for topic in topics if topic.year not in known]
    return tuple(out)


_READERS: dict[str, Callable[[Path], tuple[EarlierTopic, ...]]] = {
    ".xlsx": lambda path: decided_topics(read_decisions(path)),
    ".docx": _from_plan,
    ".json": _from_report,
}
"""File suffix to reader, the surest source of a year first."""
