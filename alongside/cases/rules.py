"""When a case may be closed, who answers a hand-over, and how a due date is said."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SOON = 14  # days within which something counts as coming up


class DueState(StrEnum):
    """How a due date stands today; each is a shape beside its words."""

    WAS = "was"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    BOOKED = "booked"


class Clock(StrEnum):
    """What a practice policy counts from."""

    REFERRAL_RECEIVED = "referral_received"
    CASE_OPENED = "case_opened"
    SUPPORT_BEGAN = "support_began"
    STAY_BEGAN = "stay_began"
    RETURNED = "returned"
    LAST_HELD = "last_held"
    NEXT_COURT = "next_court"
    MONTH = "month"

    @property
    def label(self) -> str:
        """The words a page shows: "counted from ..."."""
        return _CLOCKS[self]


_CLOCKS = {
    Clock.REFERRAL_RECEIVED: "the day the referral was received",
    Clock.CASE_OPENED: "the day support by this unit began",
    Clock.SUPPORT_BEGAN: "the day the level of support began",
    Clock.STAY_BEGAN: "the day the stay began",
    Clock.RETURNED: "the day the young person came back",
    Clock.LAST_HELD: "the last one held",
    Clock.NEXT_COURT: "the next court date",
    Clock.MONTH: "the calendar month",
}


def state_of(due_on: date, today: date, *, booked: bool) -> DueState:
    """How something due stands; a booked day is enough, even one after it was due."""
    if booked:
        return DueState.BOOKED
    days = (due_on - today).days
    if days < 0:
        return DueState.WAS
    if days < 2:
        return DueState.TODAY
    return DueState.SOON if days <= SOON else DueState.LATER


def refusal_to_open(open_since: date | None, day: date, today: date) -> str | None:
    """Why a unit cannot begin to support a young person on this day, if so."""
    if open_since is not None:
        return (
            f"Nothing was opened: the unit has supported this young person since"
            f" {_day(open_since)}. Change the support there instead."
        )
    return _refusal_of_later_day(day, today, "Support cannot begin")


def refusal_to_close(
    opened_on: date, closed_on: date | None, day: date, today: date
) -> str | None:
    """Why a case cannot be closed on this day, if so."""
    if closed_on is not None:
        return f"This was closed on {_day(closed_on)} already. Nothing was changed."
    if day < opened_on:
        return (
            f"It cannot end before it began, {_day(opened_on)}. Choose that day or a"
            " later one."
        )
    return _refusal_of_later_day(day, today, "It cannot end")


def refusal_to_assign(
    case_open: bool, carries_cases: bool, name: str, later: date | None
) -> str | None:
    """Why an officer cannot carry a young person’s case, if so."""
    if not case_open:
        return (
            "Nothing was changed: the unit does not support this young person on that"
            " day. Open support first."
        )
    if not carries_cases:
        return (
            f"{name} is not on the team of this unit then. Choose somebody of the unit."
        )
    if later is not None:
        return (
            f"A change of officer is set for {_day(later)} already. Choose a day after"
            " it."
        )
    return None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A hand-over that waits for an answer: of whom, who asked whom, and when."""

    youth: str
    offered_by: str
    asked: str
    since: date


def refusal_to_offer(
    *,
    carried_by_them: bool,
    waiting: Waiting | None,
    name: str,
    from_day: date,
    today: date,
) -> str | None:
    """Why a hand-over cannot be offered, if so."""
    if from_day < today:
        return (
            f"A hand-over begins today, {_day(today)}, or later. For an earlier day,"
            " choose an officer on the young person’s page."
        )
    if carried_by_them:
        return f"{name} carries this young person’s case already."
    return refusal_of_waiting(waiting)


def refusal_of_waiting(first: Waiting | None) -> str | None:
    """Why a second hand-over of a young person cannot be offered, if so."""
    if first is None:
        return None
    return (
        f"A hand-over of {first.youth} waits for an answer already: {first.offered_by}"
        f" asked {first.asked} on {_day(first.since)}. Nobody else was asked; once"
        " that one is answered, you can offer another."
    )


def refusal_to_answer(
    *, answered: bool, asked: bool, supervises: bool, name: str
) -> str | None:
    """Why somebody cannot answer a hand-over, if so."""
    if answered:
        return "This hand-over was answered already. Nothing was changed."
    if not (asked or supervises):
        return f"{name} was asked; {name} or a supervisor answers."
    return None


def _refusal_of_later_day(day: date, today: date, what: str) -> str | None:
    if day > today:
        return f"{what} after today, {_day(today)}. Choose today or an earlier day."
    return None


def _day(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"
