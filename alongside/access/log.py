"""The one log: reads, decisions, exports, look-ups and grants, in the transaction."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, models

from alongside.access.actor import Actor
from alongside.access.events import Event

_INSERT = (
    "insert into access_logentry (at, day, actor_id, event, youth_ids, subject,"
    " subject_id, detail, request_id) values (%s, %s, %s, %s, %s, %s, %s, %s::jsonb,"
    " nullif(current_setting('alongside.request', true), '')::uuid)"
)


def record(
    event: Event,
    *,
    by: Actor,
    at: datetime,
    about: models.Model | None = None,
    youth: Iterable[int] = (),
    **detail: Any,
) -> None:
    """Write one line. ``detail`` holds ids and choices, never what somebody typed.

    ``about`` is the record acted on; the youth it is about is found from it.
    """
    ids = list(youth)
    if about is not None and not ids:
        youth_id = (
            about.pk
            if about._meta.label == "people.Youth"
            else getattr(about, "youth_id", None)
        )
        ids = [youth_id] if youth_id else []
    # No RETURNING: the web login may write this table and not read it.
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                at,
                at.date(),
                by.user_id,
                event.value,
                ids,
                about._meta.label_lower if about is not None else "",
                about.pk if about is not None else None,
                json.dumps(_plain(detail)),
            ],
        )


def _plain(detail: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value if isinstance(value, int | float | list | None) else str(value)
        for key, value in detail.items()
    }
