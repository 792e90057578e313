"""FD-1 to FD-3, OP-5, OP-6: from a referral to a team that meets."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.days import days_between
from alongside.measures.definition import (
    COUNT,
    DAYS,
    MEAN,
    PERCENT,
    Better,
    Measure,
    Summary,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import also, example, indicator
from alongside.measures.parts import parts
from alongside.measures.programme import (
    activities,
    attach,
    same_child,
    seen,
    with_unit_sometime,
)

MDT_TYPES = ("initial", "ongoing", "90_day", "as_needed")


def stages(frames: Frames) -> ir.Table:
    """One row per referral: when each stage was first reached, and what it recorded."""
    s = frames["referral_stage"]
    now = ibis.timestamp(frames.as_of.isoformat() + " 00:00:00")
    s = s.filter(s.reached_at < now)

    def first(stage: str) -> ir.DateValue:
        return s.reached_at.min(where=s.stage == stage).date()

    def told(*among: str) -> ir.BooleanValue:
        return s.outcome.count(where=s.stage.isin(among)) > 0

    found = s.group_by("referral_id").aggregate(
        child_id=s.child_id.max(),
        received=first("received"),
        assessed=first("assessed"),
        decided=first("decided"),
        closed=first("closed"),
        agency_received=first("agency_received"),
        first_contact=first("first_contact"),
        source=told("reported", "received"),
        recommendation=told("assessed"),
        decision=told("decided"),
    )
    return frames.shared("referral stages", lambda: found)


def complete(frames: Frames, window: Window) -> ir.Table:
    """Referrals closed in the window with all three things recorded."""
    s = stages(frames)
    s = s.filter(seen(frames, window, s.closed))
    every = s.source & s.recommendation & s.decision
    return parts(s, day=s.closed, numerator=every)


def days_from(frames: Frames, window: Window, *, start: str, end: str) -> ir.Table:
    """Days from one stage to another reached in the window; never fewer than none."""
    s = stages(frames)
    s = s.filter(seen(frames, window, s[end]))
    told = (s[start] <= s[end]).fill_null(False)
    days = days_between(s[start], s[end]).cast("float64")
    return parts(
        s,
        day=s[end],
        numerator=told.ifelse(days, 0.0),
        denominator=told,
        unknown=~told,
    )


def due_reviews(frames: Frames, window: Window) -> ir.Table:
    """Team reviews due in the window: with whether they were held, and in time."""
    a = frames["activity"]
    a = a.filter(
        a.kind == "mdt",
        (a.status != "cancelled").fill_null(True),
        seen(frames, window, a.due_date),
    )
    held = (a.status == "completed") & (a.activity_date < frames.as_of)
    held = held.fill_null(False)
    undated = ((a.status == "completed") & a.activity_date.isnull()).fill_null(False)
    return a.mutate(day=a.due_date, held=held, undated=undated)


def on_schedule(frames: Frames, window: Window) -> ir.Table:
    """Reviews held on or before the day they were due."""
    a = due_reviews(frames, window)
    in_time = a.held & (a.activity_date <= a.due_date)
    return parts(
        a, day=a.day, numerator=in_time, denominator=~a.undated, unknown=a.undated
    )


def overdue(frames: Frames, window: Window) -> ir.Table:
    """Reviews that were due and have not been held."""
    a = due_reviews(frames, window)
    a = a.filter(~a.held, ~a.undated)
    return parts(a, day=a.day, numerator=1)


def agencies(frames: Frames, window: Window) -> ir.Table:
    """Distinct partner agencies in each young person's activities."""
    people = with_unit_sometime(frames, window)
    a = frames["activity"]
    a = a.filter(
        a.status == "completed",
        a.agency.notnull(),
        seen(frames, window, a.activity_date),
    )
    people = attach(
        people,
        a.select("child_id", "agency"),
        same_child,
        ["child_id"],
        agencies=lambda both: both.o_agency.nunique(),
    )
    return parts(people, day=people.day, numerator=people.agencies.fill_null(0))


def partners(frames: Frames, window: Window) -> ir.Table:
    """Distinct partner agencies with a step due or done in the window."""
    people = with_unit_sometime(frames, window)
    s = frames["action_step"]
    dated = seen(frames, window, s.due_date) | seen(frames, window, s.done_date)
    s = s.filter(s.agency.notnull(), s.status.isin(("open", "done")), dated)
    people = attach(
        people,
        s.select("child_id", "agency"),
        same_child,
        ["child_id"],
        agencies=lambda both: both.o_agency.nunique(),
    )
    return parts(people, day=people.day, numerator=people.agencies.fill_null(0))


def reviews_by_type(frames: Frames, window: Window) -> ir.Table:
    """Young people's reviews held in the window, by type."""
    a = held_reviews(frames, window)
    known_type = a.reason.isin(MDT_TYPES).fill_null(False)
    return parts(a, day=a.day, numerator=1, part=known_type.ifelse(a.reason, "other"))


def held_reviews(frames: Frames, window: Window) -> ir.Table:
    """Team reviews held in the window."""
    a = activities(frames, "mdt")
    return a.filter(seen(frames, window, a.day))


def per_meeting(frames: Frames, window: Window) -> ir.Table:
    """Young people discussed in each meeting."""
    a = held_reviews(frames, window)
    a = a.filter(a.meeting_id.notnull())
    meetings = a.group_by("meeting_id").aggregate(
        day=a.day.min(), people=a.child_id.nunique()
    )
    return parts(meetings, day=meetings.day, numerator=meetings.people, child=None)


