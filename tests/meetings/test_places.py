"""A session has so many places, and nobody gets one that is taken."""

from datetime import datetime, timedelta

import pytest

from alongside.activities.models import Activity
from alongside.kernel.refusal import NotPermitted, Refused
from alongside.meetings import actions
from alongside.meetings.models import Item, Meeting
from alongside.meetings.rules import Section
from tests.meetings.conftest import TODAY, Become, NewSession, NewYouth


def test_booking_plans_the_activity_and_takes_the_next_free_time(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> None:
    session = new_session(5)
    by = become("coordinator")
    first = actions.book(new_youth(), "mdt_ongoing", session, by=by, at=at)
    second = actions.book(new_youth("Imani"), "mdt_initial", session, by=by, at=at)
    assert first.activity.day == TODAY + timedelta(days=5)
    assert first.activity.place == "Room B"
    assert [item.activity.starts_at for item in (first, second)] == [
        session.starts_at,
        session.starts_at + timedelta(minutes=session.minutes_each),
    ]
    assert second.section == Section.NEW_REFERRAL


def test_a_full_session_refuses_and_says_which_one_is_next(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> None:
    full = new_session(5, capacity=1)
    new_session(12)
    by = become("coordinator")
    actions.book(new_youth(), "mdt_ongoing", full, by=by, at=at)
    with pytest.raises(Refused) as refusal:
        actions.book(new_youth("Imani"), "mdt_ongoing", full, by=by, at=at)
    assert refusal.value.reason == (
        "Tue, Nov 24 is full: 1 of 1 places are taken."
        " The next session with a place is Tue, Dec 1."
    ).replace("Nov 24", "Nov\xa024").replace("Dec 1", "Dec\xa01")
    assert Activity.objects.count() == 1


def test_moving_frees_the_old_place_and_keeps_one_activity(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> None:
    old, new = new_session(5, capacity=1), new_session(12)
    by = become("coordinator")
    item = actions.book(new_youth(), "mdt_ongoing", old, by=by, at=at)
    actions.move_item(item, new, by=by, at=at)
    assert Activity.objects.get().day == new.day
    sessions = Meeting.objects.with_taken().order_by("day")
    assert [vars(session)["taken"] for session in sessions] == [0, 1]
    actions.book(new_youth("Imani"), "mdt_ongoing", old, by=by, at=at)


def test_before_a_session_is_canceled_everybody_moves_to_the_next(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> None:
    old, new = new_session(5), new_session(12)
    by = become("coordinator")
    for name in ("Joaquín", "Imani"):
        actions.book(new_youth(name), "mdt_ongoing", old, by=by, at=at)
    with pytest.raises(Refused):
        actions.cancel_meeting(old, by=by, at=at)
    assert actions.move_all(old, new, by=by, at=at) == 2
    days = Activity.objects.order_by("starts_at").values_list("day", flat=True)
    assert list(days) == [new.day, new.day]
    actions.cancel_meeting(old, by=by, at=at)


def test_all_of_them_move_or_nobody_does(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> None:
    old, narrow = new_session(5), new_session(12, capacity=1)
    by = become("coordinator")
    for name in ("Joaquín", "Imani"):
        actions.book(new_youth(name), "mdt_ongoing", old, by=by, at=at)
    with pytest.raises(Refused):
        actions.move_all(old, narrow, by=by, at=at)
    assert set(Activity.objects.values_list("day", flat=True)) == {old.day}


def test_a_canceled_review_frees_its_place_and_can_be_booked_again(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> None:
    session = new_session(5, capacity=1)
    by = become("coordinator")
    item = actions.book(new_youth(), "mdt_ongoing", session, by=by, at=at)
    actions.cancel_item(item, "transport", by=by, at=at)
    actions.book(new_youth("Imani"), "mdt_ongoing", session, by=by, at=at)
    with pytest.raises(Refused, match="is full"):
        actions.move_item(item, session, by=by, at=at)


def test_nobody_is_on_one_agenda_twice(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> None:
    session, youth = new_session(5), new_youth()
    by = become("coordinator")
    actions.book(youth, "mdt_ongoing", session, by=by, at=at)
    with pytest.raises(Refused, match="on the agenda of Tue, Nov\xa024 already"):
        actions.book(youth, "mdt_as_needed", session, by=by, at=at)


def test_a_visit_takes_no_place(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> None:
    with pytest.raises(Refused, match="Only a review or a decision"):
        actions.book(
            new_youth(),
            "contact_in_person",
            new_session(5),
            by=become("coordinator"),
            at=at,
        )


def test_an_advocate_gives_no_places(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> None:
    session, youth = new_session(5), new_youth()
    with pytest.raises(NotPermitted):
        actions.book(youth, "mdt_ongoing", session, by=become("advocate"), at=at)


def test_times_follow_the_agenda_when_told_to(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> None:
    session = new_session(5)
    by = become("coordinator")
    ongoing = actions.book(new_youth(), "mdt_ongoing", session, by=by, at=at)
    initial = actions.book(new_youth("Imani"), "mdt_initial", session, by=by, at=at)
    assert actions.set_times_in_order(session, by=by, at=at) == 2
    times = dict(Item.objects.values_list("pk", "activity__starts_at"))
    second = session.starts_at + timedelta(minutes=session.minutes_each)
    assert times == {initial.pk: session.starts_at, ongoing.pk: second}
    assert actions.set_times_in_order(session, by=by, at=at) == 0


def test_a_session_that_moves_takes_everybody_along(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> None:
    session = new_session(5)
    by = become("coordinator")
    item = actions.book(new_youth(), "mdt_ongoing", session, by=by, at=at)
    actions.change_meeting(
        session,
        session.version,
        by=by,
        at=at,
        day=session.day + timedelta(days=1),
        starts_at=session.starts_at + timedelta(days=1, hours=1),
        ends_at=session.ends_at + timedelta(days=1, hours=1),
        place="Room C",
    )
    activity = Activity.objects.get()
    assert activity.starts_at == session.starts_at
    assert (activity.day, activity.place) == (session.day, "Room C")
    assert item.activity_id == activity.pk


def test_places_are_not_taken_away_from_people(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> None:
    session = new_session(5)
    by = become("coordinator")
    for given in ("Joaquín", "Imani"):
        actions.book(new_youth(given), "mdt_ongoing", session, by=by, at=at)
    with pytest.raises(Refused, match="2 young people are booked"):
        actions.change_meeting(session, session.version, by=by, at=at, capacity=1)
    with pytest.raises(Refused, match="nobody loses a place"):
        actions.cancel_meeting(session, by=by, at=at)
