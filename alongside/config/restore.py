"""``alongside restore``: a database from the file of a backup, all of it or nothing."""

import argparse
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.db import connections

from alongside.config import ready
from alongside.config.owner_programs import (
    as_owner,
    client_program,
    last_line,
)
from alongside.config.terminal import Trouble, in_plain_words, say

# As PostgreSQL makes it in every new database.
_EMPTY = b"""
set local lock_timeout = '20s';
drop schema public cascade;
create schema public authorization pg_database_owner;
grant usage on schema public to public;
"""

# Our pg_restore always writes this line, which changes nothing on a server of ours
# and is an error on one before version 17.
_UNKNOWN_BEFORE_17 = b"SET transaction_timeout = 0;\n"


@in_plain_words
def run(args: list[str]) -> int:
    """Load the database from a file that “alongside backup” wrote."""
    parser = argparse.ArgumentParser("alongside restore", description=run.__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--replace", action="store_true", help="put it in place of what is there now"
    )
    options = parser.parse_args(args)
    file: Path = options.file.resolve()
    if not file.is_file():
        raise Trouble(f"There is no file {file}.")
    with ready.application():
        if not options.replace and not _is_empty():
            raise Trouble(
                "The database is not empty. To lose what it holds and load the file in"
                " its place, add --replace."
            )
        _load(file, replace=options.replace)
    say(f"The database is as {file} holds it. Now run: alongside manage migrate")
    return 0


def _is_empty() -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select from pg_tables where schemaname = 'public' limit 1")
        return bool(cursor.rowcount == 0)


def _load(file: Path, *, replace: bool) -> None:
    """Turn the file into SQL and run it in one transaction.

    pg_restore's own single transaction could not also empty the database.
    """
    words, environment = as_owner(
        "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"
    )
    read = [client_program("pg_restore"), "--no-owner", "--file=-", str(file)]
    connections.close_all()  # or emptying the database would wait for ourselves
    with tempfile.TemporaryFile("w+") as unread, tempfile.TemporaryFile("w+") as undone:
        reader = subprocess.Popen(  # noqa: S603 (our own words, and no shell)
            read, stdout=subprocess.PIPE, stderr=unread
        )
        writer = subprocess.Popen(  # noqa: S603 (our own words, and no shell)
            words,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=undone,
        )
        _pour(reader, writer, before=_EMPTY if replace else b"")
        if reader.returncode > 0:
            raise Trouble(
                f"{file} is damaged, or is no backup. The database is as it was:"
                f" {last_line(_all(unread))}"
            )
        if writer.returncode:
            raise Trouble(
                "The file was not loaded, and the database is as it was:"
                f" {last_line(_all(undone))}"
            )


def _pour(
    reader: "subprocess.Popen[bytes]",
    writer: "subprocess.Popen[bytes]",
    *,
    before: bytes,
) -> None:
    """Hand all the SQL over; commit only once the reader says that it was all."""
    assert reader.stdout  # noqa: S101 (both were opened as pipes)
    assert writer.stdin  # noqa: S101 (the same)
    # A broken pipe is psql stopping at an error, which it has told us.
    with suppress(BrokenPipeError), reader, writer:
        writer.stdin.write(b"begin;\n" + before)
        for line in reader.stdout:
            if line == _UNKNOWN_BEFORE_17:
                break
            writer.stdin.write(line)
        shutil.copyfileobj(reader.stdout, writer.stdin)
        if reader.wait() == 0:
            writer.stdin.write(b"commit;\n")
        writer.stdin.close()


def _all(complaints: IO[str]) -> str:
    complaints.seek(0)
    return complaints.read()
