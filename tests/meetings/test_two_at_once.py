"""Two people take the last place at the same instant; one of them gets it."""

from datetime import UTC, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from alongside.access.actor import acting_as
from alongside.access.models import Grant
from alongside.kernel.refusal import Refused
from alongside.meetings import actions
from alongside.meetings.models import Meeting
from alongside.people.actions import open_youth
from alongside.people.models import Youth
from tests import cast
from tests.meetings.conftest import TODAY

pytestmark = pytest.mark.slow


@pytest.mark.django_db(transaction=True)
def test_one_gets_the_last_place_and_the_other_a_sentence(at: datetime) -> None:
    people = [cast.user(key) for key in ("amara", "colleague")]
    session, youth = _given(at)
    ready = Barrier(2)
    answers: list[str] = []

    def take(number: int) -> None:
        try:
            with acting_as(people[number], at) as by:
                mine = Meeting.objects.get(pk=session.pk)
                one = Youth.objects.get(pk=youth[number].pk)
                ready.wait(timeout=30)
                actions.book(one, "mdt_ongoing", mine, by=by, at=at)
            answers.append("booked")
        except Refused as refused:
            answers.append(refused.reason)
        finally:
            connections.close_all()

    threads = [Thread(target=take, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers)[1] == "booked"
    assert "is full: 1 of 1 places are taken" in sorted(answers)[0]
    with acting_as(people[0], at):
        assert vars(Meeting.objects.with_taken().get())["taken"] == 1


def _given(at: datetime) -> tuple[Meeting, list[Youth]]:
    with acting_as(cast.user("coordinator"), at) as by:
        youth = [
            open_youth(by=by, at=at, because=Grant.Because.ENROLMENT, given_name=given)
            for given in ("Imani", "Joaquín")
        ]
        day = TODAY + timedelta(days=5)
        starts_at = datetime.combine(day, time(9), by.zone).astimezone(UTC)
        session = actions.plan_meeting(
            by=by,
            at=at,
            day=day,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            place="",
            capacity=1,
        )
    return session, youth
