"""Look-up across units, in pages: the searcher sees the same either way."""

import re
from collections.abc import Callable
from datetime import date, datetime

from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.cases.actions import open_case
from alongside.people.actions import add_identifier, open_youth
from tests.referrals.conftest import NAMES, Given, address

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

WHO = {"given_name": "Noor", "family_name": "Haidari", "birth_date": "2011-05-02"}


def test_the_searcher_gets_the_very_same_bytes_whether_somebody_knows_or_not(
    given: Given, visit: Visit, become: Become, at: datetime
) -> None:
    referral = given("received")
    outsider = become("outsider")
    theirs = open_youth(by=outsider, at=at, because=Grant.Because.ENROLMENT, **NAMES)
    open_case(theirs, by=outsider, at=at, day=at.date(), level="full")
    unknown = given("received", names={"birth_date": date(2012, 1, 1)})
    answers = []
    for one in (referral, unknown):
        client = visit("assessor")
        asked = client.post(address(one, "referral_look_up"))
        page = client.get(asked.headers["Location"])
        answers.append((asked, page))
    (known_asked, known_page), (asked, page) = answers
    assert known_asked.status_code == asked.status_code
    assert known_asked.content == asked.content
    assert _panel(known_page.content) == _panel(page.content)
    assert b"You see this sentence either way." in _panel(page.content)
    shown = visit("outsider").get(reverse("referrals_look_up")).content.decode()
    assert "Denise Whitlock of Bridge Unit asks." in shown
    assert shown.count("asks.") == 1


def test_a_unit_that_knows_chooses_to_be_contacted(
    given: Given, visit: Visit, become: Become, at: datetime
) -> None:
    outsider = become("outsider")
    theirs = open_youth(
        by=outsider, at=at, because=Grant.Because.ENROLMENT, given_name="Other"
    )
    add_identifier(theirs, "pdj", "PDJ 4711", by=outsider, at=at)
    open_case(theirs, by=outsider, at=at, day=at.date(), level="full")
    referral = given("received")
    add_identifier(referral.youth, "pdj", "pdj4711", by=become("assessor"), at=at)
    visit("assessor").post(address(referral, "referral_look_up"))
    queue = visit("outsider").get(reverse("referrals")).content.decode()
    assert "One question from another unit waits for yours." in queue
    record = visit("outsider").get(reverse("youth", args=[theirs.ref]))
    assert "Denise Whitlock of Bridge Unit asks whether" in record.content.decode()
    page = visit("outsider").get(reverse("referrals_look_up")).content.decode()
    found = re.search(r'action="(/referrals/look-up/[^"]+)"', page)
    assert found
    assert visit("amara").post(found[1], {"answer": "contact_us"}).status_code == 404
    assert visit("outsider").post(found[1], {"answer": "maybe"}).status_code == 409
    visit("outsider").post(found[1], {"answer": "contact_us"})
    again = visit("outsider").post(found[1], {"answer": "nothing_to_add"})
    assert again.status_code == 409
    assert "Tomas Ybarra said “Contact us” on Nov 19" in again.content.decode()
    shown = visit("assessor").get(address(referral)).content.decode()
    assert "asks you to contact Tomas Ybarra" in shown


def test_other_units_are_not_asked_about_nobody_in_particular(
    given: Given, visit: Visit
) -> None:
    referral = given("draft", names={"birth_date": None, "birth_precision": "unknown"})
    sentence = "Other units can be asked once a name and a birth date, or a number"
    shown = visit("amara").get(address(referral)).content.decode()
    assert sentence in shown
    assert 'aria-disabled="true"' in shown
    refused = visit("amara").post(address(referral, "referral_look_up"))
    assert refused.status_code == 409
    assert sentence in refused.content.decode()


def _panel(page: bytes) -> bytes:
    """The look-up's part of the page, without the tokens that are new each time."""
    part = page[page.index(b'id="look-up"') : page.index(b'aria-labelledby="log-h"')]
    return re.sub(rb'(value|action)="[^"]*"', b"", part)
