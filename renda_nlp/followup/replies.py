"""Official replies of a run: matched to what they answer, scored, with the words that show it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from renda_nlp.followup.matching import StatementMatcher
from renda_nlp.followup.scoring import Asked, Finding, assess_reply
from renda_nlp.followup.statements import quote_of
from renda_nlp.followup.terms import TermFinder
from renda_nlp.records import (
    REPLY_SCORES,
    Opinion,
    OpinionRow,
    Passage,
    Quote,
    Reply,
    ReplyFlag,
    ReplyScore,
)
from renda_nlp.table import OpinionTable

__all__ = ["LIMIT_DAYS", "MAX_REPLIES", "clause_span", "find_replies"]

LIMIT_DAYS = {"suggestion": 90, "feedback": 60}
"""Days for a reply by kind of document: deputies' suggestions 3 months, letters and visits 60 days."""

MAX_REPLIES = 20_000
"""Replies beside their opinions that are scored and listed in a report."""

_DIGITS = re.compile(r"\d+")
_END = re.compile(r"[，,。；;！？\n]")
_MAX_CLAUSE = 60
_MIN_TEXT_MATCH = 1.0
_HEAD = 240  # characters of a reply that name what it answers
_ANSWERED = frozenset(("suggestion", "deliberation"))
_MIN_REPLY = 30


def find_replies(
    table: OpinionTable, finder: TermFinder, matcher: StatementMatcher
) -> tuple[tuple[Reply, ...], int]:
    """Return the scored replies in reading order of what they answer, and how many there are.

    A reply is found in the same row; else a reply document is matched by its number, and one without
    a number by its text. At most ``MAX_REPLIES`` of those in rows are scored.
    """
    kinds = table.column("kinds")
    replied = _replied_rows(table)
    out = [_in_row(table.row(index), finder) for index in _first(table, replied)]
    asked = [
        table.row(index)
        for name in sorted(_ANSWERED)
        for index in np.flatnonzero(kinds == table.code(name)).tolist()
    ]
    letters = [
        row
        for index in np.flatnonzero(kinds == table.code("reply")).tolist()
        if len((row := table.row(index)).opinion.text) >= _MIN_REPLY and not row.opinion.reply
    ]
    matched = [_in_letter(*pair, finder) for pair in _match(asked, letters, matcher)]
    out = sorted(
        out + matched, key=lambda reply: (table.index_of(reply.opinion_id), reply.matched_by)
    )
    return tuple(out), len(replied) + len(matched)


def _replied_rows(table: OpinionTable) -> list[int]:
    """Return the rows with a reply."""
    rows = ((index, table.opinion(index)) for index in range(len(table)))
    return [index for index, opinion in rows if opinion.reply and opinion.reply_passage]


def _first(table: OpinionTable, rows: list[int]) -> list[int]:
    """Return at most ``MAX_REPLIES`` rows, those that belong to issues first."""
    chosen = sorted(rows, key=lambda index: (index not in table.issue_ids, index))
    return sorted(chosen[:MAX_REPLIES])


def _number(opinion: Opinion) -> str:
    found = _DIGITS.search(opinion.row_id)
    return found.group().lstrip("0") if found else ""


def _match(
    asked: Sequence[OpinionRow], letters: Sequence[OpinionRow], matcher: StatementMatcher
) -> Iterator[tuple[OpinionRow, OpinionRow, str]]:
    suggestions = [row for row in asked if row.opinion.kind == "suggestion"]
    by_number = {_number(row.opinion): row for row in reversed(suggestions) if _number(row.opinion)}
    rest = []
    for letter in letters:
        matter = by_number.get(_number(letter.opinion))
        if matter is not None:
            yield matter, letter, "同一编号"
        else:
            rest.append(letter)
    open_matters = [row for row in asked if not row.opinion.reply]
    if not rest or not open_matters:
        return
    scores = matcher.scores(
        [letter.opinion.text[:_HEAD] for letter in rest], [row.opinion.text for row in open_matters]
    )
    for row, letter in enumerate(rest):
        best = int(np.argmax(scores[row]))
        if scores[row, best] >= _MIN_TEXT_MATCH:
            yield open_matters[best], letter, "按文字"


