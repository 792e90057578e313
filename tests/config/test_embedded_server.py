"""The embedded PostgreSQL: started, shared, stopped, and kept from strangers."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from alongside.config.embedded import OWNER, WEB, Server
from alongside.config.terminal import Trouble

pytestmark = pytest.mark.slow

ALSO_USE_IT = """
import sys
from pathlib import Path
from alongside.config.embedded import Server
with Server(Path(sys.argv[1]), durable=False).running():
    print("up", flush=True)
    sys.stdin.read()
"""


def connect(server: Server, login: str) -> psycopg.Connection:
    folder = str(server.socket_folder)
    return psycopg.connect(host=folder, user=login, dbname="alongside", autocommit=True)


def is_up(server: Server) -> bool:
    return (server.cluster / "postmaster.pid").exists()


def another_user(server: Server) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", ALSO_USE_IT, str(server.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "up\n"
    return process


def test_what_is_written_is_there_at_the_next_start(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    with server.running(), connect(server, OWNER) as owner:
        owner.execute("create table kept (word text)")
        owner.execute("insert into kept values ('still here')")
    assert not is_up(server)
    with server.running(), connect(server, OWNER) as owner:
        assert owner.execute("select word from kept").fetchall() == [("still here",)]


def test_the_web_login_owns_nothing_and_has_no_way_round(tmp_path: Path) -> None:
    server = Server(tmp_path, durable=False)
    with server.running(), connect(server, OWNER) as owner:
        owner.execute("create table secret (word text)")
        with connect(server, WEB) as web:
            for forbidden in (
                "select * from secret",
                "create table mine (word text)",
                "set role alongside_owner",
                "set session_replication_role = replica",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    web.execute(forbidden)


def test_the_owner_is_no_superuser(tmp_path: Path) -> None:
    server = Server(tmp_path, durable=False)
    with server.running(), connect(server, OWNER) as owner:
        rights = owner.execute(
            "select rolsuper, rolbypassrls, rolcreaterole from pg_roles"
            " where rolname = current_user"
        )
        assert rights.fetchone() == (False, False, False)


def test_the_last_one_out_stops_it(tmp_path: Path) -> None:
    server = Server(tmp_path, durable=False)
    with server.running():
        other = another_user(server)
    assert is_up(server)
    with connect(server, WEB) as web:
        assert web.execute("select 1").fetchone() == (1,)
    other.communicate("")
    assert not is_up(server)


def test_a_killed_user_does_not_keep_it_up(tmp_path: Path) -> None:
    server = Server(tmp_path, durable=False)
    with server.running():
        other = another_user(server)
        other.send_signal(signal.SIGKILL)
        other.communicate()
    assert not is_up(server)


def test_one_left_running_by_a_killed_user_is_used_again(tmp_path: Path) -> None:
    server = Server(tmp_path, durable=False)
    other = another_user(server)
    first = (server.cluster / "postmaster.pid").read_text().splitlines()[0]
    other.send_signal(signal.SIGKILL)
    other.communicate()
    assert is_up(server)
    with server.running():
        now = (server.cluster / "postmaster.pid").read_text().splitlines()[0]
        assert now == first
    assert not is_up(server)


def test_a_killed_server_starts_again_with_its_data(tmp_path: Path) -> None:
    server = Server(tmp_path)
    with server.running(), connect(server, OWNER) as owner:
        owner.execute("create table kept as select 1 as number")
        pid = (server.cluster / "postmaster.pid").read_text().splitlines()[0]
        os.kill(int(pid), signal.SIGKILL)
    with server.running(), connect(server, OWNER) as owner:
        assert owner.execute("select number from kept").fetchone() == (1,)


def test_nobody_else_may_enter_the_folder_of_its_socket(tmp_path: Path) -> None:
    server = Server(tmp_path, durable=False)
    with server.running():
        assert stat.S_IMODE(server.socket_folder.stat().st_mode) == 0o700


def test_a_long_path_with_odd_characters_works(tmp_path: Path) -> None:
    server = Server(tmp_path / "an odd 'folder' é" / ("x" * 100), durable=False)
    assert not server.socket_folder.is_relative_to(tmp_path)
    with server.running(), connect(server, WEB) as web:
        assert stat.S_IMODE(server.socket_folder.stat().st_mode) == 0o700
        assert web.execute("select 1").fetchone() == (1,)
    assert not server.socket_folder.exists()


def test_an_interrupted_first_start_is_begun_again(tmp_path: Path) -> None:
    half = tmp_path / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    server = Server(tmp_path, durable=False)
    with server.running(), connect(server, WEB) as web:
        assert web.execute("select 1").fetchone() == (1,)
    assert not half.exists()


@pytest.mark.parametrize("damage", ["global/pg_control", "PG_VERSION"])
def test_a_damaged_folder_is_named_with_what_to_do(tmp_path: Path, damage: str) -> None:
    server = Server(tmp_path / "data")
    with server.running():
        pass
    (server.cluster / damage).write_bytes(b"not what was here")
    with pytest.raises(Trouble, match="is damaged") as trouble, server.running():
        pass
    assert f"move {server.folder} away" in str(trouble.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with (
        pytest.raises(Trouble, match="cannot be used: Not a directory"),
        Server(tmp_path / "taken" / "data").running(),
    ):
        pass
