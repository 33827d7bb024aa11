"""Figures with units and the words that set a time, as work reports write them."""

import datetime
import re
from dataclasses import dataclass

from renda_nlp.annotation import parse_number
from renda_nlp.records import Quantity, Span

__all__ = ["Deadline", "find_deadlines", "find_quantities", "quantity_of"]

_UNITS = (
    "个百分点 百分点 平方公里 平方千米 平方米 立方米 立方 吨标准煤 千瓦时 万千瓦 千瓦 公里 千米 海里 公顷 公斤 毫克 微克 美元 欧元 港元 人次 户次 车次 架次 班次 "
    "件次 人份 剂次 床位 张床位 人 户 套 个 家 件 项 座 处 米 亩 吨 斤 元 度 倍 名 位 辆 条 所 张 台 次 场 批 只 头 羽 株 口 眼 盏 根 艘 架 班 档 类 部 间 栋 幢 片 "
    "岁 天 小时 分钟 个月 宗 起 篇 期 站 村 对 支 道 孔 段 组 堂 课时 亿次 级 门 种"
).split()
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_SCALE = r"(?:万亿|千亿|百亿|亿|千万|百万|万|千|百)"
_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_HAN = r"[一二两三四五六七八九十百千万半]{1,7}"
_FIGURE = re.compile(
    rf"(?<![\d.A-Za-z第])(?P<number>{_DIGITS})(?P<range>(?:[-—－–~～至到]|个?百?分?点?[-—至到]){_DIGITS})?"
    rf"(?P<scale>[余多几]?{_SCALE}?[余多]?)(?:\s?(?P<percent>[%％‰])|(?P<unit>{_UNIT}))?"
)
_HAN_FIGURE = re.compile(
    rf"(?<![一二两三四五六七八九十百千万第几“])(?:(?P<number>{_HAN})(?P<scale>[余多]?[万亿]?)"
    r"(?P<unit>成|倍|个月|次|个百分点|万元|亿元|公里|平方米|亩|座|所|处|户|人次|套|口|盏|眼|吨|批|名)(?![^，。；、]{0,1}化)|(?P<fraction>[一二三四五六七八九十]+分之[一二三四五六七八九十]+|百分之[一二三四五六七八九十]+))"
)
_IDIOMS = re.compile(
    r"^(?:一(?:次|批|成|处|口|座|所|名|盏|套|户|人)|十成|万(?:户|人|亩)|千(?:户|人)|百(?:户|人)|万元|千万)"
)
_DIGIT = re.compile(r"\d")
_NO_QUANTITY = re.compile(r"^(?:年|月|日|号|周年|周岁|时代|世纪|条例|届|次会议|G|字|大[^米]|\+)")
_TITLE = re.compile(r"《[^》]*》|“\d+[+－-]\S{0,6}”|[A-Za-z]+\d+(?:\.\d+)?|\d+[A-Za-z]+")
_YEARS = re.compile(
    rf"(?:年限|寿命|期限|到|至|由|从|缩短|延长了?|不超过|不少于){_DIGITS}年(?!度|底|代|期?间|以来|初|末|级)"
)
_BOUND_BEFORE = re.compile(
    r"(不低于|不少于|不超过|不高于|超过|超|达到|近|约|累计|至少|突破|高于|低于|不足|不到|压减到|分别|再|平均|每)$"
)
_BOUND_AFTER = re.compile(r"^(以上|以内|以下|左右|上下)")
_MAGNITUDE = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_MIN_YEAR, _MAX_YEAR = 1949, 2100


def find_quantities(text: str) -> list[Span]:
    """Return the figures of ``text`` with their units, sorted; years, dates and ordinals are none."""
    closed = [found.span() for found in _TITLE.finditer(text)]
    spans = [found.span() for found in _FIGURE.finditer(text) if _counts(text, found)]
    spans += [f.span() for f in _HAN_FIGURE.finditer(text) if not _IDIOMS.match(f.group())]
    spans = [(start, end) for start, end in spans if not any(a <= start < b for a, b in closed)]
    spans += _year_counts(text)
    out: list[Span] = []
    for start, end in sorted(set(spans)):
        if not out or start >= out[-1].end:
            out.append(Span(start=start, end=end, label="QUANTITY", value=text[start:end]))
    return out


def _year_counts(text: str) -> list[tuple[int, int]]:
    """Return figures like 从13.5年提高到14年; a calendar year is none."""
    spans = []
    for found in _YEARS.finditer(text):
        digits = _DIGIT.search(found.group())
        start = found.start() + (digits.start() if digits else 0)
        if not _is_year(text[start : found.end() - 1]):
            spans.append((start, found.end()))
    return spans


def _is_year(digits: str) -> bool:
    return digits.isdigit() and len(digits) == len("2025") and _MIN_YEAR <= int(digits) <= _MAX_YEAR


def _counts(text: str, found: re.Match[str]) -> bool:
    after = text[found.end() : found.end() + 4]
    named = found["unit"] or found["percent"] or found["scale"]
    if not named or (_is_year(found["number"]) and not named):
        return False
    if not found["unit"] and not found["percent"]:
        return not _NO_QUANTITY.match(after)
    if found["unit"] in (
        "天",
        "小时",
        "分钟",
        "期",
        "级",
        "组",
        "村",
        "站",
        "门",
        "课时",
        "段",
        "道",
    ):
        return found["unit"] in ("天", "小时", "分钟", "课时") and not after.startswith(
            ("服务", "值班", "在线")
        )
    return True