def clause_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the clause around ``[start, end)``, at most 60 characters."""
    before = [found.end() for found in _END.finditer(text, 0, start)]
    left = max([0, *before, start - _MAX_CLAUSE // 2])
    after = _END.search(text, end)
    right = min(after.start() if after else len(text), end + _MAX_CLAUSE // 2)
    part = text[left:right]
    left += len(part) - len(part.lstrip())
    return left, left + len(part.strip())


def _in_row(row: OpinionRow, finder: TermFinder) -> Reply:
    opinion = row.opinion
    passage = opinion.reply_passage
    if passage is None:
        raise ValueError(f"{opinion.opinion_id} has no reply")

    def quote(start: int, end: int) -> Quote:
        place = Passage(
            locator=passage.locator, start=passage.start + start, end=passage.start + end
        )
        return Quote(opinion_id=opinion.opinion_id, passage=place, text=opinion.reply[start:end])

    spans = _Quoter(opinion.reply, None if row.withheld else quote)
    return _reply(
        row, spans, finder, opinion.reply_date, opinion.outcome, passage=passage, by="同一行"
    )


def _in_letter(row: OpinionRow, letter: OpinionRow, by: str, finder: TermFinder) -> Reply:
    opinion = letter.opinion

    def quote(start: int, end: int) -> Quote | None:
        try:
            return quote_of(opinion, start, end)
        except ValueError:
            return None  # the words lie across two paragraphs

    spans = _Quoter(opinion.text, quote)
    reply = _reply(
        row, spans, finder, opinion.date, opinion.outcome, passage=opinion.passages[0], by=by
    )
    return replace(reply, reply_opinion_id=opinion.opinion_id, text=letter.masked_text)


class _Quoter:
    """Turns spans of a reply into quotes, each widened to its clause."""

    def __init__(self, text: str, make: Callable[[int, int], Quote | None] | None) -> None:
        self.text = text
        self._make = make

    def quotes(self, finding: Finding) -> tuple[Quote, ...]:
        if self._make is None:
            return ()
        bounds = dict.fromkeys(clause_span(self.text, start, end) for start, end in finding.spans)
        made = (self._make(start, end) for start, end in bounds if end > start)
        return tuple(quote for quote in made if quote is not None)


def _reply(  # noqa: PLR0913 - what the two kinds of replies have in common
    row: OpinionRow,
    spans: _Quoter,
    finder: TermFinder,
    replied: date | None,
    outcome: str,
    *,
    passage: Passage,
    by: str,
) -> Reply:
    opinion = row.opinion
    days = (replied - opinion.date).days if replied and opinion.date else None
    asked = Asked(
        title=opinion.text[: opinion.title_end],
        text=opinion.text,
        days=days,
        limit_days=LIMIT_DAYS.get(opinion.kind, LIMIT_DAYS["feedback"]),
    )
    found = assess_reply(asked, spans.text, finder)
    departments = tuple(value for key, value in opinion.attributes if key == "承办单位")
    return Reply(
        opinion_id=opinion.opinion_id,
        text=row.masked_reply,
        passage=passage,
        reply_date=replied,
        outcome=outcome,
        matched_by=by,
        asked=opinion.date,
        days=days,
        departments=departments,
        scores=tuple(
            ReplyScore(
                name=score.name,
                label=REPLY_SCORES[score.name],
                value=score.value,
                sentence=score.sentence,
                quotes=spans.quotes(score),
            )
            for score in found.scores
        ),
        flags=tuple(
            ReplyFlag(label=flag.name, sentence=flag.sentence, quotes=spans.quotes(flag))
            for flag in found.flags
        ),
    )
