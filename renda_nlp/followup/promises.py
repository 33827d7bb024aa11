"""Commitments, claims and difficulties of the work reports of a run."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from renda_nlp.followup.objects import commitment_kind, find_departments, find_object
from renda_nlp.followup.quantities import find_deadlines, find_quantities, quantity_of
from renda_nlp.followup.statements import Statement, find_statements
from renda_nlp.followup.terms import is_common
from renda_nlp.records import Claim, Commitment, Difficulty, Opinion, Quantity, Span
from renda_nlp.table import OpinionTable
from renda_nlp.taxonomy import Taxonomy

__all__ = ["ReportRecord", "read_promises"]

_RESOLUTION = re.compile(
    r"听取(?:和|并|、)?(?:审议|审查)了|(?:批准|同意)(?:了)?(?:这个|该)?报告|会议(?:高度评价|充分肯定|号召|要求)"
)
_FIRST_ROWS = 4
_TWICE = 2  # a place that only one row names may be none
_MIN_OBJECT = 3
ReportKey = tuple[str, int | None]  # file, line of a jsonl document


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRecord:
    """What one work report promises, claims and admits; ``day`` is the day that it bears."""

    key: ReportKey
    year: int | None
    day: int  # proleptic ordinal, 0 when unknown
    commitments: tuple[Commitment, ...]
    claims: tuple[Claim, ...]
    difficulties: tuple[Difficulty, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One unit of a report with what the table knows of it."""

    opinion: Opinion
    topic: str
    subtopic: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Office:
    """What is the same for every report of a run."""

    taxonomy: Taxonomy
    level: str
    places: Counter[str]  # how many rows of the run name each place


def read_promises(table: OpinionTable, taxonomy: Taxonomy, level: str) -> list[ReportRecord]:
    """Return the record of each work report, the earliest first; resolutions on one are no report.

    Args:
        table: The opinions of a run.
        taxonomy: Names the department where the report names none.
        level: township, subdistrict or county.
    """
    kinds, kind = table.column("kinds"), table.code("work_report")
    groups: dict[ReportKey, list[_Row]] = {}
    for index in np.flatnonzero(kinds == kind).tolist():
        row = table.row(index)
        place = row.opinion.passages[0].locator
        line = place.line if place.paragraph is not None else None
        groups.setdefault((place.file, line), []).append(
            _Row(row.opinion, row.scores.topic, row.subtopic, row.places)
        )
    office = _Office(taxonomy, level, _known_places(table))
    serial: Counter[str] = Counter()
    out = []
    for key, rows in sorted(groups.items(), key=lambda item: _order(*item)):
        if any(_RESOLUTION.search(row.opinion.text) for row in rows[:_FIRST_ROWS]):
            continue
        out.append(_read_report(key, rows, serial, office))
    return out


def _known_places(table: OpinionTable) -> Counter[str]:
    counts = Counter(code for codes in table.places for code in codes)
    known = {table.label(code): n for code, n in counts.items() if n >= _TWICE}
    return Counter({name: n for name, n in known.items() if not is_common(name)})


def _order(key: ReportKey, rows: Sequence[_Row]) -> tuple[int, str, int]:
    day = rows[0].opinion.date
    return (day.toordinal() if day else 0, key[0], key[1] or 0)


def _read_report(
    key: ReportKey, rows: Sequence[_Row], serial: Counter[str], office: _Office
) -> ReportRecord:
    row_of = {row.opinion.opinion_id: row for row in rows}
    day = rows[0].opinion.date
    year = day.year if day else None
    commitments: list[Commitment] = []
    claims: list[Claim] = []
    difficulties: list[Difficulty] = []
    for statement in find_statements(row.opinion for row in rows):
        row = row_of[statement.opinion.opinion_id]
        serial[f"{statement.label}{year}"] += 1
        number = serial[f"{statement.label}{year}"]
        if statement.label == "commitment":
            commitments.append(_commitment(statement, row, number, office))
        elif statement.label == "claim":
            claims.append(_claim(statement, row, number, office))
        elif statement.label == "difficulty":
            difficulties.append(_difficulty(statement, row, number, office))
    return ReportRecord(
        key=key,
        year=year,
        day=day.toordinal() if day else 0,
        commitments=tuple(commitments),
        claims=tuple(claims),
        difficulties=tuple(difficulties),
    )


def _year(row: _Row) -> int | None:
    return row.opinion.date.year if row.opinion.date else None


def _quantities(text: str) -> tuple[tuple[Quantity, ...], list[Span]]:
    spans = find_quantities(text)
    return tuple(quantity_of(text, span) for span in spans), spans


def _place(statement: Statement, row: _Row, known: Counter[str]) -> str:
    """Return the first place that the statement names, else its heading; seen at least twice."""
    places = [place for place in row.places if known[place] >= _TWICE]
    for text in (statement.text, statement.heading):
        for place in places:
            if place in text:
                return place
    return next((name for name in sorted(known) if name and name in statement.heading), "")


def _without_times(statement: Statement, year: int | None) -> str:
    """Return the words of a statement without those that set a time."""
    text = statement.plain
    for deadline in reversed(find_deadlines(text, year)):
        text = text[: deadline.start] + text[deadline.end :]
    return text.lstrip("，,、 ")


def _object(statement: Statement, year: int | None) -> str:
    """Return the object of a statement; that of its heading where it names none."""
    own = find_object(_without_times(statement, year))
    headed = find_object(statement.heading) if statement.heading else ""
    return own if len(own) >= _MIN_OBJECT or not headed else headed


def _commitment(statement: Statement, row: _Row, number: int, office: _Office) -> Commitment:
    text, year = statement.text, _year(row)
    quantities, spans = _quantities(text)
    deadlines = find_deadlines(text, year)
    named = find_departments(text)
    return Commitment(
        quote=statement.quote(),
        topic=row.topic,
        year=year,
        commitment_id=f"诺{year or ''}-{number:03d}",
        kind=commitment_kind(statement.plain, has_quantity=bool(spans)),
        object=_object(statement, year),
        quantities=quantities,
        place=_place(statement, row, office.places),
        deadline="；".join(dict.fromkeys(deadline.text for deadline in deadlines)),
        due=max((d.due for d in deadlines if d.due), default=None),
        departments=named or office.taxonomy.responsible(row.topic, row.subtopic, office.level),
        heading=statement.heading,
        subtopic=row.subtopic,
    )


def _stated(statement: Statement, row: _Row, office: _Office) -> dict[str, Any]:
    """Return what a claim and an admitted difficulty hold alike."""
    year = _year(row)
    return {
        "quote": statement.quote(),
        "topic": row.topic,
        "year": year,
        "object": _object(statement, year),
        "quantities": _quantities(statement.text)[0],
        "place": _place(statement, row, office.places),
        "heading": statement.heading,
        "subtopic": row.subtopic,
    }


def _claim(statement: Statement, row: _Row, number: int, office: _Office) -> Claim:
    claim_id = f"绩{_year(row) or ''}-{number:03d}"
    return Claim(claim_id=claim_id, **_stated(statement, row, office))


def _difficulty(statement: Statement, row: _Row, number: int, office: _Office) -> Difficulty:
    difficulty_id = f"难{_year(row) or ''}-{number:03d}"
    return Difficulty(difficulty_id=difficulty_id, **_stated(statement, row, office))
