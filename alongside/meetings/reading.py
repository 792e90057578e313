"""Readings of meetings: a month, an agenda, what was said last, who is whose turn."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.meetings import rules
from alongside.meetings.models import Item, Meeting
from alongside.meetings.rules import Section
from alongside.plans.models import ActionStep
from alongside.plans.rules import StepStatus

# Tables that have a row for every young person are fetched by key and not joined: the
# planner takes half of a row-secured table to be visible, and reads all of it to join.


def talks(unit_id: int, first: date, last: date) -> QuerySet[Activity]:
    """Reviews, decisions and family meetings of a unit, day by day: five queries."""
    return (
        Activity.objects.filter(
            unit_id=unit_id, day__range=(first, last), kind__in=rules.TALKS
        )
        .prefetch_related("youth", "kind", "officer", "item")
        .order_by("day", "starts_at", "pk")
    )


def talks_of(youth_ids: Iterable[int], today: date) -> QuerySet[Activity]:
    """What is booked for some young people from today on: five queries."""
    return (
        Activity.objects.filter(
            youth_id__in=list(youth_ids),
            kind__in=rules.TALKS,
            status=Status.SCHEDULED,
            day__gte=today,
        )
        .prefetch_related("youth", "kind", "officer", "item")
        .order_by("day", "starts_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of an agenda; what was canceled has no number."""

    item: Item
    number: int | None

    @property
    def status(self) -> Status:
        """How its activity stands."""
        return Status(self.item.activity.status)

    @property
    def section(self) -> Section:
        """The part of the agenda it belongs to."""
        return Section(self.item.section)


def agenda(meeting: Meeting) -> list[Turn]:
    """A session's items in the order they are taken; canceled ones last: one query."""
    items = Item.objects.filter(meeting=meeting).select_related(
        "youth", "activity", "activity__kind", "activity__officer"
    )
    return in_order(items)


def agenda_order(item: Item) -> tuple[int, datetime, int]:
    """By part of the agenda, and in each by time."""
    section = rules.ORDER.index(Section(item.section))
    starts_at = item.activity.starts_at or item.activity.made_at
    return section, starts_at, item.pk


def in_order(items: Iterable[Item]) -> list[Turn]:
    """The same from items at hand."""
    taken: list[Item] = []
    canceled: list[Item] = []
    for item in sorted(items, key=agenda_order):
        off = item.activity.status == Status.CANCELED
        (canceled if off else taken).append(item)
    numbered = [Turn(item, number) for number, item in enumerate(taken, 1)]
    return numbered + [Turn(item, None) for item in canceled]


def times_differ(turns: Iterable[Turn]) -> bool:
    """Whether somebody has an earlier time than who is taken before them."""
    times = [
        turn.item.activity.starts_at
        for turn in turns
        if turn.number is not None and turn.item.activity.starts_at
    ]
    return times != sorted(times)


def last_talk(activity: Activity) -> Activity | None:
    """The last review, decision or family meeting held before this one: one query.

    Before a family meeting, the last family meeting.
    """
    family = activity.kind_id == rules.FAMILY
    kinds = [rules.FAMILY] if family else rules.TAKES_A_PLACE
    return (
        Activity.objects.filter(
            youth_id=activity.youth_id,
            kind__in=kinds,
            status=Status.COMPLETED,
            day__lte=activity.day,
        )
        .exclude(pk=activity.pk)
        .select_related("item", "kind")
        .order_by("-day", "-starts_at", "-pk")
        .first()
    )


def steps_to_look_at(item: Item, last: Activity | None) -> list[ActionStep]:
    """The steps of last time, however they stand, and older open ones: one query."""
    before: Item | None = getattr(last, "item", None) if last else None
    still_open = Q(status__in=(StepStatus.OPEN, StepStatus.PARTLY))
    of_last_time = Q(item_id=before.pk if before else 0)
    reviewed_here = Q(reviews__item=item)
    return list(
        ActionStep.objects.filter(
            still_open | of_last_time | reviewed_here, youth_id=item.youth_id
        )
        .exclude(item_id=item.pk)
        .distinct()
        .order_by("due_on", "pk")
    )


def names_apart(activities: Iterable[Activity]) -> dict[int, str]:
    """How a list names each young person; twins of a name get their year of birth."""
    youth = {each.youth_id: each.youth for each in activities}
    names = {key: one.name for key, one in youth.items()}
    count = Counter(names.values())
    return {
        key: f"{name} (b. {born.year})"
        if count[name] > 1 and (born := youth[key].birth_date)
        else name
        for key, name in names.items()
    }


def by_day(activities: Iterable[Activity]) -> dict[date, list[Activity]]:
    """The same activities, day by day."""
    days: dict[date, list[Activity]] = {}
    for each in activities:
        days.setdefault(each.day, []).append(each)
    return days


def best_session(sessions: list[Meeting], due_on: date, today: date) -> Meeting | None:
    """The last session with a place on or before a due day; else the first there is.

    ``sessions`` have places and are in order of time.
    """
    coming = [session for session in sessions if session.day >= today]
    in_time = [session for session in coming if session.day <= due_on]
    return next(iter(reversed(in_time)), None) or next(iter(coming), None)


def numbers(turns: Iterable[Turn]) -> Iterator[int]:
    """The numbers an agenda shows."""
    return (turn.number for turn in turns if turn.number is not None)
