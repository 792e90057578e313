"""Planning, settling, moving and logging: refused, changed, recorded."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.access.versions import ChangedMeanwhile
from alongside.activities import actions
from alongside.activities.models import Activity, Presence
from alongside.activities.rules import Status
from alongside.kernel.refusal import NotPermitted, Refused
from alongside.people.actions import add_person, open_youth
from alongside.people.models import Youth
from tests import cast

Become = Callable[..., Actor]
TODAY = date(2026, 11, 19)


@pytest.fixture
def youth(become: Become, at: datetime) -> Youth:
    """A youth of the Bridge Unit."""
    return open_youth(
        by=become("amara"),
        at=at,
        because=Grant.Because.ENROLMENT,
        given_name="Joaquín",
        called="Quino",
    )


@pytest.fixture
def acting(become: Become, at: datetime, youth: Youth) -> dict[str, Any]:
    """A colleague of the officer, at the test's instant."""
    return {"by": become("colleague"), "at": at}


@pytest.fixture
def booked(youth: Youth, acting: dict[str, Any], at: datetime) -> Activity:
    """A school meeting this morning."""
    return actions.plan(youth, "school_meeting", day=TODAY, starts_at=at, **acting)


def history(activity: Any) -> Any:
    """Every version of it, the first one first; the type checker knows of none."""
    return activity.events.order_by("pgh_id")


def test_its_part_comes_from_its_kind(
    youth: Youth, become: Become, at: datetime
) -> None:
    by = become("supervisor")
    visit = actions.plan(youth, "health_visit", by=by, at=at, day=TODAY)
    assert visit.compartment == "health"
    become("amara")
    assert not Activity.objects.filter(pk=visit.pk).exists()


def test_it_is_completed_by_anyone_on_the_team(
    booked: Activity, acting: dict[str, Any], youth: Youth
) -> None:
    aunt = add_person(youth, name="Rosario", relation="aunt", **acting)
    present: list[Any] = [youth, aunt, "The principal"]
    actions.complete(booked, note="It went well.", present=present, **acting)
    booked.refresh_from_db()
    assert (booked.status, booked.note) == (Status.COMPLETED, "It went well.")
    assert booked.settled_by == cast.user("colleague")
    assert list(
        Presence.objects.order_by("pk").values_list("name", "is_youth", "person")
    ) == [
        ("Quino", True, None),
        ("Rosario", False, aunt.pk),
        ("The principal", False, None),
    ]


def test_it_did_not_happen_for_a_reason(
    booked: Activity, acting: dict[str, Any]
) -> None:
    actions.miss(booked, "transport", note="The bus broke down.", **acting)
    booked.refresh_from_db()
    assert (booked.status, booked.reason) == (Status.MISSED, "transport")


def test_it_moves_in_place_and_keeps_its_length(
    youth: Youth, acting: dict[str, Any], at: datetime
) -> None:
    hour = timedelta(hours=1)
    booked = actions.plan(
        youth, "school_meeting", day=TODAY, starts_at=at, ends_at=at + hour, **acting
    )
    week = timedelta(days=7)
    actions.move(booked, TODAY + week, at + week, **acting)
    booked.refresh_from_db()
    assert (booked.day, booked.ends_at) == (TODAY + week, at + week + hour)
    assert [event.day for event in history(booked)] == [
        TODAY,
        TODAY + week,
    ]


def test_one_that_was_called_off_is_on_again_when_it_moves(
    booked: Activity, acting: dict[str, Any]
) -> None:
    actions.cancel(booked, "place_closed", **acting)
    actions.move(booked, TODAY + timedelta(days=1), None, **acting)
    booked.refresh_from_db()
    assert (booked.status, booked.reason) == (Status.SCHEDULED, "")
    assert booked.settled_at is None


def test_a_slip_is_taken_back_and_whoever_was_there_is_there_once(
    youth: Youth, booked: Activity, acting: dict[str, Any]
) -> None:
    later = acting | {"at": acting["at"] + timedelta(minutes=40)}
    actions.complete(booked, note="In good spirits.", present=[youth], **later)
    actions.reopen(booked, **later)
    booked.refresh_from_db()
    assert (booked.status, booked.settled_at) == (Status.SCHEDULED, None)
    assert booked.note == "In good spirits."
    actions.complete(booked, present=[youth], **later)
    assert booked.presences.count() == 1


