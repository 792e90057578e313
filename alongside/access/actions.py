"""Giving and ending grants; the database's own functions write them and their log."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.access.actor import Actor
from alongside.access.models import Grant, Holder
from alongside.access.permissions import Permission
from alongside.kernel.compartments import Compartment
from alongside.kernel.refusal import NotFound, refuse_if


def share(
    youth_id: int,
    holder: Holder,
    parts: Iterable[Compartment],
    *,
    because: Grant.Because,
    source: str,
    until: datetime | None,
    by: Actor,
) -> int:
    """Let a holder see parts of a record; the key of the new grant."""
    by.must(Permission.GRANT_SHARE)
    made = _call(
        "share",
        [youth_id, holder.pk, [*parts], because, source, until],
        ["bigint", "bigint", "text[]", "text", "text", "timestamptz"],
    )
    assert made is not None  # noqa: S101 (share answers with a key or raises)
    return made


def end_grant(grant: Grant, *, by: Actor) -> None:
    """End a sharing now, or give one's own back; what was seen stays in the log."""
    if grant.holder_id not in by.holders:
        by.must(Permission.GRANT_END)
    _call("end_grant", [grant.pk], ["bigint"])


def break_glass(youth_ref: UUID, reason: str, *, by: Actor) -> None:
    """Open a record for four hours; a supervisor will read the reason."""
    by.must(Permission.GRANT_BREAK_GLASS)
    refuse_if(
        None
        if len(reason.strip()) >= 10
        else "The record was not opened. Write the reason in a sentence: a supervisor"
        " reads it afterwards."
    )
    if _call("break_glass", [youth_ref, reason], ["uuid", "text"]) is None:
        raise NotFound


def review_emergency(grant: Grant, *, by: Actor) -> None:
    """Say that an emergency opening was read by a supervisor."""
    by.must(Permission.ACCESS_REVIEW)
    _call("review_emergency", [grant.pk], ["bigint"])


def _call(function: str, values: list[Any], types: list[str]) -> int | None:
    marks = ", ".join(f"%s::{kind}" for kind in types)
    with connection.cursor() as cursor:
        # The name is one of ours above, never a value.
        cursor.execute(f"select {function}({marks})", values)
        (result,) = cursor.fetchone()
    return None if result in (None, "") else int(result)
