"""The order of an agenda, how meetings and their items may change, and why not."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum

from alongside.activities.rules import Status
from alongside.kernel.dates_in_words import spoken_day


class Section(StrEnum):
    """The parts of an agenda, in the order they are taken."""

    NEW_REFERRAL = "new_referral"
    COURT = "court"
    CRISIS = "crisis"
    ONGOING = "ongoing"
    TRACKING = "tracking"

    @property
    def label(self) -> str:
        """The words an agenda shows."""
        return _SECTIONS[self]


class MeetingStatus(StrEnum):
    """How a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELED = "canceled"

    @property
    def label(self) -> str:
        """The words a page shows."""
        return self.value.capitalize()


_SECTIONS = {
    Section.NEW_REFERRAL: "New referrals",
    Section.COURT: "Upcoming court dates",
    Section.CRISIS: "Crises and transitions",
    Section.ONGOING: "Ongoing reviews",
    Section.TRACKING: "Young people being tracked",
}

ORDER = tuple(Section)

MOVES = {
    MeetingStatus.PLANNED: {MeetingStatus.HELD, MeetingStatus.CANCELED},
    MeetingStatus.HELD: {MeetingStatus.PLANNED},
    MeetingStatus.CANCELED: {MeetingStatus.PLANNED},
}

# Kinds that take a place in a session, and the one that has a meeting of its own.
INITIAL, ONGOING, NINETY_DAY = "mdt_initial", "mdt_ongoing", "mdt_90_day"
AS_NEEDED, DECISION = "mdt_as_needed", "mdt_decision"
FAMILY = "cft"
REVIEWS = (INITIAL, ONGOING, NINETY_DAY, AS_NEEDED)
TAKES_A_PLACE = (*REVIEWS, DECISION)
# Whatever a team talks over: with a place in a session, or brought from elsewhere.
TALKS = (*TAKES_A_PLACE, FAMILY)

COURT_IS_NEAR = timedelta(days=30)
NEXT_WITHIN = timedelta(days=90)
LONGEST_TURN = 30  # minutes
SHORTEST_TURN = 5
MOST_PLACES = 60
LONGEST_SERIES = timedelta(days=370)
_STAYS = {Status.COMPLETED, Status.MISSED, Status.SCHEDULED}


# ---------- sessions ----------


def refusal_to_plan(
    starts_at: datetime, ends_at: datetime, capacity: int
) -> str | None:
    """Why a session cannot be planned like this, if so."""
    if ends_at <= starts_at:
        return "The session ends before it begins. Choose a later end."
    if not 1 <= capacity <= MOST_PLACES:
        return f"A session has between 1 and {MOST_PLACES} places. Choose a number."
    return None


def refusal_to_change(
    status: MeetingStatus, *, taken: int, capacity: int
) -> str | None:
    """Why a session cannot have this many places now, if so."""
    if status is not MeetingStatus.PLANNED:
        return f"This session is {status.value}. Open it again to change it."
    if capacity < taken:
        return (
            f"{_young_people(taken).capitalize()} booked, so there must be at least"
            f" {taken} places. Move somebody to another session first."
        )
    return None


def refusal_to_become(
    now: MeetingStatus,
    then: MeetingStatus,
    *,
    day: date,
    today: date,
    still_open: int,
) -> str | None:
    """Why a session cannot come to stand this way, if so."""
    if then not in MOVES[now]:
        return f"This session is {now.value} already and was not changed."
    if then is MeetingStatus.CANCELED and still_open:
        return (
            f"The session was not canceled: {_young_people(still_open)} booked. Move"
            " them to another session first, so that nobody loses a place."
        )
    if then is MeetingStatus.HELD and day > today:
        return (
            f"This session is on {spoken_day(day, today)}, which is still to come."
            " Finish it when it has taken place."
        )
    if then is MeetingStatus.HELD and still_open:
        return (
            f"The session is not finished: {_young_people(still_open)} still on the"
            " agenda. Save each one, move it, or say that it did not happen."
        )
    return None