def quantity_of(text: str, span: Span) -> Quantity:
    """Return the value and unit of a figure that ``find_quantities`` found in ``text``."""
    words = text[span.start : span.end]
    before = _BOUND_BEFORE.search(text[: span.start])
    after = _BOUND_AFTER.match(text[span.end :])
    bound = (before[1] if before else "") + (after[1] if after else "")
    digits = re.match(_DIGITS, words)
    if digits is None:
        value, unit = _han_value(words)
        return Quantity(text=words, value=value, unit=unit, bound=bound)
    rest = re.sub(rf"^[-—－–~～至到]{_DIGITS}", "", words[digits.end() :])
    value = float(digits.group().replace(",", ""))
    unit = rest
    while unit and (unit[0] in _MAGNITUDE or unit[0] in "余多几"):
        value *= _MAGNITUDE.get(unit[0], 1)
        unit = unit[1:]
    return Quantity(text=words, value=value, unit=unit.strip().replace("％", "%"), bound=bound)


def _han_value(words: str) -> tuple[float, str]:
    if "分之" in words:
        whole, part = words.split("分之")
        return round(100 * parse_number(part) / max(1.0, parse_number(whole)), 2), "%"
    number = re.match(_HAN, words)
    digits = number.group() if number else ""
    value = 0.5 if digits == "半" else parse_number(digits)
    unit = words[len(digits) :].lstrip("余多")
    if unit == "成":
        return value * 10, "%"
    while unit and unit[0] in _MAGNITUDE and len(unit) > 1:
        value *= _MAGNITUDE[unit[0]]
        unit = unit[1:]
    return value, unit


@dataclass(frozen=True, slots=True)
class Deadline:
    """Words that set a time for a promise, and the last day of it where it can be told."""

    start: int
    end: int
    text: str
    due: datetime.date | None


_PART = r"(?:底前?|年?内|末前?|前|之前|以前|上半年|下半年|[一二三四]季度末?前?|\d{1,2}月(?:底|末|\d{1,2}日)?(?:之?前)?|春节前|汛期前|入冬前|开学前)"
_DEADLINE = re.compile(
    rf"(?:到|在|于|力争|确保)?(?P<year>20\d\d)年{_PART}|到(?P<target>20\d\d)年(?!的?(?:规划|目标))|"
    rf"(?:今明两年|今后[一二三四五十]年|未来[一二三四五十]年|(?:今年|本年度?|明年|年)(?:{_PART})?(?<!年)|今年|明年|全年|新的一年|下一?年度?|"
    r"“?(?:十[一二三四五六七]五)”?(?:时期|期间|末)?(?=[，,]?)|今冬明春|(?:上|下)半年(?:之?前|内)?|[一二三四]季度(?:末|底)?(?:前|内)|"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|底|末|\d{1,2}日)?(?:之?前|以前|完成|底)|(?:汛期|春节|春耕|入冬|开学|国庆|元旦)(?:来临)?(?:之?前|期间)|"
    r"(?:用)?[两三四五1-5]年(?:左右)?(?:时间)?(?:之?内)|(?:近期|年内|限期|期限内|任期内|届内))"
)
_FIVE_YEAR = {"一": 2010, "二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035, "七": 2040}
_FIVE = re.compile(r"十([一二三四五六七])五")
_YEARS_AHEAD = re.compile(r"(?:今后|未来)([一二三四五十])年")
_MONTH = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2})?")
_QUARTER = re.compile(r"([一二三四])季度")
_WHOLE_YEAR = re.compile(r"今年|明年|全年|年底|年内|下半年|20\d\d年|本年|新的一年")
_NOT_TIME = re.compile(r"^(?:相比|以来|同期|规划|基础|工作|度预算)")


def find_deadlines(text: str, year: int | None) -> list[Deadline]:
    """Return the words that set a time, in order.

    Args:
        text: A statement of a plan.
        year: The year that 今年 means; None when it is not known.
    """
    out = []
    for found in _DEADLINE.finditer(text):
        if _NOT_TIME.match(text[found.end() :]) or text[: found.start()].endswith(
            ("比", "较", "自", "与")
        ):
            continue
        words = found.group()
        start = found.start()
        for lead in ("力争", "确保", "在", "于"):
            if words.startswith(lead):
                start += len(lead)
                words = words[len(lead) :]
        out.append(Deadline(start, found.end(), words, _due(words, year)))
    return out


def _due(words: str, year: int | None) -> datetime.date | None:
    """Return the last day that the words allow, as far as they say it."""
    named = re.search(r"20\d\d", words)
    at = int(named.group()) if named else (year + 1 if year and "明年" in words else year)
    if five := _FIVE.search(words):
        return datetime.date(_FIVE_YEAR[five[1]], 12, 31) if five[1] in _FIVE_YEAR else None
    if at is None:
        return None
    if "今明" in words:
        return datetime.date(at + 1, 12, 31)
    if span := _YEARS_AHEAD.search(words):
        return datetime.date(at + int(parse_number(span[1])), 12, 31)
    return _within_year(words, at)


def _within_year(words: str, at: int) -> datetime.date | None:
    if month := _MONTH.search(words):
        return _month_end(at, int(parse_number(month[1])), month[2])
    if quarter := _QUARTER.search(words):
        return _month_end(at, 3 * int(parse_number(quarter[1])), None)
    if "上半年" in words:
        return datetime.date(at, 6, 30)
    return datetime.date(at, 12, 31) if _WHOLE_YEAR.search(words) else None


def _month_end(year: int, month: int, day: str | None) -> datetime.date | None:
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        return None
    if day:
        try:
            return datetime.date(year, month, int(day))
        except ValueError:
            return None
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1)
