"""Writing what was said about one young person; saving it settles the activity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.activities import actions as activities
from alongside.activities.rules import Status
from alongside.kernel.refusal import refuse_if
from alongside.meetings import rules
from alongside.meetings.actions.places import book, move_item
from alongside.meetings.models import (
    Attendance,
    CourtRecommendation,
    GoalReview,
    Item,
    Meeting,
    Opening,
    StepReview,
)
from alongside.meetings.rules import MeetingStatus
from alongside.people.models import Person
from alongside.plans import actions as plans
from alongside.plans.models import ActionStep, Goal
from alongside.plans.rules import StepStatus

# What is written on the item itself; everything else has rows of its own.
WRITTEN = ("own_words", "read_back", "summary", "next_review_on")


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who was expected or came, for which agency, and how."""

    name: str
    agency: str = ""
    present: bool = True
    how: str = "in_person"
    person: Person | None = None
    user: User | None = None
    is_youth: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a step of last time stands."""

    step: ActionStep
    status: StepStatus
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What somebody will do; ``step`` when it was saved before and is written anew."""

    text: str
    who: str
    due_on: date | None = None
    goal: Goal | None = None
    user: User | None = None
    person: Person | None = None
    step: ActionStep | None = None


@transaction.atomic
def save_item(
    item: Item,
    read: int,
    *,
    by: Actor,
    at: datetime,
    attendance: Sequence[Present] = (),
    standings: Sequence[Standing] = (),
    changes: Mapping[Goal, str] | None = None,
    recommendations: Sequence[Recommendation] = (),
    for_court: str | None = None,
    **written: Any,
) -> None:
    """Save the minutes of one young person; saved again, they are brought up to date.

    ``written``: own_words, read_back, summary, next_review_on. ``for_court`` has a row
    of its own, for fewer eyes; None leaves it as it is.
    """
    by.must(Permission.MEETING_RUN)
    _refuse_to_save(item, by=by, at=at)
    was_due = item.next_review_on
    for name in WRITTEN:
        if name in written:
            setattr(item, name, written[name])
    item.started_at = item.started_at or at
    item.saved_at, item.saved_by_id = at, by.user_id
    item.save_changes(read, *WRITTEN, "started_at", "saved_at", "saved_by_id")
    _recommend_to_court(item, for_court)
    _attend(item, attendance)
    for standing in standings:
        _stand(item, standing, by=by, at=at)
    for goal, change in (changes or {}).items():
        _change(item, goal, change, by=by, at=at)
    for recommendation in recommendations:
        _recommend(item, recommendation, by=by, at=at)
    _hold(item, attendance, by=by, at=at)
    if item.next_review_on != was_due:
        _book_next(item, was_due, by=by, at=at)
    Opening.objects.filter(item=item, user_id=by.user_id).delete()
    record(Event.MEETING_ITEM_SAVED, by=by, at=at, about=item)


@transaction.atomic
def start_item(item: Item, *, by: Actor, at: datetime) -> None:
    """The team turns to a young person now; said twice, the first time stands."""
    by.must(Permission.MEETING_RUN)
    if item.started_at is None:
        item.started_at = at
        item.save_changes(item.version, "started_at")


def note_opening(item: Item, *, by: Actor, at: datetime) -> None:
    """Somebody has the minutes open, which the next one to open them is told."""
    Opening.objects.update_or_create(
        item=item, user_id=by.user_id, defaults={"youth_id": item.youth_id, "at": at}
    )


def _refuse_to_save(item: Item, *, by: Actor, at: datetime) -> None:
    refuse_if(
        rules.refusal_to_save(
            Status(item.activity.status),
            MeetingStatus(item.meeting.status) if item.meeting else None,
            day=item.activity.day,
            today=at.astimezone(by.zone).date(),
        )
    )


def _recommend_to_court(item: Item, text: str | None) -> None:
    if text is None:
        return
    known = CourtRecommendation.objects.filter(item=item, youth_id=item.youth_id)
    if not text:
        known.delete()
    elif not known.update(text=text):
        known.create(item=item, youth_id=item.youth_id, text=text)


def _attend(item: Item, attendance: Sequence[Present]) -> None:
    known = {(row.name, row.agency): row for row in item.attendances.all()}
    for one in attendance:
        row = known.pop((one.name, one.agency), None) or Attendance(
            item=item, youth_id=item.youth_id, name=one.name, agency=one.agency
        )
        now = (one.present, one.how if one.present else "absent")
        if row.pk is None or (row.present, row.how) != now:
            row.person, row.user = one.person, one.user
            row.present, row.how = now
            row.save()
    if attendance:
        for left_out in known.values():
            left_out.delete()


def _stand(item: Item, standing: Standing, *, by: Actor, at: datetime) -> None:
    step = standing.step
    StepReview.objects.update_or_create(
        item=item,
        step=step,
        defaults={
            "youth_id": item.youth_id,
            "standing": standing.status,
            "note": standing.note,
        },
    )
    if (step.status, step.status_note) != (standing.status, standing.note):
        plans.settle_step(
            step,
            standing.status,
            by=by,
            at=at,
            day=item.activity.day,
            note=standing.note,
        )


def _change(item: Item, goal: Goal, change: str, *, by: Actor, at: datetime) -> None:
    review = GoalReview.objects.filter(item=item, goal=goal).first()
    if review is None:
        if not change:
            return
        review = GoalReview(item=item, goal=goal, youth_id=item.youth_id)
    if review.change == change and review.pk:
        return
    review.change = change
    if review.note is not None:
        plans.change_note(review.note, change, by=by, at=at)
    elif change:
        review.note = plans.note_progress(goal, change, by=by, at=at)
    review.save()


def _recommend(item: Item, what: Recommendation, *, by: Actor, at: datetime) -> None:
    values: dict[str, Any] = {
        "text": what.text,
        "who": what.who,
        "due_on": what.due_on,
        "goal": what.goal,
        "user": what.user,
        "person": what.person,
    }
    if what.step is None:
        youth = item.youth
        plans.add_step(youth, by=by, at=at, item_id=item.pk, **values)
        return
    changed = {
        name: value
        for name, value in values.items()
        if getattr(what.step, name) != value
    }
    if changed:
        plans.change_step(what.step, what.step.version, by=by, at=at, **changed)


def _hold(
    item: Item, attendance: Sequence[Present], *, by: Actor, at: datetime
) -> None:
    if item.activity.status == Status.COMPLETED:
        return
    here = [one for one in attendance if one.present]
    present = [one.person or (item.youth if one.is_youth else one.name) for one in here]
    activities.complete(item.activity, by=by, at=at, present=present)


def _book_next(item: Item, was: date | None, *, by: Actor, at: datetime) -> None:
    """Take a place on the day the team chose; with no session there, the day stands.

    It then stays on the list of those who wait for a place.
    """
    if item.next_review_on is None or item.meeting_id is None:
        return
    unit_id = item.activity.unit_id
    sessions = Meeting.objects.filter(unit_id=unit_id, status=MeetingStatus.PLANNED)
    session = sessions.filter(day=item.next_review_on).first()
    if session is None:
        return
    booked = Item.objects.filter(
        youth_id=item.youth_id,
        activity__status=Status.SCHEDULED,
        activity__kind__in=rules.REVIEWS,
    )
    if was is not None and (earlier := booked.filter(meeting__day=was).first()):
        move_item(earlier, session, by=by, at=at)
    elif not booked.filter(meeting=session).exists():
        days = (item.next_review_on - item.activity.day).days
        kind = rules.next_kind(item.activity.kind_id, days)
        book(item.youth, kind, session, by=by, at=at)
