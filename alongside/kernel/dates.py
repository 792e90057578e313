"""Plain dates as people use them: vague ones, elapsed ones, and calendar months."""

import calendar
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    UNKNOWN = "unknown"


def add_months(start: date, months: int) -> date:
    """The same day ``months`` later, or that month's last day if there is none.

    29 February plus twelve months is 28 February.
    """
    years, month0 = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month0 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def age_on(birth: date, day: date) -> int:
    """Completed years of age on ``day``; negative before birth."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def months_between(start: date, end: date) -> int:
    """Completed calendar months from ``start`` to ``end``."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def elapsed(since: date, until: date) -> str:
    """How long ago, as said aloud: days, then weeks, then months, then years.

    Days to the 13th, weeks until two calendar months have passed, months until
    the 24th, then years. Never show it without its date beside it.
    """
    days = (until - since).days
    if days < 0:
        return "in " + _spell(-days, "day")
    if days < 2:
        return ("today", "yesterday")[days]
    months = months_between(since, until)
    if days < 14:
        return f"{days} days ago"
    if months < 2:
        return _spell(days // 7, "week") + " ago"
    if months < 24:
        return f"{months} months ago"
    return _spell(months // 12, "year") + " ago"


def overlap_days(start: date, end: date | None, from_: date, until: date) -> int:
    """Days of the half-open period ``[start, end)`` inside ``[from_, until)``."""
    last = until if end is None else min(end, until)
    return max(0, (last - max(start, from_)).days)


def _spell(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
