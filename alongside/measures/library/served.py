"""FD-20, FD-21, OP-1: who is served, by an advocate, by a court of their own."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.codelists import SUPPORT_LEVEL
from alongside.measures.days import days_between
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
from alongside.measures.library.described import example, indicator
from alongside.measures.library.legal import open_cases
from alongside.measures.library.teamwork import days_from, stages
from alongside.measures.parts import parts
from alongside.measures.programme import (
    common,
    exposure,
    facts,
    final_day,
    mark,
    observed,
    on_day,
    periods,
    same_child,
    seen,
    with_unit,
    with_unit_sometime,
)

COURTS = {"star": "supervision", "dream": "case"}


def with_advocate(frames: Frames, window: Window) -> ir.Table:
    """Days with an advocate over days with the unit."""
    days = exposure(frames, window)
    both = common(observed(frames, window), periods(frames, "advocate"))
    return parts(days, day=days.day, numerator=0, denominator=days.days).union(
        parts(
            both,
            day=both.start,
            numerator=days_between(both.both_start, both.both_end),
            denominator=0,
        )
    )


def in_court(frames: Frames, window: Window, *, courts: tuple[str, ...]) -> ir.Table:
    """Young people whom one of the courts could hear, and those it does."""
    day = final_day(frames, window)
    people = with_unit(frames, window)
    cases = open_cases(frames)
    cases = cases.filter(cases.start <= day, cases.end > day)
    supervised = on_day(frames, day, "supervision")
    people = mark(people, "case", cases, same_child, ["child_id"])
    people = mark(people, "supervision", supervised, same_child, ["child_id"])
    could = ibis.literal(False)
    for court in courts:
        could = could | people[COURTS[court]]
    people = people.filter(could)
    f = on_day(frames, day, "court")
    people = mark(
        people, "heard", f.filter(f.value.isin(courts)), same_child, ["child_id"]
    )
    return parts(people, day=people.day, numerator=people.heard)


def by_level(frames: Frames, window: Window) -> ir.Table:
    """Young people with the unit in the window, under every support level they had."""
    people = with_unit_sometime(frames, window)
    f = facts(frames, "support_level")
    f = f.filter(f.value.isin(tuple(SUPPORT_LEVEL)))
    f = f.select(of_child="child_id", level="value", f_start="start", f_end="end")
    o = observed(frames, window)
    had = o.join(f, [o.child_id == f.of_child, f.f_start < o.end, f.f_end > o.start])
    had = had.select("of_child", "level").distinct()
    rows = people.left_join(had, people.child_id == had.of_child)
    return parts(rows, day=rows.day, numerator=1, part=rows.level.fill_null("unknown"))


def assessed(frames: Frames, window: Window) -> ir.Table:
    """Young people with a referral assessed in the window."""
    s = stages(frames)
    s = s.filter(seen(frames, window, s.assessed))
    people = s.group_by("child_id").aggregate(day=s.assessed.min())
    return parts(people, day=people.day, numerator=1)


_UNITS = """
    child_id kind     value start_date end_date
    a        unit     u1    2023-01-01 2023-04-11
    b        unit     u1    2023-01-01 2023-04-11
    a        advocate s1    2023-02-01 2023-03-01
"""
_COURTS = """
    child_id kind        value start_date
    a        unit        u1    2023-01-01
    b        unit        u1    2023-01-01
    a        supervision -     2023-01-01
    b        supervision -     2023-01-01
    a        court       star  2023-02-01
"""
_CASE = """
    child_id open_date
    b        2023-01-01
"""
_REFERRAL = """
    referral_id child_id stage           reached_at
    r1          a        received        2023-01-01T10:00
    r1          a        assessed        2023-01-05T10:00
    r1          a        agency_received 2023-01-10T10:00
    r1          a        first_contact   2023-01-13T09:00
"""


def _court(
    suffix: str, title: str, courts: tuple[str, ...], who: str, expect: tuple[int, int]
) -> Measure:
    return indicator(
        f"FD-21{suffix}",
        title=title,
        question="Are young people heard by a court that knows them?",
        why="One judge who knows someone can follow how they grow.",
        numerator="Those heard by it that day.",
        denominator=f"Young people with the unit on the last day, {who}.",
        unit=PERCENT,
        needs=("fact", "case_open"),
        compute=partial(in_court, courts=courts),
        cautions=("It is voluntary: not being there is no failing.",),
        example=example("one of them", fact=_COURTS, case_open=_CASE, expect=expect),
    )


MEASURES: list[Measure] = [
    indicator(
        "FD-20",
        question="For how much of the time is there an advocate?",
        why="Somebody who belongs to no system, and stays.",
        numerator="Days with an assigned advocate.",
        denominator="Days with the unit in the period.",
        unit=PERCENT,
        needs=("fact",),
        compute=with_advocate,
        example=example("28 of 200 days", fact=_UNITS, expect=(28, 200)),
    ),
    indicator(
        "FD-20.days_to_contact",
        title="Days from the agency's receipt to the first contact",
        question="How soon does the advocate come, once the agency has been told?",
        why="The clock of each begins when it was told, not before.",
        numerator="Days from receipt by the agency to the first contact, each.",
        denominator="Referrals with a first contact in the period.",
        unit=DAYS,
        needs=("referral_stage",),
        compute=partial(days_from, start="agency_received", end="first_contact"),
        unknown="Referrals whose receipt by the agency is not recorded.",
        better=Better.DOWN,
        summary=Summary.MEDIAN,
        example=example("three days", referral_stage=_REFERRAL, expect=(3, 1)),
    ),
    _court("", "", ("star", "dream"), "supervised or with an open case", (1, 2)),
    _court(".star", "Specialized delinquency court", ("star",), "supervised", (1, 2)),
    _court(".dream", "Specialized dependency court", ("dream",), "with a case", (0, 1)),
    indicator(
        "OP-1",
        question="How many young people were served, at which level?",
        why="It is the first thing anyone asks.",
        numerator="Young people with the unit in the period, by level.",
        denominator="The same young people.",
        unit=COUNT,
        needs=("fact",),
        compute=by_level,
        cautions=("Someone who had two levels in the period is under both.",),
        summary=Summary.COUNT,
        better=Better.CONTEXT,
        example=example(
            "two levels and one without",
            fact=_UNITS
            + """
                a support_level at_risk 2023-01-01 2023-02-01
                a support_level full    2023-02-01 -
            """,
            expect=(3, 3),
        ),
    ),
    indicator(
        "OP-1.assessed",
        title="Young people assessed",
        question="How many young people were assessed?",
        why="Everyone who is referred is owed a look.",
        numerator="Young people with a referral assessed in the period.",
        denominator="The same young people.",
        unit=COUNT,
        needs=("referral_stage",),
        compute=assessed,
        summary=Summary.COUNT,
        better=Better.CONTEXT,
        example=example("one", referral_stage=_REFERRAL, expect=(1, 1)),
    ),
]
