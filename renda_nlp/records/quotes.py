"""The quotes, and other records, inside any record."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from renda_nlp.records.opinions import Quote

__all__ = ["find_quotes", "map_quotes", "map_records"]

_PLAIN = (str, int, float)  # most of what a report holds


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def find_quotes(value: object) -> Iterator[Quote]:
    """Yield every quote inside a record, at any depth."""
    if isinstance(value, Quote):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            if not isinstance(item, _PLAIN):
                yield from find_quotes(item)
    else:
        kind: Any = type(value)
        for name in _field_names(kind):
            part = getattr(value, name)
            if not isinstance(part, _PLAIN):
                yield from find_quotes(part)


def map_quotes(value: Any, change: Callable[[Quote], Quote | None]) -> Any:
    """Return the record with every quote changed; a quote that becomes None is left out."""
    return map_records(value, Quote, change)


def map_records(value: Any, kind: type, change: Callable[[Any], Any]) -> Any:
    """Return the record with all inside it that is of a kind changed.

    Among several in a tuple, one that becomes None is left out.
    """
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, kind):
        return change(value)
    if isinstance(value, tuple):
        mapped = tuple(map_records(item, kind, change) for item in value)
        if any(isinstance(item, kind) for item in value):
            return tuple(item for item in mapped if item is not None)
        return mapped if any(a is not b for a, b in zip(mapped, value, strict=True)) else value
    changes = {}
    for name in _field_names(value.__class__):
        old = getattr(value, name)
        new = map_records(old, kind, change)
        if new is not old:
            changes[name] = new
    return replace(value, **changes) if changes else value
