"""Kaplan-Meier estimates against a curve worked out by hand."""

import pytest

from alongside.measures.survival import kaplan_meier

# Five people: events on days 10 and 20, one leaves on day 20, one on 30, event on 40.
TIMES = [10, 20, 20, 30, 40]
EVENTS = [True, True, False, False, True]


def test_the_curve_multiplies_the_shares_that_stayed_free() -> None:
    curve = kaplan_meier(TIMES, EVENTS)
    assert curve.at(9).survival == 1
    assert curve.at(10).survival == pytest.approx(4 / 5)
    assert curve.at(20).survival == pytest.approx(4 / 5 * 3 / 4)
    assert curve.at(35).survival == pytest.approx(3 / 5)
    assert curve.at(40).survival == 0


def test_events_come_before_censorings_on_the_same_day() -> None:
    at_20 = kaplan_meier(TIMES, EVENTS).table.set_index("time").loc[20]
    assert (at_20["at_risk"], at_20["events"], at_20["censored"]) == (4, 1, 1)


def test_the_standard_error_is_greenwoods() -> None:
    expected = 3 / 5 * (1 / (5 * 4) + 1 / (4 * 3)) ** 0.5
    found = kaplan_meier(TIMES, EVENTS).at(20).standard_error
    assert found == pytest.approx(expected)


def test_there_is_no_estimate_beyond_the_longest_follow_up() -> None:
    curve = kaplan_meier([10, 20], [True, False])
    assert curve.at(20).survival == pytest.approx(1 / 2)
    assert curve.at(21).survival is None


def test_a_curve_that_reached_zero_stays_there() -> None:
    assert kaplan_meier([10, 20], [True, True]).at(365).survival == 0


def test_nobody_makes_no_estimate() -> None:
    assert kaplan_meier([], []).at(183).survival is None


def test_weights_stand_for_people() -> None:
    many = kaplan_meier([10, 20], [True, False], [3, 1])
    assert many.at(10).survival == pytest.approx(1 / 4)


def test_the_median_is_the_day_by_which_half_had_the_event() -> None:
    assert kaplan_meier(TIMES, EVENTS).median == 40
    assert kaplan_meier([10, 20], [False, False]).median is None
