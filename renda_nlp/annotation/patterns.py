"""Spans that have a fixed shape: laws, dates, amounts of money and size, head counts."""

import re
from collections.abc import Iterator, Sequence

from renda_nlp.records import Span, Token

__all__ = ["PatternAnnotator", "head_count", "parse_number"]

_DIGIT = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_UNIT = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)"
_BEGIN = re.compile(r"[《\d零〇一二两三四五六七八九十百千去今前明]")
_LAW = re.compile(r"《[^《》\n]{2,40}》")
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[年./-]\s?(?:1[0-2]|0?[1-9])(?:\s?[月./-]\s?(?:3[01]|[12]\d|0?[1-9])[日号]?|月)"
    r"|(?:19|20)\d\d年|(?<!\d)(?:1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9])[日号]|[去今前明]年(?:[上下]半年|底|初|\d{1,2}月)?"
)
_AMOUNT = re.compile(
    _NUMBER + r"\s?(?:多|余)?(?:万|亿|千|百)?\s?"
    r"(?:元|块钱|块|公里|千米|米|亩|公顷|平方米|平方|平米|吨|公斤|斤|立方米|立方|千瓦时|千瓦|度)"
)
_HEADCOUNT = re.compile(
    _NUMBER + r"\s?(?:多|余|来)?(?:万|千|百)?(?:多|余)?\s?"
    r"(?:名|个|位)?(?:户|人|家庭|居民|村民|业主|学生|群众|职工|工人|老人|孩子|农民工|农户|住户|师生|商户|司机)"
)
_NOT_HEADS = re.compile(r"^(?:一|1|两|第.)(?:个|位|名)?人$")
_LEADING_NUMBER = re.compile(_NUMBER)
_SCALE = re.compile(r"[万亿千百]")


def parse_number(text: str) -> float:
    """Return the value of digits or Chinese numerals: ``1,200``, ``三百二十``; 0.0 for none."""
    plain = text.replace(",", "")
    if plain and plain[0].isascii() and plain[0].isdigit():
        return float(plain)
    total = section = digit = 0
    for char in plain:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char in _UNIT:
            section += max(digit, 1) * _UNIT[char]
            digit = 0
    return float(total + section + digit)


def head_count(words: str) -> int:
    """Return the number of people or households that ``words`` name: 300余户 gives 300."""
    match = _LEADING_NUMBER.match(words)
    if match is None:
        return 0
    scale = _SCALE.match(words[match.end() :].lstrip("多余来 "))
    return int(parse_number(match.group()) * (_UNIT[scale.group()] if scale else 1))


def _matches(pattern: re.Pattern[str], text: str, starts: Sequence[int]) -> Iterator[re.Match[str]]:
    """Yield the matches of ``pattern.finditer``, tried only where one may begin."""
    end = 0
    for start in starts:
        match = pattern.match(text, start) if start >= end else None
        if match:
            end = match.end()
            yield match


class PatternAnnotator:
    """Finds LAW, DATE, AMOUNT and HEADCOUNT spans."""

    def annotate(self, text: str, tokens: Sequence[Token]) -> list[Span]:  # noqa: ARG002 - protocol
        """Return the spans of ``text``, sorted by start."""
        starts = [match.start() for match in _BEGIN.finditer(text)]
        spans = [
            Span(start=match.start(), end=match.end(), label=label, value=match.group())
            for label, pattern in (("LAW", _LAW), ("DATE", _DATE), ("AMOUNT", _AMOUNT))
            for match in _matches(pattern, text, starts)
        ]
        for match in _matches(_HEADCOUNT, text, starts):
            heads = head_count(match.group())
            if heads and not _NOT_HEADS.match(match.group()):
                spans.append(
                    Span(start=match.start(), end=match.end(), label="HEADCOUNT", value=str(heads))
                )
        return sorted(spans, key=lambda span: (span.start, span.end, span.label))
