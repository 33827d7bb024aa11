"""Records as Arrow rows and back: the schema is read off the fields of the record (extra ``arrow``)."""

import datetime
import types
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

__all__ = ["from_row", "record_schema", "to_row"]

Record = TypeVar("Record")
_PLAIN = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime.date: pa.date32(),
}


_known_hints = cache(get_type_hints)


def _hints(kind: Any) -> dict[str, Any]:
    return _known_hints(kind)


def record_schema(kind: type[Any]) -> pa.Schema:
    """Return a column for each field; tuples of one kind are lists, others structs ``_1``, ``_2``."""
    hints = _hints(kind)
    return pa.schema([(field.name, _arrow_type(hints[field.name])) for field in fields(kind)])


def _arrow_type(hint: Any) -> pa.DataType:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if is_dataclass(hint):
        return pa.struct(list(record_schema(hint)))  # type: ignore[arg-type]
    inner = get_args(hint)
    if _is_optional(hint):
        return _arrow_type(_kept(inner))
    if inner[-1] is Ellipsis:
        return pa.list_(_arrow_type(inner[0]))
    return pa.struct([(f"_{n}", _arrow_type(part)) for n, part in enumerate(inner, 1)])


def _is_optional(hint: Any) -> bool:
    return get_origin(hint) in (Union, types.UnionType)


def _kept(inner: tuple[Any, ...]) -> Any:
    return next(part for part in inner if part is not type(None))


def to_row(record: Any) -> dict[str, Any]:
    """Return the fields of a record as plain values."""
    hints = _hints(type(record))
    return {
        field.name: _to_plain(hints[field.name], getattr(record, field.name))
        for field in fields(record)
    }


def _to_plain(hint: Any, value: Any) -> Any:
    if value is None or hint in _PLAIN:
        return value
    if is_dataclass(hint):
        return to_row(value)
    inner = get_args(hint)
    if _is_optional(hint):
        return _to_plain(_kept(inner), value)
    if inner[-1] is Ellipsis:
        return [_to_plain(inner[0], part) for part in value]
    return {f"_{n}": _to_plain(*pair) for n, pair in enumerate(zip(inner, value, strict=True), 1)}


def from_row(kind: type[Record], row: dict[str, Any]) -> Record:
    """Return the record of a row, as ``to_row`` took it."""
    hints = _hints(kind)
    return kind(**{name: _from_plain(hint, row[name]) for name, hint in hints.items()})


def _from_plain(hint: Any, value: Any) -> Any:
    if value is None or hint in _PLAIN:
        return value
    if is_dataclass(hint):
        return from_row(hint, value)  # type: ignore[arg-type]
    inner = get_args(hint)
    if _is_optional(hint):
        return _from_plain(_kept(inner), value)
    if inner[-1] is Ellipsis:
        return tuple(_from_plain(inner[0], part) for part in value)
    return tuple(_from_plain(part, value[f"_{n}"]) for n, part in enumerate(inner, 1))
