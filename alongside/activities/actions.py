"""Planning something, saying how it went, moving it, and logging a contact."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.models import Unit, User
from alongside.access.permissions import Permission
from alongside.activities import rules
from alongside.activities.models import Activity, Kind, Presence
from alongside.activities.rules import Status
from alongside.forms.models import Response
from alongside.kernel.refusal import Refused, refuse_if
from alongside.people.actions import change_youth
from alongside.people.models import Person, Youth

Present = Iterable[Person | Youth | str]


@transaction.atomic
def plan(
    youth: Youth,
    kind: str,
    *,
    by: Actor,
    at: datetime,
    day: date,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    officer: User | None = None,
    title: str = "",
    place: str = "",
    unit: Unit | None = None,
) -> Activity:
    """Put something on a young person's calendar; its kind decides its part."""
    by.must(Permission.ACTIVITY_PLAN)
    refuse_if(rules.refusal_to_plan(day, died_on=youth.died_on))
    activity = Activity(
        **_made(youth, kind, unit, by=by, at=at),
        status=Status.SCHEDULED,
        day=day,
        starts_at=starts_at,
        ends_at=ends_at,
        officer=officer,
        title=title,
        place=place,
    )
    activity.save()
    record(Event.ACTIVITY_PLANNED, by=by, at=at, about=activity, kind=kind, day=day)
    return activity


@transaction.atomic
def complete(
    activity: Activity,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    present: Present = (),
    response: Response | None = None,
    read: int | None = None,
) -> None:
    """Say that it took place; anyone on the team may."""
    by.must(Permission.CONTACT_LOG)
    refuse_if(rules.refusal_to_become(Status(activity.status), Status.COMPLETED))
    refuse_if(rules.refusal_to_settle(activity.day, _day(at, by)))
    activity.response = response or activity.response
    activity.without_youth = _is_without(activity.kind, present)
    _settle(activity, Status.COMPLETED, read, by=by, at=at, note=note, reason="")
    # Whoever was said to be there before it was taken back, is so already.
    already = set(activity.presences.values_list("name", flat=True))
    add_presences(activity, [one for one in present if _name(one) not in already])
    record(Event.ACTIVITY_COMPLETED, by=by, at=at, about=activity)


@transaction.atomic
def miss(
    activity: Activity,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    read: int | None = None,
) -> None:
    """Say that it did not happen, and why; nobody is to blame."""
    by.must(Permission.CONTACT_LOG)
    refuse_if(rules.refusal_to_become(Status(activity.status), Status.MISSED))
    refuse_if(rules.refusal_to_settle(activity.day, _day(at, by)))
    _settle(activity, Status.MISSED, read, by=by, at=at, note=note, reason=reason)
    record(Event.ACTIVITY_MISSED, by=by, at=at, about=activity, reason=reason)


@transaction.atomic
def cancel(
    activity: Activity,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    read: int | None = None,
) -> None:
    """Take something off the calendar before it takes place."""
    by.must(Permission.ACTIVITY_PLAN)
    refuse_if(rules.refusal_to_become(Status(activity.status), Status.CANCELED))
    _settle(activity, Status.CANCELED, read, by=by, at=at, note=note, reason=reason)
    record(Event.ACTIVITY_CANCELED, by=by, at=at, about=activity, reason=reason)


@transaction.atomic
def reopen(
    activity: Activity,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    read: int | None = None,
) -> None:
    """Take back how something went: that was a slip, and it is open again."""
    by.must(Permission.CONTACT_LOG)
    settled_at = activity.settled_at or activity.made_at
    refuse_if(
        rules.refusal_to_reopen(
            Status(activity.status),
            answered=activity.response_id is not None,
            planned=activity.made_at < settled_at,
        )
    )
    activity.status, activity.reason = Status.SCHEDULED, ""
    activity.note = note or activity.note
    activity.settled_at = activity.settled_by_id = None
    activity.without_youth = False
    activity.save_changes(
        read or activity.version,
        *("status", "reason", "note", "settled_at", "settled_by_id", "without_youth"),
    )
    record(Event.ACTIVITY_REOPENED, by=by, at=at, about=activity)


@transaction.atomic
def change_note(
    activity: Activity, note: str, *, by: Actor, at: datetime, read: int | None = None
) -> None:
    """Add to what was written of it, or correct it; its history keeps the old words."""
    by.must(Permission.CONTACT_LOG)
    activity.note = note
    activity.save_changes(read or activity.version, "note")
    record(Event.RECORD_CHANGED, by=by, at=at, about=activity, fields=["note"])


