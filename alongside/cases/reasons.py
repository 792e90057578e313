"""Why something is due, in one sentence: what happened last, when, and the rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from alongside.cases.rules import Clock, DueState
from alongside.kernel.dates_in_words import short_day, spoken_day

_OBVIOUS = "90-day"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence about one due date is made of."""

    clock: Clock
    what: str
    kind: str
    kind_name: str
    days: int | None
    working_days: bool
    per_month: int | None
    anchor: date
    expected_since: date
    last_done: date | None
    month_done: int
    level_name: str
    stay_name: str
    place: str
    due_on: date
    booked_day: date | None


def why(facts: Facts, state: DueState, today: date) -> str:
    """The sentence; when a day is booked, that nothing is to be done until then."""
    reason = _REASONS[facts.clock](facts, today)
    if facts.per_month is not None:
        reason = _month(facts, today)
    if state is DueState.BOOKED:
        was = "Was due" if facts.due_on < today else "Due"
        day = spoken_day(facts.due_on, today)
        return f"{was} {day}. {reason} Nothing to do until then."
    return reason


def rhythm(days: int | None, working_days: bool, per_month: int | None) -> str:
    """The rule in words: "within 14 days", "4 a calendar month", "7 days before"."""
    if per_month is not None:
        return f"{per_month} a calendar month"
    if days is None:
        return "no rhythm"
    unit = "working day" if working_days else "day"
    count = f"{abs(days)} {unit}" + ("" if abs(days) == 1 else "s")
    return f"{count} before" if days < 0 else f"within {count}"


def _within(facts: Facts, today: date) -> str:
    due = f"due {rhythm(facts.days, facts.working_days, None)}"
    if facts.expected_since > facts.anchor:
        return f"expected since {spoken_day(facts.expected_since, today)}, {due}"
    return due


def _referral(facts: Facts, today: date) -> str:
    return (
        f"Referral received {spoken_day(facts.anchor, today)}; {_within(facts, today)}."
    )


def _opened(facts: Facts, today: date) -> str:
    return f"Support began {spoken_day(facts.anchor, today)}; {_within(facts, today)}."


def _support(facts: Facts, today: date) -> str:
    began = spoken_day(facts.anchor, today)
    return f"{facts.level_name} since {began}; {_within(facts, today)}."


def _stay(facts: Facts, today: date) -> str:
    where = f"At {facts.place}" if facts.place else facts.stay_name
    return f"{where} since {spoken_day(facts.anchor, today)}; {_within(facts, today)}."


def _returned(facts: Facts, today: date) -> str:
    where = f" at {facts.place}" if facts.place else ""
    return (
        f"Back{where} since {spoken_day(facts.anchor, today)}; {_within(facts, today)}."
    )


def _last_held(facts: Facts, today: date) -> str:
    name = "MDT" if facts.kind.startswith("mdt") else small(facts.kind_name)
    every = f"one every {facts.days} days"
    if facts.last_done is None or facts.last_done < facts.anchor:
        if facts.expected_since > facts.anchor:
            since = spoken_day(facts.expected_since, today)
            return (
                f"Expected since {since}, and no {name} is on record since support"
                f" began; {every}."
            )
        began = spoken_day(facts.anchor, today)
        return f"Support began {began}, and no {name} is on record since; {every}."
    ago = (today - facts.last_done).days
    said = {0: "today", 1: "yesterday"}.get(ago, f"{ago} days ago")
    rule = "" if facts.what.startswith(_OBVIOUS) else f"; {every}"
    return f"Last {name} was {short_day(facts.last_done, today)}, {said}{rule}."


def _court(facts: Facts, today: date) -> str:
    rule = rhythm(facts.days, facts.working_days, None)
    return f"Court is {spoken_day(facts.anchor, today)}; due {rule}."


def _month(facts: Facts, today: date) -> str:
    left = (facts.due_on - today).days
    days = {0: "the last day", 1: "1 day left"}.get(left, f"{left} days left")
    text = f"{facts.month_done} of {facts.per_month} this month, {days}."
    if facts.booked_day is not None and facts.booked_day <= facts.due_on:
        is_today = facts.booked_day == today
        day = "is today" if is_today else spoken_day(facts.booked_day, today)
        text += f" Next one {day}."
    return text


def small(name: str) -> str:
    """The name within a sentence: "Welcome-back talk" is "welcome-back talk"."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


_REASONS: dict[Clock, Callable[[Facts, date], str]] = {
    Clock.REFERRAL_RECEIVED: _referral,
    Clock.CASE_OPENED: _opened,
    Clock.SUPPORT_BEGAN: _support,
    Clock.STAY_BEGAN: _stay,
    Clock.RETURNED: _returned,
    Clock.LAST_HELD: _last_held,
    Clock.NEXT_COURT: _court,
    Clock.MONTH: _month,
}
