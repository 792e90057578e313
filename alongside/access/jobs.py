"""Work put off to the worker: it acts as somebody, or it sees nothing.

A job is put off inside the transaction of whoever asked for it, and is gone with it.
What it is told are ids: rows of the queue are readable by every request.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from alongside.access.actor import acting_as
from alongside.access.models import User
from alongside.kernel import clock

# Called with ``by``, the actor, ``at``, the instant, and the ids it is told.
Work = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work with a neutral name, for the worker."""

    name: str
    run: Callable[..., None]
    _task: Any

    def later(self, actor_id: int, *, once: str | None = None, **ids: int) -> bool:
        """Put it off; with ``once``, not while one of that name still waits."""
        if not all(isinstance(value, int) for value in ids.values()):
            raise TypeError("A job is told ids alone: the queue is no place for words.")
        try:
            with transaction.atomic():  # one that waits already undoes this alone
                self._task.configure(queueing_lock=once).defer(actor_id=actor_id, **ids)
        except AlreadyEnqueued:
            return False
        return True


def task(name: str) -> Callable[[Work], Job]:
    """A job that runs as the person it is put off for, with what they may do then."""

    def decorate(work: Work) -> Job:
        def run(actor_id: int, **ids: int) -> None:
            user = User.objects.filter(pk=actor_id, is_active=True).first()
            if user is None:
                return  # they have left since
            at = clock.now()
            with acting_as(user, at) as actor:
                work(by=actor, at=at, **ids)

        run.__name__ = work.__name__
        return Job(name, run, app.task(name=name)(run))

    return decorate


def every(cron: str, name: str) -> Callable[[Callable[[datetime], None]], Any]:
    """Work of the clock: it acts as nobody, so it only puts off jobs that do."""

    def decorate(work: Callable[[datetime], None]) -> Any:
        def run(timestamp: int) -> None:
            work(clock.now())

        run.__name__ = work.__name__
        return app.periodic(cron=cron)(app.task(name=name, pass_context=False)(run))

    return decorate
