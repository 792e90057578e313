"""Survival curves: their intervals are counted right, and tell of nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alongside.measures import curves
from alongside.measures.curves import Interval, interval_of
from alongside.measures.definition import Measure
from alongside.measures.disclosure import publish
from alongside.measures.library import MEASURES
from alongside.measures.report.curves import drawable
from tests.disclosure.attacker import Attacker, Name
from tests.disclosure.tables import internal, row

LEAST = 11
YEAR, HALF = MEASURES["repeat.km.12m"], MEASURES["repeat.km.6m"]
Person = tuple[int, bool]  # days followed, and whether an event ended them


def tally(people: Sequence[Person]) -> pd.DataFrame:
    """What the engine hands over: one row for each person."""
    return pd.DataFrame(
        {
            "child_id": [f"c{n}" for n in range(len(people))],
            "time": [float(time) for time, _ in people],
            "numerator": [float(event) for _, event in people],
            "denominator": 1.0,
            "counted": [float(event) for _, event in people],
            "rows_base": 1.0,
            "rows_counted": [float(event) for _, event in people],
            "largest_row": [float(event) for _, event in people],
        }
    )


def by_hand(people: Sequence[Person], interval: Interval) -> tuple[int, int, int]:
    """Events, at risk and follow-up ended, told person by person."""
    events = risk = ended = 0
    last = float("inf") if interval.end is None else interval.end
    for time, event in people:
        inside = interval.start < time <= last or time == interval.start == 0
        events += event and inside
        ended += not event and interval.start <= time < last
        before = time <= interval.start and interval.start > 0
        risk += not before or (not event and time == interval.start)
    return events, risk, ended


def followed(draw: st.DrawFn) -> list[Person]:
    """Many people or few, of whom some had an event and some were lost early."""
    chance = draw(st.randoms(use_true_random=False))
    events, lost = draw(st.integers(0, 400)), draw(st.sampled_from((0, 5, 60, 300)))
    times = [(chance.randint(0, 365), True) for _ in range(events)]
    times += [(chance.randint(0, 365), False) for _ in range(lost)]
    return times + [(400, False)] * draw(st.sampled_from((0, 8, 40, 900)))


people = st.composite(followed)().filter(lambda found: len(found) >= 2 * LEAST)


@pytest.mark.slow
@settings(max_examples=40)
@given(people)
def test_intervals_are_counted_as_by_hand(people: list[Person]) -> None:
    for cell in curves.cells(tally(people), YEAR):
        found = interval_of(f"m.{cell['part']}")
        assert found is not None
        told = (cell["numerator"], cell["denominator"], cell["unknown"])
        assert told == by_hand(people, found[1])


@pytest.mark.slow
@settings(max_examples=40)
@given(people)
def test_each_level_is_made_of_the_finer_one_and_ends_at_the_estimate(
    people: list[Person],
) -> None:
    cells = {c["part"]: c for c in curves.cells(tally(people), YEAR)}
    total = curves.summary(tally(people), YEAR)
    for level in curves.levels(YEAR):
        assert sum(cells[i.part]["numerator"] for i in level) == total["numerator"]  # type: ignore[misc]
        assert cells[level[-1].part]["value"] == pytest.approx(total["value"])


def rows(people: list[Person], *measures: Measure) -> list[dict[str, Any]]:
    """Results for everyone, with the intervals of their curves."""
    found = []
    for measure in measures:
        name = measure.id
        cells: list[dict[str, Any]] = [
            {"part": "", **curves.summary(tally(people), measure)}
        ]
        cells += curves.cells(tally(people), measure)
        for cell in cells:
            made = row(
                f"{name}.{cell['part']}" if cell["part"] else name,
                cell["numerator"],
                cell["denominator"],
                u=cell["unknown"],
                people=cell["people"],
                counted=cell["people_counted"],
                largest=cell["largest"],
            )
            found.append({**made, "value": cell["value"]})
    return found


def printed(people: list[Person], *measures: Measure) -> pd.DataFrame:
    """What is published of them."""
    results, _ = publish(internal(rows(people, *measures)))
    return results.frame()


@pytest.mark.slow
@settings(max_examples=25)
@given(people)
def test_no_interval_tells_of_a_few(people: list[Person]) -> None:
    for cells in printed(people, YEAR).to_dict("records"):
        if interval_of(cells["measure"]) is None:
            continue
        n, d, u = cells["numerator"], cells["denominator"], cells["unknown"]
        told = [count for count in (n, d - n, u) if not pd.isna(count)]
        assert all(count == 0 or count >= LEAST for count in told), cells


@pytest.mark.slow
@settings(max_examples=25)
@given(people)
def test_two_horizons_together_tell_of_no_few_between(people: list[Person]) -> None:
    shown = printed(people, YEAR, HALF).set_index("measure")["numerator"]
    # Everything that can be had by adding up, from the first day to some day.
    until: dict[int, set[float]] = {}
    for measure in ("repeat.km.12m", "repeat.km.6m"):
        total, so_far = shown[measure], 0.0
        parts = [
            (interval_of(n), n) for n in shown.index if n.startswith(measure + ".")
        ]
        for found, name in sorted((f[1], n) for f, n in parts if f):
            so_far += shown[name]
            until.setdefault(found.end or 0, set()).add(so_far)
        until.setdefault(MEASURES[measure].horizon or 0, set()).add(total)
    known = {day: max(n) for day, n in until.items() if all(map(pd.notna, n))}
    days = sorted(known)
    for first, later in zip(days, days[1:], strict=False):
        between = known[later] - known[first]
        assert between == 0 or between >= LEAST, (first, later, between)


@pytest.mark.parametrize(("lost", "is_shown"), [(0, True), (10, False), (11, True)])
def test_two_horizons_together_tell_of_no_few_lost_between(
    lost: int, is_shown: bool
) -> None:
    found = [(100, True)] * 25 + [(250, True)] * 15 + [(100, False)] * 19
    found += [(250, False)] * lost + [(400, False)] * 100
    shown = printed(found, YEAR, HALF).set_index("measure")["unknown"]
    both = shown[[YEAR.id, HALF.id]]
    assert both.notna().all() == is_shown
    if is_shown:
        assert both[YEAR.id] - both[HALF.id] == lost


@pytest.mark.parametrize(("lost", "is_shown"), [(29, False), (20, True)])
def test_the_lost_do_not_leave_room_for_a_few_events_only(
    lost: int, is_shown: bool
) -> None:
    found = [(100, True)] * 2 + [(50, False)] * lost + [(400, False)] * (31 - lost)
    shown = printed(found, HALF).set_index("measure").loc[HALF.id]
    assert pd.isna(shown["numerator"])
    assert shown["denominator"] == 33
    assert pd.notna(shown["unknown"]) == is_shown


@pytest.mark.parametrize(("events", "waiting"), [(5, 45), (45, 5)])
def test_those_who_wait_do_not_tell_how_few_had_it(events: int, waiting: int) -> None:
    wait = MEASURES["PH-2"]
    found = [(5, True)] * events + [(20, False)] * waiting
    (cells,) = rows(found, wait)[:1]
    results, _ = publish(internal([{**cells, "unit": wait.unit.label}]))
    (shown,) = results.frame().to_dict("records")
    told = [pd.notna(shown[name]) for name in ("numerator", "denominator", "unknown")]
    assert sum(told) < 2


@pytest.mark.slow
@settings(max_examples=25)
@given(people)
@example([(400, False)] * 60)  # as many at risk in every interval
def test_what_curves_hide_beside_results_is_not_hidden_in_vain(
    people: list[Person],
) -> None:
    results, log = publish(internal(rows(people, YEAR, HALF)))
    assert results.exposed == 0
    assert set(log.hidden["protected"]) <= {"yes"}


def test_a_curve_costs_the_results_beside_it_nothing() -> None:
    answers = {"a": 20, "b": 30, "c": 47}
    beside = [row(f"m.of_all.{name}", n, 100, u=3) for name, n in answers.items()]
    beside += [row(f"m.of_known.{name}", n, 97) for name, n in answers.items()]
    followed = [(15 + 30 * (n % 12), True) for n in range(300)] + [(400, False)] * 900
    alone = publish(internal(beside))[0].frame()
    both = publish(internal([*beside, *rows(followed, YEAR)]))[0].frame()
    assert both["measure"].str.contains(".days_").any()
    assert "denominator;value;unknown" in set(alone["hidden"])
    of_all = both[both["measure"].str.startswith("m.")]
    assert list(of_all["hidden"]) == list(alone["hidden"])


def test_curves_that_are_not_shown_are_not_searched_for() -> None:
    few = rows([(100, True)] * 5 + [(400, False)] * 60, YEAR, HALF)
    _, log = publish(internal(few))
    assert not log.assessments["measure"].str.contains(".days_0").any()


def test_many_people_have_a_curve_of_months_and_few_have_none() -> None:
    many = [(15 + 30 * (n % 12), True) for n in range(300)] + [(400, False)] * 900
    intervals = printed(many, YEAR).query("measure.str.contains('.days_')")
    (line,), _ = drawable(intervals, [], None) or ([], {})
    assert line.days == [0, 30, 61, 91, 122, 152, 183, 213, 244, 274, 304, 335, 365]
    assert line.steps[-1].share == pytest.approx(25.0)
    assert line.left == 900
    few = printed(many[:20] + [(400, False)] * 100, YEAR)
    assert list(few["measure"]) == ["repeat.km.12m"]


@pytest.mark.slow
@settings(max_examples=60)
@given(people)
def test_from_results_curves_and_horizons_together_nothing_is_worked_out(
    people: list[Person],
) -> None:
    cells = rows(people, YEAR, HALF)
    results, _ = publish(internal(cells))
    attacker = Attacker(results, families=False, followed=[HALF.id, YEAR.id])
    for name, count in _truth(cells).items():
        none_told = name[-1] in {"unknown", "left"} or name[0] == "between"
        if count >= LEAST or (count == 0 and none_told):
            continue
        low, high = attacker.range_of(name)
        assert low - 1e-4 <= count <= high + 1e-4, "a wrong attack"
        assert low <= 1e-4, (name, count, low, high)
        assert high >= LEAST - 1e-4, (name, count, low, high)


def _truth(cells: list[dict[str, Any]]) -> dict[Name, float]:
    """What must not come out, by the name an attacker gives it."""
    of = {each["measure"]: each for each in cells}
    where = of[YEAR.id]["period_start"], of[YEAR.id]["period_end"]
    found: dict[Name, float] = {}
    for measure in (YEAR.id, HALF.id):
        n, d, u = (of[measure][k] for k in ("numerator", "denominator", "unknown"))
        roles = {"numerator": n, "rest": d - n, "unknown": u, "left": d - n - u}
        found |= {(measure, *where, role): count for role, count in roles.items()}
    for role in ("numerator", "unknown"):
        count = of[YEAR.id][role] - of[HALF.id][role]
        found["between", *where, role] = count
    return found
