"""Handing over and closing, on their pages: it works, it validates, others cannot."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from alongside.access.actor import Actor
from alongside.cases.actions import assign, offer_hand_over
from alongside.cases.models import Assignment, Case, HandOver
from alongside.people.models import Youth
from tests import cast
from tests.caseload.team import AT, TODAY, ago, booked, young_person
from tests.today.test_today_page import text_of, words

Become = Callable[..., Actor]
Visit = Callable[[str], Client]
URL = "/caseload/hand-over/"


@pytest.fixture
def two(become: Become) -> list[Youth]:
    """Two young people Amara carries."""
    by = become("amara")
    return [young_person(by, "Dulce", "Serrano"), young_person(by, "Tevita", "")]


def _asked(youth: list[Youth], **fields: object) -> dict[str, object]:
    return {
        "youth": [str(one.ref) for one in youth],
        "to": str(cast.user("colleague").ref),
        "from_day": (TODAY + timedelta(days=12)).isoformat(),
        "reason": "Long leave. “She knows them both.”",
        **fields,
    }


def test_a_whole_caseload_is_offered_at_once(two: list[Youth], visit: Visit) -> None:
    client = visit("amara")
    page = text_of(client, f"{URL}?officer={cast.user('amara').ref}")
    assert "Dulce Serrano, 16, carried by Amara Okafor" in page
    assert client.post(URL, _asked(two)).status_code == 303
    assert HandOver.objects.filter(accepted=None).count() == 2
    assert "Long leave." in text_of(visit("colleague"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": " "}, "Fill in “Why”."),
        ({"to": ""}, "Choose an answer to “To”."),
        ({"from_day": ago(2).isoformat()}, "A hand-over begins today, Nov 19, 2026"),
    ],
)
def test_what_was_typed_stays_when_something_is_missing(
    two: list[Youth], visit: Visit, fields: dict[str, str], sentence: str
) -> None:
    given = _asked(two, **fields)
    answer = visit("amara").post(URL, given)
    assert answer.status_code in {409, 422}
    page = words(answer.content)
    assert sentence in page
    assert ("Long leave." in page) is ("reason" not in fields)
    assert not HandOver.objects.exists()


def test_whoever_offers_second_reads_who_was_first_and_keeps_their_words(
    two: list[Youth], visit: Visit
) -> None:
    visit("amara").post(URL, _asked(two[:1]))
    answer = visit("supervisor").post(URL, _asked(two, reason="She lives near."))
    assert answer.status_code == 409
    page = words(answer.content)
    assert "waits for an answer already: Amara Okafor asked Rosa Castellanos" in page
    assert "She lives near." in page
    assert HandOver.objects.count() == 1


def test_another_units_young_people_cannot_be_named(
    two: list[Youth], visit: Visit
) -> None:
    answer = visit("outsider").post(URL, _asked(two))
    assert answer.status_code == 422
    assert not HandOver.objects.exists()


def test_the_answer_page_keeps_continuity_in_sight(
    two: list[Youth], become: Become, visit: Visit
) -> None:
    by = become("supervisor")
    dulce = two[0]
    assign(dulce, cast.user("colleague"), by=by, at=AT, day=ago(30), reason="Leave.")
    (offer,) = offer_hand_over(
        [dulce], cast.user("coordinator"), by=by, at=AT, from_day=TODAY, reason="Near."
    )
    page = text_of(visit("coordinator"), f"/hand-over/{offer.ref}/")
    assert "Rosa Castellanos Oct 20 until now" in page
    assert "Amara Okafor May 3 to Oct 19 , 5 months" in page
    visit("coordinator").post(f"/hand-over/{offer.ref}/", {"answer": "yes"})
    carried = Assignment.objects.filter(youth=dulce).as_of(TODAY).get()
    assert carried.officer == cast.user("coordinator")


def test_a_bystander_reads_why_not_and_cannot_answer(
    two: list[Youth], become: Become, visit: Visit
) -> None:
    (offer,) = offer_hand_over(
        [two[0]],
        cast.user("colleague"),
        by=become("amara"),
        at=AT,
        from_day=TODAY,
        reason="Near.",
    )
    url = f"/hand-over/{offer.ref}/"
    client = visit("coordinator")
    assert "Rosa Castellanos or a supervisor answers." in text_of(client, url)
    assert client.post(url, {"answer": "yes"}).status_code == 409
    assert visit("outsider").get(url).status_code == 404
    assert visit("advocate").get(url).status_code == 403


def test_closing_ends_support_and_every_reminder(
    two: list[Youth], become: Become, visit: Visit
) -> None:
    booked(two[0], "school_meeting", 3, by=become("amara"))
    client, url = visit("amara"), f"/youth/{two[0].ref}/close/"
    answer = client.post(url, {"reason": "", "day": TODAY.isoformat()})
    assert answer.status_code == 422
    late = (TODAY + timedelta(days=1)).isoformat()
    answer = client.post(url, {"reason": "moved", "day": late})
    assert "It cannot end after today" in words(answer.content)
    day = TODAY.isoformat()
    assert client.post(url, {"reason": "moved", "day": day}).status_code == 303
    assert Case.objects.get(youth=two[0]).closed_on == TODAY
    assert "Dulce" not in text_of(client)
    assert "This was closed on Nov 19, 2026 already" in text_of(client, url)


def test_another_unit_cannot_close(two: list[Youth], visit: Visit) -> None:
    url = f"/youth/{two[0].ref}/close/"
    assert visit("outsider").get(url).status_code == 404
    assert visit("advocate").get(url).status_code == 403
