"""How sessions and items may change, as tables; no database."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from alongside.activities.rules import Status
from alongside.meetings import rules
from alongside.meetings.rules import MeetingStatus, Section

TODAY = date(2026, 11, 19)
NINE = datetime(2026, 11, 24, 17, tzinfo=UTC)
PLANNED, HELD, CANCELED = MeetingStatus

# From, to, whose day it is, still open -> whether it may.
STANDS = {
    (PLANNED, HELD, 0, 0): True,
    (PLANNED, HELD, -7, 0): True,
    (PLANNED, HELD, 1, 0): False,
    (PLANNED, HELD, 0, 1): False,
    (PLANNED, CANCELED, 5, 0): True,
    (PLANNED, CANCELED, 5, 2): False,
    (PLANNED, PLANNED, 0, 0): False,
    (HELD, PLANNED, -1, 0): True,
    (HELD, CANCELED, -1, 0): False,
    (HELD, HELD, 0, 0): False,
    (CANCELED, PLANNED, 3, 0): True,
    (CANCELED, HELD, 0, 0): False,
    (CANCELED, CANCELED, 0, 0): False,
}


@pytest.mark.parametrize("case", STANDS, ids=str)
def test_how_a_session_may_come_to_stand(
    case: tuple[MeetingStatus, MeetingStatus, int, int],
) -> None:
    now, then, days, still_open = case
    refusal = rules.refusal_to_become(
        now,
        then,
        day=TODAY + timedelta(days=days),
        today=TODAY,
        still_open=still_open,
    )
    assert (refusal is None) == STANDS[case], refusal


def test_every_move_of_a_session_is_in_the_table() -> None:
    assert {(now, then) for now, then, _, _ in STANDS} == set(
        product(MeetingStatus, MeetingStatus)
    )


# Status, places taken of two, on it already -> whether a place may be taken.
BOOKS = {
    (PLANNED, 0, False): True,
    (PLANNED, 1, False): True,
    (PLANNED, 2, False): False,
    (PLANNED, 1, True): False,
    (HELD, 0, False): False,
    (CANCELED, 0, False): False,
}


@pytest.mark.parametrize("case", BOOKS, ids=str)
def test_when_a_place_may_be_taken(case: tuple[MeetingStatus, int, bool]) -> None:
    status, taken, is_on_it = case
    refusal = rules.refusal_to_book(
        status,
        day=TODAY,
        today=TODAY,
        taken=taken,
        capacity=2,
        is_on_it=is_on_it,
        next_open=None,
    )
    assert (refusal is None) == BOOKS[case], refusal


# How the activity stands, how its session stands, its day -> whether minutes may be.
SAVES = {
    (Status.SCHEDULED, PLANNED, 0): True,
    (Status.SCHEDULED, PLANNED, -1): True,
    (Status.SCHEDULED, PLANNED, 1): False,
    (Status.SCHEDULED, None, 0): True,
    (Status.SCHEDULED, CANCELED, 0): False,
    (Status.COMPLETED, PLANNED, 0): True,
    (Status.COMPLETED, HELD, -3): True,
    (Status.MISSED, PLANNED, 0): True,
    (Status.CANCELED, PLANNED, 0): False,
    (Status.CANCELED, None, 0): False,
}


@pytest.mark.parametrize("case", SAVES, ids=str)
def test_when_minutes_may_be_written(
    case: tuple[Status, MeetingStatus | None, int],
) -> None:
    status, meeting, days = case
    refusal = rules.refusal_to_save(
        status, meeting, day=TODAY + timedelta(days=days), today=TODAY
    )
    assert (refusal is None) == SAVES[case], refusal


@pytest.mark.parametrize(
    ("kind", "level", "court", "section"),
    [
        ("mdt_decision", None, None, Section.NEW_REFERRAL),
        ("mdt_initial", "full", 3, Section.NEW_REFERRAL),
        ("mdt_as_needed", "full", 3, Section.CRISIS),
        ("mdt_ongoing", "full", 30, Section.COURT),
        ("mdt_ongoing", "full", 31, Section.ONGOING),
        ("mdt_90_day", "tracking", None, Section.TRACKING),
        ("mdt_90_day", "tracking", 0, Section.COURT),
        ("mdt_ongoing", None, None, Section.ONGOING),
    ],
)
def test_where_on_the_agenda_somebody_belongs(
    kind: str, level: str | None, court: int | None, section: Section
) -> None:
    hearing = None if court is None else TODAY + timedelta(days=court)
    assert (
        rules.section_for(kind, level=level, next_court=hearing, day=TODAY) is section
    )


def test_the_agenda_is_taken_in_the_order_of_the_seed() -> None:
    assert [section.label for section in rules.ORDER] == [
        "New referrals",
        "Upcoming court dates",
        "Crises and transitions",
        "Ongoing reviews",
        "Young people being tracked",
    ]


def test_a_weekly_series_leaves_out_closed_days() -> None:
    first = date(2026, 11, 19)
    thanksgiving = date(2026, 11, 26)
    assert rules.weekly(first, date(2026, 12, 10), {thanksgiving}) == [
        first,
        date(2026, 12, 3),
        date(2026, 12, 10),
    ]


@pytest.mark.parametrize(
    ("until", "is_refused"), [(-1, True), (0, False), (370, False), (371, True)]
)
def test_a_series_is_neither_backwards_nor_endless(
    until: int, is_refused: bool
) -> None:
    refusal = rules.refusal_to_repeat(TODAY, TODAY + timedelta(days=until))
    assert (refusal is not None) == is_refused


@pytest.mark.parametrize(
    ("hours", "capacity", "minutes"),
    [(3, 10, 15), (3, 6, 30), (3, 2, 30), (2, 12, 10), (1, 60, 5)],
)
def test_turns_are_by_fives_and_between_5_and_30_minutes(
    hours: int, capacity: int, minutes: int
) -> None:
    assert rules.turn_length(NINE, NINE + timedelta(hours=hours), capacity) == minutes


def test_the_first_free_turn_fills_a_gap() -> None:
    taken = {NINE, NINE + timedelta(minutes=30)}
    assert rules.free_turn(NINE, 15, taken) == NINE + timedelta(minutes=15)
    assert rules.free_turn(NINE, 15, set()) == NINE


@pytest.mark.parametrize(
    ("hours", "capacity", "is_refused"),
    [(3, 10, False), (0, 10, True), (-1, 10, True), (3, 0, True), (3, 61, True)],
)
def test_what_a_session_may_be(hours: int, capacity: int, is_refused: bool) -> None:
    refusal = rules.refusal_to_plan(NINE, NINE + timedelta(hours=hours), capacity)
    assert (refusal is not None) == is_refused


@pytest.mark.parametrize(
    ("kind", "days", "following"),
    [
        ("mdt_decision", 7, "mdt_initial"),
        ("mdt_initial", 90, "mdt_90_day"),
        ("mdt_ongoing", 60, "mdt_90_day"),
        ("mdt_ongoing", 59, "mdt_ongoing"),
        ("cft", 90, "cft"),
    ],
)
def test_which_review_comes_next(kind: str, days: int, following: str) -> None:
    assert rules.next_kind(kind, days) == following


@pytest.mark.parametrize("status", Status)
def test_what_was_talked_about_does_not_move(status: Status) -> None:
    refused = rules.refusal_to_move(status) is not None
    assert refused == (status is Status.COMPLETED)
    assert rules.holds_a_place(status) == (status is not Status.CANCELED)


def test_names_of_standings_are_words_a_page_shows() -> None:
    assert [status.label for status in MeetingStatus] == ["Planned", "Held", "Canceled"]


@pytest.mark.parametrize(
    ("status", "taken", "is_refused"),
    [(PLANNED, 3, False), (PLANNED, 4, True), (HELD, 0, True), (CANCELED, 0, True)],
)
def test_when_a_session_may_change(
    status: MeetingStatus, taken: int, is_refused: bool
) -> None:
    refusal = rules.refusal_to_change(status, taken=taken, capacity=3)
    assert (refusal is not None) == is_refused
