"""The lists of referrals: what each shows, to whom, and at what cost."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.cases.referral_decisions import decide
from alongside.referrals.hand_off import answer_step
from alongside.referrals.models import Referral
from alongside.referrals.rules import AT_THE_AGENCY, Decision, Step
from tests import cast
from tests.queries import assert_constant_queries
from tests.referrals.conftest import Given

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

LISTS = (
    "referrals",
    "referrals_decided",
    "referrals_earlier",
    "referrals_look_up",
)


def seen(client: Client, route: str, query: str = "") -> str:
    """What a list shows."""
    answer = client.get(reverse(route) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_queue_groups_by_what_comes_next(given: Given, visit: Visit) -> None:
    for stage in ("draft", "received", "assessed", "decided", "sent"):
        given(stage, names={"given_name": stage.capitalize()})
    shown = seen(visit("amara"), "referrals")
    places = [
        shown.index(words)
        for words in (
            "A decision is next",
            "Assessed Haidari",
            "An assessment is next",
            "Received Haidari",
            "A hand-off is next",
            "Decided Haidari",
            "Drafts",
            "Draft Haidari",
        )
    ]
    assert places == sorted(places)
    assert "Five young people are in the queue." in shown
    assert "One can be sent on" not in shown  # within a sentence it is small
    assert "one can be sent on" in shown
    assert "not yet received there" in shown


def test_an_empty_queue_says_what_belongs_there(visit: Visit) -> None:
    shown = seen(visit("amara"), "referrals")
    assert "No referral waits for anybody." in shown
    assert reverse("referral_new") in shown


def test_another_unit_sees_none_of_it(given: Given, visit: Visit) -> None:
    given("assessed")
    given("decided", names={"given_name": "Salma"})
    for route in LISTS:
        assert "Haidari" not in seen(visit("outsider"), route)


def test_an_agency_sees_what_was_sent_to_it(given: Given, visit: Visit) -> None:
    given("sent")
    given("decided", names={"given_name": "Salma"})
    shown = seen(visit("advocate"), "referrals")
    assert "Noor Haidari" in shown
    assert "Salma" not in shown
    assert "Hotline" not in shown  # which way it came stays with the unit
    assert visit("advocate").get(reverse("referral_new")).status_code == 403
    assert visit("advocate").get(reverse("referrals_look_up")).status_code == 403


def test_an_agency_does_not_read_why_the_unit_decided(
    given: Given, visit: Visit, become: Become, at: datetime
) -> None:
    referral = given("sent")
    for step in AT_THE_AGENCY:
        who = cast.user("advocate") if step is Step.ASSIGNED else None
        answer_step(referral, step, at, by=become("colleague"), at=at, advocate=who)
    shown = seen(visit("advocate"), "referrals_decided")
    assert "Noor Haidari" in shown
    assert "The team agrees." not in shown
    assert "Hotline" not in shown
    assert "The team agrees." in seen(visit("amara"), "referrals_decided")


@pytest.mark.parametrize("who", ["evaluator", "administrator"])
@pytest.mark.parametrize("route", [*LISTS, "referral_new"])
def test_roles_without_referrals_are_told_so(
    visit: Visit, who: str, route: str
) -> None:
    assert visit(who).get(reverse(route)).status_code == 403


def test_decisions_stay_findable_with_their_reason(
    given: Given, become: Become, visit: Visit, at: datetime
) -> None:
    refused = given("assessed")
    decide(
        refused,
        Decision.NOT_ACCEPTED,
        by=become("supervisor"),
        at=at,
        note="Field Services South supports her.",
    )
    given("decided", names={"given_name": "Salma"}, decision=Decision.FULL)
    everything = seen(visit("amara"), "referrals_decided")
    assert "Field Services South supports her." in everything
    assert "Salma" in everything
    only = seen(visit("amara"), "referrals_decided", "?decision=not_accepted")
    assert "Noor" in only
    assert "Salma" not in only
    none = seen(visit("amara"), "referrals_decided", "?decision=tracking")
    assert "No referral was decided like that." in none


def test_earlier_assessments_are_found_by_name(given: Given, visit: Visit) -> None:
    given("assessed")
    given("received", names={"given_name": "Salma"})
    shown = seen(visit("amara"), "referrals_earlier", "?q=noor")
    assert "Noor Haidari" in shown
    assert "Salma" not in seen(visit("amara"), "referrals_earlier")
    odd = seen(visit("amara"), "referrals_earlier", "?q=%27%3B+%00%F0%9F%98%80")
    assert "No assessment is about anybody" in odd


@pytest.mark.slow
@pytest.mark.parametrize("route", LISTS)
@pytest.mark.parametrize("who", ["amara", "supervisor"])
def test_a_list_costs_the_same_however_long_it_is(
    given: Given, visit: Visit, route: str, who: str
) -> None:
    stages = ("sent", "assessed", "received", "draft")

    def grow(count: int) -> None:
        for number in range(count):
            given(stages[number % len(stages)])

    client = visit(who)
    assert_constant_queries(grow, lambda: seen(client, route), ceiling=25)


def test_the_longest_wait_stands_first(
    given: Given, visit: Visit, at: datetime
) -> None:
    early = given("received")
    late = given("received", names={"given_name": "Late"})
    Referral.objects.filter(pk=late.pk).update(received_at=at - timedelta(hours=3))
    Referral.objects.filter(pk=early.pk).update(received_at=at - timedelta(days=20))
    shown = seen(visit("amara"), "referrals")
    assert shown.index("Noor") < shown.index("Late")
    assert "20 days" in shown
    assert "3 hours" in shown
    assert cast.unit().name in shown