_STAGES = """
    referral_id child_id stage    reached_at       outcome
    r1          a        received 2023-01-01T10:00 school
    r1          a        assessed 2023-01-11T10:00 full
    r1          a        decided  2023-01-15T10:00 accepted
    r1          a        closed   2023-01-20T10:00 -
    r2          b        received 2023-01-01T10:00 court
    r2          b        decided  2023-01-15T10:00 accepted
    r2          b        closed   2023-01-20T10:00 -
"""


_REVIEWS = """
    child_id kind status    due_date   activity_date reason  meeting_id
    a        mdt  completed 2023-01-10 2023-01-10    initial m1
    b        mdt  completed 2023-01-10 2023-01-11    90_day  m2
    c        mdt  scheduled 2023-01-10 -             90_day  -
    d        mdt  cancelled 2023-01-10 -             90_day  -
"""


TWO_PEOPLE = """
    child_id kind value start_date end_date
    a        unit u1    2022-10-01 -
    b        unit u1    2022-10-01 -
"""


FD_3 = indicator(
    "FD-3",
    title="Agencies taking part",
    question="How many agencies take part in each young person's case?",
    why="Nobody can do this alone, and somebody must know who does what.",
    numerator="Distinct agencies in activities completed in the period.",
    denominator="Young people with the unit at any time in the period.",
    unit=MEAN,
    needs=("fact", "activity"),
    compute=agencies,
    example=example(
        "two agencies and none",
        fact=TWO_PEOPLE,
        activity="""
            child_id kind status    activity_date agency
            a        mdt  completed 2023-01-10    health
            a        mdt  completed 2023-02-10    school
            a        mdt  completed 2023-03-10    school
        """,
        expect=(2, 2),
    ),
)


MEASURES: list[Measure] = [
    indicator(
        "FD-1",
        question="Does every referral end with source, advice and decision recorded?",
        why="A referral is an answer owed to someone.",
        numerator="Those with all three.",
        denominator="Referrals closed in the period.",
        unit=PERCENT,
        needs=("referral_stage",),
        compute=complete,
        example=example("one of two", referral_stage=_STAGES, expect=(1, 2)),
    ),
    *(
        indicator(
            f"FD-1.days_to_{what}",
            title=f"Days to {what}",
            question=f"How long from {start} to {end}?",
            why="While people decide, a young person waits.",
            numerator=f"Days from {start} to {end}, each.",
            denominator=f"Referrals {end} in the period, {start} before.",
            unit=DAYS,
            needs=("referral_stage",),
            compute=partial(days_from, start=start, end=end),
            unknown=f"Referrals {end} in the period without an earlier {start} day.",
            better=Better.DOWN,
            summary=Summary.MEDIAN,
            example=example(
                "one of the two took so long",
                referral_stage=_STAGES,
                expect=expect,
            ),
        )
        for what, start, end, expect in (
            ("assessment", "received", "assessed", (10, 1)),
            ("decision", "assessed", "decided", (4, 1)),
        )
    ),
    indicator(
        "FD-2",
        question="Are team reviews held when they are due?",
        why="A review that slips is a plan nobody looks at.",
        numerator="Those held on or before that day.",
        denominator="Reviews due in the period and not cancelled.",
        unit=PERCENT,
        needs=("activity",),
        compute=on_schedule,
        unknown="Reviews held on a day that is not recorded.",
        example=example("one of three", activity=_REVIEWS, expect=(1, 3)),
    ),
    indicator(
        "FD-2.overdue",
        title="Team reviews overdue",
        question="How many team reviews were due and have not been held?",
        why="It is a list of people to see next.",
        numerator="Reviews due in the period and not held by the as-of date.",
        denominator="The same reviews.",
        unit=COUNT,
        needs=("activity",),
        compute=overdue,
        summary=Summary.COUNT,
        better=Better.DOWN,
        example=example("one", activity=_REVIEWS, expect=(1, 1)),
    ),
    FD_3,
    indicator(
        "FD-3.partners",
        title="Agencies with a step to their name",
        question="How many agencies have taken on a step of the plan?",
        why="Taking part means doing something.",
        numerator="Distinct agencies with an open or done step in the period.",
        denominator="Young people with the unit at any time in the period.",
        unit=MEAN,
        needs=("fact", "action_step"),
        compute=partners,
        example=example(
            "one agency and none",
            fact=TWO_PEOPLE,
            action_step="""
                child_id agency due_date   status
                a        health 2023-01-10 open
                b        school 2023-01-10 dropped
            """,
            expect=(1, 2),
        ),
    ),
    indicator(
        "OP-5",
        question="How many team reviews were held, of which type?",
        why="The team's meetings are the backbone of the program.",
        numerator="Reviews held in the period; each young person's counts.",
        denominator="The same reviews.",
        unit=COUNT,
        needs=("activity",),
        compute=reviews_by_type,
        summary=Summary.COUNT,
        example=example("two", activity=_REVIEWS, expect=(2, 2)),
    ),
    indicator(
        "OP-5.per_meeting",
        title="Young people discussed per meeting",
        question="How many young people does one meeting discuss?",
        why="With too many, nobody is really discussed.",
        numerator="Young people discussed.",
        denominator="Meetings in the period.",
        unit=MEAN,
        needs=("activity",),
        compute=per_meeting,
        better=Better.CONTEXT,
        example=example("two meetings of one", activity=_REVIEWS, expect=(2, 2)),
    ),
    also(FD_3, "OP-6"),
]
