"""答复后又反映: an issue that was answered and is raised again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from renda_nlp.records import Hotspot, OpinionRow, Quote, Reply, ReturnedMatter
from renda_nlp.selection.official import quote_whole
from renda_nlp.table import NO_DATE, OpinionTable

__all__ = ["find_returned"]

_N_LATER = 2
_MAX_QUOTE = 140
_STEM = 2  # characters of a place's name that its spellings share


def find_returned(
    table: OpinionTable, issues: Sequence[Hotspot], replies: Sequence[Reply]
) -> tuple[ReturnedMatter, ...]:
    """Return, for each issue that came back, its first reply and what was said after it.

    Only dated replies count; of several the earliest one with something after it.
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
            if reply.reply_date is not None and reply not in own and _is_same(issue, row)
        ]
        own.sort(key=lambda reply: (str(reply.reply_date), reply.opinion_id))
        found = next((made for reply in own if (made := _returned(table, issue, reply))), None)
        if found is not None:
            out.append(found)
    return tuple(out)


def _is_same(issue: Hotspot, row: OpinionRow) -> bool:
    """Whether an official matter, a suggestion or deliberation, is about an issue: topic and place."""
    if row.opinion.kind == "feedback" or row.scores.topic != issue.topic or not issue.place:
        return False
    return issue.place[:_STEM] in row.opinion.text


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
    """Return the beginning of the reply."""
    if reply.reply_opinion_id:
        return (quote_whole(table.opinion(table.index_of(reply.reply_opinion_id))),)
    opinion = table.opinion(table.index_of(reply.opinion_id))
    length = min(len(opinion.reply), _MAX_QUOTE)
    place = replace(reply.passage, end=reply.passage.start + length)
    return (Quote(opinion_id=opinion.opinion_id, passage=place, text=opinion.reply[:length]),)
