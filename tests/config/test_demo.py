"""``alongside demo``, as a newcomer starts it."""

import fcntl
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.config.database import OWNER_URL, WEB_URL
from tests.config.conftest import Command

pytestmark = pytest.mark.slow


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@pytest.fixture
def free_port(taken_port: int) -> str:
    """A port nothing listened on a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as once:
        return str(once.getsockname()[1])


def test_every_section_opens_for_every_persona_and_the_data_stays(
    alongside: Command, free_port: str
) -> None:
    first = alongside("demo", "--check", "--port", free_port)
    assert first.returncode == 0, first.stdout + first.stderr
    assert first.stdout.count("pages opened, 0 failed") >= 12
    assert "Making up a unit" in first.stdout
    second = alongside("demo", "--check", "--port", free_port)
    assert second.returncode == 0
    assert "Making up a unit" not in second.stdout


def test_a_busy_port_is_named_with_what_to_do(
    alongside: Command, taken_port: int
) -> None:
    done = alongside("demo", "--port", str(taken_port))
    assert done.returncode == 1
    assert f"Port {taken_port} is in use" in done.stderr
    assert "--port" in done.stderr


def test_two_demos_do_not_share_a_folder(
    alongside: Command, free_port: str, tmp_path: Path
) -> None:
    with (tmp_path / "demo").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = alongside(
            *("demo", "--port", free_port, "--data", str(tmp_path)),
            **{WEB_URL: "", OWNER_URL: ""},
        )
    assert done.returncode == 1
    assert f"Another demo is running on {tmp_path}" in done.stderr


def test_a_data_folder_that_is_a_file_is_named(
    alongside: Command, free_port: str, tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    done = alongside(
        *("demo", "--port", free_port, "--data", str(taken)),
        **{WEB_URL: "", OWNER_URL: ""},
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"The data folder {taken} cannot be used: ")


def test_a_database_that_does_not_answer_is_named_without_its_password(
    alongside: Command, free_port: str
) -> None:
    url = "postgresql://{}:hidden@127.0.0.1:1/nowhere"
    done = alongside(
        *("demo", "--port", free_port),
        **{WEB_URL: url.format("web"), OWNER_URL: url.format("owner")},
    )
    assert done.returncode == 1
    assert f"The database that {WEB_URL} names does not let us in" in done.stderr
    assert "hidden" not in done.stderr
