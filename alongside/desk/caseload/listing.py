"""Which rows the caseload shows, as of which day: for the page and the sheet alike."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from alongside.access.request import Request
from alongside.cases import filters
from alongside.cases.caseload import Row, caseload
from alongside.cases.due import Due, due_list, next_of_each
from alongside.cases.filters import Filter, in_order, order_of
from alongside.cases.models import SavedFilter
from alongside.forms.vocabulary import Vocabulary
from alongside.staff.cover import carried_with, covers_on
from alongside.web.sought import search_in_address, words_sought

SECTION = "caseload"
AHEAD = timedelta(days=180)
DUE = "due"

# What comes with the application: (name, filter).
_READY: tuple[tuple[str, dict[str, str]], ...] = (
    ("Whole unit", {}),
    ("Mine and covering", {"officer": filters.MINE}),
    ("Detained today", {"where": "detained"}),
    ("No contact in 14 days", {"contact": "14"}),
    ("Turning 18 this school year", {"turning": "18"}),
)
_READY_SHARED: tuple[tuple[str, dict[str, str]], ...] = (
    ("All shared with us", {}),
    ("No contact in 14 days", {"contact": "14"}),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """The list as the address asks for it."""

    everybody: list[Row]
    rows: list[Row]
    filter: Filter
    order: str
    day: date
    today: date
    mine: set[int]
    covered: dict[int, str]
    words: Vocabulary
    dues: dict[int, Due]
    search: dict[str, str]

    @property
    def is_today(self) -> bool:
        """Whether the list is as of the day it is."""
        return self.day == self.today

    def next_due(self, row: Row) -> Due | None:
        """What is due first for somebody."""
        return self.dues.get(row.youth_id)


def shown(request: Request, words: Vocabulary) -> Shown:
    """Everybody and the rows asked for: four queries, and one when sorted by due."""
    actor = request.actor
    today = request.at.astimezone(actor.zone).date()
    day = _day(request.GET, today)
    covers = covers_on(actor.unit_id, day) if actor.unit_id else []
    mine = carried_with(actor.user_id, covers)
    everybody = caseload(actor, day, words)
    wanted = Filter.read({**request.GET.dict(), "q": words_sought(request)})
    order = order_of(request.GET.get("sort", ""), more=(DUE,))
    kept = wanted.keep(everybody, day, mine)
    dues: dict[int, Due] = {}
    if order.removeprefix("-") == DUE:
        dues = dues_of(request, kept, day, words)
        kept = _by_due(kept, dues, turned=order.startswith("-"))
    else:
        kept = in_order(kept, order)
    return Shown(
        everybody=everybody,
        rows=kept,
        filter=wanted,
        order=order,
        day=day,
        today=today,
        mine=mine,
        covered={cover.away_id: cover.covering.name for cover in covers},
        words=words,
        dues=dues,
        search=search_in_address(request),
    )


def dues_of(
    request: Request, rows: list[Row], day: date, words: Vocabulary
) -> dict[int, Due]:
    """What is due first for each of these rows: one query."""
    actor = request.actor
    if actor.unit_id is None:
        return {}
    return next_of_each(
        due_list(
            unit_id=actor.unit_id,
            today=day,
            until=day + AHEAD,
            zone=actor.zone,
            words=words,
            youth=[row.youth_id for row in rows],
        )
    )


def saved(request: Request, found: Shown) -> list[dict[str, Any]]:
    """The filters that come along and one's own, each with its count: one query."""
    own = SavedFilter.objects.filter(
        user_id=request.actor.user_id, section=SECTION
    ).order_by("position", "pk")
    ready = _READY if request.actor.unit_id else _READY_SHARED
    offered: list[tuple[str, dict[str, str]]] = [
        (name, dict(query)) for name, query in ready
    ]
    offered += [(each.name, _plain(each.query)) for each in own]
    current = {name: str(value) for name, value in request.GET.items() if value}
    for name in ("page", "sort", "as_of"):
        current.pop(name, None)
    return [_saved(name, query, current, found) for name, query in offered]


def _saved(
    name: str, query: dict[str, str], current: dict[str, str], found: Shown
) -> dict[str, Any]:
    plain = {key: value for key, value in query.items() if key not in ("sort", "page")}
    plain.pop("as_of", None)
    address = dict(query)
    if not found.is_today and "as_of" not in address:
        address["as_of"] = found.day.isoformat()
    return {
        "name": name,
        "url": f"{reverse('caseload')}?{urlencode(address)}",
        "current": plain == current,
        "count": len(Filter.read(plain).keep(found.everybody, found.day, found.mine))
        if plain
        else None,
    }


def _plain(query: str) -> dict[str, str]:
    return {name: str(value) for name, value in QueryDict(query).items()}


def address_of(found: Shown) -> str:
    """The filter, the search and the order as an address keeps them."""
    return query_of(found, **found.search)


def query_of(found: Shown, **search: str) -> str:
    """The filter and the order, without page, day, or a name that is looked for."""
    asked = {
        name: getattr(found.filter, name)
        for name in Filter.__dataclass_fields__
        if name != "q" and getattr(found.filter, name)
    }
    asked |= {name: words for name, words in search.items() if words}
    if found.order != filters.DEFAULT_ORDER:
        asked["sort"] = found.order
    return urlencode(asked)


def _day(given: QueryDict, today: date) -> date:
    try:
        day = date.fromisoformat(given.get("as_of", ""))
    except ValueError:
        return today
    return day if date(1950, 1, 1) <= day <= today + timedelta(days=366) else today


def _by_due(rows: list[Row], dues: dict[int, Due], *, turned: bool) -> list[Row]:
    waiting = [row for row in rows if row.youth_id in dues]
    rest = [row for row in rows if row.youth_id not in dues]
    waiting.sort(key=lambda row: dues[row.youth_id].order, reverse=turned)
    return waiting + rest
