"""Family team meetings: one young person, with whom they chose, at their own time."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.activities import actions as activities
from alongside.cases.models import Assignment
from alongside.kernel.refusal import Refused
from alongside.meetings.actions.sessions import own_unit
from alongside.meetings.models import Attendance, Item
from alongside.meetings.rules import FAMILY, Section
from alongside.people.models import Person, Youth


@transaction.atomic
def plan_family_meeting(
    youth: Youth,
    *,
    by: Actor,
    at: datetime,
    day: date,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
) -> Item:
    """Plan a meeting with the people a young person chose; they are asked to come."""
    by.must(Permission.MEETING_PLAN)
    _refuse_if_reversed(starts_at, ends_at)
    carried = Assignment.objects.filter(youth=youth, unit_id=own_unit(by))
    officer = carried.as_of(day).select_related("officer").first()
    activity = activities.plan(
        youth,
        FAMILY,
        by=by,
        at=at,
        day=day,
        starts_at=starts_at,
        ends_at=ends_at,
        officer=officer.officer if officer else None,
        place=place,
    )
    item = Item.objects.create(
        youth=youth, activity=activity, section=Section.ONGOING, position=1
    )
    _ask(item, chosen_people(youth, day))
    record(Event.MEETING_PLANNED, by=by, at=at, about=item)
    return item


@transaction.atomic
def move_family_meeting(
    item: Item,
    *,
    by: Actor,
    at: datetime,
    day: date,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
) -> None:
    """Give a family team meeting another day, time or place."""
    by.must(Permission.MEETING_PLAN)
    _refuse_if_reversed(starts_at, ends_at)
    if item.meeting_id is not None:
        raise Refused("This has a place in a session. Move it to another session.")
    activity = item.activity
    activities.move(activity, day, starts_at, by=by, at=at, ends_at=ends_at)
    if activity.place != place:
        activity.place = place
        activity.save_changes(activity.version, "place")
    record(Event.MEETING_CHANGED, by=by, at=at, about=item)


def chosen_people(youth: Youth, day: date) -> list[Person]:
    """Whom a young person wants in their meetings: one query."""
    return list(
        Person.objects.filter(
            Q(ends=None) | Q(ends__gt=day), youth=youth, chosen_for_meetings=True
        )
    )


def _ask(item: Item, people: list[Person]) -> None:
    Attendance.objects.bulk_create(
        Attendance(
            youth_id=item.youth_id,
            item=item,
            person=person,
            name=person.name,
            agency=person.organization,
        )
        for person in people
    )


def _refuse_if_reversed(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused("The meeting ends before it begins. Choose a later end.")
