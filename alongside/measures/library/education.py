"""ED-*: enrolled, attending more, earning credits, staying in class."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.days import FAR, age_on, plus_months
from alongside.measures.definition import (
    CREDITS,
    DAYS_A_WEEK,
    PER_100_SCHOOL_DAYS,
    PERCENT,
    Better,
    Measure,
    Summary,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import example, indicator, quartiles
from alongside.measures.library.routine_care import in_care_at_end
from alongside.measures.paired import TOWARD_THE_MIDDLE
from alongside.measures.parts import parts
from alongside.measures.programme import (
    enrolled,
    final_day,
    in_month,
    known,
    mark,
    on_day,
    pick,
    same_child,
    seen,
    youth_months,
)

SCHOOL_AGES = (6, 17)
WEEKS = 8


def terms(frames: Frames) -> ir.Table:
    """School terms as known: child_id, start, end (far off when open)."""
    t = frames["school_term"]
    t = t.filter(t.start_date < frames.as_of)
    t = t.mutate(start=t.start_date, end=known(frames, t.end_date).fill_null(FAR))
    return t.filter(t.start < t.end)


def enrolled_months(frames: Frames, window: Window) -> ir.Table:
    """Months of school age with the unit, and those touched by a school term."""
    months = youth_months(frames, window)
    births = frames["child"].select(of_child="child_id", born="birth_date")
    months = months.left_join(births, months.child_id == births.of_child)
    months = months.mutate(age=age_on(months.born, months.month))
    untold = months.born.isnull()
    fits = (months.age >= SCHOOL_AGES[0]) & (months.age <= SCHOOL_AGES[1])
    months = months.filter(untold | fits).drop("of_child")
    months = mark(months, "at_school", terms(frames), in_month, ("child_id", "month"))
    told = months.born.notnull()
    return parts(
        months,
        day=months.month,
        numerator=told & months.at_school,
        denominator=told,
        unknown=~told,
    )


def attendance_change(frames: Frames, window: Window) -> ir.Table:
    """Mean days a week: the latest eight school weeks less the first eight."""
    since = (
        enrolled(frames).group_by("child_id").aggregate(since=lambda e: e.start.min())
    )
    since = since.rename(of_child="child_id")
    w = frames["school_week"]
    until = final_day(frames, window)
    w = w.filter(
        w.week_start <= until,
        w.days_attended.notnull(),
        (w.setting != "detention").fill_null(True),
    )
    w = w.join(since, [w.child_id == since.of_child, w.week_start >= since.since])
    order = [w.week_start, w.week_id]
    w = w.mutate(
        number=ibis.row_number().over(group_by=w.child_id, order_by=order),
        weeks=w.count().over(group_by=w.child_id),
    )
    early = w.number < WEEKS
    latest = w.number >= w.weeks - WEEKS
    people = w.group_by("child_id").aggregate(
        weeks=w.count(),
        day=w.week_start.max(),
        early=w.days_attended.sum(where=early),
        latest=w.days_attended.sum(where=latest),
    )
    people = people.filter(people.day >= window.start)
    paired = people.weeks >= 2 * WEEKS
    change = (people.latest - people.early) / WEEKS
    return parts(
        people,
        day=people.day,
        numerator=paired.ifelse(change, 0.0),
        denominator=paired,
        unknown=~paired,
    )


def ended_terms(frames: Frames, window: Window) -> ir.Table:
    """Terms that ended in the window."""
    t = terms(frames)
    return t.filter(seen(frames, window, t.end))


def credits_earned(frames: Frames, window: Window) -> ir.Table:
    """Credits of each term that ended in the window."""
    t = ended_terms(frames, window)
    told = t.credits.notnull()
    return parts(t, day=t.end, numerator=t.credits, denominator=told, unknown=~told)


def credits_change(frames: Frames, window: Window) -> ir.Table:
    """Credits of each young person's latest term less those of the term before."""
    t = terms(frames)
    t = t.filter(t.credits.notnull(), t.end < frames.as_of)
    order = [t.end, t.term_id]
    t = t.mutate(before=t.credits.lag().over(group_by=t.child_id, order_by=order))
    t = t.filter(seen(frames, window, t.end))
    t = pick(t, ["child_id"], t.end.desc(), t.term_id.desc())
    paired = t.before.notnull()
    return parts(
        t,
        day=t.end,
        numerator=paired.ifelse(t.credits - t.before, 0.0),
        denominator=paired,
        unknown=~paired,
    )


