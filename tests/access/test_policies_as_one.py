"""The policies are written as one: what fails midway leaves every table as it was."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, connections

from alongside.access import policies

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.slow,
]


@pytest.fixture
def a_table_is_missing() -> Iterator[None]:
    """One of the tables that policies are written for goes by another name."""
    there, away = "access_holder", "access_holder_away"
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"alter table {there} rename to {away}")
        yield
        cursor.execute(f"alter table {away} rename to {there}")
    connections["owner"].close()


def _may_change() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r'"
            " and relnamespace = 'public'::regnamespace"
            " and has_table_privilege(oid, 'update')"
        )
        return {name for (name,) in cursor.fetchall()}


def test_what_fails_midway_opens_nothing(a_table_is_missing: None) -> None:
    before = _may_change()
    with pytest.raises(DatabaseError, match="access_holder"):
        policies.apply("owner")
    assert _may_change() == before
    assert not before & {"access_grant", "access_logentry"}
