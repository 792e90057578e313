"""FD-1 to FD-5, OP-5, OP-8: referral, team, contact, the same worker throughout."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.days import days_between
from alongside.measures.definition import (
    COUNT,
    DAYS,
    MEAN,
    PER_30_DAYS,
    PER_YEAR,
    PERCENT,
    Better,
    Measure,
    Summary,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import also, example, indicator
from alongside.measures.library.relationships import contact_rate
from alongside.measures.parts import parts
from alongside.measures.programme import (
    activities,
    attach,
    dated_in_month,
    facts,
    final_day,
    last_day,
    mark,
    merged,
    on_day,
    periods,
    pick,
    rate,
    same_child,
    seen,
    with_unit_sometime,
    youth_months,
)

MDT_TYPES = ("initial", "ongoing", "90_day", "as_needed")
CONTACTS_A_MONTH = 4


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
    """Distinct partner agencies with a step, due or done in the window, to their name."""
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


def frequent_contact(frames: Frames, window: Window, *, at_liberty: bool) -> ir.Table:
    """Months in full support with at least four contacts in person."""
    months, key = youth_months(frames, window), ("child_id", "month")
    f = facts(frames, "support_level")
    full = merged(f.filter(f.value == "full"))
    months = mark(
        months,
        "full",
        full,
        lambda m, o: [
            m.child_id == o.o_child_id,
            o.o_start <= m.month,
            o.o_end >= m.month_end,
        ],
        key,
    )
    elsewhere = periods(frames, "detention", "hospital", "away")
    months = mark(
        months,
        "elsewhere",
        elsewhere,
        lambda m, o: [
            m.child_id == o.o_child_id,
            o.o_start < m.month_end,
            o.o_end > m.month,
        ],
        key,
    )
    months = months.filter(
        months.full, ~months.elsewhere if at_liberty else months.elsewhere
    )
    a = activities(frames, "contact")
    a = a.filter(a.channel == "in_person").select("child_id", "day")
    months = attach(months, a, dated_in_month, key, times=lambda both: both.count())
    enough = months.times.fill_null(0) >= CONTACTS_A_MONTH
    return parts(months, day=months.month, numerator=enough)


def days_with_worker(frames: Frames, window: Window) -> ir.Table:
    """Days each young person has been with the worker of the last day."""
    day = final_day(frames, window)
    f = on_day(frames, day, "worker")
    f = pick(f, ["child_id"], f.start, f.fact_id)
    return parts(
        f,
        day=ibis.literal(day),
        numerator=days_between(f.start, last_day(frames, window)),
    )


def longest_share(frames: Frames, window: Window) -> ir.Table:
    """Days with the longest-serving worker over days with any, to the end."""
    until = last_day(frames, window)
    f = facts(frames, "worker")
    f = f.filter(f.value.notnull(), f.start < until)
    f = f.mutate(days=days_between(f.start, ibis.least(f.end, ibis.literal(until))))
    each = f.group_by("child_id", "value").aggregate(days=f.days.sum())
    people = each.group_by("child_id").aggregate(
        longest=each.days.max(), every=each.days.sum()
    )
    current = on_day(frames, final_day(frames, window), "worker")
    people = mark(people, "now", current, same_child, ["child_id"])
    people = people.filter(people.now)
    return parts(
        people,
        day=ibis.literal(final_day(frames, window)),
        numerator=people.longest,
        denominator=people.every,
    )


def worker_changes(frames: Frames, window: Window) -> ir.Table:
    """Assignments after the first to another worker, over time with a unit."""
    f = facts(frames, "worker")
    order = [f.start, f.end, f.fact_id]
    f = f.mutate(before=f.value.lag().over(group_by=f.child_id, order_by=order))
    changed = f.filter(f.before.notnull(), f.value.notnull(), f.value != f.before)
    events = changed.select("child_id", day="start", amount=ibis.literal(1))
    return rate(frames, window, events)


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
_TWO = """
    child_id kind value start_date end_date
    a        unit u1    2022-10-01 -
    b        unit u1    2022-10-01 -