def excluded(frames: Frames, window: Window) -> ir.Table:
    """Suspensions and expulsions over school days enrolled."""
    t = ended_terms(frames, window)
    told = t.exclusions.notnull() & t.enrolled_days.notnull()
    return parts(
        t,
        day=t.end,
        numerator=told.ifelse(t.exclusions, 0.0),
        denominator=told.ifelse(t.enrolled_days, 0.0),
        unknown=~told,
    )


def with_iep(frames: Frames, window: Window) -> ir.Table:
    """Children of school age in care on the last day, and those with a program."""
    children = in_care_at_end(frames, window)
    children = children.filter(
        children.age >= SCHOOL_AGES[0], children.age <= SCHOOL_AGES[1]
    )
    current = on_day(frames, final_day(frames, window), "iep")
    children = mark(children, "iep", current, same_child, ["child_id"])
    return parts(children, day=children.day, numerator=children.iep)


def attained(frames: Frames, window: Window, *, age: int) -> ir.Table:
    """Young people who reach an age in the window, once with a unit, and attainment."""
    c = frames["child"].select("child_id", born="birth_date")
    c = c.mutate(day=plus_months(c.born, 12 * age))
    c = c.filter(seen(frames, window, c.day))
    before = enrolled(frames)
    c = mark(
        c,
        "served",
        before,
        lambda c, o: [c.child_id == o.o_child_id, o.o_start <= c.day],
        ["child_id"],
    )
    c = c.filter(c.served)
    t = terms(frames)
    t = t.filter(t.attainment.notnull(), t.end < frames.as_of)
    c = mark(
        c,
        "attained",
        t.select("child_id", "end"),
        lambda c, o: [c.child_id == o.o_child_id, o.o_end <= c.day],
        ["child_id"],
    )
    return parts(c, day=c.day, numerator=c.attained)


_UNIT = """
    child_id kind value start_date end_date
    a        unit u1    2022-10-01 -
"""
TERMS = """
    child_id start_date end_date   enrolled_days credits exclusions
    a        2022-08-20 2022-12-20 80            10      2
    a        2023-01-10 2023-06-10 90            25      0
"""
_WEEKS = "\n".join(
    [
        "child_id week_start days_attended",
        *(f"a 2022-{10 + n // 4}-{7 * (n % 4) + 3:02} 1" for n in range(8)),
        *(f"a 2023-{3 + n // 4:02}-{7 * (n % 4) + 3:02} 3" for n in range(8)),
    ]
)

