"""Each young person against themselves: a first stretch of time and the latest one."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from alongside.measures.days import days_between, plus_days
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.parts import parts
from alongside.measures.programme import (
    attach,
    common,
    during_enrolment,
    enrolled,
    last_day,
    periods,
)

BASELINE_DAYS = 90
LEAST_DAYS = 60  # observed days in each stretch, or there is no pair

TOWARD_THE_MIDDLE = (
    "People come to a unit at their worst, so some improvement would be seen without"
    " any help: never call the change an effect of the program."
)
PAIR = (
    "A young person counts when each stretch has at least 60 observed days and the two"
    " do not overlap."
)


def stretches(
    frames: Frames, window: Window, *, days: int = BASELINE_DAYS, prior: bool = False
) -> ir.Table:
    """Who was with a unit in the window: two stretches of days, and whether both fit.

    The first stretch begins with the unit (or ends where the latest begins, if
    ``prior``); the latest one ends with the last day seen.
    """
    until = last_day(frames, window)
    e = enrolled(frames)
    e = e.filter(e.start < until)
    people = e.group_by("child_id").aggregate(
        first=e.start.min(), ended=ibis.least(e.end.max(), ibis.literal(until))
    )
    people = people.filter(people.ended > window.start)
    latest_start = plus_days(people.ended, -days)
    early_start = plus_days(people.ended, -2 * days) if prior else people.first
    people = people.mutate(
        day=plus_days(people.ended, -1),
        latest_start=latest_start,
        latest_end=people.ended,
        early_start=early_start,
        early_end=plus_days(early_start, days),
    )
    apart = (people.early_end <= people.latest_start) & (
        people.early_start >= people.first
    )
    return people.mutate(apart=apart)


def with_days(
    frames: Frames, people: ir.Table, *, held: tuple[str, ...] = ()
) -> ir.Table:
    """Observed days in each stretch, less days of some facts, and whether they do."""
    for name in ("early", "latest"):
        inside = people.select("child_id", start=f"{name}_start", end=f"{name}_end")
        here = common(inside, enrolled(frames))
        here = here.select("child_id", start="both_start", end="both_end")
        days = here.select("child_id", days=days_between(here.start, here.end))
        if held:
            less = common(here, periods(frames, *held))
            lost = -days_between(less.both_start, less.both_end)
            days = days.union(less.select("child_id", days=lost))
        people = attach(
            people,
            days,
            lambda p, o: [p.child_id == o.o_child_id],
            ["child_id"],
            **{f"{name}_days": lambda both: both.o_days.sum()},
        )
        people = people.mutate(**{f"{name}_days": people[f"{name}_days"].fill_null(0)})
    enough = (people.early_days >= LEAST_DAYS) & (people.latest_days >= LEAST_DAYS)
    return people.mutate(paired=people.apart & enough)


def counted(people: ir.Table, events: ir.Table) -> ir.Table:
    """Amounts of events (child_id, day, amount) that fall in each stretch."""
    for name in ("early", "latest"):
        people = attach(
            people,
            events,
            lambda p, o, name=name: [  # type: ignore[misc]  # the stretch, not the last
                p.child_id == o.o_child_id,
                o.o_day >= p[f"{name}_start"],
                o.o_day < p[f"{name}_end"],
            ],
            ["child_id"],
            **{f"{name}_amount": lambda both: both.o_amount.sum()},
        )
        amount = people[f"{name}_amount"].cast("float64").fill_null(0.0)
        people = people.mutate(**{f"{name}_amount": amount})
    return people


def rate_change(
    frames: Frames,
    window: Window,
    events: ir.Table,
    *,
    per: int,
    days: int = BASELINE_DAYS,
    prior: bool = False,
    held: tuple[str, ...] = (),
) -> ir.Table:
    """The latest rate less the first one, for every young person who has both."""
    people = stretches(frames, window, days=days, prior=prior)
    people = with_days(frames, people, held=held)
    people = counted(people, during_enrolment(frames, events))
    early = people.early_amount / people.early_days.nullif(0)
    latest = people.latest_amount / people.latest_days.nullif(0)
    change = people.paired.ifelse((latest - early) * per, 0.0)
    return parts(
        people,
        day=people.day,
        numerator=change,
        denominator=people.paired,
        unknown=~people.paired,
    )
