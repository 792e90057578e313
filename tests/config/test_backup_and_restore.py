"""A backup is whole, private and loads again; a bad one changes nothing."""

import stat
from pathlib import Path

import pytest
from django.db import connections

from tests.config.conftest import Command, Sql

pytestmark = pytest.mark.slow

ODD_WORDS = ["O’Brien", "Ñandú", "a\ttab", "back\\slash", "''; drop", "🙂", "\\."]


@pytest.fixture
def filled(sql: Sql) -> None:
    """A table as ours are: its rows hidden by row security, granted to the web."""
    web = connections.settings["default"]["USER"]
    words = ", ".join(f"($odd${word}$odd$)" for word in ODD_WORDS)
    sql("create table kept (id int generated always as identity, word text unique)")
    sql(f"insert into kept (word) values {words}")
    sql("insert into kept (word) select md5(n::text) from generate_series(1, 5000) n")
    sql("alter table kept enable row level security")
    sql(f"create policy none on kept to {web} using (false)")
    sql(f"grant select on kept to {web}")
    sql(
        "create function reveal() returns bigint language sql security definer"
        " set search_path = pg_catalog, public as 'select count(*) from kept'"
    )


def everything(sql: Sql) -> list[object]:
    """The rows, and all that guards them."""
    return [
        sql("select id, word from kept order by id"),
        sql("select polname, polroles::regrole[]::text,"
            " pg_get_expr(polqual, polrelid) from pg_policy"),
        sql("select relacl::text, relrowsecurity from pg_class where relname = 'kept'"),
        sql("select proname, prosecdef, proconfig from pg_proc where proname='reveal'"),
        sql("select nspacl::text, nspowner::regrole::text from pg_namespace"
            " where nspname = 'public'"),
    ]  # fmt: skip


@pytest.mark.usefixtures("filled")
def test_a_restored_database_equals_the_one_backed_up(
    alongside: Command, sql: Sql
) -> None:
    before = everything(sql)
    assert alongside("backup", "whole.backup").returncode == 0
    sql("delete from kept where id > 3")
    sql("create table newer (id int)")
    restored = alongside("restore", "--replace", "whole.backup")
    assert (restored.returncode, restored.stderr) == (0, "")
    assert everything(sql) == before
    assert sql("select to_regclass('newer')") == [(None,)]
    assert sql("select reveal()") == [(5000 + len(ODD_WORDS),)]


@pytest.mark.usefixtures("filled")
def test_an_empty_database_takes_a_backup_without_asking(
    alongside: Command, sql: Sql
) -> None:
    before = everything(sql)
    assert alongside("backup", "whole.backup").returncode == 0
    sql("drop table kept cascade")
    sql("drop function reveal()")
    assert alongside("restore", "whole.backup").returncode == 0
    assert everything(sql) == before


@pytest.mark.usefixtures("filled")
def test_a_database_that_is_not_empty_is_left_alone(
    alongside: Command, sql: Sql
) -> None:
    assert alongside("backup", "whole.backup").returncode == 0
    sql("delete from kept where id > 3")
    refused = alongside("restore", "whole.backup")
    assert refused.returncode == 1
    assert "add --replace" in refused.stderr
    assert sql("select count(*) from kept") == [(3,)]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("kept_share", [0.02, 0.5, 0.98])
def test_a_cut_off_backup_changes_nothing(
    alongside: Command, sql: Sql, tmp_path: Path, kept_share: float
) -> None:
    assert alongside("backup", "whole.backup").returncode == 0
    whole = (tmp_path / "whole.backup").read_bytes()
    (tmp_path / "cut.backup").write_bytes(whole[: int(len(whole) * kept_share)])
    before = everything(sql)
    refused = alongside("restore", "--replace", "cut.backup")
    assert refused.returncode == 1
    assert "damaged, or is no backup. The database is as it was" in refused.stderr
    assert everything(sql) == before


@pytest.mark.usefixtures("filled")
def test_a_file_the_server_will_not_take_changes_nothing(
    alongside: Command, sql: Sql
) -> None:
    assert alongside("backup", "whole.backup").returncode == 0
    sql("drop table kept cascade")  # and reveal() is left in the way
    refused = alongside("restore", "whole.backup")
    assert refused.returncode == 1
    assert "was not loaded, and the database is as it was" in refused.stderr
    assert "already exists" in refused.stderr
    assert sql("select to_regclass('kept')") == [(None,)]


def test_a_backup_is_for_its_owners_eyes_only(
    alongside: Command, tmp_path: Path
) -> None:
    assert alongside("backup", "private.backup").returncode == 0
    mode = (tmp_path / "private.backup").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_backup_never_overwrites_a_file(alongside: Command, tmp_path: Path) -> None:
    (tmp_path / "taken.backup").write_text("last night")
    refused = alongside("backup", "taken.backup")
    assert refused.returncode == 1
    assert "exists already" in refused.stderr
    assert (tmp_path / "taken.backup").read_text() == "last night"


def test_a_backup_that_cannot_be_written_says_so(
    alongside: Command, tmp_path: Path
) -> None:
    refused = alongside("backup", "no/such/folder/a.backup")
    assert refused.returncode == 1
    assert "cannot be written: No such file or directory" in refused.stderr


def test_restoring_a_missing_file_says_so(alongside: Command) -> None:
    refused = alongside("restore", "none.backup")
    assert refused.returncode == 1
    assert "There is no file" in refused.stderr
