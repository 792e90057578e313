"""Work put off to the worker: it acts as somebody, or it sees nothing.

A job is put off inside the transaction of whoever asked for it, and is gone with it.
What it is told are ids: rows of the queue are readable by every request.

A worker may be killed at any moment, so every job may run twice: what it writes is
one transaction that looks first whether it has been done.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import (
    AlreadyEnqueued,
    ConnectorException,
    UniqueViolation,
)
from procrastinate.jobs import Status

from alongside.access.actor import acting_as
from alongside.access.models import User
from alongside.kernel import clock

# Called with ``by``, the actor, ``at``, the instant, and the ids it is told.
Work = Callable[..., None]

# After 5, 25, 125, 625 and 3,125 seconds: a letter outlasts an hour without a post.
LETTER = RetryStrategy(max_attempts=5, exponential_wait=5)
# Any job outlasts a database that restarts; nothing of what it had written is kept.
LOST = RetryStrategy(
    max_attempts=5,
    exponential_wait=5,
    retry_exceptions=(OperationalError, InterfaceError),
)

# A job that was begun so often, and cut off again, is what ends the worker.
_TRIES = 10
_KEPT_HOURS = 14 * 24

logger = logging.getLogger(__name__)


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

    def was_put_off(self, once: str) -> bool:
        """Whether one of that name waits, runs or has run in the last two weeks."""
        known = ProcrastinateJob.objects.filter(task_name=self.name)
        return bool(known.filter(queueing_lock=once).exists())


def task(name: str, *, again: RetryStrategy | None = None) -> Callable[[Work], Job]:
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
        return Job(name, run, app.task(name=name, retry=again or LOST)(run))

    return decorate


def every(cron: str, name: str) -> Callable[[Callable[[datetime], None]], Any]:
    """Work of the clock: it acts as nobody, so it only puts off jobs that do.

    It is told when it was due, however late it runs, and puts off all or none. What the
    clock itself may do is a function of the database's.
    """

    def decorate(work: Callable[[datetime], None]) -> Any:
        def run(timestamp: int) -> None:
            with transaction.atomic():
                work(datetime.fromtimestamp(timestamp, UTC))

        run.__name__ = work.__name__
        return app.periodic(cron=cron)(app.task(name=name, pass_context=False)(run))

    return decorate


@app.periodic(cron="* * * * *")
@app.task(name="access.take_up_again", queueing_lock="take_up", pass_context=True)
async def take_up_again(context: JobContext, timestamp: int) -> None:
    """Each minute: what a worker that is gone had begun is begun once more."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.attempts + 1 >= _TRIES:
            logger.error("%s was begun %s times: given up", job.task_name, _TRIES)
            await manager.finish_job(job, Status.FAILED, delete_job=False)
            continue
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # one of the same name waits, and does the same
            await manager.finish_job(job, Status.ABORTED, delete_job=False)
        except ConnectorException:
            logger.info("%s was taken up by another worker", job.task_name)


@app.periodic(cron="20 3 * * *")
@app.task(name="access.forget_done", queueing_lock="forget_done", pass_context=True)
async def forget_done(context: JobContext, timestamp: int) -> None:
    """Each night: jobs done two weeks ago leave the queue; failed ones stay in it."""
    await context.app.job_manager.delete_old_jobs(nb_hours=_KEPT_HOURS)
