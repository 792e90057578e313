"""Minutes: what saving them settles, and what a second saving changes."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from alongside.access.versions import ChangedMeanwhile
from alongside.activities.models import Presence
from alongside.activities.rules import Status
from alongside.kernel.refusal import NotPermitted, Refused
from alongside.meetings import actions
from alongside.meetings.actions import Present, Recommendation, Standing
from alongside.meetings.models import Item, StepReview
from alongside.people.models import OwnWords
from alongside.plans import actions as plans
from alongside.plans.models import ActionStep, Goal, ProgressNote
from alongside.plans.rules import SetBy, StepStatus
from tests.meetings.conftest import TODAY, Become, NewSession, NewYouth


@pytest.fixture
def item(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> Item:
    """Joaquín has a place in today's session."""
    session, youth = new_session(0), new_youth()
    booked = actions.book(
        youth, "mdt_ongoing", session, by=become("coordinator"), at=at
    )
    return fresh(booked)


def fresh(item: Item) -> Item:
    """The item as it is now."""
    return Item.objects.select_related("youth", "activity", "meeting").get(pk=item.pk)


def goal_of(item: Item, become: Become, at: datetime) -> Goal:
    """Something he works toward."""
    return plans.set_goal(
        item.youth,
        by=become("coordinator"),
        at=at,
        words="I want to see my sister.",
        category="relationships",
        set_by=SetBy.YOUTH,
        set_on=TODAY,
    )


def save(item: Item, become: Become, at: datetime, **minutes: Any) -> None:
    """Save as the coordinator."""
    actions.save_item(item, item.version, by=become("coordinator"), at=at, **minutes)


def test_saving_completes_the_review_and_says_who_was_there(
    item: Item, become: Become, at: datetime
) -> None:
    save(
        item,
        become,
        at,
        own_words="Saturdays, on paper.",
        attendance=[
            Present("Quino", is_youth=True),
            Present("Keisha Monroe", "Harbor Light", how="phone"),
            Present("Larkspur Child Welfare", "Larkspur", present=False),
        ],
    )
    now = fresh(item)
    assert now.activity.status == Status.COMPLETED
    assert (now.own_words, now.saved_at, now.started_at) == (
        "Saturdays, on paper.",
        at,
        at,
    )
    assert {row.name: (row.present, row.how) for row in now.attendances.all()} == {
        "Quino": (True, "in_person"),
        "Keisha Monroe": (True, "phone"),
        "Larkspur Child Welfare": (False, "absent"),
    }
    assert set(Presence.objects.values_list("name", flat=True)) == {
        now.youth.called_name,
        "Keisha Monroe",
    }


def test_saved_again_nothing_is_there_twice(
    item: Item, become: Become, at: datetime
) -> None:
    goal = goal_of(item, become, at)
    first = Recommendation("Put Saturdays in writing", "Rosa Castellanos", goal=goal)
    save(item, become, at, changes={goal: "Two visits."}, recommendations=[first])
    now, step = fresh(item), ActionStep.objects.get()
    again = Recommendation(
        "Put every Saturday in writing", "Rosa Castellanos", goal=goal, step=step
    )
    people = [Present("Quino", is_youth=True)]
    for _ in range(2):
        save(
            now,
            become,
            at,
            changes={goal: "Three visits."},
            recommendations=[again],
            attendance=people,
        )
        now = fresh(now)
    assert ActionStep.objects.get().text == "Put every Saturday in writing"
    assert ProgressNote.objects.get().text == "Three visits."
    assert now.goal_reviews.get().change == "Three visits."
    assert now.attendances.count() == 1


def test_a_step_of_last_time_stands_as_it_was_said(
    item: Item, become: Become, at: datetime
) -> None:
    step = plans.add_step(
        item.youth, by=become("coordinator"), at=at, text="Bus pass", who="Amara Okafor"
    )
    standing = Standing(step, StepStatus.DONE, "He has it.")
    save(item, become, at, standings=[standing])
    step = ActionStep.objects.get()
    assert (step.status, step.status_note, step.settled_on) == (
        "done",
        "He has it.",
        TODAY,
    )
    assert StepReview.objects.get().standing == "done"


