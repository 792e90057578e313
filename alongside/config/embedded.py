"""The PostgreSQL that comes in a wheel, for the demo and the tests only.

It trusts whoever reaches its socket, so the socket lies in a folder that only this
account may enter, there is no network port, and ``database`` refuses it without DEBUG.
"""

import fcntl
import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

import psycopg

from alongside.config.programs import make_private, run_server_program
from alongside.config.terminal import Trouble

DATABASE = "alongside"
OWNER = "alongside_owner"
WEB = "alongside_web"

# The whole socket address must fit in 104 bytes (macOS; Linux allows 108).
_LONGEST_FOLDER = 104 - len("/.s.PGSQL.5432") - 1

# Nothing a test writes has to outlive a power cut.
_CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")

_LOGINS = f"""
do $$ begin
  if to_regrole('{OWNER}') is null then
    create role {OWNER} login createdb;
    -- Bulk loads of the demo and the benchmark set triggers aside.
    grant set on parameter session_replication_role to {OWNER};
  end if;
  if to_regrole('{WEB}') is null then
    create role {WEB} login nosuperuser nobypassrls;
  end if;
end $$
"""


@dataclass(frozen=True)
class Server:
    """One embedded PostgreSQL: a data folder, and a server while someone uses it."""

    folder: Path
    durable: bool = True

    @property
    def cluster(self) -> Path:
        """The folder PostgreSQL calls its data directory."""
        return self.folder / "postgres"

    @property
    def socket_folder(self) -> Path:
        """Where the socket lies: with the data, or in /tmp if that path is too long."""
        if len(os.fsencode(self.cluster)) <= _LONGEST_FOLDER:
            return self.cluster
        digest = sha256(os.fsencode(self.cluster)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"alongside-{os.getuid()}-{digest}"

    def settings(self, login: str) -> dict[str, Any]:
        """An entry of Django's ``DATABASES`` for one login."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": DATABASE,
            "USER": login,
            "PASSWORD": "",
            "HOST": str(self.socket_folder),
            "PORT": "",
            "OPTIONS": {},
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }

    @contextmanager
    def running(self) -> Iterator[None]:
        """Keep the server up for the length of the block; the last one out stops it.

        Users hold a shared lock, which the kernel drops even from a killed process.
        """
        with self._open("in-use") as in_use:
            with self._gate():
                fcntl.flock(in_use, fcntl.LOCK_SH)
                self._start()
            try:
                yield
            finally:
                with self._gate():
                    self._stop_unless_used(in_use.fileno())

    @contextmanager
    def _gate(self) -> Iterator[None]:
        """Only one process at a time starts or stops the server."""
        with self._open("starting") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield

    def _open(self, lock: str) -> TextIO:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            return (self.folder / lock).open("w")
        except OSError as error:
            raise Trouble(
                f"The data folder {self.folder} cannot be used: {error.strerror}."
                " Choose another in ALONGSIDE_DATA."
            ) from error

    def _start(self) -> None:
        if not self.cluster.exists():
            self._create()
        if not self._is_up():
            self._launch()
        self._make_logins()

    def _create(self) -> None:
        # Made beside its final place, so that an interrupted start leaves no half.
        draft = self.folder / "postgres.new"
        shutil.rmtree(draft, ignore_errors=True)
        make_private(draft)
        # A fixed locale: lists sort the same on every machine.
        made = run_server_program(
            "initdb",
            *("-D", draft, "--username=postgres", "--auth=trust", "--encoding=UTF8"),
            *("--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            "--no-sync",
        )
        if made.returncode:
            raise Trouble(
                f"PostgreSQL could not make its files in {draft}:"
                f" {_last_line(made.stderr)}"
            )
        draft.rename(self.cluster)

    def _is_up(self) -> bool:
        return (
            run_server_program("pg_ctl", "status", "-D", self.cluster).returncode == 0
        )

    def _launch(self) -> None:
        make_private(self.socket_folder)
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self.socket_folder}",
            "unix_socket_permissions=0700",
            *(() if self.durable else _CARELESS),
        ]
        log = self.cluster / "server.log"
        started = run_server_program(
            *("pg_ctl", "start", "-w", "-D", self.cluster, "-l", log),
            *("-o", " ".join(f"-c {shlex.quote(setting)}" for setting in settings)),
        )
        if started.returncode:
            raise Trouble(
                f"The data folder {self.folder} is damaged, or made by another version"
                f" of PostgreSQL: it does not start. Its last words are in {log}."
                f" To begin again with fresh data, move {self.folder} away."
            )

    def _make_logins(self) -> None:
        try:
            with psycopg.connect(
                host=str(self.socket_folder),
                user="postgres",
                dbname="postgres",
                autocommit=True,
            ) as connection:
                connection.execute(_LOGINS)
                known = "select from pg_database where datname = %s"
                if not connection.execute(known, [DATABASE]).rowcount:
                    connection.execute(f"create database {DATABASE} owner {OWNER}")
        except psycopg.Error as error:
            raise Trouble(
                f"The embedded PostgreSQL in {self.folder} runs and does not answer:"
                f" {_last_line(str(error))} Stop what is using the folder, or move"
                " the folder away to begin with fresh data."
            ) from error

    def _stop_unless_used(self, in_use: int) -> None:
        try:
            fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        run_server_program("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.cluster)
        if self.socket_folder != self.cluster:
            shutil.rmtree(self.socket_folder, ignore_errors=True)


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason was given."])[-1]
