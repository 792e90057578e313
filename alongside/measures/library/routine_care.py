"""AC-1, AC-2, AC-4, AC-5, SX-1, SX-2: examinations, providers, care that was wanted."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.kernel.dates import add_months
from alongside.measures.days import age_on, plus_days
from alongside.measures.definition import (
    PERCENT,
    Measure,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import example, indicator
from alongside.measures.library.health import events
from alongside.measures.parts import parts
from alongside.measures.programme import (
    final_day,
    last_day,
    mark,
    same_child,
    seen,
    with_unit,
)


def in_care_at_end(frames: Frames, window: Window, *, least_days: int = 0) -> ir.Table:
    """Children in care on the last day, for so many days or more, with their age."""
    day = final_day(frames, window)
    care = frames.federal_care
    care = care.filter(
        plus_days(care.entry, max(least_days - 1, 0)) <= day,
        care.exit.isnull() | (care.exit > day),
    )
    care = care.select("child_id", day=ibis.literal(day))
    births = frames["child"].select(of_child="child_id", born="birth_date")
    care = care.join(births, care.child_id == births.of_child).drop("of_child")
    return care.mutate(age=age_on(care.born, care.day)).drop("born")


def examined(
    frames: Frames, window: Window, *, kind: str, ages: tuple[int, int]
) -> ir.Table:
    """Children in care at the end, and whether the examination was recent enough."""
    options, until = frames.options, last_day(frames, window)
    medical = kind == "medical_exam"
    back = options.medical_exam_months if medical else options.dental_exam_months
    since = add_months(until, -back)
    children = in_care_at_end(frames, window, least_days=31)
    children = children.filter(children.age >= ages[0], children.age <= ages[1])
    h = frames["health_event"]
    done = h.filter(h.kind == kind, h.treated_date >= since, h.treated_date < until)
    children = mark(children, "done", done, same_child, ["child_id"])
    return parts(children, day=children.day, numerator=children.done)


def regular_provider(frames: Frames, window: Window) -> ir.Table:
    """Young people who saw one provider at least twice in the last 12 months."""
    until = last_day(frames, window)
    h = frames["health_event"]
    h = h.filter(
        h.provider.notnull(),
        h.treated_date >= add_months(until, -12),
        h.treated_date < until,
    )
    seen_often = h.group_by("child_id", "provider").aggregate(times=h.count())
    seen_often = seen_often.filter(seen_often.times >= 2)
    people = with_unit(frames, window)
    people = mark(people, "regular", seen_often, same_child, ["child_id"])
    return parts(people, day=people.day, numerator=people.regular)


def wanted_service(frames: Frames, window: Window) -> ir.Table:
    """Needs of the window: wanted, and begun by the as-of date."""
    s = frames["service_referral"]
    s = s.filter(seen(frames, window, s.need_date))
    wanted = s.wanted.fill_null(False)
    begun = (s.started_date < frames.as_of).fill_null(False)
    return parts(
        s,
        day=s.need_date,
        numerator=wanted & begun,
        denominator=wanted,
        unknown=s.wanted.isnull(),
    )


def wanted_care(frames: Frames, window: Window) -> ir.Table:
    """Reproductive care wanted, and received within 30 days."""
    e = events(frames, "reproductive_care")
    e = e.filter(seen(frames, window, e.day), e.wanted.fill_null(False))
    by = plus_days(e.day, 30)
    in_time = (e.treated <= by).fill_null(False)
    settled = e.treated.notnull() | (by < frames.as_of)
    return parts(
        e,
        day=e.day,
        numerator=settled & in_time,
        denominator=settled,
        unknown=~settled,
    )


def screened(frames: Frames, window: Window) -> ir.Table:
    """Screenings that were due, and done."""
    e = events(frames, "sti_screen")
    e = e.filter(seen(frames, window, e.day))
    return parts(e, day=e.day, numerator=e.treated.notnull())


IN_CARE = """
    child_id entry_date
    a        2022-01-01
    b        2022-01-01
"""


_EXAM = """
    child_id kind   treated_date
    a        {kind} 2023-08-01
    b        {kind} 2021-08-01
