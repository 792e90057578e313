"""The log is sealed by day, and a changed or missing line is told."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections, transaction

from alongside.access import seals
from alongside.access.actor import acting_as
from alongside.access.events import Event
from alongside.access.log import record
from tests import cast

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.slow,
]

DAY = datetime(2026, 11, 2, 18, tzinfo=UTC)
Sql = Callable[[str], None]


@pytest.fixture
def as_owner() -> Iterator[Sql]:
    """Somebody with the owner's login changes the log behind everybody's back."""

    def run(statement: str) -> None:
        with connections["owner"].cursor() as cursor, transaction.atomic("owner"):
            cursor.execute("alter table access_logentry disable trigger append_only")
            cursor.execute(statement)
            cursor.execute("alter table access_logentry enable trigger append_only")

    yield run
    connections["owner"].close()


@pytest.fixture
def three_days() -> None:
    """Three days with two lines each."""
    for number in range(3):
        for hour in (0, 1):
            at = DAY + timedelta(days=number, hours=hour)
            with acting_as(cast.user("amara"), at) as amara:
                record(Event.LIST_READ, by=amara, at=at, youth=[1], list="caseload")


def test_days_that_are_over_are_sealed_once(three_days: None) -> None:
    assert seals.seal(DAY + timedelta(days=4)) == 3
    assert seals.seal(DAY + timedelta(days=4)) == 0
    assert list(seals.broken()) == []


def test_a_changed_line_is_told(three_days: None, as_owner: Sql) -> None:
    seals.seal(DAY + timedelta(days=4))
    as_owner("update access_logentry set actor_id = 0 where day = '2026-11-03'")
    assert list(seals.broken()) == [
        "2026-11-03: a line was changed after it was sealed."
    ]


def test_a_missing_line_is_told(three_days: None, as_owner: Sql) -> None:
    seals.seal(DAY + timedelta(days=4))
    as_owner(
        "delete from access_logentry where id ="
        " (select min(id) from access_logentry where day = '2026-11-04')"
    )
    assert list(seals.broken()) == [
        "2026-11-04: 2 lines were sealed and 1 are there now."
    ]


def test_a_line_slipped_into_a_day_without_any_is_told(three_days: None) -> None:
    before = DAY - timedelta(days=7)
    for at in (DAY + timedelta(days=5), DAY + timedelta(days=9)):
        with acting_as(cast.user("amara"), at) as amara:
            record(Event.LIST_READ, by=amara, at=at, youth=[1], list="caseload")
    seals.seal(DAY + timedelta(days=8))
    assert list(seals.broken()) == []  # the day that is not over yet has no seal
    for at in (before, before, DAY + timedelta(days=4)):
        with acting_as(cast.user("amara"), at) as amara:
            record(Event.LIST_READ, by=amara, at=at, youth=[1], list="caseload")
    assert list(seals.broken()) == [
        "2026-10-26: 2 lines were added after later days had been sealed.",
        "2026-11-06: 1 line was added after later days had been sealed.",
    ]
    assert seals.seal(DAY + timedelta(days=8)) == 0


def test_a_day_that_may_still_be_written_is_left_open(three_days: None) -> None:
    assert seals.seal(DAY + timedelta(days=2)) == 1