def test_the_next_review_takes_a_place_and_moves_with_the_day(
    item: Item, new_session: NewSession, become: Become, at: datetime
) -> None:
    for days in (63, 70):
        new_session(days)
    save(item, become, at, next_review_on=TODAY + timedelta(days=63))
    booked = Item.objects.exclude(pk=item.pk).select_related("activity").get()
    assert booked.activity.day == TODAY + timedelta(days=63)
    assert booked.activity.kind_id == "mdt_90_day"
    save(fresh(item), become, at, next_review_on=TODAY + timedelta(days=70))
    moved = Item.objects.exclude(pk=item.pk).select_related("activity").get()
    assert moved.activity.day == TODAY + timedelta(days=70)


def test_a_day_without_a_session_stands_and_books_nothing(
    item: Item, become: Become, at: datetime
) -> None:
    save(item, become, at, next_review_on=TODAY + timedelta(days=64))
    assert fresh(item).next_review_on == TODAY + timedelta(days=64)
    assert Item.objects.count() == 1


def test_a_full_day_is_refused_and_nothing_is_saved(
    item: Item,
    new_youth: NewYouth,
    new_session: NewSession,
    become: Become,
    at: datetime,
) -> None:
    full = new_session(63, capacity=1)
    by = become("coordinator")
    actions.book(new_youth("Imani"), "mdt_ongoing", full, by=by, at=at)
    with pytest.raises(Refused, match="is full"):
        save(item, become, at, summary="Went well.", next_review_on=full.day)
    assert fresh(item).summary == ""
    assert fresh(item).activity.status == Status.SCHEDULED


def test_the_second_of_two_editors_is_told(
    item: Item, become: Become, at: datetime
) -> None:
    save(item, become, at, summary="Theirs.")
    with pytest.raises(ChangedMeanwhile):
        actions.save_item(item, 1, by=become("amara"), at=at, summary="Mine.")
    assert fresh(item).summary == "Theirs."


@pytest.mark.parametrize("days", [1, 30])
def test_nothing_is_written_before_the_day(
    days: int,
    new_youth: NewYouth,
    new_session: NewSession,
    become: Become,
    at: datetime,
) -> None:
    session, youth = new_session(days), new_youth()
    by = become("coordinator")
    item = fresh(actions.book(youth, "mdt_ongoing", session, by=by, at=at))
    with pytest.raises(Refused, match="Write about it on the day"):
        save(item, become, at, summary="Too early.")


def test_an_advocate_writes_no_minutes(
    item: Item, become: Become, at: datetime
) -> None:
    with pytest.raises(NotPermitted):
        actions.save_item(item, item.version, by=become("advocate"), at=at, summary="x")


def test_a_session_is_finished_when_everybody_was_talked_about(
    item: Item, become: Become, at: datetime
) -> None:
    assert item.meeting is not None
    with pytest.raises(Refused, match="one young person is still on the agenda"):
        actions.finish_meeting(item.meeting, by=become("coordinator"), at=at)
    save(item, become, at, summary="Went well.")
    actions.finish_meeting(item.meeting, by=become("coordinator"), at=at)
    assert fresh(item).meeting.status == "held"  # type: ignore[union-attr]


def test_what_was_not_talked_about_keeps_its_reason(
    item: Item, become: Become, at: datetime
) -> None:
    actions.miss_item(item, "transport", by=become("coordinator"), at=at)
    now = fresh(item)
    assert (now.activity.status, now.activity.reason) == (Status.MISSED, "transport")
    save(now, become, at, summary="He came after all.")
    assert fresh(item).activity.status == Status.COMPLETED


def test_a_family_meeting_asks_whom_the_young_person_chose(
    new_youth: NewYouth, become: Become, at: datetime
) -> None:
    youth = new_youth()
    for name, chosen in (("Elena Delgado", True), ("Somebody Else", False)):
        youth.persons.create(name=name, relation="other", chosen_for_meetings=chosen)
    item = actions.plan_family_meeting(
        youth,
        by=become("amara"),
        at=at,
        day=TODAY,
        starts_at=at,
        ends_at=at + timedelta(hours=1),
        place="His aunt’s home",
    )
    assert [row.name for row in item.attendances.all()] == ["Elena Delgado"]
    assert item.meeting is None
    save(fresh(item), become, at, own_words="My people are here.")
    assert fresh(item).activity.status == Status.COMPLETED
    assert not OwnWords.objects.exists()
