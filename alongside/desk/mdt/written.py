"""Minutes as they stand, for those who read them and do not write them."""

from django.http import HttpResponse

from alongside.access.request import Request
from alongside.forms.vocabulary import vocabulary_for
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
        },
    )
