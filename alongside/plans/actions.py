"""Setting goals, adding steps, saying how they stand, and noting what moved."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.kernel.refusal import refuse_if
from alongside.people.models import Person, Youth
from alongside.plans import rules
from alongside.plans.models import ActionStep, Goal, ProgressNote
from alongside.plans.rules import GoalStatus, SetBy, StepStatus


@transaction.atomic
def set_goal(
    youth: Youth,
    *,
    by: Actor,
    at: datetime,
    words: str,
    category: str,
    set_by: SetBy,
    set_on: date,
    **parts: Any,
) -> Goal:
    """Write down what a young person works toward."""
    by.must(Permission.PLAN_WRITE)
    goal = Goal.objects.create(
        youth=youth,
        words=words,
        category=category,
        set_by=set_by,
        set_on=set_on,
        recorded_by_id=by.user_id,
        recorded_at=at,
        **parts,
    )
    record(Event.GOAL_SET, by=by, at=at, about=goal, category=category)
    return goal


@transaction.atomic
def change_goal(
    goal: Goal, read: int, *, by: Actor, at: datetime, **values: Any
) -> None:
    """Save what is written on a goal, if it is still the version that was read."""
    by.must(Permission.PLAN_WRITE)
    for name, value in values.items():
        setattr(goal, name, value)
    goal.save_changes(read, *values)
    record(Event.GOAL_CHANGED, by=by, at=at, about=goal, fields=sorted(values))


@transaction.atomic
def end_goal(
    goal: Goal,
    status: GoalStatus,
    *,
    by: Actor,
    at: datetime,
    day: date,
    note: str = "",
) -> None:
    """Say that a goal is reached, set aside, or under way again."""
    by.must(Permission.PLAN_WRITE)
    refuse_if(rules.refusal_to_move_goal(GoalStatus(goal.status), status))
    goal.status = status
    goal.ended_on = None if status is GoalStatus.UNDER_WAY else day
    goal.ended_note = note
    goal.save_changes(goal.version, "status", "ended_on", "ended_note")
    record(Event.GOAL_CHANGED, by=by, at=at, about=goal, status=status)


@transaction.atomic
def add_step(
    youth: Youth,
    *,
    by: Actor,
    at: datetime,
    text: str,
    who: str,
    goal: Goal | None = None,
    user: User | None = None,
    person: Person | None = None,
    due_on: date | None = None,
    item_id: int | None = None,
) -> ActionStep:
    """Something one person or partner does by a day."""
    by.must(Permission.PLAN_WRITE)
    step = ActionStep.objects.create(
        youth=youth,
        goal=goal,
        text=text,
        who=who,
        user=user,
        person=person,
        due_on=due_on,
        item_id=item_id,
        recorded_by_id=by.user_id,
        recorded_at=at,
    )
    record(Event.STEP_ADDED, by=by, at=at, about=step)
    return step


@transaction.atomic
def change_step(
    step: ActionStep, read: int, *, by: Actor, at: datetime, **values: Any
) -> None:
    """Save what is written of a step, if it is still the version that was read."""
    by.must(Permission.PLAN_WRITE)
    for name, value in values.items():
        setattr(step, name, value)
    step.save_changes(read, *values)
    record(Event.STEP_CHANGED, by=by, at=at, about=step, fields=sorted(values))


@transaction.atomic
def settle_step(
    step: ActionStep,
    status: StepStatus,
    *,
    by: Actor,
    at: datetime,
    day: date,
    note: str = "",
) -> None:
    """Say where a step stands; a done or dropped one keeps its day."""
    by.must(Permission.PLAN_WRITE)
    step.status = status
    step.status_note = note
    step.settled_on = day if status in rules.SETTLED else None
    step.save_changes(step.version, "status", "status_note", "settled_on")
    record(Event.STEP_CHANGED, by=by, at=at, about=step, status=status)


@transaction.atomic
def note_progress(
    goal: Goal,
    text: str,
    *,
    by: Actor,
    at: datetime,
    step: ActionStep | None = None,
    own_words: bool = False,
) -> ProgressNote:
    """Write what moved, or what got in the way."""
    by.must(Permission.PLAN_WRITE)
    note = ProgressNote.objects.create(
        youth_id=goal.youth_id,
        goal=goal,
        step=step,
        text=text,
        own_words=own_words,
        by_id=by.user_id,
        at=at,
    )
    record(Event.PROGRESS_NOTED, by=by, at=at, about=note)
    return note


@transaction.atomic
def change_note(note: ProgressNote, text: str, *, by: Actor, at: datetime) -> None:
    """Say the same progress in other words; its history keeps the earlier ones."""
    by.must(Permission.PLAN_WRITE)
    note.text = text
    note.save(update_fields=["text"])
    record(Event.PROGRESS_NOTED, by=by, at=at, about=note)
