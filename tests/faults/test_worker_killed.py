"""A worker killed in the middle: its job is taken up again, and acts once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from email import message_from_string
from http.client import HTTPException
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from alongside.config.embedded import Server
from alongside.config.programs import run_server_program
from tests.faults.conftest import Environ, Served, Worker, scene, wait_for
from tests.faults.scene import AGENCIES, SMALL

pytestmark = [pytest.mark.slow]

BRING_IN, LETTER = "exchange.bring_in", "meetings.agenda_link"
# Files are forgotten once everything else is written: the last step of an import.
MIDDLE = "lock table exchange_importfile in share mode"
ITS_JOB = (
    "select 1 from procrastinate_jobs"
    " where task_name = 'exchange.bring_in' and status = 'doing' for update"
)
YOUTH = "select count(*) from people_youth"
WRITTEN = "select count(*) from exchange_importrun where state = 'committed'"
WAITING = "select count(*) from exchange_importrun where state = 'writing'"


def test_an_import_is_brought_in_once_however_often_the_worker_is_killed(
    worker: Worker, environment: Environ
) -> None:
    scene(environment, "import")
    before, written = worker.count(YOUTH), worker.count(WRITTEN)

    with worker.held_at(MIDDLE):
        worker.start()
        worker.wait_until_it_waits()
        worker.kill()
    assert worker.jobs(BRING_IN)[-1] == "doing"
    assert (worker.count(YOUTH), worker.count(WRITTEN)) == (before, written)

    with worker.held_at(MIDDLE) as middle:
        worker.start_a_minute_later()
        worker.wait_until_it_waits()
        with worker.held_at(ITS_JOB):
            middle.rollback()
            wait_for(lambda: worker.count(WRITTEN) == written + 1)
            worker.kill()
    assert worker.jobs(BRING_IN)[-1] == "doing"
    assert worker.count(YOUTH) == before + SMALL

    worker.start_a_minute_later()
    wait_for(lambda: worker.jobs(BRING_IN)[-1] == "succeeded")
    assert worker.count(YOUTH) == before + SMALL
    assert worker.count(WRITTEN) == written + 1


def test_an_import_outlasts_a_database_that_restarts(
    worker: Worker, environment: Environ, database: Server
) -> None:
    scene(environment, "import")
    young, written = worker.count(YOUTH), worker.count(WRITTEN)
    with suppress(psycopg.OperationalError), worker.held_at(MIDDLE):
        worker.start()
        worker.wait_until_it_waits()
        cluster = database.cluster
        run_server_program("pg_ctl", "stop", "-w", "-m", "immediate", "-D", cluster)
    with Server(database.folder).running():
        worker.reconnect()
        assert (worker.count(YOUTH), worker.count(WRITTEN)) == (young, written)
        # It notices, puts its job back and ends; whoever started it does so again.
        wait_for(worker.has_ended)
        assert worker.jobs(BRING_IN)[-1] == "todo"
        worker.start()
        wait_for(lambda: worker.jobs(BRING_IN)[-1] == "succeeded")
        assert worker.count(YOUTH) == young + SMALL
        assert worker.count(WRITTEN) == written + 1


@pytest.fixture
def office(environment: Environ) -> Iterator[Path]:
    """Where letters arrive; it is empty before and after."""
    folder = Path(environment["POST_OFFICE"])
    yield folder
    for each in folder.iterdir():
        each.unlink()


@pytest.mark.parametrize(("when", "copies"), [("before", 1), ("after", 2)])
def test_every_agency_gets_one_letter_though_the_worker_is_killed_at_the_second(
    worker: Worker, environment: Environ, office: Path, when: str, copies: int
) -> None:
    first, second, third = AGENCIES.values()
    scene(environment, "letters")
    (office / "hold").write_text(f"{second} {when}")
    worker.start()
    wait_for((office / "held").exists)
    worker.kill()
    (office / "hold").unlink()
    worker.start_a_minute_later()
    wait_for(lambda: set(worker.jobs(LETTER)) == {"succeeded"})

    letters = [message_from_string(one.read_text()) for one in office.glob("*.letter")]
    marks = {(one["To"], one["Message-ID"]) for one in letters}
    assert sorted(to for to, _ in marks) == [first, second, third]
    assert len({mark for _, mark in marks}) == len(marks)
    # What had left when nobody had noted it leaves again, and is known as the same.
    assert [one["To"] for one in letters].count(second) == copies
    assert len(letters) == len(marks) + copies - 1


def test_the_web_server_killed_between_a_change_and_its_job_keeps_neither(
    served: Served, worker: Worker
) -> None:
    found = served.scene("long")
    assert found["long"], "It would be brought in at once, without a job."
    jobs, waiting = len(worker.jobs(BRING_IN)), worker.count(WAITING)
    path, form = f"/unit/imports/{found['run']}/dry-run/", {"go": "ready"}
    form["form_token"] = str(uuid4())
    browser = served.visitor("coordinator")

    # The import is set to be written, and its job cannot yet be put off.
    queue_closed = worker.held_at("lock table procrastinate_jobs in share mode")
    with queue_closed, ThreadPoolExecutor(1) as pool:
        sending = pool.submit(served.send, browser, path, form)
        worker.wait_until_it_waits()
        served.kill()
        assert isinstance(sending.exception(), OSError | HTTPException)
    assert (len(worker.jobs(BRING_IN)), worker.count(WAITING)) == (jobs, waiting)

    served.start()
    browser = served.visitor("coordinator")
    for _ in range(2):  # sent again by the browser, and once more by its owner
        assert served.send(browser, path, form) == 200
    assert worker.jobs(BRING_IN)[jobs:] == ["todo"]
    assert worker.count(WAITING) == waiting + 1
