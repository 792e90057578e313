"""PostgreSQL's client programs, signed in as the database's owner."""

import os
import shutil
from typing import Any

from django.db import connections
from django.db.backends.postgresql.client import DatabaseClient

from alongside.config.programs import BUNDLED_VERSION, bundled
from alongside.config.terminal import Trouble


def server_version() -> int:
    """The major version of the PostgreSQL that holds our database."""
    owner: Any = connections["owner"]
    owner.ensure_connection()
    return int(owner.pg_version) // 10_000


def client_program(program: str) -> str:
    """Where the program is; ours serves every older server, a newer one needs its."""
    if server_version() <= BUNDLED_VERSION:
        return str(bundled(program))
    if found := shutil.which(program):
        return found
    raise Trouble(
        f"This database runs on PostgreSQL {server_version()} and {program} is not"
        " installed. Install the client programs of that version, then try again."
    )


def as_owner(program: str, *parameters: str) -> tuple[list[str], dict[str, str]]:
    """A command line on our database, and the environment that holds the password."""
    words, secrets = DatabaseClient.settings_to_cmd_args_env(
        connections["owner"].settings_dict, parameters
    )
    return [client_program(program), *words[1:]], {**os.environ, **(secrets or {})}


def last_line(complaints: str) -> str:
    """What a program said last, which is why it stopped."""
    return (complaints.strip().splitlines() or ["It gave no reason."])[-1]
