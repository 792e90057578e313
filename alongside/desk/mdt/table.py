"""What lies on the table when a team turns to one young person: all of last time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from alongside.access.actor import Actor
from alongside.access.models import User
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.meetings.models import Attendance, GoalReview, Invitation, Item, Meeting
from alongside.meetings.reading import Turn, in_order, last_talk, steps_to_look_at
from alongside.meetings.rules import FAMILY, NEXT_WITHIN
from alongside.people.models import OwnWords, Person
from alongside.plans.models import ActionStep, Goal
from alongside.plans.rules import GoalStatus
from alongside.referrals.models import Referral
from alongside.staff.cover import covers_on

_WORDS_SINCE = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who may be here: a checkbox."""

    key: str
    name: str
    agency: str = ""
    line: str = ""
    present: bool = False
    how: str = "in_person"
    person: Person | None = None
    user: User | None = None
    is_youth: bool = False


@dataclass(slots=True)
class Table:
    """Everything a page of minutes starts from."""

    item: Item
    last: Activity | None
    steps: list[ActionStep]
    goals: list[Goal]
    reached: list[Goal]
    changes: dict[int, GoalReview]
    own: list[ActionStep]
    seats: list[Seat]
    words: OwnWords | None
    hearing: Activity | None
    referral: Referral | None
    sessions: list[Meeting]
    turns: list[Turn] = field(default_factory=list)
    team: list[User] = field(default_factory=list)
    openings: list[str] = field(default_factory=list)

    @property
    def is_family(self) -> bool:
        """Whether it is a family team meeting, with no session around it."""
        return self.item.activity.kind_id == FAMILY

    @property
    def here_count(self) -> int:
        """How many were said to be here."""
        return sum(seat.present for seat in self.seats)

    @property
    def number(self) -> int | None:
        """Its number on the agenda."""
        return next(
            (turn.number for turn in self.turns if turn.item.pk == self.item.pk), None
        )

    @property
    def count(self) -> int:
        """How many are on the agenda."""
        return sum(turn.number is not None for turn in self.turns)

    @property
    def next_open(self) -> Item | None:
        """Whose turn is next: the first after this one that is still to come."""
        return self._near(after=True)

    @property
    def before(self) -> Item | None:
        """Whose turn was before."""
        return self._near(after=False)

    def _near(self, *, after: bool) -> Item | None:
        items = [turn.item for turn in self.turns if turn.number]
        keys = [item.pk for item in items]
        if self.item.pk not in keys:
            return None
        here = keys.index(self.item.pk)
        if not after:
            return items[here - 1] if here else None
        later = items[here + 1 :] + items[:here]
        return next((one for one in later if one.activity.status == "scheduled"), None)


def lay(item: Item, *, by: Actor, today: date) -> Table:
    """Fetch it all; the number of queries is the same for everybody."""
    last = last_talk(item.activity)
    since = last.day if last else date.min
    goals = list(
        Goal.objects.filter(
            Q(status=GoalStatus.UNDER_WAY)
            | Q(status=GoalStatus.REACHED, ended_on__gt=since),
            youth_id=item.youth_id,
        ).order_by("set_on", "pk")
    )
    reviews = {review.goal_id: review for review in item.goal_reviews.all()}
    own = ActionStep.objects.filter(youth_id=item.youth_id, item_id=item.pk)
    return Table(
        item=item,
        last=last,
        steps=steps_to_look_at(item, last),
        goals=[goal for goal in goals if goal.status == GoalStatus.UNDER_WAY],
        reached=[goal for goal in goals if goal.status == GoalStatus.REACHED],
        changes=reviews,
        own=list(own.select_related("user", "person", "goal").order_by("pk")),
        seats=list(_seats(item)),
        words=_words(item, today),
        hearing=_next_hearing(item),
        referral=_referral(item),
        sessions=_next_sessions(item, by),
    )


def agenda_around(item: Item) -> list[Turn]:
    """The session an item belongs to, in order: one query, and none for a family's."""
    if item.meeting_id is None:
        return []
    items = Item.objects.filter(meeting_id=item.meeting_id)
    return in_order(
        items.select_related("youth", "activity", "activity__kind", "activity__officer")
    )


def others_who_opened(item: Item, *, by: Actor, since: object) -> list[str]:
    """Who else has these minutes open now: one query."""
    rows = item.openings.filter(at__gte=since).exclude(user_id=by.user_id)
    return list(rows.order_by("user__name").values_list("user__name", flat=True))


