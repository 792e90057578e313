"""Finding a young person among those one may open; nobody else is ever hinted at."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse

from alongside.access.door import requires
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.access.request import Request
from alongside.cases.models import Case
from alongside.kernel.names import fold
from alongside.people.likeness import Known
from alongside.people.models import OtherName, Youth
from alongside.people.search import could_be, matching
from alongside.web.pages import page
from alongside.web.sought import searches, words_sought

_ROWS = 20
_LIKE = 5


@requires(Permission.RECORD_READ)
@searches
def find(request: Request) -> HttpResponse:
    """By the beginnings of names and numbers; if none fit, by likeness."""
    text = words_sought(request)
    found = matching(text).order_by("sort_key", "pk")
    shown = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    youth: list[Youth] = list(shown.object_list)
    like = _like(text) if text and not youth else []
    ids = [one.pk for one in youth] + [one.pk for one, _ in like]
    if text:
        # The words asked for may be a name, and a name is nothing for the log.
        record(
            Event.SEARCHED,
            by=request.actor,
            at=request.at,
            youth=ids,
            found=len(ids),
        )
    return page(
        request,
        "desk/find/find.html",
        {
            "text": text,
            "page": shown,
            "rows": _rows(youth, request),
            "like": [
                {**row, "reasons": likeness.reasons}
                for row, (_, likeness) in zip(
                    _rows([one for one, _ in like], request), like, strict=True
                )
            ],
        },
    )


def _like(text: str) -> list[tuple[Youth, Any]]:
    """Names that are like the one asked for: a slip, a nickname, another order."""
    words = fold(text).split()
    if not words or all(word.isdigit() for word in words):
        return []
    return could_be(
        Known(given=words[0], family=" ".join(words[1:])), limit=_LIKE, least=45
    )


def _rows(youth: list[Youth], request: Request) -> list[dict[str, Any]]:
    """With what tells two people of one name apart, and how the unit's case stands."""
    today = request.at.astimezone(request.actor.zone).date()
    ids = [one.pk for one in youth]
    others: dict[int, list[str]] = {}
    for pk, name in OtherName.objects.filter(youth__in=ids).values_list(
        "youth_id", "text"
    ):
        others.setdefault(pk, []).append(name)
    cases = {
        case.youth_id: case
        for case in Case.objects.filter(youth__in=ids).order_by("opened_on", "pk")
    }
    return [
        {
            "youth": one,
            "age": one.age(today),
            "others": others.get(one.pk, []),
            "case": cases.get(one.pk),
        }
        for one in youth
    ]
