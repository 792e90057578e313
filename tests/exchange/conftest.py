"""The county's two workbooks, brought into the Bridge Unit."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alongside.access.actor import Actor
from alongside.exchange import actions
from alongside.exchange.imports import Act, Decision, Reply
from alongside.exchange.models import ImportRun

WORKBOOKS = Path(__file__).parent.parent / "workbooks"
CASELOAD, CALENDAR = "running_caseload.xlsx", "mdt_calendar.xlsx"

Become = Callable[..., Actor]
Start = Callable[..., ImportRun]


@pytest.fixture
def at() -> datetime:
    """The morning after the day the files were kept to."""
    return datetime(2026, 11, 21, 17, 0, tzinfo=UTC)


@pytest.fixture
def start(become: Become, at: datetime) -> Start:
    """``start()``: the two workbooks chosen by the coordinator, nothing answered."""

    def choose(*names: str, key: str = "coordinator") -> ImportRun:
        files = [
            (name, (WORKBOOKS / name).read_bytes())
            for name in names or (CASELOAD, CALENDAR)
        ]
        return actions.start_import(files, by=become(key), at=at)

    return choose


@pytest.fixture
def answered(start: Start, become: Become) -> ImportRun:
    """Every possible duplicate is one person, and every cell in doubt left empty."""
    return leave_in_doubt_empty(start(), become("coordinator"))


def leave_in_doubt_empty(run: ImportRun, by: Actor) -> ImportRun:
    while True:
        found = actions.rehearse(run, by=by)
        if not found.problems and not found.questions:
            return run
        run = actions.answer(
            run,
            by=by,
            questions={one.id: Decision.ONE for one in found.questions},
            problems={one.id: Reply(Act.LEAVE_EMPTY) for one in found.problems},
        )
