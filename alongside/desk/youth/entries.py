"""What a timeline is made of: activities, changes of fact, goals, steps, own words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.desk.templatetags.record import contact_word
from alongside.desk.youth.ahead import meeting_url, name_of
from alongside.desk.youth.facts import in_words
from alongside.desk.youth.standing import FACTS
from alongside.forms.vocabulary import Vocabulary
from alongside.kernel.dates import Precision
from alongside.people.models import OwnWords, Youth
from alongside.plans.models import ActionStep, Goal
from alongside.plans.rules import GoalStatus, StepStatus

_SHAPES = {
    Status.COMPLETED: "done",
    Status.MISSED: "missed",
    Status.CANCELED: "cancelled",
    Status.SCHEDULED: "was",
}
_MEETINGS = ("review", "court", "school", "health")
_AHEAD = 20
_BEGAN = {
    "stay": "Staying",
    "school": "School",
    "support": "Support",
    "officer": "Officer",
    "legal": "Legal status",
    "child_welfare": "Child welfare",
    "court": "Court",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: when, what, in which words, by whom."""

    day: date
    shape: str
    what: str
    text: str = ""
    by: str = ""
    url: str = ""
    at: datetime | None = None
    own: bool = False
    language: str = ""
    precision: Precision = Precision.DAY
    is_gap: bool = False


Rows = QuerySet[Any]
Tell = Callable[[Any, Vocabulary], Iterator[Entry]]


def _sources(youth: Youth, show: str, today: date) -> Iterator[tuple[Rows, str, Tell]]:
    """Each table that has a part in it: its rows, the column of its day, its words."""
    # What is booked from today on stands ahead.
    ahead = Q(status=Status.SCHEDULED, day__gte=today)
    activities: Rows = Activity.objects.filter(~ahead, youth=youth)
    if show == "contacts":
        activities = activities.filter(kind__group="contact")
    elif show == "meetings":
        activities = activities.filter(kind__group__in=_MEETINGS)
    if show in ("everything", "contacts", "meetings"):
        yield activities, "day", _activity
    if show in ("everything", "plan"):
        goals = Goal.objects.filter(youth=youth)
        yield goals, "set_on", _goal_set
        yield goals.exclude(ended_on=None), "ended_on", _goal_ended
        steps = ActionStep.objects.filter(youth=youth, status=StepStatus.DONE)
        yield steps.exclude(settled_on=None), "settled_on", _step
    if show == "everything":
        yield OwnWords.objects.filter(youth=youth), "said_on", _own_words
    if show in ("everything", "facts"):
        for name, kind in FACTS.items():
            facts = kind.model.objects.filter(youth=youth).exclude(ends=F("starts"))
            yield facts, "starts", partial(_fact, name)


def page_start(
    youth: Youth, show: str, until: date, today: date, size: int
) -> date | None:
    """The day a page of so many entries ends on, or None if it takes all: one query.

    A page ends with a whole day, so that none of its entries is lost between pages.
    """
    days = [
        rows.filter(**{f"{column}__lt": until})
        .annotate(entry_day=F(column))
        .order_by(f"-{column}")
        .values_list("entry_day")[: size + 1]
        for rows, column, _ in _sources(youth, show, today)
    ]
    every = days[0].union(*days[1:], all=True) if len(days) > 1 else days[0]
    if len(days) > 1:
        every = every.order_by("-entry_day")
    last = list(every[size : size + 1])
    return last[0][0] if last else None


def entries(
    youth: Youth,
    show: str,
    first: date | None,
    until: date,
    today: date,
    words: Vocabulary,
) -> list[Entry]:
    """Everything from the first day until the day before ``until``, newest first."""
    found: list[Entry] = []
    for rows, column, tell in _sources(youth, show, today):
        period = {f"{column}__lt": until}
        if first is not None:
            period[f"{column}__gte"] = first
        for row in _with_names(rows.filter(**period)):
            found += tell(row, words)
    found.sort(key=_order, reverse=True)
    return found


def _order(entry: Entry) -> tuple[date, float]:
    """By day; what has no time of day stands beneath what has one."""
    return entry.day, entry.at.timestamp() if entry.at else 0.0


