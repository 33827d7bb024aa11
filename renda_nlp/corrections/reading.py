"""From a workbook that staff filled in to corrections.

A sheet is known by its headings, not by its name: 校对标识 with columns such as 校对主题 (opinions),
校对名称 (issues), 校对结论 (choices), or 校对项目 (the record of earlier corrections, carried along).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import python_calamine as calamine

from renda_nlp.errors import InputError
from renda_nlp.records import (
    CORRECTED_FIELDS,
    KEY_HEADING,
    TARGET_HEADING,
    Correction,
)

__all__ = ["labelled_texts", "read_corrections"]

_OPINION_FIELDS = {"topic": "主题", "intent": "意图", "place": "地点", "regroup": "热点编号", "not_opinion": ""}  # fmt: skip
_ISSUE_FIELDS = {"title": "热点问题", "merge": "", "settled": ""}
_RECORD_HEADING = "校对项目"
_FIELD_OF = {heading: field for field, heading in CORRECTED_FIELDS.items()}
_YES = frozenset(("是", "√", "✓", "对", "1", "true", "yes", "y", "已办结", "不是意见"))
_TICKED = frozenset(("not_opinion", "settled"))
_HEADER_ROWS = 5


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a sheet by heading."""

    cells: dict[str, str]
    source: str

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")

    def keys(self, heading: str = KEY_HEADING) -> tuple[str, ...]:
        return tuple(self[heading].split())


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _rows(path: Path) -> Iterator[tuple[frozenset[str], list[_Row]]]:
    """Yield the headings and rows of each sheet that has headings of ours."""
    try:
        book = calamine.CalamineWorkbook.from_path(path)
        sheets = [(name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise InputError(f"{path}：校对表打不开，请用 Excel 或 WPS 另存为 xlsx 后再试") from error
    for name, rows in sheets:
        for at, row in enumerate(rows[:_HEADER_ROWS]):
            headings = [_text(cell) for cell in row]
            if {KEY_HEADING, _RECORD_HEADING, CORRECTED_FIELDS["choice"]} & set(headings):
                found = [
                    _Row(
                        {h: _text(cell) for h, cell in zip(headings, values, strict=False) if h},
                        f"{path.name} 工作表“{name}”第{number}行",
                    )
                    for number, values in enumerate(rows[at + 1 :], at + 2)
                ]
                yield frozenset(headings), found
                break


def _given(row: _Row, field: str) -> str:
    """Return what staff wrote for a field; a box that is not ticked says nothing."""
    value = row[CORRECTED_FIELDS[field]]
    if field in _TICKED:
        return "是" if value.lower() in _YES else ""
    return value


class _Issues:
    """The issues of a workbook by id, title and rank."""

    def __init__(self) -> None:
        self._keys: dict[str, tuple[str, ...]] = {}

    def add(self, row: _Row) -> None:
        for name in (row["问题ID"], row["热点问题"], row["热度排名"]):
            if name:
                self._keys.setdefault(name, row.keys())

    def keys_of(self, name: str) -> tuple[str, ...]:
        return self._keys.get(name, ())


def _opinion_corrections(row: _Row, issues: _Issues) -> Iterator[Correction]:
    for field, printed in _OPINION_FIELDS.items():
        new = _given(row, field)
        if new and row.keys():
            yield Correction(
                field=field,
                keys=row.keys(),
                label=row["意见内容"],
                old=row[printed],
                new=new,
                target_keys=issues.keys_of(new) if field == "regroup" else (),
                source=row.source,
            )


def _issue_corrections(row: _Row, issues: _Issues) -> Iterator[Correction]:
    for field, printed in _ISSUE_FIELDS.items():
        new = _given(row, field)
        if new and row.keys():
            yield Correction(
                field=field,
                keys=row.keys(),
                label=row["热点问题"],
                old=row[printed],
                new=new,
                target_keys=issues.keys_of(new) if field == "merge" else (),
                source=row.source,
            )


def _choice_corrections(row: _Row, issues: _Issues) -> Iterator[Correction]:  # noqa: ARG001
    if new := _given(row, "choice"):
        yield Correction(
            field="choice", keys=(), label=row["议题"], old=row["结论"], new=new, source=row.source
        )


def _recorded(row: _Row, issues: _Issues) -> Iterator[Correction]:  # noqa: ARG001
    field = _FIELD_OF.get(row[_RECORD_HEADING], "")
    if field and row["改为"]:
        yield Correction(
            field=field,
            keys=row.keys(),
            label=row["对象"],
            old=row["原为"],
            new=row["改为"],
            target_keys=row.keys(TARGET_HEADING),
            source=row["出处"] or row.source,
        )


def _read_book(path: Path) -> list[Correction]:
    sheets = list(_rows(path))
    if not sheets:
        raise InputError(
            f"{path}：不是校对表（没有“{KEY_HEADING}”等列）；请用 report.xlsx，或用 renda review export 导出"
        )
    issues = _Issues()
    for headings, rows in sheets:
        if CORRECTED_FIELDS["merge"] in headings:
            for row in rows:
                issues.add(row)
    record: list[Correction] = []
    written: list[Correction] = []
    for headings, rows in sheets:
        into = record if _RECORD_HEADING in headings else written
        read = _reader_of(headings)
        into.extend(item for row in rows for item in read(row, issues))
    newer = {item.subject for item in written}
    return [*(item for item in record if item.subject not in newer), *written]


def _reader_of(headings: frozenset[str]) -> Callable[[_Row, _Issues], Iterator[Correction]]:
    if _RECORD_HEADING in headings:
        return _recorded
    if CORRECTED_FIELDS["merge"] in headings:
        return _issue_corrections
    return _choice_corrections if CORRECTED_FIELDS["choice"] in headings else _opinion_corrections


def read_corrections(paths: Sequence[Path]) -> tuple[Correction, ...]:
    """Return every correction of the workbooks, in their order.

    In one workbook a filled-in column counts before the record of earlier corrections.

    Raises:
        InputError: A file cannot be opened or is no such workbook.
    """
    return tuple(item for path in paths for item in _read_book(path))


def labelled_texts(corrections: Sequence[Correction]) -> list[tuple[str, str]]:
    """Return the (masked text, topic name) of each opinion whose topic staff gave or confirmed."""
    return [(item.label, item.new) for item in corrections if item.field == "topic"]
