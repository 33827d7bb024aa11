"""The quotes inside any record."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from renda_nlp.records.opinions import Quote

__all__ = ["find_quotes"]


def find_quotes(value: object) -> Iterator[Quote]:
    """Yield every quote inside a record, at any depth."""
    if isinstance(value, Quote):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from find_quotes(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from find_quotes(getattr(value, field.name))