def _seats(item: Item) -> Iterator[Seat]:
    """The young person, the officer, those around them, and the agencies that come."""
    rows = item.attendances.select_related("person")
    saved = {_whose(row.person, row.name, row.agency): row for row in rows}
    seen: set[tuple[str, str]] = set()
    for seat in _expected(item):
        key = _whose(seat.person, seat.name, seat.agency)
        if key in seen:
            continue
        seen.add(key)
        yield _as_saved(seat, saved.pop(key, None))
    for row in saved.values():
        yield _as_saved(
            Seat(f"x{row.ref}", row.name, row.agency, row.agency, person=row.person),
            row,
        )


def _whose(person: Person | None, name: str, agency: str) -> tuple[str, str]:
    """Who sits there; somebody on record stays the same when they change employer."""
    return ("", str(person.pk)) if person else (name, agency)


def _expected(item: Item) -> Iterator[Seat]:
    youth, activity = item.youth, item.activity
    yield Seat("youth", youth.called_name, is_youth=True)
    unit = activity.unit.name
    if activity.officer is not None:
        covers = covers_on(activity.unit_id, activity.day)
        stands_in = next(
            (one.covering for one in covers if one.away_id == activity.officer_id), None
        )
        officer = stands_in or activity.officer
        line = f"{unit}, for {activity.officer.name}" if stands_in else unit
        yield Seat(f"u{officer.ref}", officer.name, unit, line, user=officer)
    agencies = set()
    for person in _people(item):
        agencies.add(person.organization)
        line = person.organization or person.relation.replace("_", " ").capitalize()
        yield Seat(
            f"p{person.ref}", person.name, person.organization, line, person=person
        )
    if item.meeting_id is None:
        return
    for invitation in _invited(item):
        agency = invitation.agency
        if agency.name not in agencies:
            yield Seat(f"a{agency.ref}", agency.name, agency.name, "Nobody named yet")


def _as_saved(seat: Seat, row: Attendance | None) -> Seat:
    if row is None:
        return seat
    return Seat(
        seat.key,
        seat.name,
        seat.agency,
        seat.line,
        row.present,
        row.how if row.how and row.how != "absent" else "in_person",
        seat.person,
        seat.user,
        seat.is_youth,
    )


def _people(item: Item) -> list[Person]:
    """The team and whom they chose; for a family meeting, only the chosen."""
    around = Q(chosen_for_meetings=True)
    if item.meeting_id is not None:
        around |= Q(is_team=True)
    return list(
        Person.objects.filter(
            around,
            Q(ends=None) | Q(ends__gt=item.activity.day),
            youth_id=item.youth_id,
        )
    )


def _invited(item: Item) -> list[Invitation]:
    day = item.activity.day
    return list(
        Invitation.objects.filter(
            Q(ends=None) | Q(ends__gte=day),
            unit_id=item.activity.unit_id,
            starts__lte=day,
        )
        .select_related("agency")
        .order_by("agency__name")
    )


def _words(item: Item, today: date) -> OwnWords | None:
    """What the young person said for a meeting, or lately at all."""
    said = OwnWords.objects.filter(
        youth_id=item.youth_id, said_on__gte=today - _WORDS_SINCE
    ).select_related("said_to")
    return max(
        said[:20],
        key=lambda one: (one.kind == "for_meeting", one.said_on, one.pk),
        default=None,
    )


def _next_hearing(item: Item) -> Activity | None:
    return (
        Activity.objects.filter(
            youth_id=item.youth_id,
            kind="court_hearing",
            status=Status.SCHEDULED,
            day__gte=item.activity.day,
        )
        .order_by("day")
        .first()
    )


def _referral(item: Item) -> Referral | None:
    if item.referral_id is None:
        return None
    return Referral.objects.filter(pk=item.referral_id).first()


def _next_sessions(item: Item, by: Actor) -> list[Meeting]:
    """Sessions with a place, and one more than the rule's days ahead."""
    if item.meeting_id is None:
        return []
    first, last = item.activity.day, item.activity.day + NEXT_WITHIN
    rows = Meeting.objects.open_to_book(item.activity.unit_id)
    return list(rows.filter(day__gt=first, day__lte=last))


def goal_word(goal: Goal) -> str:
    """A goal in a narrow list: its first words."""
    words = goal.words.split()
    short = " ".join(words[:5])
    return short if len(words) <= 5 else f"{short} …"


def ref_of(text: str) -> UUID | None:
    """A reference as a form gives it back."""
    try:
        return UUID(text)
    except ValueError:
        return None
