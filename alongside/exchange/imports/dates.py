"""Dates and times as people type them; a slip is never turned into another day."""

import re
from datetime import date, time

from alongside.exchange.imports.readings import (
    MISSING,
    Reading,
    Shape,
    is_missing,
    known,
)
from alongside.exchange.imports.workbook import Cell, Kind

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june")
        + ("jul july", "aug august", "sep sept september", "oct october")
        + ("nov november", "dec december"),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("mon monday", "tue tues tuesday", "wed weds wednesday")
        + ("thu thur thurs thursday", "fri friday", "sat saturday", "sun sunday")
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_SEP = r"\s*[-/.]\s*"
_NUMERIC = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{2}}|\d{{4}})")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d\d(?::\d\d)?)?")
_NAMED = re.compile(
    rf"({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+'?(\d{{4}}|\d\d)"
)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-\s]+({_MONTH})\.?[-,\s]+'?(\d{{4}}|\d\d)")
_NO_YEAR = re.compile(rf"\d{{1,2}}\s*[-/]\s*\d{{1,2}}|(?:{_MONTH})\.?\s+\d{{1,2}}")
_NO_DAY = re.compile(
    rf"(?:early|mid|late)?\s*(?:{_MONTH}|spring|summer|fall|autumn|winter)?\.?,?\s*"
    r"(?:19|20)\d\d|\d{1,2}\s*/\s*(?:19|20)\d\d"
)
_RELATIVE = re.compile(
    r"\b(?:ago|next|last|this|today|yesterday|tomorrow|week|month|mos?|days?|weeks)\b"
)
_CLOCK = re.compile(r"(\d{1,2})(?::?(\d\d))?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)


def read_date(cell: Cell, kept_to: date, *, born: bool = False) -> Reading:
    """A whole day, month first; a birth date is never after ``kept_to``."""
    if cell.day is not None:
        return known(cell.day)
    words = re.sub(r"\s+", " ", cell.text).strip(" ,;").casefold()
    if is_missing(words):
        return MISSING
    if cell.kind is Kind.NUMBER or re.fullmatch(r"\d+(?:\.\d+)?", words):
        return Reading(Shape.NUMBER, why="It is a bare number, not a date.")
    parts = _parts(words)
    if parts is None:
        return _vague(words)
    year, month, day = parts
    return _day(_full_year(year, kept_to, born), month, day)


def _parts(words: str) -> tuple[str, int, int] | None:
    """Year as written, month and day, when all three are there."""
    if match := _ISO.fullmatch(words):
        return match[1], int(match[2]), int(match[3])
    if match := _NUMERIC.fullmatch(words):
        return match[3], int(match[1]), int(match[2])
    if match := _NAMED.fullmatch(words):
        return match[3], MONTHS[match[1]], int(match[2])
    if match := _DAY_FIRST.fullmatch(words):
        return match[3], MONTHS[match[2]], int(match[1])
    return None


def _full_year(written: str, kept_to: date, born: bool) -> int:
    year = int(written)
    if len(written) == 4:
        return year
    year += 2000
    return year - 100 if born and year > kept_to.year else year


def _day(year: int, month: int, day: int) -> Reading:
    try:
        return known(date(year, month, day))
    except ValueError:
        why = "There is no such day." if month < 13 else f"There is no month {month}."
        return Reading(Shape.IMPOSSIBLE, why=why)


def _vague(words: str) -> Reading:
    if words.rstrip(".") in WEEKDAYS:
        return Reading(Shape.INCOMPLETE, why="It is a weekday without a date.")
    if _NO_YEAR.fullmatch(words):
        return Reading(Shape.INCOMPLETE, why="There is no year.")
    if _NO_DAY.fullmatch(words):
        return Reading(Shape.INCOMPLETE, why="There is no day.")
    if _RELATIVE.search(words):
        return Reading(Shape.RELATIVE, why="It counts from a day we do not know.")
    return Reading(Shape.UNCLEAR, why="It is not a date.")


def read_time(text: str) -> Reading:
    """A time of day; without am or pm it is on the 24-hour clock."""
    if is_missing(text):
        return MISSING
    words = text.strip()
    match = _CLOCK.fullmatch(words)
    if match is None or not (match[2] or match[3]):
        return Reading(Shape.UNCLEAR, why="It is not a time.")
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return Reading(Shape.IMPOSSIBLE, why="There is no such time.")
        hour = hour % 12 + (12 if match[3].casefold() == "p" else 0)
    if hour > 23 or minute > 59:
        return Reading(Shape.IMPOSSIBLE, why="There is no such time.")
    return known(time(hour, minute))
