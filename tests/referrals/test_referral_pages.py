"""The page of a referral: who sees it, who may act, and at what cost."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from alongside.access.actor import Actor
from alongside.activities.actions import log_contact
from alongside.referrals import actions
from alongside.referrals.rules import Decision
from tests.queries import assert_constant_queries
from tests.referrals.conftest import Given, address

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

WHO = {"given_name": "Noor", "family_name": "Haidari", "birth_date": "2011-05-02"}


PAGES = (
    *("referral", "referral_draft", "referral_give", "referral_answers"),
    *("referral_assess", "referral_send"),
)
ACTS = (
    *("referral_take", "referral_decide", "referral_look_up", "referral_step"),
    *("referral_decline", "referral_merge", "referral_set_aside", "referral_give"),
)


@pytest.mark.parametrize("route", PAGES)
def test_a_page_of_a_referral_is_not_there_for_another_unit(
    given: Given, visit: Visit, route: str
) -> None:
    referral = given("decided")
    assert visit("outsider").get(address(referral, route)).status_code == 404
    assert visit("evaluator").get(address(referral, route)).status_code == 403
    expected = 302 if route == "referral_draft" else 200
    answer = visit("colleague").get(address(referral, route))
    assert answer.status_code in {expected, 303}


@pytest.mark.parametrize("route", ACTS)
def test_nothing_is_done_to_it_by_others(
    given: Given, visit: Visit, route: str
) -> None:
    referral = given("sent")
    assert visit("outsider").post(address(referral, route)).status_code == 404
    assert visit("administrator").post(address(referral, route)).status_code == 403


def test_an_agency_does_not_open_what_is_the_units_alone(
    given: Given, visit: Visit
) -> None:
    referral = given("sent")
    client = visit("advocate")
    assert client.get(address(referral, "referral_answers")).status_code == 404
    for route in ("referral_draft", "referral_give", "referral_assess"):
        assert client.get(address(referral, route)).status_code == 403


@pytest.mark.slow
def test_the_page_of_a_referral_costs_the_same_whatever_it_holds(
    given: Given, visit: Visit, become: Become, at: datetime
) -> None:
    referral = given("assessed")
    client = visit("amara")

    def grow(count: int) -> None:
        amara = become("amara")
        for _ in range(count):
            actions.save_draft(
                referral, referral.version, {"note": "More"}, by=amara, at=at
            )
            log_contact(
                referral.youth,
                "contact_in_person",
                by=amara,
                at=at,
                happened_at=at - timedelta(hours=1),
            )

    assert_constant_queries(grow, lambda: client.get(address(referral)), ceiling=30)


@pytest.mark.parametrize("decision", [Decision.TRACKING])
def test_a_name_of_any_kind_is_shown_as_it_is_written(
    given: Given, visit: Visit, decision: Decision
) -> None:
    odd = "<b>O’Neal</b> \u202eTh\u1ea3o\N{SMILING FACE WITH OPEN MOUTH} =1+1"
    referral = given("assessed", names={"given_name": odd, "family_name": ""})
    shown = visit("amara").get(address(referral)).content.decode()
    assert "&lt;b&gt;O’Neal&lt;/b&gt;" in shown
    assert "\u202eThảo\N{SMILING FACE WITH OPEN MOUTH} =1+1" in shown
    assert decision.label in shown