"""


WITH_UNIT = """
    child_id kind value start_date end_date
    a        unit u1    2022-10-01 -
    b        unit u1    2022-10-01 -
"""


MEASURES: list[Measure] = [
    *(
        indicator(
            id_,
            question=f"Have children in care had a {what} examination in time?",
            why="Small problems are found early, and a child is known to somebody.",
            numerator=f"Those with a {what} examination in the last {months} months.",
            denominator=(
                f"Children aged {ages[0]} to {ages[1]} in care for at least 31 days on"
                " the last day."
            ),
            unit=PERCENT,
            needs=("removal", "health_event"),
            compute=partial(examined, kind=kind, ages=ages),
            cautions=(
                "A local definition after the state's 5B: the interval is an option,"
                " and the schedule for the youngest is not followed.",
            ),
            example=example(
                "one of two was examined in time",
                removal=IN_CARE,
                health_event=_EXAM.format(kind=kind),
                expect=(1, 2),
            ),
        )
        for id_, kind, what, months, ages in (
            ("AC-1", "medical_exam", "medical", 12, (3, 20)),
            ("AC-2", "dental_exam", "dental", 6, (1, 20)),
        )
    ),
    indicator(
        "AC-4",
        question="Do young people have a provider who knows them?",
        why="Someone who is seen again is someone to ask.",
        numerator="Those who saw one provider at least twice in the last 12 months.",
        denominator="Young people with the unit on the last day.",
        unit=PERCENT,
        needs=("fact", "health_event"),
        compute=regular_provider,
        example=example(
            "one saw the same provider twice, the other saw two",
            fact=WITH_UNIT,
            health_event="""
                child_id kind  treated_date provider
                a        visit 2023-01-01   p1
                a        visit 2023-06-01   p1
                b        visit 2023-01-01   p1
                b        visit 2023-06-01   p2
            """,
            expect=(1, 2),
        ),
    ),
    indicator(
        "AC-5",
        question="When young people want a service, do they get it?",
        why="Wanting help is the moment to give it.",
        numerator="Wanted services that have begun.",
        denominator="Needs of the period for which a service was wanted.",
        unit=PERCENT,
        needs=("service_referral",),
        compute=wanted_service,
        unknown="Needs for which nobody recorded whether a service was wanted.",
        example=example(
            "one of two wanted services has begun",
            service_referral="""
                child_id service   need_date  wanted started_date
                a        mentoring 2023-01-01 yes    2023-02-01
                a        housing   2023-01-01 yes    -
                b        mentoring 2023-01-01 no     -
                b        housing   2023-01-01 -      -
            """,
            expect=(1, 2),
            unknown=1,
        ),
    ),
    indicator(
        "SX-1",
        question="Does wanted sexual and reproductive care come within 30 days?",
        why="It is care that young people may choose for themselves.",
        numerator="Those received within 30 days.",
        denominator="Times such care was wanted in the period.",
        unit=PERCENT,
        needs=("health_event",),
        compute=wanted_care,
        unknown="Those whose 30 days are not over.",
        cautions=("Records of minor consent: never shown to parents or caregivers.",),
        example=example(
            "one of two in time",
            health_event="""
                child_id kind              identified_date treated_date wanted
                a        reproductive_care 2023-01-01      2023-01-31   yes
                b        reproductive_care 2023-01-01      2023-02-01   yes
                b        reproductive_care 2023-03-01      2023-03-01   no
            """,
            expect=(1, 2),
        ),
    ),
    indicator(
        "SX-2",
        question="Are screenings done when they are due?",
        why="Screening in time protects; the result is nobody's business here.",
        numerator="Those that were done.",
        denominator="Screenings due in the period.",
        unit=PERCENT,
        needs=("health_event",),
        compute=screened,
        example=example(
            "one of two done",
            health_event="""
                child_id kind       identified_date treated_date
                a        sti_screen 2023-01-01      2023-01-20
                b        sti_screen 2023-01-01      -
            """,
            expect=(1, 2),
        ),
    ),
]
