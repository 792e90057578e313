"""A month as weeks of days, each with its sessions and what is booked on them."""

from calendar import SUNDAY, Calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

import holidays
from django.urls import reverse
from django.utils.timezone import localtime

from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.meetings import rules
from alongside.meetings.models import Item, Meeting
from alongside.meetings.reading import by_day, names_apart

_SHORT = {
    rules.INITIAL: "initial",
    rules.ONGOING: "ongoing",
    rules.NINETY_DAY: "90-day",
    rules.AS_NEEDED: "as needed",
    rules.DECISION: "decision",
    rules.FAMILY: "family meeting",
}
THANKSGIVING = "Thanksgiving"
_ANY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One young person on one day."""

    activity: Activity
    name: str
    time: str
    kind: str
    shape: str
    words: str
    url: str
    move_url: str | None
    is_off: bool


@dataclass(slots=True)
class Day:
    """One cell of the month."""

    day: date
    is_out: bool
    is_today: bool
    is_past: bool
    closed: str = ""
    sessions: list[Meeting] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def is_weekend(self) -> bool:
        """Weekends are narrow."""
        return self.day.weekday() > 4

    @property
    def is_empty(self) -> bool:
        """A day a phone leaves out."""
        return not (self.sessions or self.entries or self.closed or self.is_today)

    @property
    def is_hidden(self) -> bool:
        """Whether a phone shows nothing of it."""
        return self.is_out or self.is_past or self.is_empty


@dataclass(frozen=True, slots=True)
class Week:
    """One row of the month."""

    days: list[Day]

    @property
    def is_bare(self) -> bool:
        """A row a phone leaves out."""
        return all(day.is_hidden for day in self.days)


def month_of(
    first: date,
    talks: Iterable[Activity],
    sessions: Iterable[Meeting],
    today: date,
    *,
    from_today: bool,
    may_move: bool,
) -> list[Week]:
    """The weeks of a month, Sunday first; ``from_today`` is for a phone's list."""
    talks = list(talks)
    entries, names = by_day(talks), names_apart(talks)
    held: dict[date, list[Meeting]] = {}
    for session in sessions:
        held.setdefault(session.day, []).append(session)
    closed = closed_days(first.year)

    def cell(day: date) -> Day:
        is_out = day.month != first.month
        made = Day(day, is_out, day == today, from_today and day < today)
        if not is_out:
            made.closed = closed.get(day, "")
            made.sessions = held.get(day, [])
            made.entries = [
                entry(each, names[each.youth_id], today, may_move=may_move)
                for each in entries.get(day, [])
            ]
        return made

    weeks = Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
    return [Week([cell(day) for day in week]) for week in weeks]


def entry(activity: Activity, name: str, today: date, *, may_move: bool) -> Entry:
    """How a calendar shows one talk."""
    item: Item | None = getattr(activity, "item", None)
    shape, words = _state(activity, today)
    movable = may_move and item and activity.status == Status.SCHEDULED
    return Entry(
        activity=activity,
        name=name,
        time=_time(activity.starts_at),
        kind=kind_word(activity),
        shape=shape,
        words=words,
        url=_address("mdt_item", item.ref)
        if item
        else _address("youth", activity.youth.ref),
        move_url=_address("mdt_move", item.ref) if movable and item else None,
        is_off=activity.status == Status.CANCELED,
    )


def _time(starts_at: datetime | None) -> str:
    """As short as a cell asks for: "10:30"."""
    if starts_at is None:
        return ""
    local = localtime(starts_at)
    return f"{local.hour % 12 or 12}:{local.minute:02}"


def kind_word(activity: Activity) -> str:
    """The word a calendar has room for."""
    return _SHORT.get(activity.kind_id, activity.kind.name.lower())


@lru_cache(maxsize=16)
def closed_days(year: int) -> dict[date, str]:
    """Federal holidays, and the Friday after Thanksgiving, when offices are closed."""
    found: Any = holidays.country_holidays("US", years=(year - 1, year, year + 1))
    days = dict(found)
    for day, name in list(days.items()):
        if name.startswith(THANKSGIVING):
            days[day] = THANKSGIVING
            days[day + timedelta(days=1)] = "Offices closed"
    return days


def _state(activity: Activity, today: date) -> tuple[str, str]:
    match activity.status:
        case Status.COMPLETED:
            return "done", "held"
        case Status.CANCELED:
            return "cancelled", "canceled"
        case Status.MISSED:
            return "missed", "did not happen"
    if activity.day == today:
        return "today", "today"
    return ("booked", "booked") if activity.day > today else ("was", "not written yet")


def _address(page: str, ref: UUID) -> str:
    """What ``reverse`` says, asked once for each page: a month has hundreds."""
    return _pattern(page).replace(str(_ANY), str(ref))


@cache
def _pattern(page: str) -> str:
    return reverse(page, args=[_ANY])
