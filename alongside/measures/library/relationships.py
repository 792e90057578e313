"""RL-*: people to turn to, visits held, stages of change."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.answers import any_yes, first_and_latest, ratings, scored
from alongside.measures.definition import (
    CHANGE_PER_30_DAYS,
    PER_30_DAYS,
    PERCENT,
    Better,
    Measure,
    Summary,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import also, example, indicator, quartiles
from alongside.measures.paired import PAIR, TOWARD_THE_MIDDLE, rate_change
from alongside.measures.parts import parts
from alongside.measures.programme import activities, pick, rate, seen, spread

RETURN = 5  # of the stages 0 to 5: a state of its own, not a step back
DIRECTIONS = ("forward", "same", "back", "return")


def contacts(frames: Frames, kind: str) -> ir.Table:
    """Completed activities of a kind as events."""
    a = activities(frames, kind)
    return a.select("child_id", "day", amount=ibis.literal(1))


def contact_rate(frames: Frames, window: Window, *, kind: str) -> ir.Table:
    """Contacts over days with the unit."""
    return rate(frames, window, contacts(frames, kind))


def contact_change(frames: Frames, window: Window) -> ir.Table:
    """The change in contacts with supportive adults."""
    return rate_change(frames, window, contacts(frames, "supportive_adult"), per=30)


def someone_to_turn_to(frames: Frames, window: Window, *, least: int) -> ir.Table:
    """Each young person's latest review in the window that tells how many adults."""
    a = ratings(frames, "review", ["adults_outside_unit"])
    a = a.filter(seen(frames, window, a.day))
    a = pick(a, ["child_id"], a.day.desc(), a.response_id.desc())
    return parts(a, day=a.day, numerator=a.value >= least)


def reached_out(frames: Frames, window: Window) -> ir.Table:
    """Moments of need, and those in which the young person began the contact."""
    a = activities(frames, "need_event")
    a = a.filter(seen(frames, window, a.day))
    told = a.initiated_by.notnull()
    return parts(
        a,
        day=a.day,
        numerator=a.initiated_by == "youth",
        denominator=told,
        unknown=~told,
    )


def visits_held(frames: Frames, window: Window) -> ir.Table:
    """Wanted visits planned in the window, and those that took place."""
    a = frames["activity"]
    a = a.filter(
        a.kind == "family_visit",
        a.wanted.fill_null(False),
        seen(frames, window, a.activity_date),
    )
    told = a.status.isin(("completed", "missed", "cancelled")).fill_null(False)
    return parts(
        a,
        day=a.activity_date,
        numerator=a.status == "completed",
        denominator=told,
        unknown=~told,
    )


def stage_moves(frames: Frames, window: Window) -> ir.Table:
    """For each behavior, which way the latest stage lies from the first."""
    rows = ratings(frames, "stage_of_change")
    pairs = first_and_latest(frames, window, rows, ("child_id", "item"))
    way = ibis.cases(
        (pairs.latest == RETURN, "return"),
        (pairs.first == RETURN, "forward"),
        (pairs.latest > pairs.first, "forward"),
        (pairs.latest < pairs.first, "back"),
        else_="same",
    )
    pairs = spread(pairs.mutate(way=way, again=pairs.latest.notnull()), DIRECTIONS)
    return parts(
        pairs,
        day=pairs.day,
        numerator=pairs.again & (pairs.way == pairs.part),
        denominator=pairs.again,
        unknown=~pairs.again,
        part=pairs.item + ibis.literal(".") + pairs.part,
    )


_UNIT = """
    child_id kind value start_date end_date
    a        unit u1    2022-10-01 -
"""
_ADULTS = """
    response_id child_id form   item                answered_date value
    1           a        review adults_outside_unit 2023-01-01    0
    2           a        review adults_outside_unit 2023-05-01    2
    3           b        review adults_outside_unit 2023-05-01    1
    4           c        review adults_outside_unit 2023-05-01    0
"""


def _turn_to(id_: str, least: int, count: int) -> Measure:
    adults = "one adult" if least == 1 else "two adults"
    return indicator(
        id_,
        title=f"Can name at least {adults} to turn to",
        question=f"How many can name at least {adults} outside the unit?",
        why="The unit will end; these people may not.",
        numerator=f"Those who name at least {adults}.",
        denominator="Young people with a review in the period that asked.",
        unit=PERCENT,
        needs=("form_answer",),
        compute=partial(someone_to_turn_to, least=least),
        example=example("of three", form_answer=_ADULTS, expect=(count, 3)),
    )


