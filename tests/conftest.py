"""What every test stands on: one PostgreSQL, two logins, and how hard to search.

Nothing is started for a test that asks for no database.
"""

import fcntl
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO
from uuid import uuid4

import hypothesis
import pghistory
import pytest
import time_machine
from django.db import connections, transaction
from django.test import Client, TransactionTestCase
from pytest_django import DjangoDbBlocker

from alongside.access import reference_rows
from alongside.access.actor import Actor, actor_for, set_actor
from alongside.config.database import data_folder, is_embedded
from alongside.config.embedded import Server
from tests import cast

# One Chromium a run: a second one started in the same thread is refused.
pytest_plugins = ["tests.browser"]

_TEST_FOLDER = "ALONGSIDE_TEST_DATA"
_EMPTY_TABLES = "_fixture_teardown"  # Django's own name for it, not in its types
_CLAIM = pytest.StashKey[TextIO]()

hypothesis.settings.register_profile("dev", max_examples=25, deadline=None)
hypothesis.settings.register_profile("ci", max_examples=100, deadline=None)
hypothesis.settings.register_profile("nightly", max_examples=2_000, deadline=None)
hypothesis.settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev")
)


def pytest_configure(config: pytest.Config) -> None:
    """Claim a folder, so that two runs at once never share a test database."""
    is_worker = hasattr(config, "workerinput")
    if is_embedded(os.environ) and not is_worker:
        folder, config.stash[_CLAIM] = _free_folder()
        os.environ[_TEST_FOLDER] = str(folder)  # the workers inherit it


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let the next run have the folder."""
    if claim := config.stash.get(_CLAIM, None):
        claim.close()


@pytest.fixture(scope="session")
def logins() -> dict[str, dict[str, Any]]:
    """The name and password of the web login and of the owner."""
    return {
        name: {key: connections.settings[alias][key] for key in ("USER", "PASSWORD")}
        for name, alias in (("web", "default"), ("owner", "owner"))
    }


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, logins: dict[str, dict[str, Any]]
) -> Iterator[None]:
    """Start the server; its owner makes the test database, and drops it in the end."""
    with ExitStack() as stack:
        if is_embedded(os.environ):
            server = Server(Path(os.environ[_TEST_FOLDER]), durable=False)
            stack.enter_context(server.running())
            for alias in ("default", "owner"):
                connections.settings[alias]["HOST"] = str(server.socket_folder)
        stack.enter_context(_signed_in(logins["owner"]))
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    logins: dict[str, dict[str, Any]],
) -> Iterator[None]:
    """Tests act as the web login; only what empties the tables acts as the owner."""
    default, owner = (connections.settings[alias] for alias in ("default", "owner"))
    owner["NAME"] = default["NAME"]
    empty_tables = getattr(TransactionTestCase, _EMPTY_TABLES)

    def empty_tables_as_owner(case: TransactionTestCase) -> None:
        with _signed_in(logins["owner"]):
            empty_tables(case)
            _furnish()

    with django_db_blocker.unblock(), _signed_in(logins["owner"]):
        _furnish()
    with pytest.MonkeyPatch.context() as patch, _signed_in(logins["web"]):
        patch.setattr(TransactionTestCase, _EMPTY_TABLES, empty_tables_as_owner)
        yield


def _furnish() -> None:
    """What every installation has, and the cast; a test that empties loses neither."""
    reference_rows.load("default")
    cast.make("default")


@pytest.fixture
def at() -> datetime:
    """The instant a test takes place: a Thursday morning in the unit's zone."""
    return datetime(2026, 11, 19, 17, 48, tzinfo=UTC)


@pytest.fixture
def become(db: None, at: datetime) -> Iterator[Callable[[str], Actor]]:
    """``become("amara")``: act as one of the cast, until the next or the test's end."""

    def turn(key: str, when: datetime = at) -> Actor:
        actor = actor_for(cast.user(key), when)
        set_actor(actor, when, uuid4())
        return actor

    with transaction.atomic(), pghistory.context(test=True):
        yield turn


@pytest.fixture
def visit(db: None, at: datetime) -> Iterator[Callable[[str], Client]]:
    """``visit("amara")``: a browser in which one of the cast is signed in, at ``at``.

    What tests prepare with ``become`` is there; each request acts as its visitor.
    """

    def sign_in(key: str) -> Client:
        client = Client()
        client.force_login(cast.user(key))
        return client

    with time_machine.travel(at, tick=False):
        yield sign_in


@contextmanager
def _signed_in(login: dict[str, Any]) -> Iterator[None]:
    """Django's default connection uses this login inside the block."""
    default = connections.settings["default"]
    before = {key: default[key] for key in login}
    connections["default"].close()
    default.update(login)
    try:
        yield
    finally:
        connections["default"].close()
        default.update(before)


def _free_folder() -> tuple[Path, TextIO]:
    """The first folder no other run has locked; a killed run leaves no lock."""
    for number in itertools.count(1):
        folder = data_folder(os.environ) / "tests" / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        claim = (folder / "claimed").open("w")
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            claim.close()
        else:
            return folder, claim
    raise AssertionError("counting does not end")
