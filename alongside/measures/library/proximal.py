"""PX-1, PX-3: getting ahead at school; living somewhere safe and steady."""

from __future__ import annotations

import ibis.expr.types as ir

from alongside.measures.answers import AGREE
from alongside.measures.codelists import UNPLANNED
from alongside.measures.days import plus_days
from alongside.measures.definition import PERCENT, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import example, indicator
from alongside.measures.library.education import (
    TERMS,
    attendance_change,
    credits_change,
)
from alongside.measures.library.safety import away_episodes
from alongside.measures.library.voice import FORM
from alongside.measures.parts import parts
from alongside.measures.programme import (
    activities,
    mark,
    same_child,
    seen,
    with_unit_sometime,
)

STEADY_DAYS = 90


def academic(frames: Frames, window: Window) -> ir.Table:
    """Young people with any of three signs of progress at school to go by."""
    people, key = with_unit_sometime(frames, window), ["child_id"]
    for name, change in (
        ("attending", attendance_change(frames, window)),
        ("earning", credits_change(frames, window)),
    ):
        change = change.filter(change.denominator > 0)
        ahead = change.filter(change.numerator > 0)
        people = mark(people, f"{name}_told", change, same_child, key)
        people = mark(people, f"{name}_more", ahead, same_child, key)
    g = frames["goal"]
    g = g.filter(g.domain == "education").select(of_goal="goal_id")
    s = frames["action_step"]
    s = s.join(g, s.goal_id == g.of_goal)
    done = seen(frames, window, s.done_date)
    due = seen(frames, window, s.due_date) & (s.status != "dropped").fill_null(True)
    people = mark(people, "goal_told", s.filter(done | due), same_child, key)
    people = mark(people, "goal_step", s.filter(done), same_child, key)
    told = people.attending_told | people.earning_told | people.goal_told
    ahead_ = people.attending_more | people.earning_more | people.goal_step
    return parts(
        people,
        day=people.day,
        numerator=ahead_,
        denominator=told,
        unknown=~told,
    )


def steady(frames: Frames, window: Window) -> ir.Table:
    """Named answers about feeling safe; with no unplanned move or leaving before."""
    a = frames["form_answer"]
    a = a.filter(
        a.form == FORM,
        a.item == "safe_where_living",
        a.child_id.notnull(),
        seen(frames, window, a.answered_date),
    )
    a = a.select("response_id", "child_id", "value", day=a.answered_date)
    moves = activities(frames, "placement_change")
    moves = moves.filter(moves.reason.isin(UNPLANNED)).select("child_id", "day")
    left = away_episodes(frames).select("child_id", day="start")
    a = mark(
        a,
        "unsettled",
        moves.union(left),
        lambda a, o: [
            a.child_id == o.o_child_id,
            o.o_day > plus_days(a.day, -STEADY_DAYS),
            o.o_day <= a.day,
        ],
        ["response_id"],
    )
    told = a.value.notnull()
    return parts(
        a,
        day=a.day,
        numerator=told & (a.value >= AGREE) & ~a.unsettled,
        denominator=told,
        unknown=~told,
    )


MEASURES: list[Measure] = [
    indicator(
        "PX-1",
        question="Who is getting ahead at school, by their own goal?",
        why="Progress at school begins at a different place for everyone.",
        numerator=(
            "Those with a step of an education goal done, more days attended or more"
            " credits."
        ),
        denominator=(
            "Young people with the unit in the period for whom any of the three is"
            " recorded."
        ),
        unit=PERCENT,
        needs=("fact", "goal", "action_step", "school_week", "school_term"),
        compute=academic,
        unknown="Young people for whom none of the three is recorded.",
        example=example(
            "one with more credits, one with a step not done, one unknown",
            fact="""
                child_id kind value start_date
                a        unit u1    2022-10-01
                b        unit u1    2022-10-01
                c        unit u1    2022-10-01
            """,
            school_term=TERMS,
            goal="""
                goal_id child_id domain    start_date
                g1      b        education 2022-10-01
            """,
            action_step="""
                goal_id child_id due_date   status
                g1      b        2023-01-10 open
            """,
            expect=(1, 2),
            unknown=1,
        ),
    ),
    indicator(
        "PX-3",
        question="Who lives somewhere that is safe and steady?",
        why="Both are needed: a safe place that lasts.",
        numerator=(
            "Those who agree that they are safe, with no unplanned move and no leaving"
            " in the 90 days before."
        ),
        denominator="Named answers in the period about feeling safe where one lives.",
        unit=PERCENT,
        needs=("form_answer", "activity", "fact"),
        compute=steady,
        unknown="Named surveys in which it was skipped.",
        cautions=("Anonymous surveys cannot be joined and are not counted.",),
        example=example(
            "one of two",
            form_answer="""
                response_id child_id form         item              answered_date value
                1           a        youth_survey safe_where_living 2023-02-01    4
                2           b        youth_survey safe_where_living 2023-02-01    5
            """,
            fact="""
                child_id kind start_date end_date
                b        away 2023-01-20 2023-01-21
            """,
            expect=(1, 2),
        ),
    ),
]
