"""Periods, numbers and groups as people say them."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.measures import MEASURES, present
from alongside.measures.definition import COUNT, PER_1_000_DAYS, PERCENT, SCORE


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2023-07-01", "2024-07-01", "2023–24"),
        ("2023-01-01", "2024-01-01", "2023"),
        ("2022-10-01", "2023-10-01", "FFY 2023"),
        ("2023-04-01", "2024-04-01", "Apr 2023–Mar 2024"),
        ("2023-04-01", "2023-05-01", "Apr 2023"),
        ("2023-04-01", "2023-07-01", "Apr–Jun 2023"),
        ("2023-11-01", "2024-02-01", "Nov 2023–Jan 2024"),
        ("2023-04-02", "2023-05-02", "Apr 2, 2023 to May 1, 2023"),
    ],
)
def test_periods(start: str, end: str, words: str) -> None:
    days = (date.fromisoformat(day) for day in (start, end))
    assert present.period_words(*days) == words


def test_values_have_their_units_and_decimals() -> None:
    assert present.value_words(12.345, PERCENT, full=True) == "12.3%"
    assert present.value_words(12.345, PERCENT) == "12.3"
    assert present.value_words(4.031, PER_1_000_DAYS, full=True) == (
        "4.03 per 1,000 days"
    )
    assert present.value_words(1234.0, COUNT, full=True) == "1,234"
    assert present.value_words(3.5, SCORE, full=True) == "3.50 (mean, 1 to 5)"


def test_what_is_hidden_and_what_is_nothing_are_two_things() -> None:
    assert present.value_words(None, PERCENT, hidden=True) == "hidden"
    assert present.value_words(None, PERCENT) == "none"
    assert present.number_words(None, hidden=True) == "hidden"


def test_the_unknown_have_a_share_where_they_are_one() -> None:
    assert present.unknown_words(12, 100) == "12 (12.0%)"
    assert present.unknown_words(0, 100) == "0"
    assert present.unknown_words(150, 2) == "150"
    assert present.unknown_words(12, float("nan")) == "12"
    assert present.unknown_words(12, 100, hidden=True) == "hidden"


def test_groups_have_neutral_words() -> None:
    assert present.group_words("by_race_ethnicity", "black") == (
        "Black or African American"
    )
    assert present.group_words("by_race_ethnicity", "multiracial") == "Multiracial"
    assert present.group_words("by_support_level", "at_risk") == "Early support"
    assert present.group_words("by_county", None) == "Everyone"
    assert present.group_words("by_county", "unknown") == "Not known"
    assert present.group_words("by_county", "A\u0007B") == "A□B"


def test_every_result_finds_its_measure() -> None:
    for id_ in MEASURES:
        assert present.measure_of(id_) == (MEASURES[id_], "")
    measure, part = present.measure_of("4-P1.some_part")
    assert (measure.id, part) == ("4-P1", "some_part")
    assert present.title_of("4-P1.some_part").endswith(": some part")
    with pytest.raises(ValueError, match="No measure has results called"):
        present.measure_of("nothing")
