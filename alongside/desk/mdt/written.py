"""Minutes as they stand, for those who read them and do not write them."""

from typing import Any

from django.http import HttpResponse

from alongside.access.request import Request
from alongside.desk.mdt.table import agenda_around, ref_of
from alongside.forms.vocabulary import vocabulary_for
from alongside.meetings.agenda import own_lines
from alongside.meetings.minutes import minutes_of
from alongside.meetings.models import Item
from alongside.web.pages import page


def read_only(request: Request, item: Item) -> HttpResponse:
    """The minutes of one young person, without a form."""
    (minutes,) = minutes_of([item])
    return page(
        request,
        "desk/mdt/written.html",
        {
            "item": item,
            "youth": item.youth,
            "minutes": minutes,
            "words": vocabulary_for(request.actor),
            **_turn(request, item),
        },
    )


def _turn(request: Request, item: Item) -> dict[str, Any]:
    """Which turn of how many; an agency comes from its own agenda, and names it."""
    if request.actor.unit_id is not None:
        numbered = [turn for turn in agenda_around(item) if turn.number is not None]
        turns = {turn.number: turn.item.pk for turn in numbered}
        return _of(turns, item)
    session = ref_of(request.GET.get("session", ""))
    if session is None:
        return {}
    lines = own_lines(session)
    return {
        **_of({line.number: line.item and line.item.pk for line in lines}, item),
        "session": session,
    }


def _of(turns: dict[Any, Any], item: Item) -> dict[str, Any]:
    number = next((turn for turn, key in turns.items() if key == item.pk), None)
    return {"number": number, "count": len(turns)}
