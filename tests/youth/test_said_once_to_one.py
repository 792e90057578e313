"""What a page has just said about somebody is for who did it, and for nobody after."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from alongside.people.models import Youth
from tests import cast

Visit = Callable[[str], Client]


def _plan_something(client: Client, youth: Youth) -> None:
    """Something that the next page tells, and that page is not opened."""
    form = {"kind": "contact_in_person", "day": "2026-12-03", "time": "15:00"}
    page = reverse("activity_plan", args=[youth.ref])
    answer = client.post(page, form)
    assert answer.status_code == 303, answer.text


def test_what_was_said_leaves_with_who_signs_out(visit: Visit, youth: Youth) -> None:
    amara = visit("amara")
    _plan_something(amara, youth)
    amara.post(reverse("account_logout"))
    assert "It is on the calendar" not in amara.get(reverse("account_login")).text


def test_what_was_said_is_not_in_a_cookie(visit: Visit, youth: Youth) -> None:
    amara = visit("amara")
    _plan_something(amara, youth)
    assert set(amara.cookies) <= {"sessionid", "csrftoken"}


def test_the_lock_says_nothing_that_was_said_before_it(
    visit: Visit, youth: Youth
) -> None:
    amara = visit("amara")
    _plan_something(amara, youth)
    assert "It is on the calendar" not in amara.post(reverse("lock")).text
    assert "It is on the calendar" not in amara.get("/no-such-page/").text
    amara.post(reverse("lock"), {"password": cast.PASSWORD})
    assert "It is on the calendar" in amara.get(reverse("today")).text
