"""The windows that measures are computed for; the end is the day after the last day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.kernel.dates import add_months


@dataclass(frozen=True, order=True)
class Window:
    """A half-open period: from ``start`` up to, and not including, ``end``."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(
                f"The window ends on {self.end}, which is not after its start"
                f" {self.start}. Give the day after the last day as its end."
            )

    @property
    def days(self) -> int:
        """How many days the window has."""
        return (self.end - self.start).days


class Period(StrEnum):
    """The regular periods a series can be made of."""

    MONTH = "month"
    QUARTER = "quarter"
    FISCAL_YEAR = "fiscal-year"
    ROLLING_YEAR = "rolling-year"


# California's fiscal year begins on 1 July; the federal one on 1 October.
FISCAL_YEAR_STARTS = 7
_STEP = {Period.MONTH: 1, Period.QUARTER: 3, Period.FISCAL_YEAR: 12}


def months(count: int, starting: date) -> Window:
    """The window of ``count`` months that begins on ``starting``."""
    return Window(starting, add_months(starting, count))


def windows(
    period: Period,
    since: date,
    until: date,
    *,
    fiscal_year_starts: int = FISCAL_YEAR_STARTS,
) -> Iterator[Window]:
    """Every whole period between two days; rolling years step by a quarter."""
    rolling = period is Period.ROLLING_YEAR
    step, length = (3, 12) if rolling else (_STEP[period],) * 2
    first = fiscal_year_starts if period is Period.FISCAL_YEAR else 1
    start = date(since.year - 1, first, 1)
    while start < since:
        start = add_months(start, step)
    while add_months(start, length) <= until:
        yield months(length, start)
        start = add_months(start, step)
