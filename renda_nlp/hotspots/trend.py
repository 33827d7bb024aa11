"""How an issue moves: monthly counts and one word for its course."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

__all__ = ["RULE", "SEASON_RULE", "monthly_counts", "seasonal_months", "trend"]

RULE = (
    "以报告日为准：首次出现在近90天内为“新出现”；近180天无人再提为“已平息”；近90天无人再提，或不到前90天一半，为“回落”；"
    "中断120天以上又有人提为“反复”；近90天不少于3件且达到前90天的1.5倍为“升温”；其余为“平稳”；没有日期为“时间不详”。"
)

SEASON_RULE = "同一个月份在两个以上年份都有人反映、这样的月份不超过4个、又占全部有日期意见的六成以上（至少4件），写明是“每年”哪些月份反映集中。"

_MIN_DATED = 4
_MIN_YEARS = 2
_MAX_MONTHS = 4
_SEASON_SHARE = 0.6
_QUARTER = 90
_LULL = 120
_RISE = 1.5
_FALL = 0.5
_FEW = 3


def monthly_counts(days: Sequence[date]) -> tuple[tuple[str, int], ...]:
    """Return ``(2025-03, n)`` for each month with opinions, in order."""
    months = sorted(Counter((day.year, day.month) for day in days).items())
    return tuple((f"{year:04}-{month:02}", n) for (year, month), n in months)


def seasonal_months(days: Sequence[date]) -> tuple[int, ...]:
    """Return the months (1-12) in which an issue comes back over the years, by ``SEASON_RULE``."""
    years: dict[int, set[int]] = {}
    for day in days:
        years.setdefault(day.month, set()).add(day.year)
    months = tuple(sorted(m for m, own in years.items() if len(own) >= _MIN_YEARS))
    share = sum(day.month in months for day in days) / max(1, len(days))
    holds = len(days) >= _MIN_DATED and len(months) <= _MAX_MONTHS and share >= _SEASON_SHARE
    return months if holds else ()


def trend(days: Sequence[date], as_of: date) -> str:
    """Return the Chinese word for the course of an issue, by ``RULE``."""
    ages = sorted((as_of - day).days for day in days)
    if not ages:
        return "时间不详"
    recent = sum(age <= _QUARTER for age in ages)
    before = sum(_QUARTER < age <= 2 * _QUARTER for age in ages)
    if ages[-1] <= _QUARTER:
        return "新出现"
    if ages[0] > 2 * _QUARTER:
        return "已平息"
    if recent == 0 or recent < _FALL * before:
        return "回落"
    if any(b - a >= _LULL for a, b in pairwise(ages)):
        return "反复"
    if recent >= _FEW and recent >= _RISE * before:
        return "升温"
    return "平稳"
