"""Two people act at the same instant: the second has looked before the first saved."""

from collections.abc import Callable
from datetime import datetime
from threading import Thread
from time import monotonic, sleep
from typing import Any

from django.db import connection, connections

from alongside.access.actor import Actor, acting_as
from alongside.kernel.refusal import Refused
from tests import cast

_PATIENCE = 30

Act = Callable[[Actor], Any]


def second_of_two(
    at: datetime, first: tuple[str, Act], second: tuple[str, Act]
) -> list[str]:
    """What the second is told; "saved" where nothing stood in the way.

    Each is somebody of the cast and what they do. The second begins while the first has
    written and not yet saved, and so sees nothing of it until it waits for it.
    """
    told: list[str] = []

    def act() -> None:
        try:
            with acting_as(cast.user(second[0]), at) as by:
                second[1](by)
            told.append("saved")
        except Refused as refused:
            told.append(refused.reason)
        except Exception as error:
            told.append(repr(error))
            raise
        finally:
            connections.close_all()

    other = Thread(target=act)
    with acting_as(cast.user(first[0]), at) as by:
        first[1](by)
        other.start()
        until = monotonic() + _PATIENCE
        while other.is_alive() and not _somebody_waits() and monotonic() < until:
            sleep(0.02)
        waited = other.is_alive()
    other.join()
    assert waited, f"nothing kept the second waiting: {told}"
    return told


def _somebody_waits() -> bool:
    """For us, that is: others on the same server may wait for one another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_locks where not granted"
            " and pg_backend_pid() = any(pg_blocking_pids(pid)))"
        )
        (waits,) = cursor.fetchone()
    return bool(waits)
