"""A number is hidden everywhere, however else it could be had."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from alongside.measures.disclosure import Earlier, Policy, Published, Reason, publish
from alongside.measures.disclosure.additions import fillings_of
from tests.disclosure.tables import YEAR, internal, row

SUMMER = (YEAR[0], date(2023, 10, 1))


def by(results: Published, *keys: str) -> dict[Any, dict[str, Any]]:
    """Published rows by some of their columns."""
    found = {}
    for cells in results.frame().to_dict("records"):
        key = tuple(cells[k] for k in keys)
        found[key if len(keys) > 1 else key[0]] = cells
    return found


def test_a_count_hidden_in_one_measure_is_hidden_under_its_other_name() -> None:
    """Alder has 3; Birch goes with it, also in a measure that counts the same."""
    rows = [
        row(measure, n=n, d=d, county=county)
        for measure in ("m.a", "other")
        for county, n, d in (
            ("Alder", 3, 40),
            ("Birch", 30, 100),
            ("Cedar", 55, 200),
            (None, 88, 340),
        )
    ]
    found = by(publish(internal(rows))[0], "measure", "by_county")
    for measure in ("m.a", "other"):
        assert found[measure, "Birch"]["hidden"] == "numerator;value"


def test_the_answers_to_one_question_are_hidden_together() -> None:
    """Of 100 people 60 said yes, 36 no and 4 neither: two must go, not only the 4."""
    rows = [row(f"q.{name}", n=n, d=100) for name, n in (("yes", 60), ("no", 36))]
    found = by(publish(internal([*rows, row("q.neither", n=4)]))[0], "measure")
    hidden = [name for name, cells in found.items() if cells["hidden"]]
    assert len(hidden) == 2
    assert "q.neither" in hidden


def test_an_unknown_remainder_is_an_answer_too() -> None:
    """Screened in, screened out and not known: 61 + 35 + 4 = 100."""
    rows = [row("s.in", n=61, d=100, u=4), row("s.out", n=35, d=100, u=4)]
    found = by(publish(internal(rows))[0], "measure")
    assert all("unknown" in cells["hidden"] for cells in found.values())
    assert any("numerator" in cells["hidden"] for cells in found.values())


def test_groups_that_overlap_still_bound_each_other() -> None:
    """Several races are counted under each, so their sum is the total or more.

    100 people; the other groups have 97 mentions. If nothing else were hidden, whoever
    adds them up would know that the hidden group has 3 at the least.
    """
    counts = {"black": 52, "white": 45, "asian": 4, None: 100}
    rows = [
        row(n=200, d=500, race_ethnicity="multiracial"),
        *(row(n=n, d=500, race_ethnicity=race) for race, n in counts.items()),
    ]
    rows[0]["numerator"], rows[0]["people_counted"] = 1, 1
    found = by(publish(internal(rows))[0], "by_race_ethnicity")
    shown = sum(
        found[race]["numerator"]
        for race in ("black", "white")
        if "numerator" not in found[race]["hidden"]
    )
    total = found[None]
    assert "numerator" in total["hidden"] or total["numerator"] - shown >= 11 + 4


def test_months_give_away_nothing_of_a_longer_period() -> None:
    rest = (SUMMER[1], YEAR[1])
    rows = [
        row(n=4, d=60, period=SUMMER),
        row(n=40, d=140, period=rest),
        row(n=44, d=200, period=YEAR),
    ]
    results = by(publish(internal(rows))[0], "period_start", "period_end")
    shown = [not cells["hidden"] for cells in results.values()]
    assert shown.count(True) == 1


@pytest.mark.parametrize("now", [19, 21, 30])
def test_a_small_restatement_is_hidden(now: int) -> None:
    """The difference between two releases is itself a count of few people."""
    first, _ = publish(internal([row(n=20, d=100)]))
    second, log = publish(internal([row(n=now, d=100)]), earlier=Earlier(first.frame()))
    assert by(second, "measure")["m.a"]["hidden"] == "numerator;value"
    assert log.hidden["reason"].tolist() == [Reason.CHANGED.value]


@pytest.mark.parametrize("now", [20, 31, 60])
def test_the_same_number_and_a_large_restatement_are_shown(now: int) -> None:
    first, _ = publish(internal([row(n=20, d=100)]))
    second, _ = publish(internal([row(n=now, d=100)]), earlier=Earlier(first.frame()))
    assert by(second, "measure")["m.a"]["hidden"] == ""


def counties(alder: int, birch: int, cedar: int) -> list[dict[str, Any]]:
    counts = {"Alder": alder, "Birch": birch, "Cedar": cedar}
    rows = [row(n=n, d=100, county=county) for county, n in counts.items()]
    return [*rows, row(n=alder + birch + cedar, d=300, county=None)]


def test_what_was_hidden_before_stays_hidden() -> None:
    """Showing Birch now would tell what Alder was then."""
    first, _ = publish(internal(counties(3, 30, 55)))
    second, log = publish(
        internal(counties(40, 30, 55)), earlier=Earlier(first.frame())
    )
    found = by(second, "by_county")
    assert found["Birch"]["hidden"] == "numerator;value"
    assert Reason.BEFORE.value in set(log.hidden["reason"])


def test_what_was_shown_before_hides_nothing_now() -> None:
    """Birch was shown, so hiding it would protect Alder from nobody."""
    first, _ = publish(internal(counties(20, 30, 55)))
    second, log = publish(internal(counties(4, 30, 55)), earlier=Earlier(first.frame()))
    assert by(second, "by_county")["Birch"]["hidden"] == ""
    assert second.exposed == 0
    assert set(log.hidden["protected"]) == {"yes"}


def test_what_cannot_be_protected_any_more_is_said() -> None:
    """A release under a laxer rule showed the 7 that this one hides."""
    lax = Policy(smallest=5)
    first, _ = publish(internal(counties(7, 30, 55)), policy=lax)
    second, log = publish(internal(counties(7, 30, 55)), earlier=Earlier(first.frame()))
    assert by(second, "by_county")["Alder"]["hidden"] == "numerator;value"
    assert second.exposed > 0
    assert log.hidden.set_index("by_county").loc["Alder", "protected"] == "no"


def test_periods_are_filled_by_any_shorter_ones() -> None:
    starts = [date(2023, month, 1) for month in range(1, 13)] + [date(2024, 1, 1)]
    months = list(pairwise(starts))
    spring, rest = (starts[0], starts[3]), (starts[3], starts[12])
    year = (starts[0], starts[12])
    found = fillings_of(frozenset([*months, spring, rest, year]))
    assert (spring, tuple(months[:3])) in found
    assert (rest, tuple(months[3:])) in found
    assert (year, (spring, rest)) in found
    assert fillings_of(frozenset([year, spring])) == []