@transaction.atomic
def move(
    activity: Activity,
    day: date,
    starts_at: datetime | None,
    *,
    by: Actor,
    at: datetime,
    ends_at: datetime | None = None,
    read: int | None = None,
) -> None:
    """Give it another day; its history keeps the old one."""
    by.must(Permission.ACTIVITY_PLAN)
    refuse_if(rules.refusal_to_plan(day, died_on=activity.youth.died_on))
    if activity.status != Status.SCHEDULED:
        refuse_if(rules.refusal_to_become(Status(activity.status), Status.SCHEDULED))
    if ends_at is None and starts_at and activity.starts_at and activity.ends_at:
        ends_at = starts_at + (activity.ends_at - activity.starts_at)
    was = activity.day
    activity.day, activity.starts_at, activity.ends_at = day, starts_at, ends_at
    activity.status, activity.reason = Status.SCHEDULED, ""
    activity.settled_at = activity.settled_by = None
    activity.save_changes(
        read or activity.version,
        *("day", "starts_at", "ends_at"),
        *("status", "reason", "settled_at", "settled_by"),
    )
    record(Event.ACTIVITY_MOVED, by=by, at=at, about=activity, was=was, day=day)


@transaction.atomic
def log_contact(
    youth: Youth,
    kind: str,
    *,
    by: Actor,
    at: datetime,
    happened_at: datetime,
    note: str = "",
    present: Present = (),
    title: str = "",
    place: str = "",
    unit: Unit | None = None,
) -> Activity:
    """Write down a contact that took place; with nobody named, with the youth alone."""
    by.must(Permission.CONTACT_LOG)
    there = happened_at.astimezone(by.zone)
    refuse_if(rules.refusal_to_have_happened(there, at.astimezone(by.zone)))
    activity = Activity(
        **_made(youth, kind, unit, by=by, at=at),
        status=Status.COMPLETED,
        day=there.date(),
        starts_at=happened_at,
        officer_id=by.user_id,
        title=title,
        place=place,
        note=note,
        settled_at=at,
        settled_by_id=by.user_id,
    )
    activity.without_youth = _is_without(activity.kind, present)
    activity.save()
    add_presences(activity, present or (youth,))
    record(Event.CONTACT_LOGGED, by=by, at=at, about=activity, kind=kind)
    return activity


@transaction.atomic
def change_record(
    youth: Youth, read: int, values: dict[str, Any], *, by: Actor, at: datetime
) -> None:
    """Save what is written on a record; a death stops everything planned at once."""
    change_youth(youth, read, values, by=by, at=at)
    if values.get("died_on"):
        cancel_planned(youth, "other", by=by, at=at)


def cancel_planned(youth: Youth, reason: str, *, by: Actor, at: datetime) -> int:
    """Call off everything still planned for a young person; how many that was."""
    planned = list(
        Activity.objects.filter(youth=youth, status=Status.SCHEDULED).order_by("pk")
    )
    for activity in planned:
        cancel(activity, reason, by=by, at=at)
    return len(planned)


def add_presences(activity: Activity, present: Present) -> None:
    """Write who was part of it; each as they are called that day."""
    Presence.objects.bulk_create(
        Presence(
            youth_id=activity.youth_id,
            compartment=activity.compartment,
            activity=activity,
            person=one if isinstance(one, Person) else None,
            is_youth=isinstance(one, Youth),
            name=_name(one),
        )
        for one in present
    )


def _is_without(kind: Kind, present: Present) -> bool:
    """Whether it was a contact with those around a young person, without them."""
    if kind.group != rules.CONTACT or kind.code == rules.WITH_FAMILY or not present:
        return False
    return not any(isinstance(one, Youth) for one in present)


def _settle(
    activity: Activity,
    status: Status,
    read: int | None,
    *,
    by: Actor,
    at: datetime,
    note: str,
    reason: str,
) -> None:
    activity.status, activity.reason = status, reason
    activity.note = note or activity.note
    activity.settled_at, activity.settled_by_id = at, by.user_id
    activity.save_changes(
        read or activity.version,
        *("status", "reason", "note", "settled_at", "settled_by_id", "response_id"),
        "without_youth",
    )


def _made(
    youth: Youth, kind: str, unit: Unit | None, *, by: Actor, at: datetime
) -> dict[str, Any]:
    found = Kind.objects.filter(code=kind).first()
    if found is None:
        raise Refused("Nothing was saved: choose what it is from the list.")
    return {
        "youth": youth,
        "kind": found,
        "compartment": found.compartment,
        "unit_id": _unit_id(youth, unit, by),
        "made_by_id": by.user_id,
        "made_at": at,
    }


def _unit_id(youth: Youth, unit: Unit | None, by: Actor) -> int:
    """The unit it is for: named, the actor's own, or the one that was there last."""
    if unit is not None:
        return unit.pk
    if by.unit_id is not None:
        return by.unit_id
    last = Activity.objects.filter(youth=youth).order_by("-day", "-pk").first()
    if last is None:
        raise Refused(rules.NO_UNIT)
    return last.unit_id


def _day(at: datetime, by: Actor) -> date:
    return at.astimezone(by.zone).date()


def _name(one: Person | Youth | str) -> str:
    if isinstance(one, str):
        return one[:200]
    return one.called_name[:200] if isinstance(one, Youth) else one.name
