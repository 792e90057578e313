"""Calendar arithmetic on columns, the same on every engine."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import ibis
import ibis.expr.types as ir

Day: TypeAlias = ir.DateValue | date

FAR = date(9999, 12, 31)  # stands for an end that has not come


def plus_months(day: ir.DateValue, months: int) -> ir.DateValue:
    """The same day so many months later, or that month's last day (G4)."""
    return _as_date(day + ibis.interval(months=months))


def plus_days(day: ir.DateValue, days: int) -> ir.DateValue:
    """So many days later; fewer than none for earlier."""
    return _as_date(day + ibis.interval(days=days))


def days_between(start: ir.DateValue, end: Day) -> ir.IntegerValue:
    """Whole days from ``start`` to ``end`` (G3)."""
    last = ibis.literal(end) if isinstance(end, date) else end
    return last.delta(start, unit="day")


def month_number(day: ir.DateValue) -> ir.IntegerValue:
    """Months since year zero, so that months can be compared and subtracted."""
    return day.year().cast("int64") * 12 + day.month().cast("int64") - 1


def reporting_period(day: ir.DateValue) -> ir.IntegerValue:
    """Which half-year of the federal files a day falls in (G8)."""
    return ((month_number(day) - 9) / 6).floor().cast("int64")


def age_on(birth: ir.DateValue, day: Day) -> ir.IntegerValue:
    """Completed years of age."""
    on = ibis.literal(day) if isinstance(day, date) else day
    had_birthday = on.month() * 100 + on.day() >= birth.month() * 100 + birth.day()
    years = on.year().cast("int64") - birth.year().cast("int64")
    return years - had_birthday.ifelse(0, 1)


def _as_date(day: ir.Value) -> ir.DateValue:
    # DuckDB and PostgreSQL make a timestamp of date + interval, although Ibis takes it
    # for a date and would drop a plain cast; the detour keeps stored columns dates.
    found: ir.DateValue = day.cast("timestamp").cast("date")
    return found
