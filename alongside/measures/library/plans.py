"""FD-6 to FD-9, MH-7, OP-2, OP-7, PX-4, PX-6, PX-7: services, goals, safety plans."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.days import FAR, days_between, plus_days
from alongside.measures.definition import (
    COUNT,
    DAYS,
    PERCENT,
    Better,
    Measure,
    Summary,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.choices import active_goals
from alongside.measures.library.described import Example, example, indicator
from alongside.measures.library.teamwork import stages
from alongside.measures.parts import parts
from alongside.measures.programme import (
    attach,
    facts,
    final_day,
    known,
    mark,
    on_day,
    same_child,
    seen,
    with_unit,
)

SAFETY_PLAN_DAYS, START_DAYS = 14, 30
PLANS = ("goals_and_strategies", "goals", "strategies", "neither")


def needs_referred(frames: Frames, window: Window) -> ir.Table:
    """Needs identified in the window, and those referred by the as-of date."""
    s = frames["service_referral"]
    s = s.filter(seen(frames, window, s.need_date))
    referred = (s.referred_date < frames.as_of).fill_null(False)
    return parts(s, day=s.need_date, numerator=referred)


def referrals(frames: Frames, window: Window) -> ir.Table:
    """Referrals to services made in the window: with when the service began, ended."""
    s = frames["service_referral"]
    s = s.filter(seen(frames, window, s.referred_date))
    began = known(frames, s.started_date)
    possible = (began >= s.referred_date).fill_null(False)
    return s.mutate(
        day=s.referred_date, began=possible.ifelse(began, ibis.null("date"))
    )


def counted_referrals(frames: Frames, window: Window, *, split: bool) -> ir.Table:
    """Referrals made, one by one, by service if split."""
    s = referrals(frames, window)
    service = s.service.fill_null("unknown") if split else None
    return parts(s, day=s.day, numerator=1, part=service)


def with_outcome(frames: Frames, window: Window) -> ir.Table:
    """Referrals made, and those whose outcome is recorded."""
    s = referrals(frames, window)
    return parts(s, day=s.day, numerator=s.outcome.notnull())


def begun(frames: Frames, window: Window) -> ir.Table:
    """Referrals made, and those whose service began within 30 days."""
    s = referrals(frames, window)
    by = plus_days(s.day, START_DAYS)
    settled = s.began.notnull() | (by < frames.as_of)
    return parts(
        s,
        day=s.day,
        numerator=settled & (s.began <= by),
        denominator=settled,
        unknown=~settled,
    )


def engaged(frames: Frames, window: Window, *, days: int) -> ir.Table:
    """Services begun in the window, and those that lasted at least so many days."""
    s = frames["service_referral"]
    s = s.filter(seen(frames, window, s.started_date))
    until = plus_days(s.started_date, days)
    end = known(frames, s.ended_date).fill_null(FAR)
    settled = (end < until) | (until < frames.as_of)
    return parts(
        s,
        day=s.started_date,
        numerator=settled & (end >= until),
        denominator=settled,
        unknown=~settled,
    )


def kept(frames: Frames, window: Window) -> ir.Table:
    """Wanted mental-health referrals of the window, with the first session kept."""
    s = referrals(frames, window)
    s = s.filter(s.service == "mental_health", s.wanted.fill_null(False))
    s = s.select("service_referral_id", "child_id", "day")
    v = frames["service"]
    v = v.filter(v.status == "kept", known(frames, v.session_date).notnull())
    return attach(
        s,
        v.select("service_referral_id", "session_date"),
        lambda s, o: [
            s.service_referral_id == o.o_service_referral_id,
            o.o_session_date >= s.day,
        ],
        ["service_referral_id"],
        first=lambda both: both.o_session_date.min(),
    )


def kept_in_time(frames: Frames, window: Window) -> ir.Table:
    """Of those, the ones whose first session was kept within 30 days."""
    s = kept(frames, window)
    by = plus_days(s.day, START_DAYS)
    settled = s["first"].notnull() | (by < frames.as_of)
    return parts(
        s,
        day=s.day,
        numerator=settled & (s["first"] <= by),
        denominator=settled,
        unknown=~settled,
    )


def until_kept(frames: Frames, window: Window) -> ir.Table:
    """Days to the first session kept; who waits is followed to the as-of date."""
    s = kept(frames, window)
    end = ibis.coalesce(s["first"], ibis.literal(frames.as_of))
    return parts(
        s, day=s.day, numerator=s["first"].notnull(), time=days_between(s.day, end)
    )


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


_SERVICES = """
    service_referral_id child_id service need_date  wanted referred_date started_date ended_date outcome
    1 a mental_health   2023-01-01 yes 2023-01-05 2023-01-20 2023-03-01 began
    2 a housing         2023-01-01 yes 2023-01-05 2023-03-01 -          -
    3 b mental_health   2023-01-01 yes 2023-01-05 -          -          -
    4 b tutoring        2023-01-01 no  -          -          -          -
