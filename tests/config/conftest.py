"""The ``alongside`` command as people run it: a process, on a database of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from alongside.config.database import OWNER_URL, WEB_URL, is_embedded
from alongside.config.embedded import OWNER, Server

# A command reads the application's own settings, not those of the tests.
_SETTINGS = {"DJANGO_SETTINGS_MODULE": "alongside.config.settings"}

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Sql = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment whose database is new and empty, on the server under test."""
    if is_embedded(os.environ):
        folder = tmp_path / "data"
        with Server(folder, durable=False).running():
            yield {**os.environ, **_SETTINGS, "ALONGSIDE_DATA": str(folder)}
        return
    name = f"test_command_{uuid4().hex[:12]}"
    with psycopg.connect(os.environ[OWNER_URL], autocommit=True) as owner:
        owner.execute(f"create database {name}")
        yield {
            **os.environ,
            **_SETTINGS,
            **{
                variable: urlsplit(os.environ[variable])._replace(path=name).geturl()
                for variable in (WEB_URL, OWNER_URL)
            },
        }
        owner.execute(f"drop database {name} with (force)")


@pytest.fixture
def alongside(surroundings: dict[str, str], tmp_path: Path) -> Command:
    """Run ``alongside`` with these words, and wait for it."""

    def run(*words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "alongside", *words],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**surroundings, **more},
            timeout=600,  # the demo makes up eighteen months
        )

    return run


@pytest.fixture
def sql(surroundings: dict[str, str]) -> Sql:
    """Ask the database something as its owner."""

    def ask(question: str) -> list[tuple[object, ...]]:
        with _owner(surroundings) as connection:
            cursor = connection.execute(question)
            return cursor.fetchall() if cursor.description else []

    return ask


def _owner(surroundings: dict[str, str]) -> psycopg.Connection:
    if not is_embedded(surroundings):
        return psycopg.connect(surroundings[OWNER_URL])
    server = Server(Path(surroundings["ALONGSIDE_DATA"]))
    return psycopg.connect(
        host=str(server.socket_folder), user=OWNER, dbname="alongside"
    )
