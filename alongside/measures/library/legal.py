"""LF-1, LF-3, LF-4, RB-1, RB-2, RB-4: systems, records, arrests, detention."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.kernel.dates import add_months
from alongside.measures.answers import any_yes, scored
from alongside.measures.days import FAR
from alongside.measures.definition import (
    CHANGE_PER_90_DAYS,
    PER_100_DAYS,
    PERCENT,
    Better,
    Measure,
    Summary,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import example, indicator, quartiles
from alongside.measures.library.routine_care import in_care_at_end
from alongside.measures.paired import (
    PAIR,
    TOWARD_THE_MIDDLE,
    stretches,
    with_days,
)
from alongside.measures.parts import parts
from alongside.measures.programme import (
    HELD,
    activities,
    facts,
    final_day,
    in_month,
    known,
    last_day,
    mark,
    on_day,
    pick,
    rate,
    youth_months,
)

RELIEVED = ("filed", "granted")
CLEAR = ("clear", "repaired")
CREDIT_AGE = 14


def open_cases(frames: Frames) -> ir.Table:
    """Child-welfare cases as known: child_id, start, end."""
    c = frames["case_open"]
    c = c.filter(c.open_date < frames.as_of)
    end = known(frames, c.close_date).fill_null(FAR)
    c = c.select("child_id", start=c.open_date, end=end)
    return c.filter(c.start < c.end)


def in_both_systems(frames: Frames, window: Window) -> ir.Table:
    """Months with the unit, and those with both an open case and supervision."""
    months, key = youth_months(frames, window), ("child_id", "month")
    months = mark(months, "case", open_cases(frames), in_month, key)
    supervision = facts(frames, "supervision")
    months = mark(months, "supervised", supervision, in_month, key)
    return parts(months, day=months.month, numerator=months["case"] & months.supervised)


def relieved(frames: Frames, window: Window) -> ir.Table:
    """Young people who may have a record cleared, and those for whom that has begun."""
    day = final_day(frames, window)
    f = on_day(frames, day, "record_relief")
    f = pick(f, ["child_id"], f.start.desc(), f.fact_id.desc())
    return parts(f, day=ibis.literal(day), numerator=f.value.isin(RELIEVED))


def credit_clear(frames: Frames, window: Window) -> ir.Table:
    """Young people of 14 and over in care, and those whose latest check is clear."""
    until = last_day(frames, window)
    people = in_care_at_end(frames, window)
    people = people.filter(people.age >= CREDIT_AGE)
    a = activities(frames, "credit_check")
    a = a.filter(a.day >= add_months(until, -12), a.day < until)
    a = pick(a, ["child_id"], a.day.desc(), a.activity_id.desc())
    clear = a.filter(a.reason.isin(CLEAR))
    people = mark(
        people, "clear", clear, lambda p, o: [p.child_id == o.o_child_id], ["child_id"]
    )
    return parts(people, day=people.day, numerator=people.clear)


def arrests(
    frames: Frames, window: Window, *, kinds: tuple[str, ...] | None
) -> ir.Table:
    """Arrests and violations over days at liberty with the unit."""
    a = frames["arrest"]
    a = a.filter(known(frames, a.arrest_date).notnull())
    if kinds is not None:
        a = a.filter(a.kind.isin(kinds))
    events = a.select("child_id", day="arrest_date", amount=ibis.literal(1))
    return rate(frames, window, events, HELD)


def detention_change(frames: Frames, window: Window) -> ir.Table:
    """Days detained per 90 observed days, the latest stretch less the first."""
    every = with_days(frames, stretches(frames, window))
    free = with_days(frames, stretches(frames, window), held=("detention",))
    free = free.select(
        of_child="child_id", early_free="early_days", latest_free="latest_days"
    )
    p = every.join(free, every.child_id == free.of_child)
    early = (p.early_days - p.early_free) / p.early_days.nullif(0)
    latest = (p.latest_days - p.latest_free) / p.latest_days.nullif(0)
    change = p.paired.ifelse((latest - early) * 90, 0.0)
    return parts(
        p, day=p.day, numerator=change, denominator=p.paired, unknown=~p.paired
    )


_UNIT = """
    child_id kind value start_date end_date
    a        unit u1    2022-10-01 -
"""
_ARRESTS = """
    child_id arrest_date kind
    a        2023-01-01  exploitation_related
    a        2023-02-01  status
    a        2023-03-01  other
