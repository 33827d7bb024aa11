"""答复后又反映: an issue that was answered and is raised again."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from renda_nlp.followup.matching import StatementMatcher
from renda_nlp.followup.replywords import read_reply
from renda_nlp.followup.statements import quote_of
from renda_nlp.records import Hotspot, Opinion, OpinionRow, Quote, Reply, ReturnedMatter
from renda_nlp.selection.official import quote_whole
from renda_nlp.table import NO_DATE, OpinionTable

__all__ = ["find_returned"]

_N_LATER, _N_TOLD, _N_TRIED = 2, 3, 6
_LEAST_SHARED = 60.0  # squared weight of terms
_MAX_QUOTE = 140
_SENTENCE = re.compile(r"[\s，。；：:、！!？?)）”’]*(?P<words>[^\n。！？]+)")
_MIN_SAID = 10
_LEADS_OVER = ("如下：", "如下:", "如下")
_STEM = 2  # characters of a place's name that its spellings share


def find_returned(
    table: OpinionTable,
    issues: Sequence[Hotspot],
    replies: Sequence[Reply],
    matcher: StatementMatcher,
) -> tuple[ReturnedMatter, ...]:
    """Return, for each issue that came back, its first reply and what was said after it.

    Only dated replies count; of several with something after them the earliest that answers words
    of the issue's title, else the earliest.
    """
    answered: dict[str, list[Reply]] = defaultdict(list)
    for reply in replies:
        if reply.reply_date is not None:
            answered[reply.opinion_id].append(reply)
    out = []
    matters = [(reply, table.row(table.index_of(reply.opinion_id))) for reply in replies]
    for issue in issues:
        own = [reply for member in issue.members for reply in answered.get(member, ())]
        own += [
            reply
            for reply, row in matters
            if reply.reply_date is not None and reply not in own and _is_same(issue, row, matcher)
        ]
        own.sort(key=lambda reply: (str(reply.reply_date), reply.opinion_id))
        own[:_N_TRIED] = _closest_first(table, issue, own[:_N_TRIED], matcher)
        found = next((made for reply in own if (made := _returned(table, issue, reply))), None)
        if found is not None:
            out.append(found)
    return tuple(out)


def _is_same(issue: Hotspot, row: OpinionRow, matcher: StatementMatcher) -> bool:
    """Whether an official matter, a suggestion or deliberation, is about an issue.

    The topic, the place, and words beside the name of the place must agree.
    """
    if row.opinion.kind == "feedback" or row.scores.topic != issue.topic or not issue.place:
        return False
    stem, text = issue.place[:_STEM], row.opinion.text
    if stem not in text:
        return False
    told = "，".join((issue.title, *(quote.text for quote in issue.quotes[:_N_TOLD])))
    shared = matcher.weight_shared(told.replace(stem, "，"), text.replace(stem, "，"))
    return shared >= _LEAST_SHARED


def _closest_first(
    table: OpinionTable, issue: Hotspot, replies: list[Reply], matcher: StatementMatcher
) -> list[Reply]:
    """Return the replies, those first that answer words of the issue's title."""
    if len(replies) < 2:  # noqa: PLR2004 - nothing to order
        return replies
    near = [
        matcher.weight_shared(issue.title, table.opinion(table.index_of(reply.opinion_id)).text)
        for reply in replies
    ]
    order = sorted(range(len(replies)), key=lambda at: near[at] < _LEAST_SHARED)
    return [replies[at] for at in order]


def _returned(table: OpinionTable, issue: Hotspot, reply: Reply) -> ReturnedMatter | None:
    if reply.reply_date is None:
        return None
    rows = [table.index_of(member) for member in issue.members if member != reply.opinion_id]
    days = table.column_at("days", rows).tolist() if rows else []
    later = sorted(
        (day, row)
        for day, row in zip(days, rows, strict=True)
        if day != NO_DATE and day > reply.reply_date.toordinal()
    )
    shown = [row for _, index in later if not (row := table.row(index)).withheld]
    asked = table.row(table.index_of(reply.opinion_id))
    if not shown or asked.withheld:
        return None
    again = date.fromordinal(later[0][0])
    days_after = (again - reply.reply_date).days
    return ReturnedMatter(
        issue_id=issue.issue_id,
        title=issue.title,
        opinion_id=reply.opinion_id,
        asked=reply.asked,
        reply_date=reply.reply_date,
        again=again,
        n_again=len(later),
        question=(quote_whole(asked.opinion),),
        reply=_reply_quotes(table, reply),
        later=tuple(quote_whole(row.opinion) for row in shown[:_N_LATER]),
        sentence=f"{reply.reply_date:%Y年%-m月%-d日}答复后，{days_after}天又有反映，至今{len(later)}件。",
    )


def _reply_quotes(table: OpinionTable, reply: Reply) -> tuple[Quote, ...]:
    """Return the beginning of what a reply says, behind its greeting and 现答复如下."""
    if reply.reply_opinion_id:
        letter = table.opinion(table.index_of(reply.reply_opinion_id))
        start = _told_from(letter.text)
        end = min(_paragraph_end(letter, start), start + _MAX_QUOTE)
        return (quote_of(letter, start, end),)
    opinion = table.opinion(table.index_of(reply.opinion_id))
    start = _told_from(opinion.reply)
    text = opinion.reply[start : start + _MAX_QUOTE]
    at = reply.passage.start + start
    place = replace(reply.passage, start=at, end=at + len(text))
    return (Quote(opinion_id=opinion.opinion_id, passage=place, text=text),)


def _told_from(text: str) -> int:
    """Return where the first sentence with substance begins, 0 where there is none."""
    for found in _SENTENCE.finditer(read_reply(text).body):  # greetings are blank in the body
        start, end = found.span("words")
        if len(found["words"].strip()) >= _MIN_SAID and not text[start:end].endswith(_LEADS_OVER):
            return start
    return 0


def _paragraph_end(opinion: Opinion, start: int) -> int:
    """Return where the paragraph ends that holds an offset of an opinion's text."""
    at = 0
    for passage in opinion.passages:
        end = at + passage.end - passage.start
        if start < end:
            return end
        at = end + 1
    return len(opinion.text)
