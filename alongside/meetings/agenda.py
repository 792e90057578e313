"""An agenda as each agency gets it: what is not shared keeps its number alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q

from alongside.access.actor import Actor
from alongside.kernel.dates_in_words import clock_time, long_day
from alongside.meetings.models import Invitation, Item, Meeting
from alongside.meetings.reading import Turn, agenda

# How far ahead, and back, an agency finds the sessions it is invited to.
AHEAD, BACK = timedelta(days=60), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Line:
    """One numbered line; without an item it says that it is not shared."""

    number: int
    item: Item | None


@dataclass(frozen=True, slots=True)
class Copy:
    """The copy of one agency."""

    invitation: Invitation
    lines: list[Line]

    @property
    def shared(self) -> list[int]:
        """The numbers it shows."""
        return [line.number for line in self.lines if line.item is not None]

    @property
    def kept(self) -> list[int]:
        """The numbers it does not."""
        return [line.number for line in self.lines if line.item is None]


@dataclass(frozen=True, slots=True)
class Invited:
    """A session an agency is invited to; nothing about anybody."""

    ref: UUID
    unit_name: str
    day: date
    starts_at: datetime
    ends_at: datetime
    place: str
    status: str
    items: int


def copies(meeting: Meeting, turns: list[Turn] | None = None) -> list[Copy]:
    """What every invited agency gets: two queries, and one for the agenda."""
    numbered = [
        turn for turn in (agenda(meeting) if turns is None else turns) if turn.number
    ]
    shared = _shares(meeting)
    invited = Invitation.objects.filter(
        Q(ends=None) | Q(ends__gte=meeting.day),
        unit_id=meeting.unit_id,
        starts__lte=meeting.day,
    ).select_related("agency")
    return [
        Copy(invitation, _masked(numbered, shared.get(invitation.agency_id, set())))
        for invitation in invited.order_by("agency__name")
    ]


def invited(today: date) -> list[Invited]:
    """The sessions the actor's own agency is invited to, near a day: one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from meeting_invited(%s::date, %s::date)",
            [today - BACK, today + AHEAD],
        )
        return [Invited(*row) for row in cursor.fetchall()]


def own_lines(meeting_ref: UUID) -> list[Line]:
    """The agenda as the actor may see it; row security decides: two queries."""
    with connection.cursor() as cursor:
        cursor.execute("select * from meeting_own_agenda(%s::uuid)", [meeting_ref])
        rows = cursor.fetchall()
    items = Item.objects.select_related(
        "youth", "activity", "activity__kind", "activity__officer"
    ).in_bulk([key for _, key in rows if key])
    return [Line(number, items.get(key)) for number, key in sorted(rows)]


def on_paper(
    lines: Iterable[Line], *, where: dict[str, str], at: datetime, by: Actor
) -> dict[str, object]:
    """The values of ``meetings/agenda.typ``."""
    printed = at.astimezone(by.zone)
    return {
        "facts": [[label, value] for label, value in where.items() if value],
        "lines": [_line(line, by) for line in lines],
        "foot": f"Printed {long_day(printed.date())}, {clock_time(printed)}",
    }


def where_and_when(
    unit: str, day: date, starts_at: datetime, ends_at: datetime, place: str, by: Actor
) -> dict[str, str]:
    """The head of an agenda, by label."""
    starts, ends = (each.astimezone(by.zone) for each in (starts_at, ends_at))
    return {
        "Team": unit,
        "Day": long_day(day),
        "Time": f"{clock_time(starts)} to {clock_time(ends)}",
        "Place": place,
    }


def _line(line: Line, by: Actor) -> dict[str, object]:
    item = line.item
    if item is None:
        return {"number": line.number, "shared": False}
    activity = item.activity
    starts = activity.starts_at
    return {
        "number": line.number,
        "shared": True,
        "time": clock_time(starts.astimezone(by.zone)) if starts else "",
        "name": item.youth.name,
        "kind": activity.kind.name,
        "officer": activity.officer.name if activity.officer else "",
    }


def _masked(turns: list[Turn], shared: set[int]) -> list[Line]:
    return [
        Line(turn.number or 0, turn.item if turn.item.pk in shared else None)
        for turn in turns
    ]


def _shares(meeting: Meeting) -> dict[int, set[int]]:
    with connection.cursor() as cursor:
        cursor.execute("select * from meeting_shares(%s::bigint)", [meeting.pk])
        found: dict[int, set[int]] = {}
        for agency_id, item_id, is_shared in cursor.fetchall():
            items = found.setdefault(agency_id, set())
            if is_shared:
                items.add(item_id)
    return found
