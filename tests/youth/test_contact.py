"""Logging a contact: two taps, any day, once, and never after now."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.activities.models import Activity
from alongside.people.models import Person, Youth

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

NOW = {"kind": "contact_in_person", "when": "now", "who": "youth", "note": ""}


@pytest.fixture
def page(lived: Youth) -> str:
    """Where a contact with the youth is logged."""
    return reverse("contact_log", args=[lived.ref])


def newest(become: Become) -> Activity:
    become("amara")
    return Activity.objects.order_by("-pk")[0]


def test_what_is_filled_in_is_enough(
    lived: Youth, visit: Visit, page: str, become: Become
) -> None:
    client = visit("colleague")
    shown = client.get(page).content.decode()
    for chosen in ('value="contact_in_person"', 'value="now"', 'value="youth"'):
        assert "checked" in shown.split(chosen)[1].split(">")[0]
    assert client.post(page, NOW).status_code == 303
    contact = newest(become)
    assert (contact.kind_id, contact.day) == ("contact_in_person", date(2026, 11, 19))
    assert contact.presences.get().is_youth


def test_another_day_with_other_people(
    lived: Youth, visit: Visit, page: str, become: Become
) -> None:
    uncle = Person.objects.get(name="Rafael Ramos")
    sent = NOW | {
        "kind": "contact_video",
        "when": "other",
        "day": "2026-11-14",
        "time": "16:05",
        "who": ["youth", str(uncle.ref)],
        "somebody": "His cousin",
    }
    assert visit("amara").post(page, sent).status_code == 303
    contact = newest(become)
    assert contact.day == date(2026, 11, 14)
    assert {one.name for one in contact.presences.all()} == {
        "Quino",
        "Rafael Ramos",
        "His cousin",
    }


def test_a_double_click_makes_one_row(lived: Youth, visit: Visit, page: str) -> None:
    client, before = visit("amara"), Activity.objects.count()
    sent = NOW | {"form_token": str(uuid4())}
    answers = [client.post(page, sent), client.post(page, sent)]
    assert [one.status_code for one in answers] == [303, 303]
    assert Activity.objects.count() == before + 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"when": "other", "day": "2026-11-20"}, "cannot be after now"),
        ({"when": "other", "day": ""}, "Choose the day"),
        ({"when": "today", "time": ""}, "Choose the time"),
        ({"when": "today", "time": "23:00"}, "cannot be after now"),
        ({"who": []}, "Choose who was there"),
        ({"kind": "levitation"}, "Choose one of the answers"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    lived: Youth, visit: Visit, page: str, sent: dict[str, Any], sentence: str
) -> None:
    client, before = visit("amara"), Activity.objects.count()
    answer = client.post(page, NOW | {"note": "He said “fine”."} | sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "He said “fine”." in answer.content.decode()
    assert Activity.objects.count() == before


def test_then_the_next_is_planned(lived: Youth, visit: Visit, page: str) -> None:
    answer = visit("amara").post(page, NOW | {"then": "plan"})
    assert answer.headers["Location"] == reverse("activity_plan", args=[lived.ref])


def test_an_outsider_cannot(lived: Youth, visit: Visit, page: str) -> None:
    assert visit("outsider").post(page, NOW).status_code == 404
    assert visit("evaluator").post(page, NOW).status_code == 403


def test_with_whom_it_was_begins_with_ones_own(lived: Youth, visit: Visit) -> None:
    start = reverse("contact_start")
    assert "Joaquín Ramos" in visit("amara").get(start).content.decode()
    colleague = visit("colleague")
    assert "Joaquín Ramos" not in colleague.get(start).content.decode()
    assert "Joaquín Ramos" in colleague.get(start, {"q": "ramo"}).content.decode()
    outsider = visit("outsider").get(start, {"q": "ramos"})
    assert "Joaquín" not in outsider.content.decode()
