"""Quotes: the words of an opinion with their place in the source."""

from renda_nlp.hotspots.naming import Clause
from renda_nlp.records import Opinion, OpinionRow, Passage, Quote
from renda_nlp.taxonomy import is_accusation

__all__ = ["quotable", "quote_clause", "quote_stretch"]

_MAX_QUOTE = 120

_JOIN = len("。")


def quotable(row: OpinionRow) -> bool:
    """Return whether the words may be shown: accusations of persons are counted, not quoted."""
    return not is_accusation(row.subtopic, row.scores.intent)


def quote_stretch(opinion: Opinion, start: int, end: int) -> Quote | None:
    """Return the quote ``[start, end)`` of an opinion's text, None when it crosses two passages."""
    at = 0
    for passage in opinion.passages:
        size = passage.end - passage.start
        if at <= start and end <= at + size:
            place = Passage(
                locator=passage.locator,
                start=passage.start + start - at,
                end=passage.start + end - at,
            )
            return Quote(opinion_id=opinion.opinion_id, passage=place, text=opinion.text[start:end])
        at += size + _JOIN
    return None


def quote_clause(row: OpinionRow, clause: Clause) -> Quote:
    """Return a clause of the row's source text as a quote of at most 120 characters."""
    text = row.opinion.text
    start, end = clause.start, clause.end
    while start < end and text[start].isspace():
        start += 1
    end = min(end, start + _MAX_QUOTE)
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    quote = quote_stretch(row.opinion, start, end)
    if quote is None:  # a title joined to its detail by our own 。: keep the part in the title
        quote = quote_stretch(row.opinion, start, end - _JOIN)
    if quote is None:
        first = row.opinion.passages[0]
        quote = Quote(
            opinion_id=row.opinion.opinion_id,
            passage=first,
            text=text[: first.end - first.start],
        )
    return quote
