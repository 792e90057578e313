"""Giving a young person a place in a session, and moving or freeing it."""

from datetime import date, datetime, timedelta

from django.db import transaction

from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.activities import actions as activities
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.cases.models import Assignment, Support
from alongside.kernel.refusal import refuse_if
from alongside.meetings import rules
from alongside.meetings.actions.sessions import locked, on_agenda
from alongside.meetings.models import Item, Meeting
from alongside.meetings.reading import agenda_order
from alongside.meetings.rules import MeetingStatus, Section
from alongside.people.models import Youth
from alongside.referrals.models import Referral


@transaction.atomic
def book(
    youth: Youth,
    kind: str,
    meeting: Meeting,
    *,
    by: Actor,
    at: datetime,
    section: Section | None = None,
    referral: Referral | None = None,
) -> Item:
    """Plan a review or decision and take a place; refused when there is none.

    The session is locked first, so two people never get the same last place.
    """
    by.must(Permission.MEETING_PLAN)
    refuse_if(rules.refusal_to_take_up(kind))
    session = locked(meeting)
    others = on_agenda(session)
    _refuse_if_no_place(session, others, youth.pk, by=by, at=at)
    turn = _free_turn(session, others)
    activity = _planned(youth, kind, session, turn, by=by, at=at)
    item = Item.objects.create(
        youth=youth,
        activity=activity,
        meeting=session,
        section=section or _section(youth, kind, session),
        position=len(others) + 1,
        referral_id=referral.pk if referral else None,
    )
    record(Event.MEETING_CHANGED, by=by, at=at, about=item, meeting=session.pk)
    return item


