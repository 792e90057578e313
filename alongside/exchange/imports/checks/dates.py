"""Dates that are no day, and days that cannot be the one meant."""

from collections.abc import Iterator

from alongside.exchange.imports.checks.registry import (
    Facts,
    Finding,
    Phase,
    check,
    entries,
)
from alongside.exchange.imports.fields import DATES
from alongside.exchange.imports.readings import Shape
from alongside.exchange.imports.rows import MeetingRow
from alongside.kernel.dates import add_months, age_on

YOUNGEST, OLDEST = 4, 30
_YEARS_AHEAD, _YEARS_BACK = 5, 25


def _shaped(facts: Facts, shape: Shape, *names: str) -> Iterator[Finding]:
    for row, entry in entries(facts, *names):
        if entry.reading.shape is shape:
            yield Finding(row, entry, entry.reading.why)


@check("date_impossible", "There is no such day.", fields=DATES)
def date_impossible(facts: Facts) -> Iterator[Finding]:
    """June has 30 days, and no year has a month 13."""
    yield from _shaped(facts, Shape.IMPOSSIBLE, *DATES)


@check(
    "date_incomplete",
    "The day, the month or the year is not written.",
    fields=DATES,
)
def date_incomplete(facts: Facts) -> Iterator[Finding]:
    """“12/9” and “Thurs” are not a day."""
    yield from _shaped(facts, Shape.INCOMPLETE, *DATES)


@check("date_relative", "It counts from a day that is not written.", fields=DATES)
def date_relative(facts: Facts) -> Iterator[Finding]:
    """“Next Tues” was written on a day we do not know."""
    yield from _shaped(facts, Shape.RELATIVE, *DATES)


@check("date_is_number", "It is a bare number in a date column.", fields=DATES)
def date_is_number(facts: Facts) -> Iterator[Finding]:
    """A number may be a day count, or belong in another column."""
    yield from _shaped(facts, Shape.NUMBER, *DATES)


@check("date_unclear", "It is not a date.", fields=DATES)
def date_unclear(facts: Facts) -> Iterator[Finding]:
    """Words where a date should be."""
    yield from _shaped(facts, Shape.UNCLEAR, *DATES)


@check("date_missing", "A meeting needs its date.", fields=("date",))
def date_missing(facts: Facts) -> Iterator[Finding]:
    """A meeting without a day cannot stand."""
    for row, entry in entries(facts, "date"):
        if entry.reading.shape is Shape.MISSING:
            yield Finding(row, entry, "There is no date.")


@check(
    "day_number_conflict",
    "The day's number does not fit the weekday it stands under.",
    fields=("date",),
)
def day_number_conflict(facts: Facts) -> Iterator[Finding]:
    """In a calendar, a 10 under Thursday when the 10th was a Wednesday."""
    yield from _shaped(facts, Shape.MANY, "date")


@check(
    "date_outside_sheet",
    "The date is not in the month of its sheet.",
    fields=("date",),
)
def date_outside_sheet(facts: Facts) -> Iterator[Finding]:
    """October's date on September's sheet: one of the two is a slip."""
    yield from _shaped(facts, Shape.TWO, "date")
    for row, entry in entries(facts, "date"):
        month = row.month if isinstance(row, MeetingRow) else None
        if month is None or entry.day is None or entry.reading.shape is Shape.TWO:
            continue
        if (entry.day.year, entry.day.month) != (month.year, month.number):
            yield Finding(row, entry, "The date is not in the month of this sheet.")


@check(
    "dob_implausible",
    f"The birth date gives an age under {YOUNGEST} or over {OLDEST}.",
    fields=("dob",),
)
def dob_implausible(facts: Facts) -> Iterator[Finding]:
    """The year of entry typed for the year of birth, or a slip in the century."""
    for row, entry in entries(facts, "dob"):
        if entry.day is None:
            continue
        age = age_on(entry.day, facts.kept_to)
        if age < 0:
            yield Finding(row, entry, "It is after the day the file was kept to.")
        elif not YOUNGEST <= age <= OLDEST:
            yield Finding(row, entry, f"They would be {age} years old.")


@check(
    "date_out_of_range",
    f"The date is more than {_YEARS_AHEAD} years ahead or {_YEARS_BACK} back.",
    fields=tuple(name for name in DATES if name != "dob"),
)
def date_out_of_range(facts: Facts) -> Iterator[Finding]:
    """2062 for 2026."""
    latest = add_months(facts.kept_to, 12 * _YEARS_AHEAD)
    earliest = add_months(facts.kept_to, -12 * _YEARS_BACK)
    for row, entry in entries(facts, "last_mdt", "next_court", "closed_on", "date"):
        if entry.day is not None and not earliest <= entry.day <= latest:
            years = abs(entry.day.year - facts.kept_to.year)
            where = "ahead" if entry.day > latest else "back"
            yield Finding(row, entry, f"It is {years} years {where}.")


@check(
    "date_after_file",
    "Something done is dated after the day the file was kept to.",
    fields=("last_mdt", "closed_on"),
)
def date_after_file(facts: Facts) -> Iterator[Finding]:
    """A last meeting or a closing in the future has not happened."""
    for row, entry in entries(facts, "last_mdt", "closed_on"):
        if entry.day is not None and entry.day > facts.kept_to:
            yield Finding(row, entry, "It is after the day the file was kept to.")


@check(
    "next_court_past",
    "A next court date is before the day the file was kept to.",
    fields=("next_court",),
)
def next_court_past(facts: Facts) -> Iterator[Finding]:
    """A date that has passed is not the next one."""
    for row, entry in entries(facts, "next_court"):
        if entry.day is not None and entry.day < facts.kept_to:
            yield Finding(row, entry, "It is before the day the file was kept to.")


@check("time_unclear", "It is not a time of day.", fields=("time",))
def time_unclear(facts: Facts) -> Iterator[Finding]:
    """A bare 35 may be minutes past an hour nobody wrote."""
    for row, entry in entries(facts, "time"):
        if entry.reading.shape in (Shape.UNCLEAR, Shape.IMPOSSIBLE):
            yield Finding(row, entry, entry.reading.why)


@check(
    "year_conflict",
    "The tab and the title name different years.",
    fields=("month",),
    phase=Phase.CELLS,
    keeps=True,
)
def year_conflict(facts: Facts) -> Iterator[Finding]:
    """The dates follow the year that the weekdays fit."""
    for sheet in facts.tables.sheets:
        month = sheet.section_month
        if month is not None and month.conflicting_year is not None:
            why = (
                f"It says {month.conflicting_year}; the tab and the weekdays say"
                f" {month.year}."
            )
            yield Finding(sheet.row, sheet.row.entries["month"], why)
