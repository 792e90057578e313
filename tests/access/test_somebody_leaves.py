"""Somebody who leaves is out at once, and what they wrote stays."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from alongside.access import actions
from alongside.access.actor import acting_as, actor_for
from alongside.access.models import Grant, LogEntry, Membership, Unit, User
from alongside.access.setup import add_person, end_person
from alongside.people.actions import open_youth
from alongside.people.models import Youth
from tests import cast

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.slow,
]

EMAIL = "noor@example.org"
Visit = Callable[[str], Client]


@pytest.fixture
def noor(at: datetime) -> Iterator[User]:
    """An officer of South who has opened a record of another unit in an emergency."""
    south = Unit.objects.using("owner").get(name=cast.SOUTH)
    password = cast.PASSWORD
    add_person(
        EMAIL, "Noor", "officer", since=cast.SINCE, unit=south, password=password
    )
    user = User.objects.get(email=EMAIL)
    with acting_as(cast.user("amara"), at) as by:
        because = Grant.Because.ENROLMENT
        youth = open_youth(by=by, at=at, because=because, given_name="Joaquín")
    with acting_as(user, at) as by:
        actions.break_glass(youth.ref, "He called our line, asking for help.", by=by)
    yield user
    connections["owner"].close()


def test_a_live_session_opens_nothing_from_then_on(
    noor: User, visit: Visit, at: datetime
) -> None:
    noors, amaras = visit("noor"), visit("amara")
    addresses = [reverse("today"), reverse("caseload"), "/"]
    assert noors.get(addresses[0]).status_code == 200
    end_person(EMAIL, at=at)
    for address in addresses:
        answer = noors.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))
    assert amaras.get(addresses[0]).status_code == 200


def test_the_password_signs_them_in_no_more(noor: User, at: datetime) -> None:
    end_person(EMAIL, at=at)
    client = Client()
    sent = {"login": EMAIL, "password": cast.PASSWORD}
    answer = client.post(reverse("account_login"), sent, follow=True)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_they_hold_nothing_whatever_they_held(noor: User, at: datetime) -> None:
    later = at + timedelta(minutes=1)
    with acting_as(noor, at):
        assert Youth.objects.exists()
    end_person(EMAIL, at=later)
    noor.refresh_from_db()
    actor = actor_for(noor, later)
    assert (actor.holders, actor.units, actor.permissions) == ((), (), frozenset())
    with acting_as(noor, later):
        assert not Youth.objects.exists()
    grant = Grant.objects.using("owner").get(holder=noor.holder_id)
    assert grant.ends == later
    assert (
        LogEntry.objects.using("owner")
        .filter(event="grant.ended", youth_ids=[grant.youth_id])
        .exists()
    )


def test_a_role_that_was_to_begin_later_never_does(noor: User, at: datetime) -> None:
    now = Membership.objects.using("owner").get(user=noor)
    Membership.objects.using("owner").create(
        user_id=noor.pk,
        agency_id=now.agency_id,
        role_id=now.role_id,
        starts=at + timedelta(days=30),
    )
    end_person(EMAIL, at=at)
    (kept,) = Membership.objects.filter(user=noor)
    assert (kept.starts, kept.ends) == (cast.SINCE, at)


def test_the_command_lets_go_and_knows_whom_it_does_not_know(
    noor: User, at: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match=r"Nobody here has the email who@there\.org"):
        call_command("end_person", "who@there.org")
    with time_machine.travel(at, tick=False):
        call_command("end_person", EMAIL.upper())
    assert "Noor is signed out everywhere" in capsys.readouterr().out
    assert not User.objects.get(email=EMAIL).is_active


def test_a_former_unit_reviews_what_was_opened_until_they_left(
    noor: User, at: datetime
) -> None:
    later = at + timedelta(days=1)
    (place,) = Membership.objects.using("owner").filter(user=noor)
    _works_from(noor, Unit.objects.using("owner").get(name=cast.BRIDGE), later, place)
    with acting_as(cast.user("amara"), at):
        youth = Youth.objects.get()
    with acting_as(noor, later + timedelta(hours=1)) as by:
        actions.break_glass(youth.ref, "She called our line, asking for help.", by=by)
    reviewer = add_person(
        "south@example.org",
        "Lin",
        "supervisor",
        since=cast.SINCE,
        unit=Unit.objects.using("owner").get(name=cast.SOUTH),
    )
    opened = {"south": at, "bridge": later + timedelta(hours=1)}
    with acting_as(User.objects.get(pk=reviewer.pk), later + timedelta(hours=2)):
        assert _openings() == [opened["south"]]
    with acting_as(cast.user("supervisor"), later + timedelta(hours=2)):
        assert _openings() == [opened["bridge"], opened["south"]]


def _works_from(user: User, unit: Unit, when: datetime, before: Membership) -> None:
    """They leave one unit for another."""
    before.ends = when
    before.save(using="owner")
    Membership.objects.using("owner").create(
        user_id=user.pk,
        agency_id=unit.agency_id,
        unit=unit,
        role_id=before.role_id,
        starts=when,
    )


def _openings() -> list[datetime]:
    with connection.cursor() as cursor:
        cursor.execute("select starts from access_emergencies()")
        return [starts for (starts,) in cursor.fetchall()]
