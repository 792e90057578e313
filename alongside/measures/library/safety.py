"""PS-*: physical safety, month by month and against oneself."""

from __future__ import annotations

from functools import partial

import ibis.expr.types as ir

from alongside.measures.answers import all_yes, scored
from alongside.measures.definition import (
    CHANGE_PER_30_DAYS,
    PERCENT,
    Measure,
    Summary,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library import maltreatment_in_care, recurrence, repeat
from alongside.measures.library.described import also, example, indicator, quartiles
from alongside.measures.paired import PAIR, TOWARD_THE_MIDDLE, rate_change
from alongside.measures.parts import parts
from alongside.measures.programme import (
    activities,
    facts,
    in_month,
    mark,
    merged,
    seen,
    youth_months,
)

KNOWN = ("none", "at_risk", "suspected", "confirmed")
EXPLOITED = ("suspected", "confirmed")


def free_months(frames: Frames, window: Window) -> ir.Table:
    """Months with a recorded status, and those in which it was never exploitation."""
    f = facts(frames, "exploitation")
    months, key = youth_months(frames, window), ("child_id", "month")
    recorded = f.filter(f.value.isin(KNOWN))
    months = mark(months, "recorded", recorded, in_month, key)
    months = mark(months, "harmed", f.filter(f.value.isin(EXPLOITED)), in_month, key)
    return parts(
        months,
        day=months.month,
        numerator=months.recorded & ~months.harmed,
        denominator=months.recorded,
        unknown=~months.recorded,
    )


def events_change(frames: Frames, window: Window) -> ir.Table:
    """The change in the rate of suspected or confirmed exploitation."""
    c = frames.concerns
    c = c.filter(c.kind.isin(EXPLOITED))
    events = c.select("child_id", day="happened").mutate(amount=1)
    return rate_change(frames, window, events, per=30)


def away_episodes(frames: Frames) -> ir.Table:
    """Times away without permission; those that overlap or touch are one."""
    return frames.shared("away", lambda: merged(facts(frames, "away")))


def contact_while_away(frames: Frames, window: Window) -> ir.Table:
    """Episodes that ended in the window, and whether the young person called."""
    a = away_episodes(frames)
    a = a.filter(seen(frames, window, a.end))
    calls = activities(frames, "contact")
    calls = calls.filter(calls.initiated_by == "youth").select("child_id", "day")
    a = mark(
        a,
        "called",
        calls,
        lambda a, o: [
            a.child_id == o.o_child_id,
            o.o_day >= a.start,
            o.o_day < a.end,
        ],
        ("child_id", "start"),
    )
    return parts(a, day=a.end, numerator=a.called)


_REPEATED = {measure.id: measure for measure in repeat.MEASURES}
_NEEDS = ("food", "shelter", "clothing", "own_needs")

MEASURES: list[Measure] = [
    indicator(
        "PS-1",
        question="In how many months was there no sign of exploitation?",
        why="Safety comes back in stretches; months show them, a yes or no does not.",
        numerator="Of those, months whose statuses were all none or at risk.",
        denominator="Months with the unit during which a status was recorded.",
        unit=PERCENT,
        needs=("fact",),
        compute=free_months,
        unknown="Months with the unit for which no status was recorded.",
        cautions=("No recorded sign is not the same as safety.",),
        example=example(
            "one month of three was confirmed, and one was not recorded",
            fact="""
                child_id kind         value     start_date end_date
                a        unit         u1        2023-01-01 2023-05-01
                a        exploitation none      2023-01-10 2023-02-10
                a        exploitation confirmed 2023-02-10 2023-03-01
                a        exploitation at_risk   2023-03-01 2023-04-01
            """,
            expect=(2, 3),
            unknown=1,
        ),
    ),
    *quartiles(
        indicator(
            "PS-2",
            question="Did exploitation become rarer for each young person?",
            why="Fewer and rarer is progress, long before never again.",
            numerator="Latest rate per 30 days less the first one, each young person.",
            denominator="Young people with a first and a latest 90 days with the unit.",
            unit=CHANGE_PER_30_DAYS,
            needs=("fact", "concern"),
            compute=events_change,
            unknown="Young people with the unit in the period without such a pair.",
            cautions=(PAIR, TOWARD_THE_MIDDLE),
            summary=Summary.MEDIAN,
            example=example(
                "three events in the first 90 days and none in the latest",
                fact="""
                    child_id kind value start_date end_date
                    a        unit u1    2022-10-01 -
                """,
                concern="""
                    child_id kind      identified_date
                    a        confirmed 2022-10-05
                    a        suspected 2022-11-05
                    a        confirmed 2022-12-05
                    a        at_risk   2023-09-05
                """,
                expect=(-1, 1),
            ),
        )
    ),
    also(_REPEATED["repeat.12m"], "PS-3"),
    also(_REPEATED["repeat.6m"], "PS-3.6m", title="New confirmed harm within 6 months"),
    also(_REPEATED["repeat.km.12m"], "PS-3.km", title="New confirmed harm, estimated"),
    also(maltreatment_in_care.MEASURE, "PS-4"),
    also(recurrence.MEASURE, "PS-5"),
    indicator(
        "PS-7",
        question="In how many reviews were all basic needs met?",
        why="Food, a bed and clothes come before everything else.",
        numerator="Reviews with food, shelter, clothing and own needs all met.",
        denominator="Reviews in the period in which all four were answered.",
        unit=PERCENT,
        needs=("form_answer",),
        compute=partial(scored, form="review", items=_NEEDS, score=all_yes),
        unknown="Reviews with any of the four left out.",
        example=example(
            "one of two complete reviews, and one incomplete",
            form_answer="""
                response_id child_id form   item      answered_date value
                1           a        review food      2023-01-01    1
                1           a        review shelter   2023-01-01    1
                1           a        review clothing  2023-01-01    1
                1           a        review own_needs 2023-01-01    1
                2           a        review food      2023-04-01    1
                2           a        review shelter   2023-04-01    1
                2           a        review clothing  2023-04-01    1
                2           a        review own_needs 2023-04-01    0
                3           a        review food      2023-07-01    1
            """,
            expect=(1, 2),
            unknown=1,
        ),
    ),
    indicator(
        "PS-8",
        question="While away, did young people stay in touch?",
        why="A call while away is trust, and often the beginning of coming back.",
        numerator="Those with a contact that the young person began while away.",
        denominator="Times away without permission that ended in the period.",
        unit=PERCENT,
        needs=("fact", "activity"),
        compute=contact_while_away,
        cautions=("Times away that have not ended are not counted yet.",),
        example=example(
            "one of two called; the other was called",
            fact="""
                child_id kind start_date end_date
                a        away 2023-01-01 2023-01-08
                b        away 2023-01-01 2023-01-08
            """,
            activity="""
                child_id kind    status    activity_date initiated_by
                a        contact completed 2023-01-03    youth
                b        contact completed 2023-01-03    team
            """,
            expect=(1, 2),
        ),
    ),
]
