"""What a worker that is gone had begun is begun again; what kills it is given up."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from alongside.access import jobs
from alongside.access.actor import Actor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SILENT, ALIVE = "5 minutes", "5 seconds"


@jobs.task("tests.nothing")
def nothing(*, by: Actor, at: datetime) -> None:
    """Work that is never run here."""


@pytest.fixture(autouse=True)
def queue() -> Iterator[None]:
    """An empty queue, before and after."""
    _sql("delete from procrastinate_jobs; delete from procrastinate_workers")
    yield
    _sql("delete from procrastinate_jobs; delete from procrastinate_workers")


def _sql(query: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return list(cursor.fetchall()) if cursor.description else []


def begun(beat: str, *, once: str | None = None, attempts: int = 0) -> None:
    """A job that a worker has begun, whose heart beat so long ago."""
    nothing.later(1, once=once)
    ((worker,),) = _sql(
        "insert into procrastinate_workers (last_heartbeat)"
        " values (now() - %s::interval) returning id",
        beat,
    )
    _sql(
        "update procrastinate_jobs set status = 'doing', worker_id = %s, attempts = %s"
        " where status = 'todo'",
        worker,
        attempts,
    )


def sweep(work: Any = jobs.take_up_again) -> list[str]:
    """How the jobs stand after the clock has struck."""

    async def strike() -> None:
        connector: Any = app.connector
        own = app.with_connector(connector.get_worker_connector())
        context = JobContext(
            app=own,
            job=Job(id=0, queue="default", lock=None, queueing_lock=None, task_name=""),
            start_timestamp=0,
            abort_reason=lambda: None,
        )
        async with own.open_async():
            await work.func(context, timestamp=0)

    # In a thread of its own: a browser of the same run keeps a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(strike())).result()
    return [row[0] for row in _sql("select status from procrastinate_jobs order by id")]


@pytest.mark.parametrize(("beat", "status"), [(SILENT, "todo"), (ALIVE, "doing")])
def test_a_job_is_taken_up_when_its_worker_is_silent(beat: str, status: str) -> None:
    begun(beat)
    assert sweep() == [status]


def test_a_job_whose_worker_is_forgotten_is_taken_up() -> None:
    begun(SILENT)
    _sql("delete from procrastinate_workers")
    assert sweep() == ["todo"]


def test_a_job_that_is_cut_off_again_and_again_is_given_up() -> None:
    begun(SILENT, attempts=9)
    assert sweep() == ["failed"]


def test_one_that_waits_under_the_same_name_does_the_work() -> None:
    begun(SILENT)
    begun(SILENT, once="today")
    assert nothing.later(1, once="today")
    assert sweep() == ["todo", "aborted", "todo"]


@pytest.mark.parametrize(
    ("status", "days", "left"),
    [
        ("succeeded", 15, []),
        ("succeeded", 13, ["succeeded"]),
        ("failed", 15, ["failed"]),
    ],
)
def test_what_is_done_leaves_the_queue_in_two_weeks(
    status: str, days: int, left: list[str]
) -> None:
    begun(ALIVE)
    _sql("update procrastinate_jobs set status = %s", status)
    _sql("update procrastinate_events set at = now() - %s * interval '1 day'", days)
    assert sweep(jobs.forget_done) == left
