"""AC-1, AC-2, AC-4, AC-5, SX-*: examinations, providers, care that was wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.kernel.dates import add_months
from alongside.measures.codelists import VITAL_DOCUMENT
from alongside.measures.days import age_on, plus_days
from alongside.measures.definition import (
    MEAN,
    PER_100_YEARS,
    PERCENT,
    Better,
    Measure,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import example, indicator
from alongside.measures.library.health import events
from alongside.measures.parts import parts
from alongside.measures.programme import (
    attach,
    final_day,
    last_day,
    mark,
    on_day,
    rate,
    same_child,
    seen,
    with_unit,
)

SUPPORTS = ("prenatal", "parenting_plan", "child_care", "legal", "housing")
TOGETHER, APART = "wanted_and_together", "wanted_and_apart"


def in_care_at_end(frames: Frames, window: Window, *, least_days: int = 0) -> ir.Table:
    """Children in care on the window's last day, their age, for so many days or more."""
    day = final_day(frames, window)
    care = frames.federal_care
    care = care.filter(
        care.entry <= day - timedelta(days=max(least_days - 1, 0)),
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


def unintended(frames: Frames, window: Window) -> ir.Table:
    """Pregnancies not intended, over years with a unit; intention may be unknown."""
    h = frames["health_event"]
    h = h.filter(h.kind == "pregnancy")
    told = h.filter(~h.intended).select(
        "child_id", day="identified_date", amount=ibis.literal(1)
    )
    untold = h.filter(h.intended.isnull(), seen(frames, window, h.identified_date))
    return rate(frames, window, told).union(
        parts(
            untold,
            day=untold.identified_date,
            numerator=0,
            denominator=0,
            unknown=1,
        )
    )


def with_own_child(frames: Frames, window: Window) -> ir.Table:
    """Young parents in care who want to live with their child, and those who do."""
    care = in_care_at_end(frames, window)
    f = on_day(frames, final_day(frames, window), "with_own_child")
    f = f.filter(f.value.isin((TOGETHER, APART)))
    care = attach(
        care,
        f,
        same_child,
        ["child_id"],
        apart=lambda both: (both.o_value == APART).any(),
    )
    care = care.filter(care.apart.notnull())
    return parts(care, day=care.day, numerator=~care.apart)


def checklist(
    frames: Frames,
    window: Window,
    *,
    kind: str,
    values: Sequence[str],
    only: str | None = None,
) -> ir.Table:
    """How many of a list of things each young person with the unit has that day."""
    day = final_day(frames, window)
    people = with_unit(frames, window)
    if only is not None:
        people = mark(
            people, "one", on_day(frames, day, only), same_child, ["child_id"]
        )
        people = people.filter(people.one).drop("one")
    f = on_day(frames, day, kind)
    f = f.filter(f.value.isin(tuple(values)))
    people = attach(
        people, f, same_child, ["child_id"], held=lambda both: both.o_value.nunique()
    )
    return parts(people, day=people.day, numerator=people.held.fill_null(0))


_IN_CARE = """
    child_id entry_date
    a        2022-01-01
    b        2022-01-01
"""
_EXAM = """
    child_id kind   treated_date
    a        {kind} 2023-08-01
    b        {kind} 2021-08-01
"""
_WITH_UNIT = """
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
                "A local definition after the state's 5B: the interval is an option, and"
                " the schedule for the youngest is not followed.",
            ),
            example=example(
                "one of two was examined in time",
                removal=_IN_CARE,
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
            fact=_WITH_UNIT,
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
    indicator(
        "SX-3",
        question="How often do young people describe a new pregnancy as not intended?",
        why="It tells whether care of one's own choice is within reach.",
        numerator="New pregnancies described as not intended, while with the unit.",
        denominator="Days with the unit in the period, as years.",
        unit=PER_100_YEARS,
        needs=("fact", "health_event"),
        compute=unintended,
        unknown="New pregnancies for which nobody recorded what the youth says.",
        cautions=("All young people are in the denominator, whatever their gender.",),
        example=example(
            "one in two years together",
            fact=_WITH_UNIT,
            health_event="""
                child_id kind      identified_date intended
                a        pregnancy 2023-01-01      no
                b        pregnancy 2023-01-01      yes
            """,
            expect=(1, 730),
        ),
    ),
    indicator(
        "SX-4",
        question="Do young parents in care live with their child when they want to?",
        why="Being together is what most young parents ask for.",
        numerator="Those who are together.",
        denominator="Young parents in care on the last day who want it.",
        unit=PERCENT,
        needs=("fact", "removal"),
        compute=with_own_child,
        example=example(
            "one of two together",
            removal=_IN_CARE,
            fact="""
                child_id kind           value               start_date
                a        with_own_child wanted_and_together 2023-01-01
                b        with_own_child wanted_and_apart    2023-01-01
            """,
            expect=(1, 2),
        ),
    ),
    indicator(
        "SX-5",
        question="How many supports do expecting and parenting young people have?",
        why="Raising a child takes more than one kind of help.",
        numerator="Prenatal care, parenting plan, child care, legal help, housing: each.",
        denominator="Expecting or parenting young people with the unit on the last day.",
        unit=MEAN,
        needs=("fact",),
        compute=partial(
            checklist,
            kind="family_support",
            values=SUPPORTS,
            only="expecting_or_parenting",
        ),
        example=example(
            "two of five supports; the other young person is no parent",
            fact=_WITH_UNIT
            + """
                a expecting_or_parenting parenting  2023-01-01 -
                a family_support         child_care 2023-01-01 -
                a family_support         legal      2023-01-01 -
            """,
            expect=(2, 1),
        ),
    ),
    indicator(
        "AG-3",
        question="How many of their vital documents do young people hold?",
        why="Without papers there is no job, no school and no home of one's own.",
        numerator="Of six vital documents, those each young person holds.",
        denominator="Young people with the unit on the last day.",
        unit=MEAN,
        needs=("fact",),
        compute=partial(checklist, kind="document", values=tuple(VITAL_DOCUMENT)),
        better=Better.UP,
        example=example(
            "one holds two documents, the other none",
            fact=_WITH_UNIT
            + """
                a document birth_certificate 2023-01-01 -
                a document identity_card     2023-01-01 -
            """,
            expect=(2, 2),
        ),
    ),
]
