"""Who can see, sharing and ending it, emergencies and their review."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.access import actions
from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.kernel.compartments import Compartment
from alongside.people.models import Youth
from tests import cast

Become = Callable[..., Actor]
Visit = Callable[[str], Client]


@pytest.fixture
def page(lived: Youth) -> str:
    """Who can see the youth's record."""
    return reverse("youth_access", args=[lived.ref])


def share_sent(**given: Any) -> dict[str, Any]:
    return {
        "holder": str(cast.agency().holder.pk),
        "parts": ["record"],
        "why": "choice",
        "purpose": "for advocacy",
        "signed_on": "2026-11-18",
        "until": "2026-12-19",
    } | given


def test_a_sharing_opens_the_record_says_so_and_ends(
    lived: Youth, visit: Visit, page: str
) -> None:
    record = reverse("youth", args=[lived.ref])
    client, advocate = visit("amara"), visit("advocate")
    assert advocate.get(record).status_code == 404
    share = reverse("youth_share", args=[lived.ref])
    assert client.post(share, share_sent()).status_code == 303
    shown = client.get(page).content.decode()
    for said in (
        "Harbor Light",
        "Quino’s choice",
        "for advocacy",
        "Dec",
        "Supports him",
    ):
        assert said in shown
    seen = advocate.get(record).content.decode()
    assert "You see the everyday record: Quino’s choice" in seen
    for kept in ("Who can see", "Changes", "Legal status", "Court"):
        assert kept not in seen
    end = client.get(page).content.decode().split("/access/")[-1].split("/")[0]
    ending = reverse("youth_share_end", args=[lived.ref, end])
    assert "End the sharing" in client.get(ending).content.decode()
    assert client.post(ending).status_code == 303
    assert advocate.get(record).status_code == 404
    assert "Harbor Light" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"parts": ["record", "legal"]}, "needs a signed release"),
        ({"parts": ["health"]}, "Choose one of the answers"),
        ({"until": "2026-11-01"}, "cannot be before today"),
        ({"until": "2029-01-01"}, "it can be renewed then"),
        ({"signed_on": "2026-11-20"}, "cannot be after today"),
        ({"holder": ""}, "Choose an answer"),
    ],
)
def test_what_cannot_be_shared_is_said(
    lived: Youth, visit: Visit, given: dict[str, Any], sentence: str
) -> None:
    share = reverse("youth_share", args=[lived.ref])
    answer = visit("amara").post(share, share_sent(**given))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_unit_that_supports_goes_on_seeing(
    lived: Youth, visit: Visit, become: Become
) -> None:
    become("amara")
    own = Grant.objects.filter(youth_id=lived.pk).first()
    assert own is not None
    end = reverse("youth_share_end", args=[lived.ref, own.ref])
    assert visit("amara").post(end).status_code == 404


def test_it_is_asked_as_of_another_day(lived: Youth, visit: Visit, page: str) -> None:
    shown = visit("amara").get(page, {"day": "2026-01-01"}).content.decode()
    assert "Nobody could open this record that day." in shown
    assert "This is how things stood on" in shown


def test_who_holds_a_part_by_name_is_named(
    lived: Youth, visit: Visit, page: str
) -> None:
    shown = visit("amara").get(page).content.decode()
    assert "Carol Bautista, Denise Whitlock, Helen Oyelaran" in shown


def test_who_opened_it_lately_is_told_once_a_day(
    lived: Youth, visit: Visit, page: str
) -> None:
    record = reverse("youth", args=[lived.ref])
    for _ in range(3):
        visit("colleague").get(record)
    shown = visit("amara").get(page).content.decode()
    assert shown.count("</b> opened the summary") == 1
    assert "Rosa Castellanos" in shown


def test_an_emergency_asks_why_and_says_nothing_before(
    lived: Youth, visit: Visit
) -> None:
    client, page = visit("outsider"), reverse("emergency", args=[lived.ref])
    asked = client.get(page).content.decode()
    assert "What is happening" in asked
    assert "Joaqu" not in asked
    assert client.post(page, {"reason": "Now"}).status_code == 422
    reason = "He called our line and asked for his officer’s number."
    assert client.post(page, {"reason": reason}).status_code == 303
    assert client.get(reverse("youth", args=[lived.ref])).status_code == 200
    assert visit("evaluator").get(page).status_code == 403


def test_an_emergency_is_read_by_somebody_else(
    lived: Youth, visit: Visit, become: Become, at: datetime
) -> None:
    reason = "He called our line and asked for help."
    actions.break_glass(lived.ref, reason, by=become("outsider"))
    page = reverse("emergencies")
    supervisor = visit("supervisor")
    shown = supervisor.get(page).content.decode()
    assert reason in shown
    assert "Tomas Ybarra" in shown
    opening = shown.split('name="opening" value="')[1].split('"')[0]
    assert supervisor.post(page, {"opening": opening}).status_code == 303
    assert "Nothing waits to be read." in supervisor.get(page).content.decode()
    assert visit("amara").get(page).status_code == 403


def test_a_sharing_that_ended_opens_nothing(
    lived: Youth, become: Become, at: datetime
) -> None:
    actions.share(
        lived.pk,
        cast.agency().holder,
        [Compartment.RECORD],
        because=Grant.Because.CHOICE,
        source="",
        until=at + timedelta(days=1),
        by=become("amara"),
    )
    become("advocate", at + timedelta(days=2))
    assert not Youth.objects.exists()


def test_an_emergency_opens_no_way_to_share(
    lived: Youth, visit: Visit, become: Become, page: str
) -> None:
    reason = "He called our line and asked for help."
    actions.break_glass(lived.ref, reason, by=become("outsider"))
    client, share = visit("outsider"), reverse("youth_share", args=[lived.ref])
    assert share not in client.get(page).content.decode()
    for answer in (client.get(share), client.post(share, share_sent(why="release"))):
        assert answer.status_code == 403
        assert "for the unit that keeps it to say" in answer.content.decode()