"""
_WORKERS = """
    child_id kind   value start_date end_date
    a        unit   u1    2022-10-01 -
    a        worker w1    2022-10-01 2023-06-23
    a        worker w2    2023-06-23 -
"""
_MONTH_ROWS = """
    child_id kind          value start_date end_date
    a        unit          u1    2023-01-01 2023-04-01
    a        support_level full  2023-01-01 2023-04-01
    a        away          -     2023-03-10 2023-03-11
"""
_CONTACTS = "\n".join(
    [
        "child_id kind status activity_date channel",
        *(
            f"a contact completed 2023-0{m}-0{d} in_person"
            for m, d in ((1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2), (2, 3), (3, 1))
        ),
        "a contact completed 2023-02-04 phone",
    ]
)

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
        fact=_TWO,
        activity="""
            child_id kind status    activity_date agency
            a        mdt  completed 2023-01-10    health
            a        mdt  completed 2023-02-10    school
            a        mdt  completed 2023-03-10    school
        """,
        expect=(2, 2),
    ),
)
FD_5 = indicator(
    "FD-5",
    title="Days with the current worker",
    question="How long has the worker been the same?",
    why="Trust starts again with every new worker.",
    numerator="Days with the worker of the last day, each.",
    denominator="Young people with a worker on the last day.",
    unit=DAYS,
    needs=("fact",),
    compute=days_with_worker,
    summary=Summary.MEDIAN,
    example=example("one hundred days", fact=_WORKERS, expect=(100, 1)),
)
MEASURES: list[Measure] = [
    indicator(
        "FD-1",
        question="Does every referral end with its source, advice and decision recorded?",
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
            fact=_TWO,
            action_step="""
                child_id agency due_date   status
                a        health 2023-01-10 open
                b        school 2023-01-10 dropped
            """,
            expect=(1, 2),
        ),
    ),
    *(
        indicator(
            f"FD-4{suffix}",
            title=title,
            question="Are young people in full support seen four times a month?",
            why="Being there, again and again, is most of the work.",
            numerator="Months with at least four contacts in person.",
            denominator=f"Whole months in full support {where}.",
            unit=PERCENT,
            needs=("fact", "activity"),
            compute=partial(frequent_contact, at_liberty=free),
            example=example(
                "contact in January, too few in February, away in March",
                fact=_MONTH_ROWS,
                activity=_CONTACTS,
                expect=expect,
            ),
        )
        for suffix, title, where, free, expect in (
            ("", "", "at liberty throughout", True, (1, 2)),
            (
                ".elsewhere",
                "Frequent contact while held or away",
                "with any day in detention, in a hospital or away",
                False,
                (0, 1),
            ),
        )
    ),
    FD_5,
    indicator(
        "FD-5.longest_share",
        title="Share of time with the longest-serving worker",
        question="How much of the time was with one and the same worker?",
        why="Trust starts again with every new worker.",
        numerator="Days with the longest-serving worker.",
        denominator="Days with any worker, of those with one on the last day.",
        unit=PERCENT,
        needs=("fact",),
        compute=longest_share,
        example=example("265 of 365 days", fact=_WORKERS, expect=(265, 365)),
    ),
    indicator(
        "FD-5.changes",
        title="Changes of worker",
        question="How often does the worker change?",
        why="Trust starts again with every new worker.",
        numerator="Changes to another worker in the period.",
        denominator="Days with the unit in the period, as years.",
        unit=PER_YEAR,
        needs=("fact",),
        compute=worker_changes,
        better=Better.DOWN,
        example=example("one in a year", fact=_WORKERS, expect=(1, 365)),
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
    indicator(
        "OP-8",
        question="How often is the unit in touch with families?",
        why="Family, broadly meant, is there before the unit and after it.",
        numerator="Contacts with family in the period.",
        denominator="Days with the unit in the period, held or away included.",
        unit=PER_30_DAYS,
        needs=("fact", "activity"),
        compute=partial(contact_rate, kind="caregiver_contact"),
        example=example(
            "one in two years together",
            fact=_TWO,
            activity="""
                child_id kind              status    activity_date
                a        caregiver_contact completed 2023-01-10
            """,
            expect=(1, 730),
        ),
    ),
    also(FD_5, "OP-9"),
]
