"""Clocks: the last day of a term that starts on a day."""

import calendar
from datetime import date, timedelta

__all__ = ["days_after"]

_WORKDAYS_TO_DAYS = 7 / 5


def days_after(start: date, number: int, unit: str) -> date:
    """Return the day after so many 月, 工作日 (holidays are not counted) or 日."""
    if unit != "月":
        days = number * _WORKDAYS_TO_DAYS if unit == "工作日" else number
        return start + timedelta(days=round(days))
    month = start.month - 1 + number
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
