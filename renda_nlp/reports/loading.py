"""report.json back into the records that it was written from."""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from renda_nlp.errors import InputError
from renda_nlp.records import Report
from renda_nlp.reports.json import SCHEMA

__all__ = ["load_report"]


def load_report(path: Path) -> Report:
    """Return the report that ``path`` (a report.json or its folder) holds.

    The texts of what was set aside are not in it and come back empty.

    Raises:
        InputError: It is missing, no report.json, or of another schema.
    """
    file = path / "report.json" if path.is_dir() else path
    try:
        data = json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(
            f"{file}：没有找到，请先运行 renda report，再指到它写出的 report.json"
        ) from error
    except ValueError as error:
        raise InputError(f"{file}：不是 report.json") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise InputError(f"{file}：不是这一版 renda 写出的 report.json，请重新运行 renda report")
    try:
        report: Report = _record(Report, data["created_from"] | data)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{file}：report.json 不完整（{error}），请重新运行 renda report"
        ) from error
    return report


def _record(kind: type, data: Mapping[str, Any]) -> Any:
    hints = get_type_hints(kind)
    values = {}
    for item in fields(kind):
        if item.name in data:
            values[item.name] = _value(hints[item.name], data[item.name])
        elif item.default is MISSING and item.default_factory is MISSING:
            values[item.name] = _value(hints[item.name], "")  # texts that are not written
    return kind(**values)


def _value(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if value is None:
        return None
    if origin in (types.UnionType,):
        return _value(next(arg for arg in get_args(hint) if arg is not type(None)), value)
    if origin is tuple:
        inner = get_args(hint)
        if len(inner) == 2 and inner[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
            return tuple(_value(inner[0], item) for item in value)
        return tuple(_value(arg, item) for arg, item in zip(inner, value, strict=True))
    if origin is dict or hint is dict:
        return dict(value)
    if hint is date:
        return date.fromisoformat(value)
    if is_dataclass(hint):
        return _record(hint, value)  # type: ignore[arg-type]
    return value
