"""Who waits for a place in a session, and why: worked out each time, never stored."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.cases.due import due_list
from alongside.cases.models import Case
from alongside.cases.rules import DueState, state_of
from alongside.forms.vocabulary import Vocabulary
from alongside.kernel.dates_in_words import spoken_day
from alongside.meetings.models import Item, Meeting
from alongside.meetings.reading import best_session
from alongside.meetings.rules import AS_NEEDED, ONGOING, REVIEWS
from alongside.people.models import Youth

AHEAD = timedelta(days=28)
_BACK = timedelta(days=60)
_LONG_BACK = timedelta(days=400)
Row = TypeVar("Row", Item, Activity)
_SETTLED_WITHOUT = ("not_needed", "moved")


@dataclass(frozen=True, slots=True)
class Waits:
    """One young person who should have a place, and the session that suits."""

    youth_id: int
    youth_ref: UUID
    name: str
    sort_key: str
    kind: str
    what: str
    due_on: date
    state: str
    why: str
    session: Meeting | None = None


def waiting(
    *, unit_id: int, at: datetime, zone: ZoneInfo, words: Vocabulary
) -> list[Waits]:
    """Everybody without a place who should have one, the longest wait first.

    Nine queries, however many they are: the due list, the days teams set, what was
    called off, what was asked for, each with its people, and the sessions with places.
    """
    today = at.astimezone(zone).date()
    until = today + AHEAD
    sessions = list(Meeting.objects.open_to_book(unit_id).not_over(at)[:60])
    found = [
        *_as_policies_say(unit_id, today, until, zone, words),
        *_as_teams_said(unit_id, today, until),
        *_called_off(unit_id, today, words),
        *_asked_for(unit_id, today),
    ]
    earliest: dict[int, Waits] = {}
    for one in sorted(found, key=lambda one: (one.due_on, one.sort_key)):
        earliest.setdefault(one.youth_id, one)
    return [_with_session(one, sessions, today) for one in earliest.values()]


def by_kind(waits: list[Waits]) -> list[tuple[str, list[Waits]]]:
    """The same under the kind of review, in the order reviews are named."""
    groups = {kind: [one for one in waits if one.kind == kind] for kind in REVIEWS}
    return [(kind, group) for kind, group in groups.items() if group]


def _with_session(one: Waits, sessions: list[Meeting], today: date) -> Waits:
    session = best_session(sessions, one.due_on, today)
    return replace(one, session=session)


def _as_policies_say(
    unit_id: int, today: date, until: date, zone: ZoneInfo, words: Vocabulary
) -> list[Waits]:
    dues = due_list(
        unit_id=unit_id,
        today=today,
        until=until,
        zone=zone,
        words=words,
        kinds=REVIEWS,
    )
    return [
        Waits(
            youth_id=due.youth_id,
            youth_ref=due.youth_ref,
            name=due.youth_name,
            sort_key=due.sort_key,
            kind=due.kind,
            what=due.what,
            due_on=due.due_on,
            state=due.state,
            why=due.why,
        )
        for due in dues
        if due.state is not DueState.BOOKED
    ]


def _as_teams_said(unit_id: int, today: date, until: date) -> list[Waits]:
    """The day a team chose for the next review, when nothing is booked for it."""
    # The sessions first: by their keys the items are looked up, and not all read.
    sessions = Meeting.objects.filter(
        unit_id=unit_id, day__range=(today - _LONG_BACK, today)
    )
    held = Item.objects.filter(
        meeting__in=list(sessions.values_list("pk", flat=True)),
        activity__status=Status.COMPLETED,
        next_review_on__lte=until,
    )
    rows = (
        _without_later(held, "activity__day", unit_id)
        .select_related("activity")
        .prefetch_related("youth")
    )
    return [
        _waits(
            item.youth,
            ONGOING,
            "ongoing review",
            item.next_review_on or today,
            today,
            f"At the MDT of {spoken_day(item.activity.day, today)} the team chose"
            f" {spoken_day(item.next_review_on or today, today)}.",
        )
        for item in rows
    ]


def _called_off(unit_id: int, today: date, words: Vocabulary) -> list[Waits]:
    """Reviews that were canceled or did not happen, and were not booked again."""
    off = Activity.objects.filter(
        unit_id=unit_id,
        kind__in=REVIEWS,
        status__in=(Status.CANCELED, Status.MISSED),
        day__range=(today - _BACK, today + AHEAD),
    ).exclude(reason__in=_SETTLED_WITHOUT)
    rows = (
        _without_later(off, "day", unit_id)
        .select_related("kind")
        .prefetch_related("youth")
    )
    return [
        _waits(
            each.youth,
            each.kind_id,
            _lower(each.kind.name),
            each.day,
            today,
            f"The one of {spoken_day(each.day, today)} {_how(each, words)}.",
        )
        for each in rows
    ]


def _asked_for(unit_id: int, today: date) -> list[Waits]:
    """Reviews somebody put on a day, for which no place was taken yet."""
    rows = (
        Activity.objects.filter(
            unit_id=unit_id,
            kind__in=REVIEWS,
            status=Status.SCHEDULED,
            item=None,
            day__range=(today - _BACK, today + AHEAD),
        )
        .select_related("kind", "made_by")
        .prefetch_related("youth")
    )
    return [
        _waits(
            each.youth,
            each.kind_id or AS_NEEDED,
            _lower(each.kind.name),
            each.day,
            today,
            f"{each.made_by.name} asked for {spoken_day(each.day, today)};"
            " it has no place in a session yet.",
        )
        for each in rows
    ]


def _without_later(rows: QuerySet[Row], day: str, unit_id: int) -> QuerySet[Row]:
    """Only of those the unit supports, with no review booked or held since."""
    later = Activity.objects.filter(
        Q(status=Status.SCHEDULED) | Q(status=Status.COMPLETED, day__gt=OuterRef(day)),
        youth=OuterRef("youth"),
        kind__in=REVIEWS,
    )
    supported = Case.objects.filter(
        youth=OuterRef("youth"), unit_id=unit_id, closed_on=None
    )
    return rows.filter(~Exists(later), Exists(supported), youth__died_on=None)


def _waits(
    youth: Youth, kind: str, what: str, due_on: date, today: date, why: str
) -> Waits:
    return Waits(
        youth_id=youth.pk,
        youth_ref=youth.ref,
        name=youth.name,
        sort_key=youth.sort_key,
        kind=kind,
        what=what,
        due_on=due_on,
        state=state_of(due_on, today, booked=False),
        why=why,
    )


def _how(activity: Activity, words: Vocabulary) -> str:
    did = "was canceled" if activity.status == Status.CANCELED else "did not happen"
    if not activity.reason:
        return did
    return f"{did}: {_lower(words.name('not_happened', activity.reason))}"


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
