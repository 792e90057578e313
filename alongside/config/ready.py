"""What every command needs first: the settings read, and a database that answers."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections

from alongside.config.database import (
    OWNER_URL,
    WEB_URL,
    data_folder,
    is_embedded,
)
from alongside.config.embedded import Server
from alongside.config.terminal import Trouble


@contextmanager
def application() -> Iterator[None]:
    """Load the application, and keep its database running inside the block."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Trouble(str(error)) from error
    with ExitStack() as stack:
        if is_embedded(os.environ):
            stack.enter_context(Server(data_folder(os.environ)).running())
            stack.callback(connections.close_all)
        else:
            _reach("default", WEB_URL)
            _reach("owner", OWNER_URL)
        yield


def _reach(alias: str, variable: str) -> None:
    try:
        connections[alias].ensure_connection()
    except OperationalError as error:
        reason = " ".join(str(error).split())
        raise Trouble(
            f"The database that {variable} names does not let us in. Check that the"
            f" server runs and that the address, login and password are right."
            f" It says: {reason}"
        ) from error
