"""report.json: everything but the opinion rows, in a versioned schema."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path

from renda_nlp.records import Report
from renda_nlp.table import OpinionTable

__all__ = ["SCHEMA", "JsonWriter", "report_dict"]

SCHEMA = "renda_nlp/report/1"
_MAX_TEXT = 200


def report_dict(report: Report) -> dict[str, object]:
    """Return the report as data in the order of the contract; records stay records."""
    return {
        "schema": SCHEMA,
        "created_from": {
            "config_hash": report.config_hash,
            "as_of": report.as_of,
            "period": list(report.period),
            "version": report.version,
            "level": report.level,
            "area": report.area,
            "plan_year": report.plan_year,
        },
        "title": report.title,
        "documents": report.documents,
        "failures": report.failures,
        "set_aside": [
            {"locator": item.locator, "reason": item.reason} for item in report.set_aside
        ],
        "counts": report.counts,
        **{
            name: getattr(report, name)
            for name in (
                "topics", "issues", "issue_groups", "severe", "candidates", "commitments", "replies", "methods", "history",
                "sensitivity", "earlier", "livelihood", "voted",
                "claims", "difficulties", "links", "gaps", "returned",
                "corrections", "model_check", "internal",
            )
        },
    }  # fmt: skip


@cache
def _field_names(record: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _field_names(type(value))}
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _pieces(data: dict[str, object]) -> Iterator[str]:
    """Yield the text of an object, long lists item by item."""
    before = "{"
    for name, value in data.items():
        yield f"{before}{_dumped(name)}: "
        before = ", "
        if isinstance(value, list | tuple) and value:
            yield "["
            for number, item in enumerate(value):
                yield f"{', ' if number else ''}{_dumped(item)}"
            yield "]"
        else:
            yield _dumped(value)
    yield "}\n"


class JsonWriter:
    """Writes report.json."""

    def write(self, report: Report, table: OpinionTable, path: Path) -> None:  # noqa: ARG002
        """Write the report to ``path``, UTF-8, keys in a fixed order."""
        with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(_pieces(report_dict(report)))
