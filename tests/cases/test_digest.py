"""The morning email: at seven on the unit's clock, a number and a link, no names."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.db import connection

from alongside.access.actor import Actor
from alongside.cases import jobs
from tests import cast
from tests.caseload.team import AT, booked, held, with_policies, young_person

Become = Callable[..., Actor]
SEVEN = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)


def send(who: str) -> None:
    """Run the job as the worker would."""
    with time_machine.travel(AT, tick=False):
        jobs.digest.run(cast.user(who).pk)


def test_it_counts_what_waits_and_names_nobody(become: Become) -> None:
    with_policies(become)
    by = become("amara")
    dulce = young_person(by, "Dulce", "Serrano", opened=10)
    held(dulce, "mdt_ongoing", 92, by=by)
    booked(dulce, "school_meeting", 0, by=by, hour=23)
    send("amara")
    (email,) = mail.outbox
    assert email.to == [cast.address("amara")]
    assert email.subject == "Today"
    assert email.body.startswith("2 things wait on your Today.")
    assert "/today/" in email.body
    assert "Dulce" not in email.body
    assert "Serrano" not in email.body


@pytest.mark.parametrize("who", ["colleague", "outsider", "advocate"])
def test_with_nothing_waiting_there_is_no_email(become: Become, who: str) -> None:
    with_policies(become)
    young_person(become("amara"))
    send(who)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("at", "count"),
    [(SEVEN, 6), (SEVEN.replace(hour=16), 0), (SEVEN.replace(hour=14), 0)],
)
def test_it_is_put_off_at_seven_for_everybody_of_the_unit(
    become: Become, at: datetime, count: int
) -> None:
    with time_machine.travel(at, tick=False):
        for _ in range(2):  # the clock may strike again when they have been sent
            jobs.mornings.func(timestamp=int(at.timestamp()))
            with connection.cursor() as cursor:
                cursor.execute("update procrastinate_jobs set status = 'succeeded'")
    bridge = {
        cast.user(key).pk for key in cast.PEOPLE if cast.PEOPLE[key][2] == cast.BRIDGE
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "select (args->>'actor_id')::int from procrastinate_jobs"
            " where task_name = 'cases.digest'"
        )
        told = [row[0] for row in cursor.fetchall()]
    assert len(set(told) & bridge) == count
    assert len(told) == len(set(told))