MEASURES: list[Measure] = [
    indicator(
        "ED-1",
        question="In how many months were young people enrolled in school?",
        why="Enrollment is the first thing that is lost with every move.",
        numerator="Months with at least one day enrolled.",
        denominator="Whole months with the unit at ages 6 to 17.",
        unit=PERCENT,
        needs=("fact", "school_term"),
        compute=enrolled_months,
        unknown="Months of young people whose date of birth is not known.",
        cautions=("Summer has no term: compare whole school years.",),
        example=example(
            "three of four months",
            fact="""
                child_id kind value start_date end_date
                a        unit u1    2022-11-01 2023-03-01
            """,
            school_term="""
                child_id start_date end_date
                a        2022-11-15 2022-12-15
                a        2023-02-28 2023-06-10
            """,
            expect=(3, 4),
        ),
    ),
    *quartiles(
        indicator(
            "ED-2",
            question="Do young people attend more days a week than at first?",
            why="From none to two days a week is a great step.",
            numerator="Mean days of the latest 8 school weeks less the first 8, each.",
            denominator="Young people with at least 16 school weeks with the unit.",
            unit=DAYS_A_WEEK,
            needs=("fact", "school_week"),
            compute=attendance_change,
            unknown="Young people with a school week in the period and fewer than 16.",
            cautions=(
                "Weeks of holiday and school in detention are not counted.",
                TOWARD_THE_MIDDLE,
            ),
            summary=Summary.MEDIAN,
            example=example(
                "from one day a week to three",
                fact=_UNIT,
                school_week=_WEEKS,
                expect=(2, 1),
            ),
        )
    ),
    indicator(
        "ED-3",
        question="How many credits do young people earn in a term?",
        why="Credits add up to a diploma, one term at a time.",
        numerator="Credits earned.",
        denominator="Terms that ended in the period.",
        unit=CREDITS,
        needs=("school_term",),
        compute=credits_earned,
        unknown="Terms whose credits are not recorded.",
        example=example("two terms", school_term=TERMS, expect=(35, 2)),
    ),
    *quartiles(
        indicator(
            "ED-3.change",
            title="Change in credits from term to term",
            question="Do young people earn more credits than the term before?",
            why="Progress is against oneself.",
            numerator="Credits of the latest term less those of the one before, each.",
            denominator="Young people with a term ended in the period and one before.",
            unit=CREDITS,
            needs=("school_term",),
            compute=credits_change,
            unknown="Young people without an earlier term to compare with.",
            cautions=(TOWARD_THE_MIDDLE,),
            summary=Summary.MEDIAN,
            example=example("15 more", school_term=TERMS, expect=(15, 1)),
        )
    ),
    indicator(
        "ED-4",
        question="How often are young people sent out of school?",
        why="A suspension is a day without the one steady place.",
        numerator="Suspensions and expulsions.",
        denominator="School days enrolled, in terms that ended in the period.",
        unit=PER_100_SCHOOL_DAYS,
        needs=("school_term",),
        compute=excluded,
        unknown="Terms for which one of the two is not recorded.",
        example=example("two in 170 days", school_term=TERMS, expect=(2, 170)),
    ),
    indicator(
        "ED-5",
        question="How many children in care have an education program of their own?",
        why="It describes who is served; more is neither good nor bad.",
        numerator="Those with an individualized education program.",
        denominator="Children of 6 to 17 in care on the last day.",
        unit=PERCENT,
        needs=("fact", "removal"),
        compute=with_iep,
        cautions=("A local definition after the state's 6B.",),
        example=example(
            "one of two",
            removal="""
                child_id entry_date
                a        2022-01-01
                b        2022-01-01
            """,
            fact="""
                child_id kind start_date
                a        iep  2023-01-01
            """,
            expect=(1, 2),
        ),
    ),
    *(
        indicator(
            id_,
            title=f"Diploma, equivalency or further study by {age}",
            question=f"Who has finished school, or gone further, by age {age}?",
            why="It opens most of the doors that come after.",
            numerator="Those with a diploma, an equivalent, or enrollment after it.",
            denominator=(
                f"Young people who turned {age} in the period, with the unit by then."
            ),
            unit=PERCENT,
            needs=("fact", "school_term"),
            compute=partial(attained, age=age),
            better=Better.UP,
            example=example(
                "one of two",
                child=f"""
                    child_id birth_date
                    a        {2023 - age}-01-01
                    b        {2023 - age}-01-01
                """,
                fact="""
                    child_id kind value start_date
                    a        unit u1    2022-10-01
                    b        unit u1    2022-10-01
                """,
                school_term="""
                    child_id start_date end_date   attainment
                    a        2022-08-20 2022-12-20 diploma
                    b        2022-08-20 2022-12-20 -
                """,
                expect=(1, 2),
            ),
        )
        for id_, age in (("ED-7", 18), ("ED-7.by_21", 21))
    ),
]