def ahead_entries(youth: Youth, show: str, today: date) -> list[Entry]:
    """What is booked from today on, the farthest first."""
    if show in ("plan", "facts"):
        return []
    booked = Activity.objects.filter(youth=youth).ahead(today)
    if show == "contacts":
        booked = booked.filter(kind__group="contact")
    if show == "meetings":
        booked = booked.filter(kind__group__in=_MEETINGS)
    rows = booked.select_related("kind", "officer", "item")[:_AHEAD]
    return [
        Entry(
            day=row.day,
            at=row.starts_at,
            shape="today" if row.day == today else "later",
            what=name_of(row),
            text=f"{row.place}." if row.place else "",
            by=row.officer.name if row.officer else "",
            url=_url(row),
        )
        for row in reversed(rows)
    ]


def _with_names(rows: Rows) -> Rows:
    """With what an entry says of it, in the same query (one more for who was there)."""
    model = rows.model
    if model is Activity:
        return rows.select_related("kind", "officer", "item").prefetch_related(
            "presences"
        )
    if model is OwnWords:
        return rows.select_related("said_to")
    if model is FACTS["officer"].model:
        return rows.select_related("recorded_by", "officer")
    return rows.select_related("recorded_by")


def _activity(row: Activity, words: Vocabulary) -> Iterator[Entry]:
    status = Status(row.status)
    names = [one.name for one in row.presences.all()]
    what = name_of(row)
    if row.kind.group == "contact" and status is Status.COMPLETED and not row.title:
        how = contact_word(row.kind_id, row.kind.name)
        what = how[:1].upper() + how[1:]
        if names and row.kind_id != "contact_tried":
            what = f"{what} with {', '.join(names)}"
    text = row.note
    if status in (Status.MISSED, Status.CANCELED):
        what = f"{what}: {status.label.lower()}"
        reason = words.name("not_happened", row.reason) if row.reason else ""
        text = ". ".join(filter(None, (reason, row.note)))
    elif status is Status.SCHEDULED:
        what = f"{what}: nobody has said yet how it went"
    yield Entry(
        day=row.day,
        at=row.starts_at,
        shape=_SHAPES[status],
        what=what,
        text=text,
        by=row.officer.name if row.officer else "",
        url=_url(row),
    )


def _goal_set(goal: Goal, words: Vocabulary) -> Iterator[Entry]:
    yield Entry(
        day=goal.set_on,
        shape="fact",
        what="Goal set",
        text=goal.words,
        own=True,
        language=goal.words_language,
        by=goal.recorded_by.name,
    )


def _goal_ended(goal: Goal, words: Vocabulary) -> Iterator[Entry]:
    if goal.status == GoalStatus.UNDER_WAY or goal.ended_on is None:
        return
    reached = goal.status == GoalStatus.REACHED
    yield Entry(
        day=goal.ended_on,
        shape="goal" if reached else "ended",
        what=f"Goal {'reached' if reached else 'set aside'}: “{goal.words}”",
        text=goal.ended_note,
        by=goal.recorded_by.name,
    )


def _step(step: ActionStep, words: Vocabulary) -> Iterator[Entry]:
    if step.settled_on is not None:
        yield Entry(
            day=step.settled_on,
            shape="goal",
            what=f"Step done: {step.text}",
            text=step.status_note,
            by=step.who,
        )


def _own_words(said: OwnWords, words: Vocabulary) -> Iterator[Entry]:
    yield Entry(
        day=said.said_on,
        shape="new",
        what=said.question[:1].upper() + said.question[1:] if said.question else "Said",
        text=said.words,
        own=True,
        language=said.language,
        by=said.said_to.name if said.said_to else "",
    )


def _fact(name: str, fact: Any, words: Vocabulary) -> Iterator[Entry]:
    yield Entry(
        day=fact.starts,
        precision=Precision(fact.starts_precision),
        shape="fact",
        what=f"{_BEGAN[name]}: {in_words(name, fact, words)}",
        text=getattr(fact, "reason", "") or fact.note,
        by=f"Change of fact, {fact.recorded_by.name}",
    )


def _url(activity: Activity) -> str:
    return meeting_url(activity) or reverse("activity_settle", args=[activity.ref])