"""  # noqa: E501 (a table)
_SESSIONS = """
    child_id service_referral_id session_date status
    a        1                   2023-01-10   missed
    a        1                   2023-01-20   kept
    b        3                   2023-04-20   kept
"""
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
_MH = "Referrals to mental-health care in the period that the young person wanted."
_OVER = "Those whose days are not over."


def _services(
    id_: str,
    compute: partial[ir.Table],
    numerator: str,
    denominator: str,
    question: str,
    expect: tuple[float, float],
    *,
    title: str = "",
    unknown: str = "Nothing is counted as unknown.",
    count: bool = False,
) -> Measure:
    return indicator(
        id_,
        title=title,
        question=question,
        why="A need that nobody takes up is a promise broken.",
        numerator=numerator,
        denominator=denominator,
        unit=COUNT if count else PERCENT,
        needs=("service_referral",),
        compute=compute,
        unknown=unknown,
        summary=Summary.COUNT if count else Summary.RATIO,
        example=example("three referrals", service_referral=_SERVICES, expect=expect),
    )


def _plan(value: str) -> Example:
    return example(f"one of two {value}", fact=_PLAN, expect=(1, 2))


MEASURES: list[Measure] = [
    _services(
        "FD-6",
        partial(needs_referred),
        "Those for which a referral was made.",
        "Needs identified in the period.",
        "Is something done about the needs that were found?",
        (3, 4),
        title="Needs with a referral",
    ),
    _services(
        "FD-6.count",
        partial(counted_referrals, split=True),
        "Referrals made in the period.",
        "The same referrals.",
        "How many referrals were made, to which services?",
        (3, 3),
        title="Referrals by service",
        count=True,
    ),
    _services(
        "FD-6.outcome",
        partial(with_outcome),
        "Those whose outcome is recorded.",
        "Referrals made in the period.",
        "Does anybody know how the referral turned out?",
        (1, 3),
        title="Referrals with an outcome",
    ),
    _services(
        "OP-2",
        partial(counted_referrals, split=False),
        "Referrals made in the period.",
        "The same referrals.",
        "How many referrals were made?",
        (3, 3),
        count=True,
    ),
    _services(
        "PX-6",
        partial(begun),
        "Those whose service began within 30 days.",
        "Referrals made in the period.",
        "Do referrals become services?",
        (1, 3),
        title="Services begun within 30 days",
        unknown=_OVER,
    ),
    *(
        _services(
            f"PX-6.engaged_{days}",
            partial(engaged, days=days),
            f"Those that lasted at least {days} days.",
            "Services begun in the period.",
            "Do services last?",
            expect,
            title=f"Still engaged after {days} days",
            unknown=_OVER,
        )
        for days, expect in ((30, (2, 2)), (90, (1, 2)))
    ),
    indicator(
        "MH-7",
        question="Does wanted mental-health care begin within 30 days?",
        why="Wanting help is the moment to give it.",
        numerator="Those whose first kept session was within 30 days.",
        denominator=_MH,
        unit=PERCENT,
        needs=("service_referral", "service"),
        compute=kept_in_time,
        unknown=_OVER,
        example=example(
            "one of two", service_referral=_SERVICES, service=_SESSIONS, expect=(1, 2)
        ),
    ),
    indicator(
        "MH-7.days",
        title="Days to the first session kept",
        question="How long until the first session that was kept?",
        why="Wanting help is the moment to give it.",
        numerator="Those with a session kept.",
        denominator=_MH,
        unit=DAYS,
        needs=("service_referral", "service"),
        compute=until_kept,
        unknown="Those without a session kept by the as-of date.",
        cautions=("The value is the median time by Kaplan-Meier.",),
        better=Better.DOWN,
        summary=Summary.SURVIVAL,
        example=example(
            "both", service_referral=_SERVICES, service=_SESSIONS, expect=(2, 2)
        ),
    ),
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
