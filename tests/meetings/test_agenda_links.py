"""Agencies are sent a link to their own agenda; the email holds no names."""

import json
from collections.abc import Callable
from datetime import datetime

import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from alongside.meetings import actions
from alongside.meetings.jobs import agenda_link, agenda_links
from alongside.meetings.models import Meeting
from tests import cast
from tests.meetings.conftest import TODAY, Become, NewSession, NewYouth


def given_session(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> Meeting:
    """Joaquín has a place; one agency gets a link, another has no email."""
    session, youth = new_session(5), new_youth()
    by = become("coordinator")
    actions.book(youth, "mdt_ongoing", session, by=by, at=at)
    for agency, email in ((cast.HARBOR, "desk@harbor.example"), (cast.PROBATION, "")):
        actions.invite(cast.agency(agency), by=by, at=at, starts=TODAY, email=email)
    return session


def waiting(name: str) -> list[dict[str, int]]:
    """What the jobs of one name were told, of those that wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select args from procrastinate_jobs where task_name = %s", [name]
        )
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_each_email_has_a_link_and_nobodys_name(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> None:
    session = given_session(new_youth, new_session, become, at)
    with time_machine.travel(at, tick=False):
        agenda_links.run(cast.user("coordinator").pk, meeting_id=session.pk)
        for told in waiting("meetings.agenda_link"):
            agenda_link.run(**told)
    (email,) = mail.outbox
    assert email.to == ["desk@harbor.example"]
    assert reverse("mdt_own_agenda", args=[session.ref]) in email.body
    assert email.subject.replace("\xa0", " ") == "Agenda for Tuesday, November 24, 2026"
    for told in ("Joaquín", "Ramos", "Harbor"):
        assert told not in f"{email.body}{email.subject}"


def test_somebody_of_another_unit_sends_nothing(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> None:
    session = given_session(new_youth, new_session, become, at)
    with time_machine.travel(at, tick=False):
        agenda_links.run(cast.user("coordinator").pk, meeting_id=session.pk)
        (told,) = waiting("meetings.agenda_link")
        agenda_links.run(cast.user("outsider").pk, meeting_id=session.pk)
        agenda_link.run(**{**told, "actor_id": cast.user("outsider").pk})
    assert len(waiting("meetings.agenda_link")) == 1
    assert mail.outbox == []


def test_the_button_puts_it_off_once(
    new_youth: NewYouth,
    new_session: NewSession,
    become: Become,
    at: datetime,
    visit: Callable[[str], Client],
) -> None:
    session = given_session(new_youth, new_session, become, at)
    url = reverse("mdt_agendas_tell", args=[session.ref])
    coordinator = visit("coordinator")
    for _ in range(2):
        assert coordinator.post(url).status_code == 303
    assert len(waiting("meetings.agenda_links")) == 1
    assert visit("advocate").post(url).status_code == 403
    assert visit("outsider").post(url).status_code == 404
