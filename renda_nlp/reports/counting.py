"""Tables of topic by place and topic by month, and the months between the first and the last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from renda_nlp.records import TopicCount

__all__ = ["Cell", "Column", "CountTable", "count_table", "fill_months", "top_places"]

_LEVELS = 5
_MAX_PLACES = 10
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it filters by, and its heading."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A count with its shade 0-5."""

    value: str  # of its column
    n: int
    shade: int


@dataclass(frozen=True, slots=True)
class CountTable:
    """Topics by columns, with the sum of each topic."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[Cell, ...], int], ...]


def count_table(
    topics: Sequence[TopicCount], columns: Sequence[Column], counts: Mapping[tuple[str, str], int]
) -> CountTable:
    """Return the table of ``counts[topic, column value]``; topics without any are left out."""
    values = [column.value for column in columns]
    top = max((counts.get((t.topic, v), 0) for t in topics for v in values), default=0) or 1
    rows = []
    for topic in topics:
        own = [counts.get((topic.topic, value), 0) for value in values]
        if any(own):
            cells = tuple(
                Cell(v, n, -(-_LEVELS * n // top)) for v, n in zip(values, own, strict=True)
            )
            rows.append((topic.name, cells, sum(own)))
    return CountTable(tuple(columns), tuple(rows))


def top_places(counts: Mapping[str, int]) -> list[Column]:
    """Return the places that most opinions name, those of one opinion left out."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Column(name, name) for name, n in ranked if n > 1][:_MAX_PLACES]


def fill_months(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return every month from the first to the last, also those without opinions."""
    if not counts:
        return ()
    year, month = (int(part) for part in min(counts).split("-"))
    last, out = max(counts), []
    while (name := f"{year:04d}-{month:02d}") <= last:
        out.append((name, counts.get(name, 0)))
        year, month = (year, month + 1) if month < _MONTHS_A_YEAR else (year + 1, 1)
    return tuple(out)
