"""Dates and times as a sentence says them, for pages, papers and spreadsheets alike.

Month and day never break apart, so a no-break space stands between them.
"""

from datetime import date, datetime

from alongside.kernel.dates import Precision

_NO_BREAK = "\N{NO-BREAK SPACE}"
_WITH_WEEKDAY = 14  # days either way
_SEASONS = ("winter", "spring", "summer", "fall")


def spoken_day(day: date, today: date) -> str:
    """A day in rows and text: "Tue, Nov 24" when near, else "Sep 1"."""
    if abs((day - today).days) > _WITH_WEEKDAY:
        return short_day(day, today)
    return f"{day:%a}, {_month_and_day(day)}"


def short_day(day: date, today: date) -> str:
    """A day in a table, without its weekday: "Sep 1", or "Jan 12, 2027"."""
    year = "" if day.year == today.year else f", {day.year}"
    return _month_and_day(day) + year


def long_day(day: date) -> str:
    """A day in full, as at the head of a page: "Thursday, November 19, 2026"."""
    return f"{day:%A}, {day:%B}{_NO_BREAK}{day.day}, {day.year}"


def vague_day(day: date | None, precision: Precision, today: date) -> str:
    """A day as far as it is known: "summer 2025", "March 2026", "not known"."""
    if day is None:
        return "not known"
    match precision:
        case Precision.DAY:
            return spoken_day(day, today)
        case Precision.MONTH:
            return f"about {day:%B}{_NO_BREAK}{day.year}"
        case Precision.SEASON:
            # A December belongs to the winter named after the year to come.
            year = day.year + (day.month == 12)
            return f"{_SEASONS[day.month % 12 // 3]}{_NO_BREAK}{year}"
        case Precision.YEAR:
            return str(day.year)
        case Precision.UNKNOWN:
            return "not known"


def clock_time(at: datetime) -> str:
    """The time of day on the clock of ``at``: "10:30 am"."""
    return f"{at.hour % 12 or 12}:{at.minute:02}{_NO_BREAK}{'ap'[at.hour // 12]}m"


def _month_and_day(day: date) -> str:
    return f"{day:%b}{_NO_BREAK}{day.day}"
