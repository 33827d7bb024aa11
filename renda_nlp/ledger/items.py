"""The items of an 审议意见."""

import re

from renda_nlp.ledger.material import Paper
from renda_nlp.records import Passage, Quote
from renda_nlp.splitting.deliberations import minutes_of
from renda_nlp.splitting.outline import Outline

__all__ = ["find_items"]

_MARK = re.compile(
    r"^\s*(?:[（(]?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?[.．、)）])\s*"
)
_ASKS = re.compile(r"要|请|应|建议|希望|不能|不得|加强|加快|落实|明确|解决|整改")
_CLOSING = re.compile(r"^请.{0,24}(?:认真研究处理|研究处理).{0,40}(?:报告|报送)")
_MIN_TEXT = 8


def find_items(paper: Paper) -> list[tuple[Quote, str]]:
    """Return (item, heading) of the 审议意见: its numbered paragraphs, else those that ask."""
    outline = Outline()
    numbered, asking = [], []
    for block in paper.blocks:
        text = block.text.strip()
        if block.cells or text == paper.document.title or len(text) < _MIN_TEXT:
            continue
        heading = outline.follow(block)
        if minutes_of(text):
            continue
        if heading is not None and heading.end >= len(block.text.rstrip()):
            continue
        above = next(
            (one.text for one in reversed(outline.stack) if not text.startswith(one.text)), ""
        )
        left = len(block.text) - len(block.text.lstrip())
        end = len(block.text.rstrip())
        place = Passage(locator=block.locator, start=left, end=end)
        quote = Quote(opinion_id="", passage=place, text=block.text[left:end])
        if _MARK.match(text):
            numbered.append((quote, above))
        elif _ASKS.search(text) and not _CLOSING.match(text):
            asking.append((quote, above))
    return numbered if len(numbered) > 1 else [*numbered, *asking]
