"""FD-7 to FD-9, OP-7, PX-4, PX-7: steps, goals and safety plans."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.days import plus_days
from alongside.measures.definition import (
    PERCENT,
    Measure,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.choices import active_goals
from alongside.measures.library.described import Example, example, indicator
from alongside.measures.library.teamwork import stages
from alongside.measures.parts import parts
from alongside.measures.programme import (
    facts,
    final_day,
    known,
    mark,
    on_day,
    same_child,
    seen,
    with_unit,
)

SAFETY_PLAN_DAYS = 14


PLANS = ("goals_and_strategies", "goals", "strategies", "neither")


def steps_done(frames: Frames, window: Window, *, own: bool = False) -> ir.Table:
    """Steps due in the window, and those done by then; of one's own goals if so."""
    s = frames["action_step"]
    s = s.filter(
        (s.status != "dropped").fill_null(True), seen(frames, window, s.due_date)
    )
    if own:
        g = frames["goal"]
        g = g.filter(g.origin == "youth").select(of_goal="goal_id")
        s = s.join(g, s.goal_id == g.of_goal)
    in_time = (s.done_date <= s.due_date) & (s.done_date < frames.as_of)
    return parts(s, day=s.due_date, numerator=in_time)


def goals_advanced(frames: Frames, window: Window) -> ir.Table:
    """Active goals rated twice, and those a step or more ahead."""
    g = active_goals(frames, window)
    told = g.first_rating.notnull() & g.latest_rating.notnull()
    return parts(
        g,
        day=g.day,
        numerator=told & (g.latest_rating - g.first_rating >= 1),
        denominator=told,
        unknown=~told,
    )


def ties_removed(frames: Frames, window: Window) -> ir.Table:
    """Steps to remove a tie, due or done in the window, and those done."""
    s = frames["action_step"]
    done = known(frames, s.done_date)
    s = s.mutate(done=done, day=ibis.coalesce(done, s.due_date))
    s = s.filter(
        s.kind == "tie_removal",
        (s.status != "dropped").fill_null(True),
        seen(frames, window, s.day),
    )
    return parts(s, day=s.day, numerator=s.done.notnull())


def safe_today(frames: Frames, window: Window) -> ir.Table:
    """Young people with the unit on the last day, and those with a current plan."""
    people = with_unit(frames, window)
    f = on_day(frames, final_day(frames, window), "safety_plan")
    f = f.filter(f.value == "complete")
    people = mark(people, "safe", f, same_child, ["child_id"])
    return parts(people, day=people.day, numerator=people.safe)


def safe_in_time(frames: Frames, window: Window) -> ir.Table:
    """Referrals received in the window, and those with a plan within 14 days."""
    s = stages(frames)
    s = s.filter(seen(frames, window, s.received))
    s = s.mutate(by=plus_days(s.received, SAFETY_PLAN_DAYS))
    f = facts(frames, "safety_plan")
    f = f.filter(f.value == "complete")
    s = mark(
        s,
        "safe",
        f,
        lambda s, o: [
            s.child_id == o.o_child_id,
            o.o_start <= s.by,
            o.o_end > s.received,
        ],
        ["referral_id"],
    )
    settled = s.safe | (s.by < frames.as_of)
    return parts(
        s, day=s.received, numerator=s.safe, denominator=settled, unknown=~settled
    )


def plans_with(frames: Frames, window: Window, *, values: tuple[str, ...]) -> ir.Table:
    """Case plans current on the last day, and those of some kinds."""
    day = final_day(frames, window)
    f = on_day(frames, day, "case_plan")
    told = f.value.isin(PLANS).fill_null(False)
    return parts(
        f,
        day=ibis.literal(day),
        numerator=f.value.isin(values),
        denominator=told,
        unknown=~told,
    )


_STEPS = """
    goal_id child_id kind        due_date   done_date  status
    g1      a        -           2023-01-10 2023-01-09 done
    g2      a        -           2023-01-10 2023-01-11 done
    g1      a        tie_removal 2023-02-10 -          open
    g1      a        -           2023-02-10 -          dropped
"""


_GOALS = """
    goal_id child_id origin start_date first_rating latest_rating
    g1      a        youth  2023-01-01 1            3
    g2      a        court  2023-01-01 2            2
    g3      a        youth  2023-01-01 2            -
"""


