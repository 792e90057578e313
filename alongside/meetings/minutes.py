"""Minutes as they are read again: on a page, and on paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from alongside.access.actor import Actor
from alongside.forms.vocabulary import Vocabulary
from alongside.kernel.dates_in_words import clock_time, long_day, short_day
from alongside.meetings.models import (
    Attendance,
    CourtRecommendation,
    GoalReview,
    Item,
    StepReview,
)
from alongside.plans.models import ActionStep

Row = TypeVar("Row", Attendance, StepReview, GoalReview, ActionStep)


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was written about one young person."""

    item: Item
    here: list[Attendance]
    not_here: list[Attendance]
    standings: list[StepReview]
    changes: list[GoalReview]
    steps: list[ActionStep]
    court: str

    @property
    def is_written(self) -> bool:
        """Whether anything was saved yet."""
        return self.item.saved_at is not None


def minutes_of(items: Iterable[Item]) -> list[Minutes]:
    """The minutes of some items, in their order: five queries, however many."""
    items = list(items)
    keys = [item.pk for item in items]
    people = _grouped(Attendance.objects.filter(item__in=keys))
    reviews = StepReview.objects.filter(item__in=keys).select_related("step")
    standings = _grouped(reviews.order_by("step__due_on", "step_id"))
    goals = GoalReview.objects.filter(item__in=keys).select_related("goal")
    changes = _grouped(goals.order_by("goal__set_on", "goal_id"))
    # By youth too: the plain key of the item has no index of its own.
    about = {item.youth_id for item in items}
    steps = _grouped(ActionStep.objects.filter(youth__in=about, item_id__in=keys))
    court = court_recommendations(items)
    return [
        Minutes(
            item=item,
            here=[one for one in people.get(item.pk, []) if one.present],
            not_here=[one for one in people.get(item.pk, []) if not one.present],
            standings=standings.get(item.pk, []),
            changes=[each for each in changes.get(item.pk, []) if each.change],
            steps=steps.get(item.pk, []),
            court=court.get(item.pk, ""),
        )
        for item in items
    ]


def court_recommendations(items: Iterable[Item]) -> dict[int, str]:
    """What these recommend to the court, as far as the actor sees court papers."""
    items = list(items)
    found = CourtRecommendation.objects.filter(
        youth__in={item.youth_id for item in items}, item__in=items
    )
    return dict(found.values_list("item_id", "text"))


def on_paper(
    minutes: list[Minutes],
    *,
    where: dict[str, str],
    words: Vocabulary,
    at: datetime,
    by: Actor,
) -> dict[str, object]:
    """The values of ``meetings/minutes.typ``."""
    printed = at.astimezone(by.zone)
    today = printed.date()
    return {
        "facts": [[label, value] for label, value in where.items() if value],
        "items": [_item(one, words, today) for one in minutes],
        "foot": f"Printed {long_day(today)}, {clock_time(printed)}",
    }


def _item(one: Minutes, words: Vocabulary, today: date) -> dict[str, object]:
    item, activity = one.item, one.item.activity
    return {
        "name": item.youth.name,
        "called": item.youth.called_name,
        "kind": activity.kind.name,
        "own_words": item.own_words,
        "read_back": item.read_back,
        "summary": item.summary,
        "here": [_person(each, words) for each in one.here],
        "not_here": [each.name for each in one.not_here],
        "standings": [
            [each.step.text, each.step.who, each.get_standing_display(), each.note]
            for each in one.standings
        ],
        "changes": [[each.goal.words, each.change] for each in one.changes],
        "steps": [
            [each.text, each.who, short_day(each.due_on, today) if each.due_on else ""]
            for each in one.steps
        ],
        "court": one.court,
        "next": short_day(item.next_review_on, today) if item.next_review_on else "",
        "written": one.is_written,
    }


def _person(one: Attendance, words: Vocabulary) -> str:
    from_where = one.agency if one.agency != one.name else ""
    how = words.name("attendance", one.how) if one.how != "in_person" else ""
    return ", ".join(filter(None, (one.name, from_where, how.lower())))


def _grouped(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.item_id or 0, []).append(row)
    return found
