"""Which month a tab or a title is about, and which year its weekdays fit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from alongside.exchange.imports.dates import MONTHS

_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTH_YEAR = re.compile(rf"\b({_NAMES})\.?[\s,'-]*(\d{{4}}|\d\d)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month, its year perhaps not written."""

    number: int
    year: int | None = None


def month_in(text: str) -> Month | None:
    """The first month named in a tab or title."""
    match = _MONTH_YEAR.search(text)
    if match is None:
        return None
    year = int(match[2]) if match[2] else None
    if year is not None and year < 100:
        year += 2000
    return Month(MONTHS[match[1].casefold()], year)


@dataclass(frozen=True, slots=True)
class MonthFound:
    """The month a sheet is about, and the title that says otherwise, if one does."""

    year: int
    number: int
    conflicting_year: int | None = None


def settle_month(
    tab: Month | None, title: Month | None, fits: Iterable[tuple[int, int]]
) -> MonthFound | None:
    """The month of a sheet; ``fits`` are (weekday, day) pairs of its grid.

    When tab and title name different years, the weekdays decide, or nothing does.
    """
    month = tab or title
    if month is None:
        return None
    years = {m.year for m in (tab, title) if m and m.year and m.number == month.number}
    if not years:
        return None
    pairs = list(fits)
    scores = {year: _fit(year, month.number, pairs) for year in years}
    best = max(scores.values())
    likeliest = [year for year, score in scores.items() if score == best]
    if len(likeliest) > 1:
        return None
    others = years - set(likeliest)
    return MonthFound(likeliest[0], month.number, min(others) if others else None)


def _fit(year: int, month: int, pairs: list[tuple[int, int]]) -> int:
    fitting = 0
    for weekday, day in pairs:
        try:
            fitting += date(year, month, day).weekday() == weekday
        except ValueError:
            continue
    return fitting
