"""One pass over the opinion rows: what the page counts and the excerpts that it embeds.

Every text is cut from ``masked_text``; addresses are cut back to the village or estate.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from renda_nlp.records import INTENTS, KINDS, OpinionRow, Report
from renda_nlp.reports.embedding import json_bytes
from renda_nlp.reports.rows import HIDDEN
from renda_nlp.reports.wording import channel_name, topic_name
from renda_nlp.table import OpinionTable

__all__ = [
    "Context",
    "Gathering",
    "fitting_characters",
    "gather",
    "place_of",
]

_MAX_CHARACTERS = 80
_MIN_CHARACTERS = 40
_PAGE_BUDGET = 23_000_000  # bytes: the page stays below 25 MB
_PLAIN_ISSUES = 300
_ISSUE_BYTES, _PACKED_ISSUE, _ROW_BYTES = 4_200, 600, 26  # of one issue, of one row without text
_PACKED = 0.55  # bytes on the page for each byte of text
_MAX_ROWS, _MAX_ISSUES = 150_000, 30_000
_BYTES_PER_CHARACTER = 3
_REGISTERED = re.compile(
    r"[\u4e00-\u9fff]{1,9}?(?:村|社区|小区|花园|家园|苑|场镇|街道|镇|乡|路|街|水库)(?![村委居])"
)
_BLANKS = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands beside a quote: who spoke through what, and when."""

    channel: str
    day: date | None


@dataclass(slots=True)
class Gathering:
    """The counts and columns of the page."""

    months: Counter[str] = field(default_factory=Counter)
    n_undated: int = 0
    channels: Counter[str] = field(default_factory=Counter)
    intents: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    topic_places: Counter[tuple[str, str]] = field(default_factory=Counter)
    topic_months: Counter[tuple[str, str]] = field(default_factory=Counter)
    contexts: dict[str, Context] = field(default_factory=dict)
    issue_places: defaultdict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    issue_kinds: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    issue_intents: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    rows: list[bytes] = field(default_factory=list)  # as JSON
    names: dict[str, list[str]] = field(default_factory=dict)
    n_issues: int = 0  # the first ones, which the page has room for
    n_omitted: int = 0
    n_characters: int = _MAX_CHARACTERS


class _Codes:
    """Repeated strings as small numbers."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._known: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        code = self._known.setdefault(name, len(self._known))
        if code == len(self.names):
            self.names.append(name)
        return code


def place_of(row: OpinionRow) -> str:
    """Return the village, estate or road of an opinion, never a house number, or nothing."""
    registered = _REGISTERED.match(row.opinion.place)
    if registered:
        return registered.group()
    return row.places[0] if row.places and row.is_voice else ""


def _excerpt(text: str, limit: int) -> str:
    line = _BLANKS.sub(" ", text).strip()
    return line if len(line) <= limit else line[: limit - 1] + "…"


def fitting_characters(n_rows: int, n_issues: int) -> int:
    """Return how long an excerpt may be so that the page keeps its size, 40 to 80 characters."""
    plain = min(n_issues, _PLAIN_ISSUES)
    room = _PAGE_BUDGET - _ISSUE_BYTES * plain - _PACKED_ISSUE * (n_issues - plain)
    room -= _ROW_BYTES * n_rows
    fitting = int(room / (_PACKED * _BYTES_PER_CHARACTER * max(1, n_rows)))
    return max(_MIN_CHARACTERS, min(_MAX_CHARACTERS, fitting))


def gather(report: Report, table: OpinionTable, wanted: set[str]) -> Gathering:
    """Read every row once.

    Args:
        report: Gives the period and the topics.
        table: The opinions.
        wanted: Ids of opinions whose context is shown somewhere.
    """
    out = Gathering(n_issues=_fitting_issues(report))
    out.n_characters = fitting_characters(min(len(table), _MAX_ROWS), out.n_issues)
    shown = {issue.issue_id for issue in report.issues[: out.n_issues]}
    room = _MAX_ROWS - sum(name in shown for name in table.issue_ids.values())
    codes = {
        name: _Codes()
        for name in (
            "topic",
            "channel",
            "kind",
            "intent",
            "issue",
            "place",
            "day",
            "file",
            "locator",
        )
    }
    for index, row in enumerate(table.rows()):
        place = place_of(row)
        _count(out, report, row, place)
        if row.issue_id in shown:
            _count_issue(out, row, place)
        if row.opinion.opinion_id in wanted:
            out.contexts[row.opinion.opinion_id] = Context(
                channel=row.opinion.channel, day=row.opinion.date
            )
        if row.issue_id not in shown and room <= 0:
            out.n_omitted += 1
            continue
        room -= row.issue_id not in shown
        text = HIDDEN if row.withheld else _excerpt(row.masked_text, out.n_characters)
        out.rows.append(json_bytes([index + 1, text, *_columns(row, place, codes)]))
    out.names = {name: code.names for name, code in codes.items()}
    return out


def _fitting_issues(report: Report) -> int:
    """Return how many issues, the first ones, the page has room for."""
    n_opinions = accumulate(issue.n_opinions for issue in report.issues[:_MAX_ISSUES])
    return sum(n <= _MAX_ROWS for n in n_opinions)


def _count_issue(out: Gathering, row: OpinionRow, place: str) -> None:
    if place:
        out.issue_places[row.issue_id][place] += 1
    out.issue_kinds[row.issue_id].add(row.opinion.kind)
    out.issue_intents[row.issue_id].add(row.scores.intent)


def _count(out: Gathering, report: Report, row: OpinionRow, place: str) -> None:
    day = row.opinion.date
    first, last = report.period
    if not row.is_voice or (day is not None and not first <= day <= last):
        return
    if day is None:
        out.n_undated += 1
    else:
        out.months[f"{day:%Y-%m}"] += 1
        out.topic_months[row.scores.topic, f"{day:%Y-%m}"] += 1
    out.channels[row.opinion.channel] += 1
    out.intents[row.scores.intent] += 1
    if place:
        out.places[place] += 1
        out.topic_places[row.scores.topic, place] += 1


def _columns(row: OpinionRow, place: str, codes: dict[str, _Codes]) -> list[object]:
    """Return what follows number and text in the embedded list, as ``opinions.js`` reads it."""
    opinion = row.opinion
    locator = opinion.passages[0].locator
    where = locator.describe()
    return [
        codes["topic"][topic_name(row.scores.topic)],
        codes["channel"][channel_name(opinion.channel)],
        codes["kind"][KINDS[opinion.kind]],
        codes["intent"][INTENTS[row.scores.intent]],
        codes["day"][opinion.date.isoformat() if opinion.date else ""],
        codes["place"][place],
        codes["issue"][row.issue_id],
        codes["file"][locator.file],
        codes["locator"][_DIGITS.sub("#", where)],
        ",".join(_DIGITS.findall(where)),
        (1 if row.is_voice else 0) + (2 if row.scores.undecided else 0),
    ]
