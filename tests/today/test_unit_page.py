"""The unit's day: where a hand is needed, the team, and where young people are."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.cases.actions import offer_hand_over
from alongside.people.actions import change_fact, open_youth
from alongside.people.models import Stay, Youth
from alongside.referrals.models import Referral
from alongside.staff.actions import set_cover
from tests import cast
from tests.caseload.team import (
    AT,
    TODAY,
    booked,
    held,
    with_policies,
    young_person,
)
from tests.html_tables import table_rows
from tests.queries import assert_constant_queries
from tests.today.test_today_page import text_of

Become = Callable[..., Actor]
Visit = Callable[[str], Client]
URL = "/today/unit/"


@pytest.fixture
def team(become: Become) -> Actor:
    """Three young people; one review was due, one has no officer."""
    with_policies(become)
    by = become("amara")
    dulce = young_person(by, "Dulce", "Serrano")
    held(dulce, "mdt_ongoing", 92, by=by)
    young_person(by, "Vy", "Phan", officer=None, opened=5)
    malik = young_person(by, "Malik", "Greene", officer="colleague", opened=5)
    change_fact(Stay, malik, TODAY, by=by, at=AT, kind="camp")
    booked(malik, "court_hearing", 0, by=by, hour=21, officer="colleague")
    return by


def test_where_a_hand_is_needed(team: Actor, visit: Visit) -> None:
    page = text_of(visit("supervisor"), URL)
    assert "3 young people" in page
    assert "Was due Tue, Nov 17 Dulce Serrano : 90-day review" in page
    assert "Vy Phan : an officer to be chosen" in page


def test_a_referral_nobody_has_taken(team: Actor, become: Become, visit: Visit) -> None:
    by = become("amara")
    kenji = open_youth(by=by, at=AT, because=Grant.Because.REFERRAL, given_name="Kenji")
    Referral.objects.create(
        youth=kenji,
        unit=cast.unit(),
        stage="received",
        received_at=AT - timedelta(days=2),
        started_by=cast.user("amara"),
        started_at=AT,
    )
    page = text_of(visit("supervisor"), URL)
    assert "Kenji : referral nobody has taken" in page
    assert "Received Tue, Nov 17, not yet assessed: 2 days so far." in page


def test_the_team_in_order_of_name_with_what_each_carries(
    team: Actor, become: Become, visit: Visit
) -> None:
    set_cover(
        cast.user("amara"),
        cast.user("colleague"),
        by=become("supervisor"),
        at=AT,
        first_day=TODAY,
        last_day=TODAY + timedelta(days=1),
    )
    content = visit("supervisor").get(URL).content.decode()
    rows = {row[0]: row for row in table_rows(content)}
    assert rows["Amara Okafor"][1] == (
        "Away through Fri, Nov 20 Rosa Castellanos covers"
    )
    assert rows["Amara Okafor"][2] == "1"
    assert rows["Rosa Castellanos"][1] == "1 thing next 1:00 pm, court hearing"
    assert rows["No officer"][2] == "1"
    names = [name for name in rows if name in {"Amara Okafor", "Rosa Castellanos"}]
    assert names == sorted(names)


def test_where_young_people_are_today_and_a_month_ago(
    team: Actor, visit: Visit
) -> None:
    rows = table_rows(visit("supervisor").get(URL).content.decode())
    assert ["Home or relative", "2", "1"] in rows
    assert ["Juvenile Hall, camp or custody", "1", "0"] in rows
    assert ["All", "3", "1"] in rows


def test_a_hand_over_that_waits(team: Actor, become: Become, visit: Visit) -> None:
    by = become("amara")
    dulce = Youth.objects.get(given_name="Dulce")
    offer_hand_over(
        [dulce],
        cast.user("colleague"),
        by=by,
        at=AT,
        from_day=date(2026, 12, 1),
        reason="Nearer.",
    )
    page = text_of(visit("supervisor"), URL)
    assert "Amara Okafor asks Rosa Castellanos, from Tue, Dec 1" in page


@pytest.mark.parametrize(
    ("who", "status"), [("advocate", 403), ("evaluator", 403), ("colleague", 200)]
)
def test_who_may_see_the_units_day(visit: Visit, who: str, status: int) -> None:
    assert visit(who).get(URL).status_code == status


def test_another_unit_sees_its_own(team: Actor, visit: Visit) -> None:
    assert "Dulce" not in text_of(visit("outsider"), URL)


@pytest.mark.slow
def test_queries_do_not_grow_with_the_unit(become: Become, visit: Visit) -> None:
    with_policies(become)
    client = visit("supervisor")

    def grow(count: int) -> None:
        by = become("amara")
        for number in range(count):
            youth = young_person(
                by, f"Youth {number}", "S", officer="amara" if number % 2 else None
            )
            held(youth, "mdt_ongoing", 120, by=by)
            booked(youth, "contact_call", 0, by=by, hour=16)

    assert_constant_queries(grow, lambda: client.get(URL), ceiling=25)
