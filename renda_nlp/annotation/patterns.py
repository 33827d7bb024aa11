"""Spans that have a fixed shape: laws, dates, amounts of money and size, head counts."""

import re
from collections.abc import Callable
from math import prod

from renda_nlp.records import Span
from renda_nlp.scanning import Scanned, Sought

__all__ = ["SHAPES", "PatternAnnotator", "head_count", "parse_number"]

_DIGIT = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_UNIT = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_CHINESE = "零〇一二两三四五六七八九十百千"
_NUMBER = rf"(?:\d[\d,]{{0,14}}(?:\.\d{{1,4}})?|[{_CHINESE}]{{1,12}})"
_LAW = Sought(
    r"《[^《》\n]{1,60}(?:法|典|条例|规定|办法|通知|意见|决定|方案|细则|标准|规则|规范|规程|规划|纲要|章程|批复|公告|通告|目录|解释)"
    r"(?:[（(][^《》\n]{1,16}[)）])?》"
)
_STATUTE = Sought(
    "(?:中华人民共和国)?(?:劳动合同|劳动|物权|合同|民|民事诉讼|行政诉讼|刑事诉讼|行政复议|行政处罚|行政许可|刑|宪|婚姻|义务教育|教育|教师|土地管理|城乡规划|环境保护|消防|"
    "道路交通安全|食品安全|消费者权益保护|未成年人保护|老年人权益保障|残疾人保障|社会保险|安全生产|治安管理处罚|产品质量|信访|农村土地承包|村民委员会组织|噪声污染防治|"
    "监督|代表|预算|公务员|监察)(?:法典|法|条例)(?!规(?!定)|[律院官庭制治人学则子])"
)
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
_PART = r"(?:份?[上中下]旬|份?[底初末](?!期)|份)"
_IN_YEAR = rf"(?:{_MONTH}(?:\s?{_DAY}|{_PART})?|[上下]半年|年?[底初末](?!期))"
_DATE = Sought(
    rf"(?:19|20)\d\d\s?年(?:度|\s?{_IN_YEAR})?"
    r"|(?:19|20)\d\d[./-](?:1[0-2]|0?[1-9])(?:[./-](?:3[01]|[12]\d|0?[1-9]))?(?![\d.])"
    rf"|[去今前明]年{_IN_YEAR}|(?<!\d){_MONTH}(?:\s?{_DAY}|{_PART})"
    r"|(?<![\d第./])(?:3[01]|[12]\d|[1-9])日(?![内均游元报间照常])"
    r"|(?<=[到于从至在])(?:3[01]|[12]\d|[1-9])号(?=[我你他,，。;；、！!早晚上下凌中去来就开])"
)
_FULL_DATE = re.compile(r"(\d{4})\s?[年./-]\s?(\d{1,2})(?:\s?[./-]\s?|月\s?)(\d{1,2})[日号]?")
_VAGUE = r"(?:几|数|上|近)"
_SCALED = r"\s?[多余来几]?(?:万亿|[百千]万|[万亿千百])?[多余]?\s?"
_AMOUNT = Sought(
    rf"{_VAGUE}?(?:{_NUMBER}[万亿千])?{_NUMBER}{_SCALED}(?:元钱?|块钱)|[几数上近][万亿]元"
    r"|\d[\d,]{0,14}块(?![地砖板玻石儿田土])"
)
_PART_SUM = re.compile(rf"({_NUMBER})\s?[多余来]?([万亿千百]*)")
_PEOPLE = "户|人|家庭|居民|村民|业主|学生|群众|职工|工人|老人|孩子|小孩|儿童|农民工|农民|农户|住户|师生|商户|司机|家长|市民|员工"
_HEADCOUNT = Sought(
    rf"{_VAGUE}?{_NUMBER}[多余来几]?(?:万|千|百)?[多余]?\s?(?:名|个|位)?(?:人口|(?:{_PEOPLE}))"
)
_NOT_HEADS = re.compile(r"^(?:[一1](?:个|位|名)|[一1][人户]$|(?:两|第.)(?:个|位|名)?人$)")
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
    match = _LEADING_NUMBER.match(words.lstrip("近上"))
    words = words.lstrip("近上")
    if match is None:
        return 0
    scale = _SCALE.match(words[match.end() :].lstrip("多余来几 "))
    return int(parse_number(match.group()) * (_UNIT[scale.group()] if scale else 1))


def amount_in_yuan(words: str) -> float:
    """Return the sum of money that ``words`` name, in yuan: 1.2万元 gives 12000.0; 0.0 when no number is said (几千元)."""
    if words[:1] in ("几", "数", "好"):
        return 0.0
    total = 0.0
    for number, scale in _PART_SUM.findall(words):
        total += parse_number(number) * prod(_UNIT[char] for char in scale)
    return round(total, 2)


def _date_value(words: str) -> str:
    """Return a full date as 2025-03-01, any other as it is written."""
    if match := _FULL_DATE.fullmatch(words):
        return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
    return words


def _amount_value(words: str) -> str:
    value = amount_in_yuan(words)
    return f"{value:g}" if value != int(value) else str(int(value))


_SHAPES: tuple[tuple[str, Sought, Callable[[str], str]], ...] = (
    ("LAW", _LAW, str),
    ("DATE", _DATE, _date_value),
    ("AMOUNT", _AMOUNT, _amount_value),
)
SHAPES = (*(sought for _, sought, _ in _SHAPES), _STATUTE, _HEADCOUNT)
"""What ``PatternAnnotator`` asks a scanned text for."""


class PatternAnnotator:
    """Finds LAW, DATE, AMOUNT and HEADCOUNT spans."""

    def annotate(self, scanned: Scanned) -> list[Span]:
        """Return the spans of a text, sorted by start."""
        spans = [
            Span(start=match.start(), end=match.end(), label=label, value=value(match.group()))
            for label, sought, value in _SHAPES
            for match in scanned.matches(sought)
        ]
        spans.extend(
            Span(start=match.start(), end=match.end(), label="LAW", value=match.group())
            for match in scanned.matches(_STATUTE)
            if not any(s.label == "LAW" and s.start <= match.start() < s.end for s in spans)
        )
        for match in scanned.matches(_HEADCOUNT):
            heads = head_count(match.group())
            if heads and not _NOT_HEADS.match(match.group()):
                spans.append(
                    Span(start=match.start(), end=match.end(), label="HEADCOUNT", value=str(heads))
                )
        return sorted(spans, key=lambda span: (span.start, span.end, span.label))
