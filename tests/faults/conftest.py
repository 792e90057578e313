"""The application as it is served: a process and a database of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest

from alongside.config.embedded import Server

ROOT = Path(__file__).parents[2]
_PATIENCE = 60


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

    def visitor(self) -> OpenerDirector:
        """A browser in which Amara is signed in."""
        jar = CookieJar()
        browser = build_opener(HTTPCookieProcessor(jar))
        browser.open(f"{self.address}/account/login/").close()
        self.post(browser, jar, f"/demo/{self.refs['amara']}/", {})
        browser.jar = jar  # type: ignore[attr-defined]
        return browser

    def leave_note(self, browser: OpenerDirector, text: str, token: str) -> int:
        """Send the form of a note; the status that came back."""
        jar: CookieJar = browser.jar  # type: ignore[attr-defined]
        path = f"/youth/{self.refs['youth']}/note/"
        return self.post(browser, jar, path, {"text": text, "form_token": token})

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

    def scene(self, what: str) -> dict[str, object]:
        """What tests.faults.scene prints."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.scene", what],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
        found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
        return found


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A durable PostgreSQL of its own, up for the length of the tests."""
    server = Server(tmp_path_factory.mktemp("data"))
    with server.running():
        yield server


@pytest.fixture(scope="module")
def served(database: Server) -> Iterator[Served]:
    """The application, served, with the cast and one youth."""
    environment = {
        **{name: value for name, value in os.environ.items() if "URL" not in name},
        "ALONGSIDE_DATA": str(database.folder),
        "ALONGSIDE_DEBUG": "1",
        "ALONGSIDE_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = Served(environment, {}, port)
    served.refs = {key: str(ref) for key, ref in served.scene("make").items()}
    served.start()
    yield served
    served.kill()
