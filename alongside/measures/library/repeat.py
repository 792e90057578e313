"""repeat.*: further confirmed exploitation after a first confirmation (C6, C7)."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.assure import case
from alongside.measures.days import FAR, days_between, plus_days, plus_months
from alongside.measures.definition import PERCENT, Better, Measure, Summary
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.concern import first_in_window
from alongside.measures.parts import parts

SAME_EVENT_DAYS = 14
HORIZONS = {6: 183, 12: 365}  # months, and the same in days for survival curves


def followed(frames: Frames, window: Window, *, to_18: bool = False) -> ir.Table:
    """Index young people: start and end of follow-up, and the first further event."""
    index = first_in_window(frames, window, ("confirmed",))
    until = ibis.literal(frames.as_of)
    if to_18 or frames.options.censor_at_18:
        index = index.filter(
            index.adult_on.isnull() | (index.identified_date < index.adult_on)
        )
        until = ibis.least(until, index.adult_on.fill_null(FAR))
    index = index.select("child_id", start="identified_date", until=until)
    c = frames.concerns
    c = c.filter(c.kind == "confirmed").select(of_child="child_id", event="happened")
    events = index.join(c, index.child_id == c.of_child)
    events = events.filter(
        events.event > plus_days(events.start, SAME_EVENT_DAYS),
        # an event is seen up to the as-of date, or to the birthday that ends it
        (events.until == frames.as_of) | (events.event < events.until),
    )
    first = events.group_by(of_child=events.child_id).aggregate(
        event=events.event.min()
    )
    return index.left_join(first, index.child_id == first.of_child).drop("of_child")


def within(
    frames: Frames, window: Window, *, months: int, to_18: bool = False
) -> ir.Table:
    """Those followed to the end, and whether they were harmed again (C6)."""
    people = followed(frames, window, to_18=to_18)
    complete = people.until > plus_months(people.start, months)
    again = frames.within(people.event, people.start, months).fill_null(False)
    return parts(
        people,
        day=people.start,
        numerator=complete & again,
        denominator=complete,
        unknown=~complete,
    )


def completeness(frames: Frames, window: Window, *, months: int) -> ir.Table:
    """Of all index young people, those followed to the end."""
    people = followed(frames, window)
    complete = people.until > plus_months(people.start, months)
    return parts(people, day=people.start, numerator=complete)


def incomplete_events(frames: Frames, window: Window, *, months: int) -> ir.Table:
    """Of those not followed to the end, those harmed again so far."""
    people = followed(frames, window)
    people = people.filter(people.until <= plus_months(people.start, months))
    again = frames.within(people.event, people.start, months)
    return parts(people, day=people.start, numerator=again)


def survival(frames: Frames, window: Window, *, to_18: bool = False) -> ir.Table:
    """Days to the first further event, or to the end of follow-up (C7)."""
    people = followed(frames, window, to_18=to_18)
    last = ibis.coalesce(people.event, people.until)
    people = people.mutate(time=days_between(people.start, last))
    return parts(
        people,
        day=people.start,
        numerator=people.event.notnull(),
        time=people.time,
    )


EXAMPLE = """
    child_id kind      identified_date
    a        confirmed 2023-01-01
    a        confirmed 2023-03-01
    b        confirmed 2023-01-01
"""
_WHY = "The clearest sign that someone is not yet safe is that it happened again."
_SOURCE = "The statewide evaluation of the CSEC program; rules C6 and C7."
_NEEDS = ("child", "concern")
_CAUTIONS = (
    "An incident dated up to 14 days after the first confirmation is the same event.",
    "It counts harm that was documented; more support also means more is seen.",
)
_TO_18 = {"": "", "_to_18": ", followed up to the 18th birthday"}


def _within(months: int, suffix: str) -> Measure:
    return Measure(
        id=f"repeat.{months}m{suffix}",
        title=f"Further confirmed exploitation within {months} months{_TO_18[suffix]}",
        question=(
            "Of young people with confirmed exploitation, how many were exploited again"
            f" within {months} months?"
        ),
        why=_WHY,
        numerator=f"Those with a further confirmed concern within {months} months.",
        denominator=f"Young people confirmed in the period, followed {months} months.",
        unit=PERCENT,
        source=_SOURCE,
        needs=_NEEDS,
        compute=partial(within, months=months, to_18=bool(suffix)),
        unknown=f"Young people who have not been followed for {months} months.",
        better=Better.DOWN,
        cautions=_CAUTIONS,
        examples=(
            case(
                f"repeat.{months}m{suffix}",
                "one of two was exploited again two months later",
                concern=EXAMPLE,
                expect=(1, 2),
            ),
        ),
    )


def _companion(months: int, name: str) -> Measure:
    complete = name == "completeness"
    return Measure(
        id=f"repeat.{months}m.{name}",
        title=f"Follow-up of {months} months: "
        + ("how complete" if complete else "events before it is complete"),
        question="How complete is the follow-up behind the share?",
        why="A share of those followed says little when few were followed.",
        numerator=f"Those followed for more than {months} months."
        if complete
        else "Those already exploited again.",
        denominator="Young people confirmed in the period."
        if complete
        else f"Young people not yet followed for {months} months.",
        unit=PERCENT,
        source=_SOURCE,
        needs=_NEEDS,
        compute=partial(completeness if complete else incomplete_events, months=months),
        cautions=() if complete else _CAUTIONS,
        examples=(
            case(
                f"repeat.{months}m.{name}",
                "everyone was followed" if complete else "nobody was followed enough",
                concern=EXAMPLE,
                as_of="2025-01-01" if complete else "2023-04-01",
                expect=(2, 2) if complete else (1, 2),
            ),
        ),
    )


def _survival(months: int, suffix: str) -> Measure:
    return Measure(
        id=f"repeat.km.{months}m{suffix}",
        title=f"Estimated share exploited again by {months} months{_TO_18[suffix]}",
        question=(
            "Using everyone for as long as they were followed, what share is exploited"
            f" again by {months} months?"
        ),
        why="It uses those whose follow-up is short, whom a plain share leaves out.",
        numerator=f"Further events seen by day {HORIZONS[months]}.",
        denominator="Young people confirmed in the period.",
        unit=PERCENT,
        source=_SOURCE,
        needs=_NEEDS,
        compute=partial(survival, to_18=bool(suffix)),
        unknown="Young people whose follow-up ended before that day without an event.",
        better=Better.DOWN,
        summary=Summary.SURVIVAL,
        horizon=HORIZONS[months],
        cautions=(
            "A Kaplan-Meier estimate; it is not the numerator over the denominator.",
            "It is empty when nobody was followed that long.",
            *_CAUTIONS,
        ),
        examples=(
            case(
                f"repeat.km.{months}m{suffix}",
                "one event among two who were followed long enough",
                concern=EXAMPLE,
                expect=(1, 2),
            ),
        ),
    )


MEASURES: list[Measure] = [
    *(_within(months, suffix) for suffix in _TO_18 for months in HORIZONS),
    *(
        _companion(months, name)
        for months in HORIZONS
        for name in ("completeness", "incomplete_events")
    ),
    *(_survival(months, suffix) for suffix in _TO_18 for months in HORIZONS),
]
