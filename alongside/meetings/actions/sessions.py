"""Planning sessions, changing them, and finishing them."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction

from alongside.access.actor import Actor
from alongside.access.apart import one_at_a_time
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.access.versions import ChangedMeanwhile
from alongside.activities import actions as activities
from alongside.activities.rules import Status
from alongside.kernel.refusal import Refused, refuse_if
from alongside.meetings import rules
from alongside.meetings.models import Item, Meeting
from alongside.meetings.rules import MeetingStatus


@transaction.atomic
def plan_meeting(
    *,
    by: Actor,
    at: datetime,
    day: date,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    capacity: int,
    note: str = "",
) -> Meeting:
    """Plan one session of the unit, with so many places."""
    by.must(Permission.MEETING_PLAN)
    refuse_if(rules.refusal_to_plan(starts_at, ends_at, capacity))
    meeting = Meeting.objects.create(
        unit_id=own_unit(by),
        day=day,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        capacity=capacity,
        minutes_each=rules.turn_length(starts_at, ends_at, capacity),
        note=note,
    )
    record(Event.MEETING_PLANNED, by=by, at=at, about=meeting, day=day)
    return meeting


@transaction.atomic
def plan_weekly(
    *,
    by: Actor,
    at: datetime,
    first: date,
    until: date,
    starts: time,
    ends: time,
    place: str,
    capacity: int,
    closed: Collection[date] = (),
) -> list[Meeting]:
    """Plan the same session every week, except on days that have it or are closed."""
    by.must(Permission.MEETING_PLAN)
    refuse_if(rules.refusal_to_repeat(first, until))
    one_at_a_time("meetings.sessions", own_unit(by))
    planned = set(
        Meeting.objects.filter(unit_id=own_unit(by), day__range=(first, until))
        .exclude(status=MeetingStatus.CANCELED)
        .values_list("starts_at", flat=True)
    )
    # By the unit's own clock: 9:00 stays 9:00 when the clocks change.
    when = [
        (day, _instant(day, starts, by), _instant(day, ends, by))
        for day in rules.weekly(first, until, closed)
    ]
    return [
        plan_meeting(
            by=by,
            at=at,
            day=day,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            capacity=capacity,
        )
        for day, starts_at, ends_at in when
        if starts_at not in planned
    ]


@transaction.atomic
def change_meeting(
    meeting: Meeting, read: int, *, by: Actor, at: datetime, **values: Any
) -> None:
    """Change a session; whoever is booked moves along with its day and time."""
    by.must(Permission.MEETING_PLAN)
    now = locked(meeting)
    items = [item for item in on_agenda(now) if item.activity.status == "scheduled"]
    shift = values.get("starts_at", now.starts_at) - now.starts_at
    capacity = values.get("capacity", now.capacity)
    taken = len(on_agenda(now))
    refuse_if(
        rules.refusal_to_change(
            MeetingStatus(now.status), taken=taken, capacity=capacity
        )
    )
    for name, value in values.items():
        setattr(meeting, name, value)
    refuse_if(rules.refusal_to_plan(meeting.starts_at, meeting.ends_at, capacity))
    meeting.save_changes(read, *values)
    for item in items:
        if shift:
            turn = (item.activity.starts_at or now.starts_at) + shift
            activities.move(item.activity, meeting.day, turn, by=by, at=at)
        if item.activity.place != meeting.place:
            item.activity.place = meeting.place
            item.activity.save_changes(item.activity.version, "place")
    record(Event.MEETING_CHANGED, by=by, at=at, about=meeting, fields=sorted(values))


def finish_meeting(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Say that a session took place and its minutes are written."""
    by.must(Permission.MEETING_RUN)
    _become(meeting, MeetingStatus.HELD, by=by, at=at)


def reopen_meeting(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """A session was finished or canceled by mistake."""
    by.must(Permission.MEETING_RUN)
    _become(meeting, MeetingStatus.PLANNED, by=by, at=at)


def cancel_meeting(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Call a session off; nobody may be booked on it any more."""
    by.must(Permission.MEETING_PLAN)
    _become(meeting, MeetingStatus.CANCELED, by=by, at=at)


def own_unit(by: Actor) -> int:
    """The unit whose sessions somebody may plan."""
    if by.unit_id is None:
        raise Refused("Only the people of a unit plan its meetings.")
    return by.unit_id


def locked(meeting: Meeting) -> Meeting:
    """The session as it is now; until the transaction ends nobody else changes it."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def on_agenda(meeting: Meeting) -> list[Item]:
    """The items that take a place: one query."""
    return list(
        Item.objects.filter(meeting=meeting)
        .exclude(activity__status=Status.CANCELED)
        .select_related("activity", "youth", "activity__youth")
        .order_by("activity__starts_at", "pk")
    )


@transaction.atomic
def _become(
    meeting: Meeting, status: MeetingStatus, *, by: Actor, at: datetime
) -> None:
    now = locked(meeting)
    items = on_agenda(now)
    refuse_if(
        rules.refusal_to_become(
            MeetingStatus(now.status),
            status,
            day=now.day,
            today=at.astimezone(by.zone).date(),
            still_open=sum(item.activity.status == "scheduled" for item in items),
        )
    )
    if now.version != meeting.version:
        raise ChangedMeanwhile(now)
    meeting.status = status
    meeting.save_changes(now.version, "status")
    record(
        Event.MEETING_CHANGED,
        by=by,
        at=at,
        about=meeting,
        youth=[item.youth_id for item in items],
        status=status,
    )


def _instant(day: date, clock: time, by: Actor) -> datetime:
    return datetime.combine(day, clock, tzinfo=by.zone).astimezone(UTC)
