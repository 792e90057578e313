"""The pages of the MDT section, as each of the cast."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from alongside.meetings import actions
from alongside.meetings.models import Item
from tests.meetings.conftest import Become, NewSession, NewYouth

Visit = Callable[[str], Client]


@pytest.fixture
def item(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> Item:
    """Joaquín has a place in today's session."""
    session = new_session(0)
    youth = new_youth()
    return actions.book(youth, "mdt_ongoing", session, by=become("coordinator"), at=at)


def addresses(item: Item) -> dict[str, str]:
    """Every page that can be opened about one item and its session."""
    assert item.meeting is not None
    of_session = ("mdt_meeting", "mdt_change", "mdt_agendas", "mdt_session_paper")
    of_item = ("mdt_item", "mdt_move", "mdt_off", "mdt_item_paper")
    return {
        **{name: reverse(name) for name in ("mdt", "mdt_waiting", "mdt_minutes")},
        **{name: reverse(name) for name in ("mdt_plan", "mdt_book", "mdt_agencies")},
        **{name: reverse(name, args=[item.meeting.ref]) for name in of_session},
        **{name: reverse(name, args=[item.ref]) for name in of_item},
        "mdt_agenda_own": reverse("mdt_agenda_own", args=[item.meeting.ref]),
        "book for": f"{reverse('mdt_book')}?youth={item.youth.ref}",
        "family for": f"{reverse('mdt_family')}?youth={item.youth.ref}",
        "found": f"{reverse('mdt')}?q=ramos",
    }


def test_every_page_opens_for_the_people_of_the_unit(item: Item, visit: Visit) -> None:
    amara = visit("amara")
    answers = {
        name: amara.get(url).status_code for name, url in addresses(item).items()
    }
    assert set(answers.values()) == {200}, answers


def test_the_month_shows_who_is_booked(item: Item, visit: Visit) -> None:
    shown = visit("coordinator").get(reverse("mdt")).content.decode()
    assert "November 2026" in shown
    assert "Joaquín Ramos" in shown
    assert "1 of 10" in shown
    assert "Thanksgiving" in shown
