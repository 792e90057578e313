"""Working days: neither a weekend nor a federal holiday."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

_YEARS_BACK, _YEARS_AHEAD = 10, 2


@lru_cache(maxsize=8)
def holidays_around(year: int) -> tuple[date, ...]:
    """The federal holidays a due date may have to step over, ten years back."""
    years = range(year - _YEARS_BACK, year + _YEARS_AHEAD + 1)
    return tuple(sorted(holidays.country_holidays("US", years=years)))


def is_working_day(day: date, closed: tuple[date, ...]) -> bool:
    """Whether offices are open."""
    return day.weekday() < 5 and day not in closed


def working_days_after(day: date, count: int, closed: tuple[date, ...]) -> date:
    """The day ``count`` working days later, or earlier when it is negative."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, closed):
            day += step
    return day
