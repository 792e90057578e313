"""Something is planned, and somebody says how it went."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.activities.actions import complete
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.people.models import Youth
from tests import cast

Become = Callable[..., Actor]
Visit = Callable[[str], Client]


@pytest.fixture
def meeting(lived: Youth) -> Activity:
    """The school meeting of this morning."""
    return Activity.objects.get(kind="school_meeting")


def settle(client: Client, meeting: Activity, **sent: Any) -> Any:
    given = {"who": "youth", "version": meeting.version, "note": ""} | sent
    return client.post(reverse("activity_settle", args=[meeting.ref]), given)


def history(activity: Any) -> Any:
    """Every version of it; the type checker knows of none."""
    return activity.events.order_by("pgh_id")


def test_it_is_put_on_the_calendar_for_the_officer(lived: Youth, visit: Visit) -> None:
    sent = {"kind": "court_hearing", "day": "2027-01-12", "time": "08:30", "until": ""}
    page = reverse("activity_plan", args=[lived.ref])
    assert visit("colleague").post(page, sent).status_code == 303
    made = Activity.objects.get(kind="court_hearing")
    assert made.day == date(2027, 1, 12)
    assert made.starts_at == datetime(2027, 1, 12, 16, 30, tzinfo=UTC)
    assert made.officer == cast.user("amara")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"day": "2026-11-18"}, "cannot be before today"),
        ({"time": "10:00", "until": "09:00"}, "cannot be before the beginning"),
        ({"until": "09:00"}, "Choose when it begins"),
        ({"kind": ""}, "Choose an answer"),
        ({"kind": "health_visit"}, "Choose one of the answers"),
    ],
)
def test_what_cannot_be_planned_is_said(
    lived: Youth, visit: Visit, sent: dict[str, str], sentence: str
) -> None:
    page = reverse("activity_plan", args=[lived.ref])
    answer = visit("amara").post(page, {"kind": "task", "day": "2026-12-01"} | sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_it_took_place(meeting: Activity, visit: Visit) -> None:
    answer = settle(visit("colleague"), meeting, how="completed", note="Went well.")
    assert answer.status_code == 303
    meeting.refresh_from_db()
    assert (meeting.status, meeting.note) == (Status.COMPLETED, "Went well.")


def test_it_did_not_happen_needs_a_reason(meeting: Activity, visit: Visit) -> None:
    client = visit("amara")
    answer = settle(client, meeting, how="missed", note="He texted before.")
    assert answer.status_code == 422
    assert "Choose why." in answer.content.decode()
    assert "He texted before." in answer.content.decode()
    assert settle(client, meeting, how="missed", reason="transport").status_code == 303
    meeting.refresh_from_db()
    assert (meeting.status, meeting.reason) == (Status.MISSED, "transport")


def test_it_moves(meeting: Activity, visit: Visit) -> None:
    client = visit("amara")
    assert settle(client, meeting, how="moved", day="2026-11-01").status_code == 422
    sent = {"how": "moved", "day": "2026-12-01", "time": "09:00"}
    assert settle(client, meeting, **sent).status_code == 303
    meeting.refresh_from_db()
    assert (meeting.day, meeting.status) == (date(2026, 12, 1), Status.SCHEDULED)


def test_the_second_of_two_sees_how_it_stands_and_keeps_what_was_typed(
    meeting: Activity, visit: Visit, become: Become, at: datetime
) -> None:
    read = meeting.version
    complete(meeting, by=become("amara"), at=at, note="Amara was there.")
    sent = {"version": read, "how": "completed", "note": "Mine."}
    answer = settle(visit("colleague"), meeting, **sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Amara was there." in text
    assert "Mine." in text


def test_a_note_is_corrected_and_its_history_keeps_the_old(
    meeting: Activity, visit: Visit, become: Become, at: datetime
) -> None:
    complete(meeting, by=become("amara"), at=at, note="At ten.")
    answer = settle(visit("colleague"), meeting, how="noted", note="At eleven.")
    assert answer.status_code == 303
    meeting.refresh_from_db()
    assert (meeting.note, meeting.status) == ("At eleven.", Status.COMPLETED)
    assert "At ten." in {event.note for event in history(meeting)}


def test_an_outsider_finds_nothing(meeting: Activity, visit: Visit) -> None:
    page = reverse("activity_settle", args=[meeting.ref])
    assert visit("outsider").get(page).status_code == 404
    assert settle(visit("outsider"), meeting, how="completed").status_code == 404
    assert visit("evaluator").get(page).status_code == 403
