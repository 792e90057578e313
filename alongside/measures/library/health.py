"""PH-1 to PH-3, MH-6: injuries, treatment, emergencies and hospital stays."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.days import days_between
from alongside.measures.definition import (
    CHANGE_PER_1_000_DAYS,
    DAYS,
    PER_1_000_DAYS,
    PER_100_DAYS,
    Measure,
    Summary,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import example, indicator, quartiles
from alongside.measures.paired import PAIR, TOWARD_THE_MIDDLE, rate_change
from alongside.measures.parts import parts
from alongside.measures.programme import known, rate, seen

HURT = ("injury", "illness")
PSYCHIATRIC = ("psychiatric_hold", "psychiatric_stay")


def events(frames: Frames, *kinds: str) -> ir.Table:
    """Health events of some kinds: child_id, day, amount, days, treated."""
    h = frames["health_event"]
    h = h.filter(h.kind.isin(kinds), known(frames, h.identified_date).notnull())
    treated = known(frames, h.treated_date)
    possible = (treated >= h.identified_date).fill_null(False)
    return h.select(
        "event_id",
        "child_id",
        "wanted",
        day=h.identified_date,
        amount=ibis.literal(1),
        days=h.days.fill_null(0.0),
        treated=possible.ifelse(treated, ibis.null("date")),
    )


def per_days(frames: Frames, window: Window, *, kinds: tuple[str, ...]) -> ir.Table:
    """Events over days with a unit."""
    return rate(frames, window, events(frames, *kinds))


def until_treated(frames: Frames, window: Window) -> ir.Table:
    """Days until treatment; who has not been treated is followed to the as-of date."""
    e = events(frames, *HURT)
    e = e.filter(seen(frames, window, e.day))
    end = ibis.coalesce(e.treated, ibis.literal(frames.as_of))
    return parts(
        e,
        day=e.day,
        numerator=e.treated.notnull(),
        time=days_between(e.day, end),
    )


def half_year_change(
    frames: Frames, window: Window, *, kinds: tuple[str, ...], stays: bool
) -> ir.Table:
    """The latest 180 days against the 180 before them."""
    e = events(frames, *kinds)
    if stays:
        e = e.mutate(amount=e.days)
    return rate_change(
        frames,
        window,
        e.select("child_id", "day", "amount"),
        per=1_000,
        days=180,
        prior=True,
    )


_YEAR_WITH_UNIT = """
    child_id kind value start_date end_date
    a        unit u1    2022-10-01 -
"""
_RATE = "Days with the unit in the period."

MEASURES: list[Measure] = [
    indicator(
        "PH-1",
        question="How often are young people hurt or ill?",
        why="Injuries are a sign of danger that does not depend on anyone disclosing.",
        numerator="Injuries and illnesses in the period while with the unit.",
        denominator=_RATE,
        unit=PER_100_DAYS,
        needs=("fact", "health_event"),
        compute=partial(per_days, kinds=HURT),
        cautions=("More contact also means that more is noticed.",),
        example=example(
            "two events in a year; one before the unit does not count",
            fact=_YEAR_WITH_UNIT,
            health_event="""
                child_id kind    identified_date
                a        injury  2023-01-01
                a        illness 2023-02-01
                a        injury  2022-09-01
                a        visit   2023-03-01
            """,
            expect=(2, 365),
        ),
    ),
    indicator(
        "PH-2",
        question="How long does an injury or illness go untreated?",
        why="Care that comes late can do lasting harm.",
        numerator="Injuries and illnesses that were treated.",
        denominator="Injuries and illnesses noticed in the period.",
        unit=DAYS,
        needs=("health_event",),
        compute=until_treated,
        unknown="Injuries and illnesses not treated by the as-of date.",
        cautions=(
            "The value is the median time by Kaplan-Meier; it is empty when fewer than"
            " half were treated.",
        ),
        summary=Summary.SURVIVAL,
        better=None,
        example=example(
            "two of three treated",
            health_event="""
                child_id kind   identified_date treated_date
                a        injury 2023-01-01      2023-01-02
                a        injury 2023-02-01      2023-02-11
                a        injury 2023-03-01      -
            """,
            expect=(2, 3),
            unknown=1,
        ),
    ),
    *(
        measure
        for id_, kinds, stays, what in (
            ("PH-3", ("emergency_visit",), False, "emergency visits"),
            ("PH-3.hospital_days", ("hospital_stay",), True, "days in hospital"),
        )
        for measure in quartiles(
            indicator(
                id_,
                title=f"Change in {what}",
                question=f"Did {what} become rarer for each young person?",
                why="Regular care takes the place of emergencies.",
                numerator=f"Rate of {what}, latest 180 days less the 180 before.",
                denominator="Young people observed in both half-years.",
                unit=CHANGE_PER_1_000_DAYS,
                needs=("fact", "health_event"),
                compute=partial(half_year_change, kinds=kinds, stays=stays),
                unknown="Young people with the unit in the period without both.",
                cautions=(PAIR, TOWARD_THE_MIDDLE),
                summary=Summary.MEDIAN,
                example=example(
                    "two in the first 180 days and one in the next",
                    fact=_YEAR_WITH_UNIT,
                    health_event=f"""
                        child_id kind     identified_date days
                        a        {kinds[0]} 2022-10-10      1
                        a        {kinds[0]} 2022-11-10      1
                        a        {kinds[0]} 2023-08-10      1
                    """,
                    expect=(-1 / 180 * 1_000, 1),
                ),
            )
        )
    ),
    indicator(
        "MH-6",
        question="How often are young people held or admitted for psychiatric care?",
        why="A hold is a crisis; help in time prevents some of them.",
        numerator="Psychiatric holds and stays in the period while with the unit.",
        denominator=_RATE,
        unit=PER_1_000_DAYS,
        needs=("fact", "health_event"),
        compute=partial(per_days, kinds=PSYCHIATRIC),
        example=example(
            "one hold in a year",
            fact=_YEAR_WITH_UNIT,
            health_event="""
                child_id kind             identified_date
                a        psychiatric_hold 2023-01-01
            """,
            expect=(1, 365),
        ),
    ),
]
