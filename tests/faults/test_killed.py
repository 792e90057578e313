"""What was accepted is never lost, and what is sent again is there once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

import pytest

from alongside.config.embedded import Server
from alongside.config.programs import run_server_program
from tests.faults.conftest import Served

pytestmark = [pytest.mark.slow]

NOTES = 60


def test_the_web_server_killed_under_load_loses_nothing_it_accepted(
    served: Served,
) -> None:
    notes = {f"note {number} of {uuid4()}": str(uuid4()) for number in range(NOTES)}
    enough, accepted = Event(), set()

    def send(some: list[tuple[str, str]]) -> None:
        browser = served.visitor()
        for text, token in some:
            try:
                status = served.leave_note(browser, text, token)
            except OSError:
                continue  # killed while answering: nobody knows, so it is sent again
            if status == 200:
                accepted.add(text)
            if len(accepted) > NOTES // 3:
                enough.set()

    every = list(notes.items())
    with ThreadPoolExecutor(4) as pool:
        sending = [pool.submit(send, every[part::4]) for part in range(4)]
        enough.wait(60)
        served.kill()
        for each in sending:
            each.result()
    assert NOTES // 3 < len(accepted) < NOTES

    served.start()
    browser = served.visitor()
    for text, token in every:
        assert served.leave_note(browser, text, token) == 200
    kept = served.scene("count")
    assert {text: kept.get(text) for text in notes} == dict.fromkeys(notes, 1)


def test_a_database_that_restarts_is_found_again(
    served: Served, database: Server
) -> None:
    browser = served.visitor()
    first, second = f"before {uuid4()}", f"after {uuid4()}"
    assert served.leave_note(browser, first, str(uuid4())) == 200
    cluster = database.cluster
    run_server_program("pg_ctl", "stop", "-w", "-m", "immediate", "-D", cluster)
    token = str(uuid4())
    assert served.leave_note(browser, second, token) == 500
    with Server(database.folder).running():
        assert served.leave_note(browser, second, token) == 200
        kept = served.scene("count")
    assert (kept.get(first), kept.get(second)) == (1, 1)
