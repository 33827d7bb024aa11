"""Dates as offices write them."""

import datetime
import re

__all__ = ["parse_date"]

DIGITS = str.maketrans(
    "〇○零一二三四五六七八九０１２３４５６７８９：．／－", "0001234567890123456789:./-"
)
DAY = re.compile(
    r"(?<!\d)(\d{4})\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})(?!\d|\s*[月季])"
)
COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})([01]\d)([0-3]\d)(?!\d)")
CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
SHORT = re.compile(r"(?<![\d年./-])(\d{1,2})\s*(?:月|[./-])\s*(\d{1,2})(?!\d)\s*[日号]?")
MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-./])\s*(\d{1,2})\s*月?(?!\d|\s*[-/.]\d)")
MONTH_ALONE = re.compile(r"\s*(?:\d{1,3}[.、．]\s*)?[（(【]?(\d{1,2})月(?:份)?[)）】]?(?!\s*\d)")
SHORT_YEAR = re.compile(
    r"(?<![\d.])['’‘]?([1-4]\d)\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})(?![\d.])"
)
SHORT_YEAR_MONTH = re.compile(r"(?<!\d)['’‘]?([1-4]\d)年\s*(\d{1,2})月")
LISTED = re.compile(r"(?<!\d)(20\d{2})、(\d{1,2})、(\d{1,2})(?!\d)")
CENTURY = 2000
SERIAL = re.compile(r"\s*(\d{5})(?:\.\d+)?\s*$")
SERIAL_DAYS = range(18_264, 73_050)  # 1950-2099
EPOCH = datetime.date(1899, 12, 30)
MIN_YEAR, MAX_YEAR = 1949, 2100


def parse_date(
    text: str, *, year: int | None = None, is_date_column: bool = False
) -> datetime.date | None:
    """Return the first date in ``text``, or None.

    Args:
        text: ``2025-3-1``, ``2025/3/1 10:21``, ``2025年3月1日``, ``20250301``, ``二〇二五年三月一日``.
        year: The year of dates that name none, as in ``3月1日``.
        is_date_column: Read also Excel's day numbers (45717), months (2025年3月, the first day) and
            short years (25.3.1, 25年3月).
    """
    for pattern in (DAY, COMPACT):
        for found in pattern.finditer(text):
            if day := _day(int(found[1]), int(found[2]), int(found[3])):
                return day
    if spelled := CHINESE.search(text):
        year_text, month_text, day_text = spelled.groups()
        return _day(int(year_text.translate(DIGITS)), _number(month_text), _number(day_text))
    if is_date_column and (day := _in_a_column(text)):
        return day
    return _without_year(text, year) if year is not None else None


def _in_a_column(text: str) -> datetime.date | None:
    """Return the day that a cell of a column of dates writes as no sentence would."""
    if listed := LISTED.search(text):
        return _day(int(listed[1]), int(listed[2]), int(listed[3]))
    if short := SHORT_YEAR.search(text):
        return _day(CENTURY + int(short[1]), int(short[2]), int(short[3]))
    if (serial := SERIAL.match(text)) and int(serial[1]) in SERIAL_DAYS:
        return EPOCH + datetime.timedelta(days=int(serial[1]))
    if month := MONTH.search(text):
        return _day(int(month[1]), int(month[2]), 1)
    month = SHORT_YEAR_MONTH.search(text)
    return _day(CENTURY + int(month[1]), int(month[2]), 1) if month else None


def _without_year(text: str, year: int) -> datetime.date | None:
    if found := SHORT.search(text):
        return _day(year, int(found[1]), int(found[2]))
    if found := MONTH_ALONE.match(text):
        return _day(year, int(found[1]), 1)
    return None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    if not MIN_YEAR <= year <= MAX_YEAR:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    value = int(ones.translate(DIGITS)) if ones else 0
    return value + (10 * (int(tens.translate(DIGITS)) if tens else 1) if ten else 0)
