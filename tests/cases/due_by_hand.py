"""Due dates worked out slowly and plainly, one youth and one policy at a time."""

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

from alongside.cases.working_days import holidays_around, working_days_after


@dataclass
class Rule:
    """A practice policy, as a unit would say it."""

    code: str
    clock: str
    met_by: tuple[str, ...]
    days: int | None = None
    per_month: int | None = None
    levels: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    working_days: bool = False
    repeats: bool = False
    starts: date = date(2020, 1, 1)


@dataclass
class Stayed:
    """Where somebody stayed, from a day until the day before another."""

    kind: str
    starts: date
    ends: date | None


@dataclass
class History:
    """All that matters about one youth."""

    opened: date
    closed: date | None = None
    died: date | None = None
    level: str | None = None
    level_since: date | None = None
    referred: date | None = None
    stays: list[Stayed] = field(default_factory=list)
    done: list[tuple[str, date]] = field(default_factory=list)
    booked: list[tuple[str, date]] = field(default_factory=list)


def due(rule: Rule, youth: History, today: date) -> tuple[date, str] | None:
    """The day something is due and how it stands, or that nothing is."""
    if not _is_supported(youth, today) or not _is_meant(rule, youth, today):
        return None
    if rule.per_month is not None:
        return _monthly(rule, youth, today)
    start = _clock(rule, youth, today)
    if start is None:
        return None
    held = [day for kind, day in youth.done if kind in rule.met_by and day <= today]
    if rule.clock == "next_court":
        since = _since_last_court(youth, today)
        if any(day >= since for day in held):
            return None
    elif rule.clock == "last_held" or rule.repeats:
        since = [day for day in held if day >= start]
        start = max(since) if since else max(start, rule.starts)
    elif any(day >= start for day in held):
        return None
    else:
        start = max(start, rule.starts)
    due_on = _after(start, rule)
    booked = [day for kind, day in youth.booked if kind in rule.met_by and day >= today]
    if rule.clock == "next_court":
        booked = [day for day in booked if day == min(booked) and day <= start]
    return due_on, _state(due_on, today, bool(booked))


def _is_supported(youth: History, today: date) -> bool:
    alive = youth.died is None or youth.died > today
    return (
        alive
        and youth.opened <= today
        and (youth.closed is None or youth.closed > today)
    )


def _stay_on(youth: History, today: date) -> Stayed | None:
    for stay in youth.stays:
        if stay.starts <= today and (stay.ends is None or stay.ends > today):
            return stay
    return None


def _is_meant(rule: Rule, youth: History, today: date) -> bool:
    stay = _stay_on(youth, today)
    level = youth.level if youth.level_since and youth.level_since <= today else None
    return (not rule.levels or level in rule.levels) and (
        not rule.stays or (stay.kind if stay else "not_known") in rule.stays
    )


def _clock(rule: Rule, youth: History, today: date) -> date | None:
    match rule.clock:
        case "referral_received":
            return youth.referred
        case "case_opened" | "last_held":
            return youth.opened
        case "support_began":
            began = youth.level_since
            return began if began and began <= today else None
        case "stay_began":
            stay = _stay_on(youth, today)
            return stay.starts if stay else None
        case "returned":
            return _returned(youth, today)
        case "next_court":
            return min(
                (
                    day
                    for kind, day in youth.booked
                    if kind == "court_hearing" and day >= today
                ),
                default=None,
            )
    raise AssertionError(rule.clock)


def _returned(youth: History, today: date) -> date | None:
    now = _stay_on(youth, today)
    if now is None or now.kind == "away":
        return None
    back, before = None, None
    for stay in sorted(youth.stays, key=lambda stay: stay.starts):
        if stay.starts > today or stay.kind == "not_known" or stay.ends == stay.starts:
            continue
        if before == "away" and stay.kind != "away":
            back = stay.starts
        before = stay.kind
    return back


def _since_last_court(youth: History, today: date) -> date:
    held = [day for kind, day in youth.done if kind == "court_hearing" and day <= today]
    return max([youth.opened, *(day + timedelta(days=1) for day in held)])


def _after(start: date, rule: Rule) -> date:
    assert rule.days is not None
    if rule.working_days:
        return working_days_after(start, rule.days, holidays_around(2026))
    return start + timedelta(days=rule.days)


def _monthly(rule: Rule, youth: History, today: date) -> tuple[date, str] | None:
    assert rule.per_month is not None
    first = today.replace(day=1)
    last = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    done = sum(
        kind in rule.met_by and first <= day <= today for kind, day in youth.done
    )
    if done >= rule.per_month:
        return None
    ahead = sum(
        kind in rule.met_by and today <= day <= last for kind, day in youth.booked
    )
    return last, _state(last, today, done + ahead >= rule.per_month)


def _state(due_on: date, today: date, booked: bool) -> str:
    if booked:
        return "booked"
    if due_on < today:
        return "was"
    if due_on <= today + timedelta(days=1):
        return "today"
    return "soon" if due_on <= today + timedelta(days=14) else "later"
