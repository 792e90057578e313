"""Handing a referral off to a partner agency, in pages."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from alongside.access.actions import share
from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.cases.referral_decisions import decide
from alongside.kernel.compartments import Compartment
from alongside.people.actions import open_youth
from alongside.people.models import Youth
from alongside.referrals.actions import receive, start
from alongside.referrals.models import Referral
from alongside.referrals.rules import Decision, Stage, Step
from tests import cast
from tests.referrals.conftest import NAMES, Given, address

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

WHO = {"given_name": "Noor", "family_name": "Haidari", "birth_date": "2011-05-02"}


def test_it_is_sent_with_the_young_persons_choice_and_answered_step_by_step(
    given: Given, visit: Visit, become: Become, at: datetime
) -> None:
    referral = given("decided")
    assert visit("advocate").get(address(referral)).status_code == 404
    url = address(referral, "referral_send")
    form = {
        "agency": cast.agency().pk,
        "because": "choice",
        "source": "She chose it on Nov 19",
        "until": "2027-02-17",
        "note": "Text first.",
    }
    missing = visit("amara").post(url, form | {"source": ""})
    assert missing.status_code == 422
    assert "Fill in “When and how, in a line”." in missing.content.decode()
    visit("amara").post(url, form)
    advocate = visit("advocate")
    page = advocate.get(address(referral)).content.decode()
    assert "Text first." in page
    assert "I’d talk to someone" not in page  # the assessment stays with the unit
    for step in list(Step)[5:]:
        sent: dict[str, Any] = {"step": step.value, "when": "2026-11-19T09:48"}
        if step is Step.ASSIGNED:
            sent["advocate"] = cast.user("advocate").pk
        advocate.post(address(referral, "referral_step"), sent)
    become("amara")
    referral.refresh_from_db()
    assert (referral.stage, referral.advocate) == (Stage.CLOSED, cast.user("advocate"))
    shown = visit("amara").get(address(referral)).content.decode()
    assert "assigned to first contact" in shown


SEND = {
    "because": "choice",
    "source": "She chose it on Nov 19",
    "until": "2027-02-17",
}
ONLY_ITS_UNIT = "Only the unit that keeps this record can hand it over; ask there."


def _shared_with(unit: str, youth: Youth, by: Actor) -> None:
    share(
        youth.pk,
        cast.unit(unit).holder,
        [Compartment.RECORD],
        because=Grant.Because.CHOICE,
        source="Her choice",
        until=None,
        by=by,
    )


def test_a_unit_that_only_sees_a_referral_is_told_who_sends_it(
    given: Given, visit: Visit, become: Become
) -> None:
    referral = given("decided")
    url = address(referral, "referral_send")
    assert visit("outsider").get(url).status_code == 404
    _shared_with(cast.SOUTH, referral.youth, become("amara"))
    sent = SEND | {"agency": cast.agency().pk}
    shown, told = visit("outsider").get(url), visit("outsider").post(url, sent)
    assert (shown.status_code, told.status_code) == (200, 409)
    for answer in (shown, told):
        assert ONLY_ITS_UNIT in answer.content.decode()
    become("advocate")
    assert not Referral.objects.exists()


def test_nor_does_a_unit_send_on_whom_it_only_sees(
    become: Become, visit: Visit, at: datetime
) -> None:
    outsider = become("outsider")
    noor = open_youth(by=outsider, at=at, because=Grant.Because.ENROLMENT, **NAMES)
    _shared_with(cast.BRIDGE, noor, outsider)
    by = become("supervisor")
    referral = start(by=by, at=at, youth=noor, route="hotline")
    receive(referral, by=by, at=at)
    decide(referral, Decision.ADVOCACY, by=by, at=at, note="The team agrees.")
    page = visit("supervisor").get(address(referral)).content.decode()
    assert ONLY_ITS_UNIT in page
    url = address(referral, "referral_send")
    assert url not in page
    told = visit("supervisor").post(url, SEND | {"agency": cast.agency().pk})
    assert told.status_code == 409
    assert ONLY_ITS_UNIT in told.content.decode()


def test_a_step_out_of_turn_or_in_the_future_is_refused_on_the_page(
    given: Given, visit: Visit
) -> None:
    referral = given("sent")
    url = address(referral, "referral_step")
    future = visit("advocate").post(
        url, {"step": "agency_received_at", "when": "2026-11-21T09:00"}
    )
    assert future.status_code == 422
    assert "cannot be in the future" in future.content.decode()
    skipped = visit("advocate").post(
        url, {"step": "first_contact_at", "when": "2026-11-19T09:48"}
    )
    assert "The next step is “Received there”." in skipped.content.decode()


def test_an_agency_gives_back_what_it_cannot_take_on(
    given: Given, visit: Visit, become: Become
) -> None:
    referral = given("sent")
    answer = visit("advocate").post(
        address(referral, "referral_decline"), {"decline-note": "No one speaks Dari."}
    )
    assert answer.headers["Location"] == reverse("referrals")
    become("amara")
    referral.refresh_from_db()
    assert referral.stage == Stage.DECIDED
