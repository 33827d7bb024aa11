"""The numbered outline of official papers: 一、 （一） 1. （1） and headings of the format."""

import re
from dataclasses import dataclass, field

from renda_nlp.records import Block

__all__ = ["Heading", "Outline", "heading_of"]

LEVELS: tuple[re.Pattern[str], ...] = (
    re.compile(r"\s*第[一二三四五六七八九十百]+[章节部篇]分?[\s、：:]*"),
    re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*[、．.]\s*"),
    re.compile(r"\s*[（(][一二三四五六七八九十]{1,3}[)）]\s*"),
    re.compile(r"\s*\d{1,2}\s*(?:[．、]|[.](?!\d))\s*"),
    re.compile(r"\s*(?:[（(]\d{1,2}[)）]|\d{1,2}[)）]|[①-⑳])\s*"),
)
BRACKETED = re.compile(r"\s*【[^】]{1,24}】\s*$")
SENTENCE = re.compile(r"[。！？；]")
ENDS_OPEN = re.compile(r"[：:，,；;。！？]$")
FIGURED = re.compile(
    r"\d[\d.]*\s*(?:个|座|处|公里|米|亩|户|人|盏|口|套|所|条|家|台|部|名|吨|元|万|亿|%|％)"
)  # 3. 改造农网台区5个
MAX_HEADING = 45
MAX_INLINE_HEADING = 30
ITEM_LEVEL = 3  # 1. and below


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level (0 = outermost), its words, and where the body begins after it."""

    level: int
    text: str
    end: int  # index in the block's text; the length when the block is all heading


@dataclass(slots=True)
class Outline:
    """The headings above the current block."""

    stack: list[Heading] = field(default_factory=list)

    def enter(self, heading: Heading) -> None:
        """Put a heading in its place; deeper and equal ones end."""
        while self.stack and self.stack[-1].level >= heading.level:
            self.stack.pop()
        self.stack.append(heading)

    def follow(self, block: Block) -> Heading | None:
        """Go on to a block and return the heading it is or begins with, if any.

        A numbered paragraph without a heading ends the headings of its level and below.
        """
        heading = heading_of(block)
        if heading is not None:
            self.enter(heading)
        elif (level := _number_level(block.text)) is not None:
            while self.stack and self.stack[-1].level >= level:
                self.stack.pop()
        return heading

    @property
    def path(self) -> str:
        """The headings, outermost first, joined by `` / ``."""
        return " / ".join(heading.text for heading in self.stack)


def heading_of(block: Block) -> Heading | None:
    """Return the heading that a block is, or begins with."""
    text = block.text
    level = _number_level(text)
    stripped = text.strip()
    if BRACKETED.match(text):
        return Heading(0, stripped, len(text))
    if block.heading_level:
        number = level if level is not None else block.heading_level
        return Heading(number, stripped, len(text)) if len(stripped) <= MAX_HEADING * 2 else None
    if level is None or (level >= ITEM_LEVEL and FIGURED.search(text)):
        return None
    if level >= ITEM_LEVEL and stripped.endswith("。") and len(SENTENCE.findall(stripped)) == 1:
        return None  # 2. 垃圾分类推进慢。
    if (
        len(stripped) <= MAX_HEADING
        and not SENTENCE.search(stripped)
        and not ENDS_OPEN.search(stripped)
    ):
        return Heading(level, stripped, len(text))
    if (
        len(stripped) <= MAX_HEADING
        and stripped.endswith("。")
        and len(SENTENCE.findall(stripped)) == 1
    ):
        return (
            Heading(level, stripped[:-1], len(text))
            if len(stripped) < MAX_INLINE_HEADING // 2 and not FIGURED.search(stripped)
            else None  # （三）加装电梯20部。
        )
    end = SENTENCE.search(text)
    if (
        end
        and end[0] == "。"
        and end.start() <= MAX_INLINE_HEADING
        and end.end() < len(text.rstrip())
    ):
        return Heading(level, text[: end.start()].strip(), end.end())
    return None


def _number_level(text: str) -> int | None:
    return next((level for level, mark in enumerate(LEVELS) if mark.match(text)), None)
