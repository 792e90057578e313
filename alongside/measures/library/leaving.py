"""PL-3, PL-4, PL-8: leaving, coming back sooner, and why placements change."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from alongside.measures.codelists import PLACEMENT_REASON
from alongside.measures.days import days_between
from alongside.measures.definition import (
    CHANGE_PER_30_DAYS,
    DAYS,
    PERCENT,
    Better,
    Measure,
    Summary,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import example, indicator, quartiles
from alongside.measures.library.safety import away_episodes
from alongside.measures.paired import (
    PAIR,
    TOWARD_THE_MIDDLE,
    rate_change,
    stretches,
    with_days,
)
from alongside.measures.parts import parts
from alongside.measures.programme import HELD, activities, attach, seen, spread


def leaving_change(frames: Frames, window: Window) -> ir.Table:
    """The change in how often each young person leaves, while at liberty."""
    a = away_episodes(frames)
    events = a.select("child_id", day="start", amount=ibis.literal(1))
    return rate_change(frames, window, events, per=30, held=HELD)


def time_away_change(frames: Frames, window: Window) -> ir.Table:
    """The change in the median length of times away that have ended."""
    a = away_episodes(frames)
    a = a.filter(a.end < frames.as_of)
    a = a.mutate(length=days_between(a.start, a.end))
    people = with_days(frames, stretches(frames, window))
    for name in ("early", "latest"):
        people = attach(
            people,
            a,
            lambda p, o, name=name: [  # type: ignore[misc]  # the stretch, not the last
                p.child_id == o.o_child_id,
                o.o_start >= p[f"{name}_start"],
                o.o_start < p[f"{name}_end"],
            ],
            ["child_id"],
            **{f"{name}_length": lambda both: both.o_length.median()},
        )
    both = people.early_length.notnull() & people.latest_length.notnull()
    paired = people.paired & both
    change = (people.latest_length - people.early_length).cast("float64")
    return parts(
        people,
        day=people.day,
        numerator=paired.ifelse(change, 0.0),
        denominator=paired,
        unknown=~paired,
    )


def moves_by_reason(frames: Frames, window: Window) -> ir.Table:
    """Changes of placement, a row for every reason there is."""
    a = activities(frames, "placement_change")
    a = a.filter(seen(frames, window, a.day))
    told = a.reason.isin(tuple(PLACEMENT_REASON)).fill_null(False)
    a = spread(a.mutate(told=told), tuple(PLACEMENT_REASON))
    return parts(
        a,
        day=a.day,
        numerator=a.told & (a.reason == a.part),
        denominator=a.told,
        unknown=~a.told,
        part=a.part,
    )


_UNIT = """
    child_id kind value start_date end_date
    a        unit u1    2022-10-01 -
"""

MEASURES: list[Measure] = [
    *quartiles(
        indicator(
            "PL-3",
            question="Do young people leave less often than they did?",
            why="Leaving less often is progress before staying is.",
            numerator="Latest rate of leaving per 30 days less the first one, each.",
            denominator="Young people with a first and a latest 90 days with the unit.",
            unit=CHANGE_PER_30_DAYS,
            needs=("fact",),
            compute=leaving_change,
            unknown="Young people with the unit in the period without such a pair.",
            cautions=(
                PAIR,
                "Days in detention or in a hospital are not days at liberty.",
                TOWARD_THE_MIDDLE,
            ),
            summary=Summary.MEDIAN,
            example=example(
                "left twice in the first 60 days at liberty, once in the latest 90",
                fact=_UNIT
                + """
                    a detention - 2022-11-30 2022-12-30
                    a away      - 2022-10-10 2022-10-12
                    a away      - 2022-11-10 2022-11-12
                    a away      - 2023-08-10 2023-08-12
                """,
                expect=(30 / 90 - 2 * 30 / 60, 1),
            ),
        )
    ),
    *quartiles(
        indicator(
            "PL-4",
            question="Do young people come back sooner than they did?",
            why="A shorter time away is less time in danger.",
            numerator="Median length of times away, latest 90 days less the first 90.",
            denominator="Young people with a time away that ended in each.",
            unit=DAYS,
            needs=("fact",),
            compute=time_away_change,
            unknown="Young people with the unit in the period without such a pair.",
            cautions=(
                PAIR,
                "A time away that has not ended is not counted, which makes the latest"
                " ones look shorter.",
                TOWARD_THE_MIDDLE,
            ),
            summary=Summary.MEDIAN,
            example=example(
                "ten days at first, two days lately; an open one does not count",
                fact=_UNIT
                + """
                    a away - 2022-10-10 2022-10-20
                    a away - 2023-08-10 2023-08-12
                    a away - 2023-09-20 -
                """,
                expect=(-8, 1),
            ),
        )
    ),
    indicator(
        "PL-8",
        question="Why do placements change?",
        why="A home refused because of a label is not the young person's doing.",
        numerator="Those with this reason.",
        denominator="Changes of placement in the period with a recorded reason.",
        unit=PERCENT,
        needs=("activity",),
        compute=moves_by_reason,
        unknown="Changes of placement without a reason of the list.",
        better=Better.CONTEXT,
        example=example(
            "two moves, counted under each of eight reasons",
            activity="""
                child_id kind             status    activity_date reason
                a        placement_change completed 2023-01-01    planned
                b        placement_change completed 2023-02-01    kin
            """,
            expect=(2, 2 * len(PLACEMENT_REASON.codes)),
        ),
    ),
]