"""
_SPLIT = (
    ("", None, "Arrests and violations", 3),
    (".exploitation_related", ("exploitation_related",), "Arrests from being used", 1),
    (".status", ("status",), "Arrests only because of age", 1),
    (".other", ("other", "violation"), "Other arrests and violations", 1),
)

MEASURES: list[Measure] = [
    indicator(
        "LF-1",
        question="In how many months was a young person in both systems at once?",
        why="Two systems mean two plans, unless somebody joins them.",
        numerator="Months with both an open case and supervision.",
        denominator="Whole months with the unit in the period.",
        unit=PERCENT,
        needs=("fact", "case_open"),
        compute=in_both_systems,
        example=example(
            "one month of three",
            fact="""
                child_id kind        value start_date end_date
                a        unit        u1    2023-01-01 2023-04-01
                a        supervision -     2023-01-01 2023-02-10
            """,
            case_open="""
                child_id open_date  close_date
                a        2023-02-01 -
            """,
            expect=(1, 3),
        ),
    ),
    indicator(
        "LF-3",
        question="Are records that should not stand being cleared?",
        why="A record for what was done to someone closes doors for years.",
        numerator="Those for whom relief was filed or granted.",
        denominator="Young people who may have relief, on the last day.",
        unit=PERCENT,
        needs=("fact",),
        compute=relieved,
        example=example(
            "one of two",
            fact="""
                child_id kind          value    start_date
                a        record_relief filed    2023-01-01
                b        record_relief eligible 2023-01-01
            """,
            expect=(1, 2),
        ),
    ),
    indicator(
        "LF-4",
        question="Has credit been checked, and put right where it was wrong?",
        why="Names are used without asking; nobody should begin in debt.",
        numerator="Those whose latest check in 12 months is clear or repaired.",
        denominator="Young people of 14 and over in care on the last day.",
        unit=PERCENT,
        needs=("removal", "activity"),
        compute=credit_clear,
        example=example(
            "one of two",
            child="""
                child_id birth_date
                a        2008-01-01
                b        2008-01-01
            """,
            removal="""
                child_id entry_date
                a        2022-01-01
                b        2022-01-01
            """,
            activity="""
                child_id kind         status    activity_date reason
                a        credit_check completed 2023-01-05    error_open
                a        credit_check completed 2023-03-05    repaired
                b        credit_check completed 2023-03-05    error_open
            """,
            expect=(1, 2),
        ),
    ),
    *(
        indicator(
            f"RB-1{suffix}",
            title=title,
            question="How often are young people arrested while at liberty?",
            why="What exploitation brought about is told apart from the rest.",
            numerator=f"{title} in the period, while with the unit.",
            denominator="Days at liberty with the unit in the period.",
            unit=PER_100_DAYS,
            needs=("fact", "arrest"),
            compute=partial(arrests, kinds=kinds),
            cautions=("Days in detention or in a hospital are not days at liberty.",),
            example=example(
                "a year with 65 days in detention",
                fact=_UNIT + " a detention - 2023-04-01 2023-06-05",
                arrest=_ARRESTS,
                expect=(count, 300),
            ),
        )
        for suffix, kinds, title, count in _SPLIT
    ),
    *quartiles(
        indicator(
            "RB-2",
            question="Do young people spend fewer days detained than at first?",
            why="A night at home is progress that a yes or no would hide.",
            numerator="Days detained in 90, the latest less the first, each.",
            denominator="Young people with a first and a latest 90 days with the unit.",
            unit=CHANGE_PER_90_DAYS,
            needs=("fact",),
            compute=detention_change,
            unknown="Young people with the unit in the period without such a pair.",
            cautions=(PAIR, TOWARD_THE_MIDDLE),
            summary=Summary.MEDIAN,
            example=example(
                "30 days at first, 9 lately",
                fact=_UNIT
                + """
                    a detention - 2022-10-01 2022-10-31
                    a detention - 2023-09-01 2023-09-10
                """,
                expect=(-21, 1),
            ),
        )
    ),
    indicator(
        "RB-4",
        question="In how many reviews was drawing others in recorded?",
        why="Someone made to bring in others needs help as well.",
        numerator="Those in which any was recorded.",
        denominator="Reviews in the period in which it was answered.",
        unit=PERCENT,
        needs=("form_answer",),
        compute=partial(scored, form="review", items=("recruitment",), score=any_yes),
        unknown="Reviews in which it was left out.",
        cautions=("A restricted item: fewer than 11 are never published.",),
        better=Better.DOWN,
        example=example(
            "one of two",
            form_answer="""
                response_id child_id form   item        answered_date value
                1           a        review recruitment 2023-01-01    0
                2           b        review recruitment 2023-01-01    1
                3           c        review food        2023-01-01    1
            """,
            expect=(1, 2),
            unknown=1,
        ),
    ),
]