_PLAN = """
    child_id kind        value      start_date end_date
    a        unit        u1         2022-10-01 -
    b        unit        u1         2022-10-01 -
    a        safety_plan complete   2023-01-10 -
    b        safety_plan incomplete 2023-01-10 -
    a        case_plan   goals_and_strategies 2023-01-10 -
    b        case_plan   goals                2023-01-10 -
"""


_OVER = "Those whose days are not over."


def _plan(value: str) -> Example:
    return example(f"one of two {value}", fact=_PLAN, expect=(1, 2))


MEASURES: list[Measure] = [
    indicator(
        "FD-7",
        title="Steps done in time",
        question="Are the steps of the plan done when they are due?",
        why="A plan is its next step.",
        numerator="Those done on or before that day.",
        denominator="Steps due in the period and not dropped.",
        unit=PERCENT,
        needs=("action_step",),
        compute=steps_done,
        example=example("one of three", action_step=_STEPS, expect=(1, 3)),
    ),
    indicator(
        "FD-7.goals",
        title="Goals a step ahead",
        question="Do goals move ahead?",
        why="A step on the goal's own scale is progress.",
        numerator="Those at least one step ahead of the first rating.",
        denominator="Goals active in the period with two ratings.",
        unit=PERCENT,
        needs=("goal",),
        compute=goals_advanced,
        unknown="Active goals without two ratings.",
        example=example("one of two", goal=_GOALS, expect=(1, 2), unknown=1),
    ),
    indicator(
        "PX-7",
        question="Are the steps toward young people's own goals done?",
        why="Their own goals are the ones that last.",
        numerator="Those done on or before the day they were due.",
        denominator="Steps of young people's own goals due in the period.",
        unit=PERCENT,
        needs=("action_step", "goal"),
        compute=partial(steps_done, own=True),
        example=example("one of two", action_step=_STEPS, goal=_GOALS, expect=(1, 2)),
    ),
    indicator(
        "PX-4",
        question="Are ties to exploitation being removed?",
        why="A number, an account, a tattoo: each is a hold on someone.",
        numerator="Those done.",
        denominator="Steps to remove a tie that were due or done in the period.",
        unit=PERCENT,
        needs=("action_step",),
        compute=ties_removed,
        cautions=("Only steps that the young person chose and did not drop.",),
        example=example(
            "one of two",
            action_step=_STEPS + " g1 a tie_removal 2023-01-01 2023-01-05 done",
            expect=(1, 2),
        ),
    ),
    indicator(
        "FD-8",
        question="Does everyone have a safety plan that holds?",
        why="It says whom to call before it is needed.",
        numerator="Those with a complete plan that day.",
        denominator="Young people with the unit on the last day.",
        unit=PERCENT,
        needs=("fact",),
        compute=safe_today,
        cautions=(
            "Complete means current, agreed by the young person, with an adult who is"
            " no part of the danger.",
        ),
        example=_plan("is complete"),
    ),
    indicator(
        "FD-8.in_14_days",
        title="Safety plan within 14 days",
        question="Is there a safety plan within 14 days of the referral?",
        why="The first days are the most dangerous.",
        numerator="Those with a complete plan by then.",
        denominator="Referrals received in the period.",
        unit=PERCENT,
        needs=("fact", "referral_stage"),
        compute=safe_in_time,
        unknown=_OVER,
        example=example(
            "one of two",
            fact=_PLAN,
            referral_stage="""
                referral_id child_id stage    reached_at
                r1          a        received 2023-01-01T10:00
                r2          b        received 2023-01-01T10:00
            """,
            expect=(1, 2),
        ),
    ),
    *(
        indicator(
            id_,
            title=title,
            question="What do the plans hold?",
            why="A plan meets young people where they are, or it is not theirs.",
            numerator=f"Those with {what}.",
            denominator="Case plans current on the last day whose contents are known.",
            unit=PERCENT,
            needs=("fact",),
            compute=partial(plans_with, values=values),
            unknown="Case plans whose contents are not recorded.",
            example=_plan(f"has {what}"),
        )
        for id_, title, what, values in (
            (
                "FD-9",
                "Plans with a harm-reduction strategy",
                "a harm-reduction strategy",
                ("goals_and_strategies", "strategies"),
            ),
            (
                "OP-7",
                "",
                "goals and harm-reduction strategies",
                ("goals_and_strategies",),
            ),
        )
    ),
]
