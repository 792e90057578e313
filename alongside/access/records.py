"""The only ways a view gets a record: the database decides, and the log is told."""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.request import Request
from alongside.kernel.refusal import NotFound

M = TypeVar("M", bound=models.Model)


def open_record(
    request: Request,
    source: type[M] | models.QuerySet[M],
    ref: UUID,
    *,
    log: bool = True,
    part: str = "",
) -> M:
    """The record with this reference, read-logged; not found if none is shown."""
    rows = source._default_manager.all() if isinstance(source, type) else source
    found = rows.filter(ref=ref).first()
    if found is None:
        raise NotFound
    if log:
        record(
            Event.RECORD_READ, by=request.actor, at=request.at, about=found, part=part
        )
    return found


def log_list(request: Request, name: str, youth: Iterable[int], **filters: Any) -> None:
    """Write which young people a list showed, and how it was filtered: one row."""
    record(
        Event.LIST_READ,
        by=request.actor,
        at=request.at,
        youth=sorted(set(youth)),
        list=name,
        **filters,
    )