def weekly(first: date, until: date, closed: Collection[date] = ()) -> list[date]:
    """The same weekday, week by week, without the days the offices are closed."""
    weeks = range((until - first).days // 7 + 1)
    days = (first + timedelta(weeks=week) for week in weeks)
    return [day for day in days if day not in closed]


def refusal_to_repeat(first: date, until: date) -> str | None:
    """Why a weekly session cannot be planned this far, if so."""
    if until < first:
        return "The last week is before the first. Choose a later last day."
    if until - first > LONGEST_SERIES:
        return "Plan at most one year of weekly sessions at a time."
    return None


def turn_length(starts_at: datetime, ends_at: datetime, capacity: int) -> int:
    """Minutes for each young person, if every place is taken: by fives."""
    minutes = int((ends_at - starts_at).total_seconds()) // 60 // max(capacity, 1)
    return max(SHORTEST_TURN, min(LONGEST_TURN, minutes // 5 * 5))


# ---------- places ----------


def refusal_to_book(
    status: MeetingStatus,
    *,
    day: date,
    today: date,
    taken: int,
    capacity: int,
    is_on_it: bool,
    next_open: date | None,
) -> str | None:
    """Why a young person cannot take a place in a session, if so."""
    when = spoken_day(day, today)
    if status is not MeetingStatus.PLANNED:
        return (
            f"The session on {when} is {status.value}, so nobody can be added."
            f" {_next_open(next_open, today)}"
        )
    if is_on_it:
        return f"This young person is on the agenda of {when} already."
    if taken >= capacity:
        return (
            f"{when} is full: {taken} of {capacity} places are taken."
            f" {_next_open(next_open, today)}"
        )
    return None


def refusal_to_take_up(kind: str) -> str | None:
    """Why something of this kind does not belong on an agenda, if so."""
    if kind in TAKES_A_PLACE:
        return None
    return (
        "Only a review or a decision takes a place in a session. A family team meeting"
        " has a time of its own."
    )


def refusal_to_move(status: Status) -> str | None:
    """Why an item cannot move to another session, if so."""
    if status is Status.COMPLETED:
        return "This was talked about already. Book another review instead."
    return None


def holds_a_place(status: Status | str) -> bool:
    """Whether an item in this state takes one of a session's places."""
    return Status(status) in _STAYS


def free_turn(first: datetime, minutes: int, taken: Collection[datetime]) -> datetime:
    """The first time of a session that nobody has yet."""
    turn = first
    while turn in taken:
        turn += timedelta(minutes=minutes)
    return turn


def section_for(
    kind: str, *, level: str | None, next_court: date | None, day: date
) -> Section:
    """Where on the agenda a young person belongs, unless somebody says otherwise."""
    if kind in {DECISION, INITIAL}:
        return Section.NEW_REFERRAL
    if kind == AS_NEEDED:
        return Section.CRISIS
    if next_court is not None and day <= next_court <= day + COURT_IS_NEAR:
        return Section.COURT
    return Section.TRACKING if level == "tracking" else Section.ONGOING


# ---------- minutes ----------


def refusal_to_save(
    status: Status,
    meeting: MeetingStatus | None,
    *,
    day: date,
    today: date,
) -> str | None:
    """Why nothing can be written about an item now, if so."""
    if status is Status.CANCELED:
        return "This was canceled. Book it again to write about it."
    if meeting is MeetingStatus.CANCELED:
        return "This session was canceled. Move the review to another one first."
    if day > today:
        return (
            f"This is booked for {spoken_day(day, today)}. Write about it on the day,"
            " or move it first."
        )
    return None


def next_kind(kind: str, days: int) -> str:
    """Which review comes next, if it is so many days away."""
    if kind == DECISION:
        return INITIAL
    if kind == FAMILY:
        return FAMILY
    return NINETY_DAY if days >= NEXT_WITHIN.days - 30 else ONGOING


def _next_open(day: date | None, today: date) -> str:
    if day is None:
        return "No later session has a place. Plan one first."
    return f"The next session with a place is {spoken_day(day, today)}."


def _young_people(count: int) -> str:
    return "one young person is" if count == 1 else f"{count} young people are"
