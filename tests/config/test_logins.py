"""Which login tests act as, and what it may not do."""

import pytest
from django.db import ProgrammingError, connection, connections


@pytest.mark.django_db
def test_the_web_login_is_neither_superuser_nor_past_row_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb"
            " from pg_roles where rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False)


@pytest.mark.django_db
def test_the_web_login_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), count(*) filter (where tableowner = current_user)"
            " from pg_tables where schemaname = 'public'"
        )
        tables, own = cursor.fetchone()
    assert tables > 0
    assert own == 0


@pytest.mark.django_db
def test_the_web_login_cannot_make_a_table() -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("create table mine (id int)")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["temporary table", "temporary view"])
def test_the_web_login_cannot_make_a_temporary_one_either(kind: str) -> None:
    made = {"temporary table": "(id int)", "temporary view": "as select 1 as id"}
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="denied"):
        cursor.execute(f"create {kind} mine {made[kind]}")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_both_logins_use_the_one_test_database() -> None:
    names = set()
    for alias in ("default", "owner"):
        with connections[alias].cursor() as cursor:
            cursor.execute("select current_database(), current_user")
            names.add(cursor.fetchone())
    databases, logins = (set(column) for column in zip(*names, strict=True))
    assert len(databases) == 1
    assert databases.pop().startswith("test_")
    assert len(logins) == 2
