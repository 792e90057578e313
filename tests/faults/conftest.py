"""The application as it is served: a process and a database of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, LiteralString
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import psycopg
import pytest

from alongside.config.embedded import DATABASE, OWNER, Server

ROOT = Path(__file__).parents[2]
_PATIENCE = 60

Environ = dict[str, str]


@dataclass
class Served:
    """A web server that can be killed and started again, and its visitors."""

    environment: dict[str, str]
    refs: dict[str, str]
    port: int
    process: "subprocess.Popen[bytes] | None" = None
    opened: list[OpenerDirector] = field(default_factory=list)

    def start(self) -> None:
        """Serve, and wait until it answers."""
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi"),
                *("--port", str(self.port), "--workers", "1"),
                "alongside.config.wsgi:application",
            ],
            env=self.environment,
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            try:
                build_opener().open(f"{self.address}/weather/", timeout=5).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("The web server does not answer.")

    def kill(self) -> None:
        """End it and its workers at once, as a power cut would."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @property
    def address(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    def visitor(self, who: str = "amara") -> OpenerDirector:
        """A browser in which one of the cast is signed in."""
        jar = CookieJar()
        browser = build_opener(HTTPCookieProcessor(jar))
        browser.open(f"{self.address}/account/login/").close()
        self.post(browser, jar, f"/demo/{self.refs[who]}/", {})
        browser.jar = jar  # type: ignore[attr-defined]
        return browser

    def leave_note(self, browser: OpenerDirector, text: str, token: str) -> int:
        """Send the form of a note; the status that came back."""
        path = f"/youth/{self.refs['youth']}/note/"
        return self.send(browser, path, {"text": text, "form_token": token})

    def send(self, browser: OpenerDirector, path: str, fields: dict[str, str]) -> int:
        """Send a form from a browser that is signed in; the status that came back."""
        return self.post(browser, browser.jar, path, fields)  # type: ignore[attr-defined]

    def post(
        self, browser: OpenerDirector, jar: CookieJar, path: str, fields: dict[str, str]
    ) -> int:
        """Send a form as a browser would, with its token against forgery."""
        csrf = next(cookie.value or "" for cookie in jar if cookie.name == "csrftoken")
        sent = urlencode({**fields, "csrfmiddlewaretoken": csrf}).encode()
        request = Request(  # noqa: S310 (our own address)
            f"{self.address}{path}", sent, {"Referer": self.address}
        )
        try:
            with browser.open(request, timeout=30) as answer:
                return int(answer.status)
        except HTTPError as error:
            return error.code

    def scene(self, what: str) -> dict[str, Any]:
        """What tests.faults.scene prints."""
        return scene(self.environment, what)


@dataclass
class Worker:
    """``alongside worker``: a process that can be killed and started again."""

    environment: dict[str, str]
    where: str
    owner: psycopg.Connection
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Begin with whatever waits."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "alongside", "worker"],
            env=self.environment,
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """End it at once, as a power cut would; nobody notices for half a minute."""
        if self.process:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def start_a_minute_later(self) -> None:
        """As when the power is back: its silence is noticed, the clock has struck."""
        with self.owner.transaction():
            self.owner.execute(
                "update procrastinate_workers"
                " set last_heartbeat = last_heartbeat - interval '1 minute'"
            )
            self.owner.execute("delete from procrastinate_periodic_defers")
        self.start()

    def has_ended(self) -> bool:
        """Whether it stopped by itself."""
        return self.process is None or self.process.poll() is not None

    def reconnect(self) -> None:
        """After the database was gone, look at it anew."""
        self.owner.close()
        self.owner = psycopg.connect(self.where, autocommit=True)

    def jobs(self, name: str) -> list[str]:
        """How the jobs of one name stand, in the order they were put off."""
        rows = self.owner.execute(
            "select status from procrastinate_jobs where task_name = %s order by id",
            [name],
        )
        return [row[0] for row in rows]

    @contextmanager
    def held_at(self, lock: LiteralString) -> Iterator[psycopg.Connection]:
        """While the block lasts, whoever needs what this locks waits."""
        with psycopg.connect(self.where) as holding:
            holding.execute(lock)
            yield holding
            holding.rollback()

    def wait_until_it_waits(self) -> None:
        """Until somebody waits for a lock."""
        waiting = "select count(*) from pg_locks where not granted"
        wait_for(lambda: self.count(waiting) > 0)

    def count(self, query: LiteralString) -> int:
        """One number, as the owner of the tables sees it."""
        row = self.owner.execute(query).fetchone()
        assert row
        return int(row[0])


def scene(environment: dict[str, str], what: str) -> dict[str, Any]:
    """What tests.faults.scene prints, run as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.scene", what],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def wait_for(true: Callable[[], bool]) -> None:
    """Until it is true; that it never becomes so is a failure."""
    deadline = time.monotonic() + _PATIENCE
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError("It did not come about.")
        time.sleep(0.05)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A durable PostgreSQL of its own, up for the length of the tests."""
    server = Server(tmp_path_factory.mktemp("data"))
    with server.running():
        yield server


@pytest.fixture(scope="module")
def environment(database: Server, tmp_path_factory: pytest.TempPathFactory) -> Environ:
    """What the processes of the application are told, with the cast in place."""
    return {
        **{name: value for name, value in os.environ.items() if "URL" not in name},
        "ALONGSIDE_DATA": str(database.folder),
        "ALONGSIDE_DEBUG": "1",
        "ALONGSIDE_DEMO": "1",
        "ALONGSIDE_EMAIL_BACKEND": "tests.faults.post.Office",
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "POST_OFFICE": str(tmp_path_factory.mktemp("letters")),
    }


@pytest.fixture(scope="module")
def refs(environment: Environ) -> dict[str, str]:
    """The references of the cast and of one youth."""
    return scene(environment, "make")


@pytest.fixture
def worker(
    environment: Environ, refs: dict[str, str], database: Server
) -> Iterator[Worker]:
    """The worker, not yet started, and nothing that waits for it."""
    where = f"host={database.socket_folder} dbname={DATABASE} user={OWNER}"
    worker = Worker(environment, where, psycopg.connect(where, autocommit=True))
    worker.owner.execute("delete from procrastinate_jobs")
    yield worker
    worker.kill()
    worker.owner.close()


@pytest.fixture(scope="module")
def served(environment: Environ, refs: dict[str, str]) -> Iterator[Served]:
    """The application, served, with the cast and one youth."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = Served(environment, refs, port)
    served.start()
    yield served
    served.kill()
