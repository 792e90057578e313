"""Statements are compiled once, and used again for every period and measure they fit.

Compiling takes far longer than counting. So a measure is compiled once for all periods
of a length, with a period long ago, whose days are then moved to where they belong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import ibis.expr.types as ir

from alongside.kernel.dates import add_months
from alongside.measures.compile import counted, tally
from alongside.measures.definition import Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window, months

LONG_AGO = date(1500, 1, 1)  # no record is from then, so its days are the period's own
_DAY = re.compile(r"MAKE_DATE\((14\d\d|15\d\d), (\d+), (\d+)\)", re.IGNORECASE)
Compile = Callable[[ir.Table], str]


@dataclass(frozen=True)
class Statements:
    """SQL for one database, as of one date."""

    frames: Frames
    compile: Compile

    def counted(self, measure: Measure, window: Window) -> str:
        """What each child or record adds to a measure in a period."""
        count = _whole_months(window)
        if not count or window.end > self.frames.as_of:
            return self.compile(counted(measure, self.frames, window))
        long_ago = self._once(
            (measure.compute, count),
            lambda: counted(measure, self.frames, months(count, LONG_AGO)),
        )
        return _moved(long_ago, window.start)

    def tally(self, measure: Measure, by: Sequence[str]) -> str:
        """What is held, added up by groups."""
        how, quantile = measure.summary, measure.quantile
        return self._once(
            (how, quantile, tuple(by)), lambda: tally(self.frames, by, how, quantile)
        )

    def _once(self, key: Hashable, expression: Callable[[], ir.Table]) -> str:
        made = self.frames.statements
        if key not in made:
            made[key] = self.compile(expression())
        return made[key]


def _whole_months(window: Window) -> int:
    """How many months a period has, if it begins and ends on the first of one."""
    if window.start.day != 1 or window.end.day != 1:
        return 0
    start, end = window.start, window.end
    return 12 * (end.year - start.year) + end.month - start.month


def _moved(statement: str, start: date) -> str:
    """The statement with every day of long ago as far from this start."""

    def move(found: re.Match[str]) -> str:
        day = date(*map(int, found.groups()))
        first = day.replace(day=1) if day.day == 1 else day + timedelta(days=1)
        since = 12 * (first.year - LONG_AGO.year) + first.month - LONG_AGO.month
        moved = add_months(start, since) - (first - day)
        return f"MAKE_DATE({moved.year}, {moved.month}, {moved.day})"

    return _DAY.sub(move, statement)
