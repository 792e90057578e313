"""How results read: periods, numbers and groups in words, the same in every format."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pandas as pd

from alongside.kernel.dates import add_months
from alongside.measures.codelists import RACE_ETHNICITY, SUPPORT_LEVEL
from alongside.measures.definition import Measure, Unit
from alongside.measures.groups import MULTIRACIAL, UNKNOWN
from alongside.measures.library import MEASURES

HIDDEN = "hidden"
NOTHING = "none"  # there was nobody to count from
EVERYONE = "Everyone"
GROUP_WORDS = {
    "by_county": "County",
    "by_gender": "Gender",
    "by_age_band": "Age",
    "by_race_ethnicity": "Race and ethnicity",
    "by_support_level": "Support level",
    "by_worker": "Worker",
    "by_unit": "Unit",
}
_CODES = {"by_race_ethnicity": RACE_ETHNICITY, "by_support_level": SUPPORT_LEVEL}
_LEVELS = {"at_risk": "Early support", "secondary": "Secondary", "full": "Full"}
NO_LETTER = "\N{WHITE SQUARE}"
_DASH = "\N{EN DASH}"


def period_words(start: date, end: date) -> str:
    """A period as people name it; ``end`` is the day after its last day."""
    last = end - timedelta(days=1)
    if start.day == 1 and end.day == 1:
        months = (end.year - start.year) * 12 + end.month - start.month
        if months == 1:
            return f"{start:%b %Y}"
        if months == 12:
            return _year_words(start)
        if start.year == last.year:
            return f"{start:%b}{_DASH}{last:%b %Y}"
        return f"{start:%b %Y}{_DASH}{last:%b %Y}"
    return f"{day_words(start)} to {day_words(last)}"


def _year_words(start: date) -> str:
    if start.month == 1:
        return str(start.year)
    if start.month == 7:
        return f"{start.year}{_DASH}{(start.year + 1) % 100:02}"
    if start.month == 10:
        return f"FFY {start.year + 1}"
    last = add_months(start, 11)
    return f"{start:%b %Y}{_DASH}{last:%b %Y}"


def day_words(day: date) -> str:
    """A day in full, such as “Jul 1, 2023”."""
    return f"{day:%b} {day.day}, {day.year}"


def printable(text: str) -> str:
    """The text with a square for each sign that no page can hold."""
    return "".join(
        NO_LETTER if unicodedata.category(sign)[0] == "C" else sign
        for sign in text.replace("\n", " ").replace("\t", " ")
    )


def group_name(column: str) -> str:
    """What a grouping column is called."""
    default = column.removeprefix("by_").replace("_", " ").capitalize()
    return GROUP_WORDS.get(column, default)


def group_words(column: str, value: object) -> str:
    """A group in words; codes get their meaning."""
    if value is None or pd.isna(value):
        return EVERYONE
    code = printable(str(value))
    if code == UNKNOWN:
        return "Not known"
    if code == MULTIRACIAL:
        return "Multiracial"
    if column == "by_support_level":
        return _LEVELS.get(code, code)
    if column in _CODES and code in _CODES[column]:
        return _CODES[column].codes[code].rstrip(".")
    if column == "by_age_band":
        return code[:1].upper() + code[1:]
    return code


def number_words(amount: float | None, hidden: bool = False) -> str:
    """A count or a sum: no decimals it does not have."""
    if hidden:
        return HIDDEN
    if amount is None or pd.isna(amount):
        return NOTHING
    return f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,.1f}"


def value_words(
    amount: float | None, unit: Unit, hidden: bool = False, *, full: bool = False
) -> str:
    """A value with its unit's decimals; ``full`` names the unit too."""
    if hidden:
        return HIDDEN
    if amount is None or pd.isna(amount):
        return NOTHING
    number = f"{amount:,.{unit.decimals}f}"
    if not full or unit.label in ("count", "mean"):
        return number
    if unit.label == "%":
        return f"{number}%"
    is_said = unit.label.startswith(("per ", "days", "hours", "credits"))
    return f"{number} {unit.label}" if is_said else f"{number} ({unit.label})"


def unknown_words(unknown: float, denominator: float, hidden: bool = False) -> str:
    """How many are unknown, and their share where it is a share."""
    count = number_words(unknown, hidden)
    if hidden or not unknown or pd.isna(denominator) or unknown > denominator:
        return count
    return f"{count} ({100 * unknown / denominator:.1f}%)"


def measure_of(name: str) -> tuple[Measure, str]:
    """The measure a result belongs to, and the part of it, if it is one."""
    whole = name
    while whole not in MEASURES:
        whole, dot, _ = whole.rpartition(".")
        if not dot:
            raise ValueError(f"No measure has results called “{name}”.")
    return MEASURES[whole], name.removeprefix(whole).lstrip(".")


def title_of(name: str) -> str:
    """A result's title; a part's with the part."""
    measure, part = measure_of(name)
    return f"{measure.title}: {part.replace('_', ' ')}" if part else measure.title
