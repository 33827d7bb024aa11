"""A draft of an 审议意见 from the notes of a deliberation: what was said, by subject, with its source."""

import re
from collections.abc import Sequence
from pathlib import Path

from renda_nlp.analysis import fill_table
from renda_nlp.config import Config
from renda_nlp.ledger.wording import shown, source_of
from renda_nlp.records import Opinion, OpinionRow, Passage, Quote
from renda_nlp.reports.docxpage import OfficialDocument
from renda_nlp.reports.wording import chinese_number
from renda_nlp.taxonomy import default_taxonomy

__all__ = ["write_opinion_draft"]

_SPEAKER = re.compile(r"^[^：:]{2,24}[：:]")
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?")
_ASKS = re.compile(r"建议|希望|请(?!假|客|问)|应当|应该|要求|能不能|必须|得有|要有|不要|先把|尽快")
_HOST = re.compile(r"^(?:主持人|记录人)")
_DRAFT = "（建议稿，由审议发言整理，请核对原话后使用）"


def write_opinion_draft(speeches: Sequence[Quote], config: Config, path: Path) -> bool:
    """Write the draft; return False when there are no speeches to make it from.

    Args:
        speeches: Paragraphs of deliberation notes, each with its speaker.
        config: Settings.
        path: The Word file.
    """
    said = [_words(quote) for quote in speeches if not _HOST.match(quote.text)]
    said = [quote for quote in said if quote.text]
    if not said:
        return False
    table = fill_table(map(_opinion, said), config, "serial")
    page = OfficialDocument("关于……情况的审议意见")
    page.title("关于……情况的审议意见", _DRAFT)
    page.gap("会议名称、时间、听取的报告")
    page.body(f"审议中，代表发言{len(said)}人次，主要意见如下。（来源：以下各条）")
    groups = _by_subject([table.row(at) for at in range(len(table))])
    for number, (name, rows) in enumerate(groups):
        mark = chinese_number(number + 1)
        page.heading(f"{mark}、关于{name}")
        for row in rows:
            _add(page, row)
    page.gap("请……研究处理，并于……前书面报告")
    page.save(path)
    return True


def _words(quote: Quote) -> Quote:
    """Return a speech without the name of its speaker."""
    found = _SPEAKER.match(quote.text)
    start = found.end() if found else 0
    text = quote.text[start:]
    start += len(text) - len(text.lstrip())
    at = quote.passage.start
    place = Passage(locator=quote.passage.locator, start=at + start, end=quote.passage.end)
    return Quote(opinion_id="", passage=place, text=quote.text[start:])


def _opinion(quote: Quote) -> Opinion:
    return Opinion(
        opinion_id="speech",
        text=quote.text,
        passages=(quote.passage,),
        kind="deliberation",
        channel="deliberation",
    )


def _by_subject(rows: Sequence[OpinionRow]) -> list[tuple[str, list[OpinionRow]]]:
    """Return (subject, speeches), the subject that most spoke of first."""
    groups: dict[str, list[OpinionRow]] = {}
    for row in rows:
        groups.setdefault(default_taxonomy().name_of(row.scores.topic), []).append(row)
    order = sorted(groups, key=lambda name: (-len(groups[name]), list(groups).index(name)))
    return [(name, groups[name]) for name in order]


def _add(page: OfficialDocument, row: OpinionRow) -> None:
    """Add one speech: first what is asked for, then what it rests on, each with its source."""
    opinion = row.opinion
    asks: list[Quote] = []
    facts: list[Quote] = []
    for found in _SENTENCE.finditer(opinion.text):
        part = found.group().strip()
        if not part:
            continue
        start = (
            opinion.passages[0].start
            + found.start()
            + len(found.group())
            - len(found.group().lstrip())
        )
        place = Passage(locator=opinion.passages[0].locator, start=start, end=start + len(part))
        quote = Quote(opinion_id="", passage=place, text=part)
        (asks if _ASKS.search(part) else facts).append(quote)
    for lead, quotes in (("代表提出：", asks), ("反映的情况：", facts)):
        for quote in quotes:
            page.body(f"“{shown(quote)}”（来源：{source_of(quote)}）", lead=lead)
