"""Who waits for a place, and why."""

from datetime import datetime, timedelta

import pytest

from alongside.activities import actions as activities
from alongside.cases.actions import close_case, open_case
from alongside.forms.vocabulary import vocabulary_for
from alongside.meetings import actions
from alongside.meetings.models import Item
from alongside.meetings.waiting import Waits, by_kind, waiting
from alongside.people.models import Youth
from tests.meetings.conftest import TODAY, Become, NewSession, NewYouth


@pytest.fixture
def youth(new_youth: NewYouth, become: Become, at: datetime) -> Youth:
    """Joaquín, whom the unit supports since today."""
    made = new_youth()
    open_case(made, by=become("coordinator"), at=at, day=TODAY, level="full")
    return made


def who_waits(become: Become, at: datetime) -> list[Waits]:
    """As the coordinator sees it."""
    by = become("coordinator", at)
    assert by.unit_id is not None
    words = vocabulary_for(by)
    return waiting(unit_id=by.unit_id, at=at, zone=by.zone, words=words)


def said(waits: list[Waits]) -> list[str]:
    """The reasons, with plain blanks."""
    return [one.why.replace("\xa0", " ") for one in waits]


def booked(
    youth: Youth, days: int, new_session: NewSession, become: Become, at: datetime
) -> Item:
    """A place in a session so many days from today."""
    session = new_session(days)
    by = become("coordinator")
    made = actions.book(youth, "mdt_ongoing", session, by=by, at=at)
    return Item.objects.select_related("youth", "activity", "meeting").get(pk=made.pk)


def test_what_was_called_off_waits_with_its_reason_and_the_session_that_suits(
    youth: Youth, new_session: NewSession, become: Become, at: datetime
) -> None:
    item = booked(youth, 5, new_session, become, at)
    assert who_waits(become, at) == []
    actions.cancel_item(item, "transport", by=become("coordinator"), at=at)
    (one,) = waits = who_waits(become, at)
    assert said(waits) == ["The one of Tue, Nov 24 was canceled: no ride."]
    assert one.session == item.meeting
    assert [kind for kind, _ in by_kind(waits)] == ["mdt_ongoing"]


def test_what_is_not_needed_any_more_does_not_wait(
    youth: Youth, new_session: NewSession, become: Become, at: datetime
) -> None:
    item = booked(youth, 5, new_session, become, at)
    actions.cancel_item(item, "not_needed", by=become("coordinator"), at=at)
    assert who_waits(become, at) == []


def test_the_day_a_team_chose_waits_until_it_is_booked(
    youth: Youth, new_session: NewSession, become: Become, at: datetime
) -> None:
    item = booked(youth, 0, new_session, become, at)
    day = TODAY + timedelta(days=13)
    by = become("coordinator")
    actions.save_item(item, item.version, by=by, at=at, next_review_on=day)
    assert said(who_waits(become, at)) == [
        "At the MDT of Thu, Nov 19 the team chose Wed, Dec 2."
    ]
    booked(youth, 12, new_session, become, at)
    assert who_waits(become, at) == []


def test_what_was_asked_for_waits_and_keeps_its_activity_when_booked(
    youth: Youth, new_session: NewSession, become: Become, at: datetime
) -> None:
    asked = activities.plan(
        youth,
        "mdt_as_needed",
        by=become("amara"),
        at=at,
        day=TODAY + timedelta(days=3),
    )
    assert said(who_waits(become, at)) == [
        "Amara Okafor asked for Sun, Nov 22; it has no place in a session yet."
    ]
    session = new_session(5)
    by = become("coordinator")
    item = actions.book(youth, "mdt_as_needed", session, by=by, at=at)
    assert item.activity_id == asked.pk
    assert who_waits(become, at) == []


def test_nobody_waits_after_a_case_is_closed(
    youth: Youth, new_session: NewSession, become: Become, at: datetime
) -> None:
    item = booked(youth, 5, new_session, become, at)
    by = become("coordinator")
    actions.cancel_item(item, "transport", by=by, at=at)
    case = youth.cases.get()
    close_case(case, by=become("supervisor"), at=at, day=TODAY, reason="moved")
    assert who_waits(become, at) == []


def test_other_units_see_nobody_waiting(
    youth: Youth, new_session: NewSession, become: Become, at: datetime
) -> None:
    item = booked(youth, 5, new_session, become, at)
    actions.cancel_item(item, "transport", by=become("coordinator"), at=at)
    outsider = become("outsider")
    assert outsider.unit_id is not None
    found = waiting(
        unit_id=outsider.unit_id,
        at=at,
        zone=outsider.zone,
        words=vocabulary_for(outsider),
    )
    assert found == []