def test_what_was_logged_as_it_happened_is_not_taken_back(
    youth: Youth, acting: dict[str, Any]
) -> None:
    logged = actions.log_contact(
        youth, "contact_call", happened_at=acting["at"], **acting
    )
    with pytest.raises(Refused, match="never booked"):
        actions.reopen(logged, **acting)


def test_what_is_settled_is_not_settled_again(
    booked: Activity, acting: dict[str, Any]
) -> None:
    actions.complete(booked, **acting)
    with pytest.raises(Refused, match="Done"):
        actions.cancel(booked, "other", **acting)


def test_the_second_of_two_is_told(booked: Activity, acting: dict[str, Any]) -> None:
    mine = Activity.objects.get(pk=booked.pk)
    actions.complete(booked, note="Theirs", **acting)
    with pytest.raises(ChangedMeanwhile) as raised:
        actions.miss(mine, "other", read=1, **acting)
    assert raised.value.current.note == "Theirs"  # type: ignore[attr-defined]


def test_what_is_to_come_cannot_have_gone_well(
    youth: Youth, acting: dict[str, Any]
) -> None:
    booked = actions.plan(youth, "task", day=TODAY + timedelta(days=1), **acting)
    with pytest.raises(Refused, match="still to come"):
        actions.complete(booked, **acting)


def test_a_contact_is_one_row_with_the_youth_unless_others_are_named(
    youth: Youth, acting: dict[str, Any], at: datetime
) -> None:
    contact = actions.log_contact(
        youth, "contact_text", happened_at=at - timedelta(hours=20), **acting
    )
    assert contact.day == date(2026, 11, 18)
    assert contact.status == Status.COMPLETED
    assert contact.presences.get().is_youth


def test_whether_a_contact_was_with_the_youth_is_kept(
    youth: Youth, acting: dict[str, Any], at: datetime
) -> None:
    aunt = add_person(youth, name="Rosa", relation="aunt", **acting)

    def logged(kind: str, *present: Any) -> bool:
        made = actions.log_contact(
            youth, kind, happened_at=at, present=present, **acting
        )
        return Activity.objects.get(pk=made.pk).without_youth

    assert logged("contact_call", aunt)
    assert not logged("contact_call", aunt, youth)
    assert not logged("contact_call")
    assert not logged("family_visit", aunt)  # with the family in any case
    meeting = actions.plan(youth, "school_meeting", day=TODAY, starts_at=at, **acting)
    actions.complete(meeting, present=[aunt], **acting)
    assert not Activity.objects.get(pk=meeting.pk).without_youth
    call = actions.plan(youth, "contact_call", day=TODAY, starts_at=at, **acting)
    later = acting | {"at": at + timedelta(minutes=9)}
    actions.complete(call, present=[aunt], **later)
    assert Activity.objects.get(pk=call.pk).without_youth
    actions.reopen(call, **later)
    assert not Activity.objects.get(pk=call.pk).without_youth


def test_a_contact_after_now_is_refused(
    youth: Youth, acting: dict[str, Any], at: datetime
) -> None:
    with pytest.raises(Refused, match="cannot be after now"):
        actions.log_contact(
            youth, "contact_call", happened_at=at + timedelta(minutes=1), **acting
        )
    assert not Activity.objects.exists()


def test_a_kind_there_is_not_is_refused(youth: Youth, acting: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="choose what it is"):
        actions.plan(youth, "levitation", day=TODAY, **acting)


def test_the_evaluator_may_not(youth: Youth, become: Become, at: datetime) -> None:
    with pytest.raises(NotPermitted):
        actions.plan(youth, "task", by=become("evaluator"), at=at, day=TODAY)


def test_a_death_calls_off_what_is_booked_and_stops_what_could_be(
    youth: Youth, booked: Activity, acting: dict[str, Any], at: datetime
) -> None:
    actions.change_record(youth, youth.version, {"died_on": TODAY}, **acting)
    booked.refresh_from_db()
    assert booked.status == Status.CANCELED
    with pytest.raises(Refused, match="has died"):
        actions.plan(youth, "task", day=TODAY, **acting)


def test_each_is_written_in_the_log(
    youth: Youth, booked: Activity, acting: dict[str, Any]
) -> None:
    actions.complete(booked, **acting)
    with connections["default"].cursor() as cursor:
        cursor.execute("select event from access_log_of(%s, 9)", [youth.pk])
        events = [event for (event,) in cursor.fetchall()]
    assert events[:2] == ["activity.completed", "activity.planned"]