@transaction.atomic
def move_item(item: Item, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Give an item a place in another session, and free the one it had."""
    by.must(Permission.MEETING_PLAN)
    session = _both_locked(item, meeting)
    item.refresh_from_db()
    activity = Activity.objects.select_related("youth").get(pk=item.activity_id)
    refuse_if(rules.refusal_to_move(Status(activity.status)))
    if item.meeting_id == session.pk and activity.status == Status.SCHEDULED:
        return
    others = [other for other in on_agenda(session) if other.pk != item.pk]
    _refuse_if_no_place(session, others, item.youth_id, by=by, at=at)
    was = item.meeting_id
    turn = _free_turn(session, others)
    ends = turn + timedelta(minutes=session.minutes_each)
    activities.move(activity, session.day, turn, by=by, at=at, ends_at=ends)
    if activity.place != session.place:
        activity.place = session.place
        activity.save_changes(activity.version, "place")
    item.meeting, item.position = session, len(others) + 1
    item.activity = activity
    item.save_changes(item.version, "meeting", "position")
    record(Event.MEETING_CHANGED, by=by, at=at, about=item, was=was, now=session.pk)


@transaction.atomic
def move_all(meeting: Meeting, to: Meeting, *, by: Actor, at: datetime) -> int:
    """Give everybody still booked a place in another session: all of them, or none."""
    by.must(Permission.MEETING_PLAN)
    booked = [
        item for item in on_agenda(meeting) if item.activity.status == Status.SCHEDULED
    ]
    for item in booked:
        move_item(item, to, by=by, at=at)
    return len(booked)


@transaction.atomic
def change_section(item: Item, section: Section, *, by: Actor, at: datetime) -> None:
    """Take an item up in another part of the agenda."""
    by.must(Permission.MEETING_PLAN)
    item.section = section
    item.save_changes(item.version, "section")
    record(Event.MEETING_CHANGED, by=by, at=at, about=item, section=section)


@transaction.atomic
def cancel_item(item: Item, reason: str, *, by: Actor, at: datetime) -> None:
    """Call a review off before it takes place; its place is free again."""
    by.must(Permission.MEETING_PLAN)
    activities.cancel(item.activity, reason, by=by, at=at)
    record(Event.MEETING_CHANGED, by=by, at=at, about=item, canceled=reason)


@transaction.atomic
def miss_item(item: Item, reason: str, *, by: Actor, at: datetime) -> None:
    """The session took place, and this was not talked about; the reason is kept."""
    by.must(Permission.MEETING_RUN)
    activities.miss(item.activity, reason, by=by, at=at)
    record(Event.MEETING_CHANGED, by=by, at=at, about=item, missed=reason)


@transaction.atomic
def set_times_in_order(meeting: Meeting, *, by: Actor, at: datetime) -> int:
    """Give the turns of a session the order of its agenda; how many have moved."""
    by.must(Permission.MEETING_PLAN)
    session = locked(meeting)
    items = sorted(on_agenda(session), key=agenda_order)
    moved = 0
    turn = session.starts_at
    for item in items:
        scheduled = item.activity.status == Status.SCHEDULED
        if scheduled and item.activity.starts_at != turn:
            activities.move(item.activity, session.day, turn, by=by, at=at)
            moved += 1
        turn += timedelta(minutes=session.minutes_each)
    record(Event.MEETING_CHANGED, by=by, at=at, about=session, moved=moved)
    return moved


def next_open_day(unit_id: int, after: date) -> date | None:
    """The first later day with a session that has a place: one query."""
    later = Meeting.objects.open_to_book(unit_id).filter(day__gt=after)
    return later.values_list("day", flat=True).first()


def _planned(
    youth: Youth,
    kind: str,
    session: Meeting,
    turn: datetime,
    *,
    by: Actor,
    at: datetime,
) -> Activity:
    """The activity that takes the place: one that was asked for, or a new one."""
    ends = turn + timedelta(minutes=session.minutes_each)
    asked = (
        Activity.objects.filter(
            youth=youth,
            unit_id=session.unit_id,
            kind=kind,
            status=Status.SCHEDULED,
            item=None,
        )
        .select_related("youth")
        .order_by("day", "pk")
        .first()
    )
    if asked is not None:
        activities.move(asked, session.day, turn, by=by, at=at, ends_at=ends)
        return asked
    carried = Assignment.objects.filter(youth=youth, unit_id=session.unit_id)
    officer = carried.as_of(session.day).select_related("officer").first()
    return activities.plan(
        youth,
        kind,
        by=by,
        at=at,
        day=session.day,
        starts_at=turn,
        ends_at=ends,
        officer=officer.officer if officer else None,
        place=session.place,
        unit=session.unit,
    )


def _both_locked(item: Item, meeting: Meeting) -> Meeting:
    """Lock the old session and the new one, in one order, so that nobody waits."""
    keys = sorted({item.meeting_id or meeting.pk, meeting.pk})
    rows = Meeting.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    return next(row for row in rows if row.pk == meeting.pk)


def _refuse_if_no_place(
    session: Meeting, others: list[Item], youth_id: int, *, by: Actor, at: datetime
) -> None:
    full = len(others) >= session.capacity or session.status != MeetingStatus.PLANNED
    today = at.astimezone(by.zone).date()
    refuse_if(
        rules.refusal_to_book(
            MeetingStatus(session.status),
            day=session.day,
            today=today,
            taken=len(others),
            capacity=session.capacity,
            is_on_it=any(other.youth_id == youth_id for other in others),
            next_open=next_open_day(session.unit_id, max(session.day, today))
            if full
            else None,
        )
    )


def _free_turn(session: Meeting, others: list[Item]) -> datetime:
    taken = {other.activity.starts_at for other in others if other.activity.starts_at}
    return rules.free_turn(session.starts_at, session.minutes_each, taken)


def _section(youth: Youth, kind: str, session: Meeting) -> Section:
    support = (
        Support.objects.filter(youth=youth, unit_id=session.unit_id)
        .as_of(session.day)
        .first()
    )
    hearing = (
        Activity.objects.filter(
            youth=youth,
            kind="court_hearing",
            status=Status.SCHEDULED,
            day__gte=session.day,
        )
        .order_by("day")
        .first()
    )
    return rules.section_for(
        kind,
        level=support.level if support else None,
        next_court=hearing.day if hearing else None,
        day=session.day,
    )
