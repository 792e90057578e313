"""Jobs act as the person they are put off for; acting as nobody, they see nothing."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, transaction

from alongside.access.actor import Actor, set_actor
from alongside.access.jobs import task
from alongside.access.models import Grant
from alongside.people.actions import open_youth
from alongside.people.models import Youth
from tests import cast

Become = Callable[..., Actor]
SEEN: list[tuple[str, int]] = []


@task("tests.look")
def look(*, by: Actor, at: datetime) -> None:
    """Say who acts, and how many young people they see."""
    SEEN.append((by.name, Youth.objects.count()))


@pytest.fixture
def youth(become: Become, at: datetime) -> Youth:
    """A youth of the Bridge Unit."""
    SEEN.clear()
    return open_youth(by=become("amara"), at=at, because=Grant.Because.ENROLMENT)


@pytest.mark.parametrize(("who", "count"), [("colleague", 1), ("outsider", 0)])
def test_a_job_sees_what_its_actor_sees(
    youth: Youth, at: datetime, who: str, count: int
) -> None:
    with time_machine.travel(at, tick=False):
        look.run(cast.user(who).pk)
    assert [(cast.user(who).name, count)] == SEEN


def test_a_job_of_nobody_sees_nothing(youth: Youth, at: datetime) -> None:
    set_actor(None, at, uuid4())  # as every transaction of the worker begins
    assert Youth.objects.count() == 0


def test_a_job_of_somebody_who_left_does_nothing(
    youth: Youth, become: Become, at: datetime
) -> None:
    rosa = cast.user("colleague")
    rosa.is_active = False
    rosa.save()
    look.run(rosa.pk)
    assert SEEN == []


def waiting() -> list[tuple[str, dict[str, int]]]:
    """The jobs that wait, and what they are told."""
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args from procrastinate_jobs order by id")
        return list(cursor.fetchall())


def test_a_job_is_told_ids_and_is_gone_with_its_transaction(become: Become) -> None:
    amara = become("amara")
    look.later(amara.user_id)
    with transaction.atomic():
        look.later(amara.user_id)
        assert len(waiting()) == 2
        transaction.set_rollback(True)
    ((name, args),) = waiting()
    assert name == "tests.look"
    assert str(amara.user_id) in str(args)


def test_words_are_no_business_of_the_queue(become: Become) -> None:
    with pytest.raises(TypeError):
        look.later(become("amara").user_id, note="Dulce")  # type: ignore[arg-type]


def test_one_of_a_name_waits_at_a_time(become: Become) -> None:
    amara = become("amara")
    assert look.later(amara.user_id, once="today")
    assert not look.later(amara.user_id, once="today")
    assert len(waiting()) == 1