MEASURES: list[Measure] = [
    indicator(
        "RL-1",
        question="How often are young people in touch with adults they chose?",
        why="One steady adult makes more difference than any service.",
        numerator="Contacts with adults whom the young person named.",
        denominator="Days with the unit in the period.",
        unit=PER_30_DAYS,
        needs=("fact", "activity"),
        compute=partial(contact_rate, kind="supportive_adult"),
        example=example(
            "two in a year",
            fact=_UNIT,
            activity="""
                child_id kind             status    activity_date
                a        supportive_adult completed 2023-01-05
                a        supportive_adult completed 2023-02-05
            """,
            expect=(2, 365),
        ),
    ),
    *quartiles(
        indicator(
            "RL-1.change",
            title="Change in contacts with supportive adults",
            question="Are young people more in touch with them than at first?",
            why="One steady adult makes more difference than any service.",
            numerator="Latest rate per 30 days less the first one, each.",
            denominator="Young people with a first and a latest 90 days with the unit.",
            unit=CHANGE_PER_30_DAYS,
            needs=("fact", "activity"),
            compute=contact_change,
            unknown="Young people with the unit in the period without such a pair.",
            cautions=(PAIR, TOWARD_THE_MIDDLE),
            summary=Summary.MEDIAN,
            example=example(
                "none at first, three lately",
                fact=_UNIT,
                activity="""
                    child_id kind             status    activity_date
                    a        supportive_adult completed 2023-08-05
                    a        supportive_adult completed 2023-08-15
                    a        supportive_adult completed 2023-09-05
                """,
                expect=(1, 1),
            ),
        )
    ),
    _turn_to("RL-2", 1, 2),
    _turn_to("RL-2.two", 2, 1),
    indicator(
        "RL-3",
        question="In a moment of need, did the young person reach out?",
        why="Asking for help is a skill, and a sign of trust.",
        numerator="Those in which the young person began the contact.",
        denominator="Moments of need in the period whose beginning is recorded.",
        unit=PERCENT,
        needs=("activity",),
        compute=reached_out,
        unknown="Moments of need whose beginning is not recorded.",
        example=example(
            "one of two",
            activity="""
                child_id kind       status    activity_date initiated_by
                a        need_event completed 2023-01-05    youth
                a        need_event completed 2023-02-05    team
                a        need_event completed 2023-03-05    -
            """,
            expect=(1, 2),
            unknown=1,
        ),
    ),
    indicator(
        "RL-4",
        question="Do wanted visits with family take place?",
        why="A visit called off is felt for a long time.",
        numerator="Those that took place.",
        denominator="Visits planned in the period that the young person wanted.",
        unit=PERCENT,
        needs=("activity",),
        compute=visits_held,
        unknown="Visits whose outcome is not recorded.",
        example=example(
            "one of two; the unwanted one is not counted",
            activity="""
                child_id kind         status    activity_date wanted
                a        family_visit completed 2023-01-05    yes
                a        family_visit missed    2023-02-05    yes
                a        family_visit completed 2023-03-05    no
                a        family_visit scheduled 2023-04-05    yes
            """,
            expect=(1, 2),
            unknown=1,
        ),
    ),
    indicator(
        "RL-6",
        question="In how many reviews was harm by a partner recorded?",
        why="Safety at home is part of safety.",
        numerator="Those in which any was recorded.",
        denominator="Reviews in the period in which it was answered.",
        unit=PERCENT,
        needs=("form_answer",),
        compute=partial(
            scored, form="review", items=("partner_violence",), score=any_yes
        ),
        unknown="Reviews in which it was left out.",
        better=Better.DOWN,
        example=example(
            "one of two",
            form_answer="""
                response_id child_id form   item             answered_date value
                1           a        review partner_violence 2023-01-01    0
                2           b        review partner_violence 2023-01-01    1
                3           c        review food             2023-01-01    1
            """,
            expect=(1, 2),
            unknown=1,
        ),
    ),
    indicator(
        "RL-7",
        question="Which way have young people moved through the stages of change?",
        why="Thinking about it is progress; so is coming back to it.",
        numerator="Those who moved this way on this behavior.",
        denominator="Young people with a first and a later stage on this behavior.",
        unit=PERCENT,
        needs=("form_answer",),
        compute=stage_moves,
        unknown="Young people without a later stage in the period.",
        cautions=(
            "Behaviors are never averaged; a return is a state of its own.",
            TOWARD_THE_MIDDLE,
        ),
        better=Better.CONTEXT,
        example=example(
            "one forward and one return, under each of four ways",
            form_answer="""
                response_id child_id form            item   answered_date value
                1           a        stage_of_change school 2022-10-05    0
                2           a        stage_of_change school 2023-05-05    2
                3           b        stage_of_change school 2022-10-05    4
                4           b        stage_of_change school 2023-05-05    5
            """,
            expect=(2, 8),
        ),
    ),
]
MEASURES.append(also(MEASURES[4], "PX-5"))
