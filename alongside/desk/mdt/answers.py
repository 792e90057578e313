"""A paper as an answer: downloaded, logged, kept by no cache, with a neutral name."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpResponse

from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.request import Request


def paper_answer(
    request: Request,
    made: bytes,
    word: str,
    day: date,
    youth: Iterable[int],
    **detail: Any,
) -> HttpResponse:
    """The PDF, named with a neutral word and a day: "minutes-2026-11-19.pdf"."""
    record(
        Event.MINUTES_MADE if word == "minutes" else Event.EXPORT_MADE,
        by=request.actor,
        at=request.at,
        youth=sorted(set(youth)),
        what=word,
        day=day,
        **detail,
    )
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{word}-{day}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
