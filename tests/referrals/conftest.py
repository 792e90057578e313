"""Referrals in each state, reached as a unit reaches them."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.cases.referral_decisions import decide
from alongside.forms.reading import latest_version
from alongside.people.models import Youth
from alongside.referrals import actions
from alongside.referrals.assessing import FORM, sign_assessment
from alongside.referrals.hand_off import send
from alongside.referrals.models import Referral
from alongside.referrals.rules import Decision
from tests import cast

Become = Callable[..., Actor]
Given = Callable[..., Referral]

NAMES: dict[str, Any] = {
    "given_name": "Noor",
    "family_name": "Haidari",
    "birth_date": date(2011, 5, 2),
    "birth_precision": "day",
}
ANSWERS: dict[str, Any] = {
    "wish": "I’d talk to someone if they don’t call my mom first.",
    "would_like": "One person she can text",
    "talks": "two talks at school and one with her mother",
    "goes_well": "Drawing, her aunt Parwin",
    "help_areas": ["school", "sleep", "rides"],
    "told": "yes",
}


def address(referral: Referral, route: str = "referral") -> str:
    """One of its pages."""
    return reverse(route, args=[referral.ref])


def logged(youth: Youth) -> Counter[str]:
    """What the log says was done about a youth, and how often."""
    with connection.cursor() as cursor:
        cursor.execute("select event from access_log_of(%s, 100)", [youth.pk])
        return Counter(event for (event,) in cursor.fetchall())


@pytest.fixture
def given(become: Become, at: datetime) -> Given:
    """``given("assessed")``: a referral of the Bridge Unit that far along."""

    def make(stage: str = "draft", **more: Any) -> Referral:
        actor = become(more.pop("by", "assessor"))
        referral = actions.start(
            by=actor,
            at=at - timedelta(days=10),
            names=NAMES | more.pop("names", {}),
            route="hotline",
            reported_at=at - timedelta(days=12),
            received_at=at - timedelta(days=9),
        )
        for name in STAGES[1 : STAGES.index(stage) + 1]:
            _next(referral, name, actor, at, **more)
        return referral

    return make


STAGES = ("draft", "received", "assessed", "decided", "sent")


def _next(referral: Referral, stage: str, by: Actor, at: datetime, **more: Any) -> None:
    match stage:
        case "received":
            actions.receive(referral, by=by, at=at - timedelta(days=9))
        case "assessed":
            sign_assessment(
                referral,
                latest_version(FORM, by.unit_id),
                ANSWERS,
                by=by,
                at=at - timedelta(days=3),
                recommendation=Decision.FULL,
                note="with an officer who can meet her at school",
            )
        case "decided":
            decision = more.get("decision", Decision.ADVOCACY)
            decide(referral, decision, by=by, at=at, note="The team agrees.")
        case "sent":
            send(
                referral,
                cast.agency(),
                by=by,
                at=at,
                because=Grant.Because.CHOICE,
                source="Noor chose it on Nov 19",
                until=at + timedelta(days=90),
                note="She would like to be texted first.",
            )


@pytest.fixture
def south_serves_victims(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Field Services South belongs to an agency that serves victims, for one test.

    Only an installation's owner can say so, in a transaction of its own. Ask for it
    first: it waits for the test's own transaction to end.
    """
    move = (
        "update access_unit set agency_id ="
        " (select id from access_agency where name = %s) where name = %s"
    )
    owner = connections["owner"]
    with (
        django_db_blocker.unblock(),
        closing(owner.get_new_connection(owner.get_connection_params())) as as_owner,
    ):
        as_owner.autocommit = True
        as_owner.execute(move, [cast.HARBOR, cast.SOUTH])
        yield
        as_owner.execute(move, [cast.PROBATION, cast.SOUTH])
