"""WK-1 to WK-3: activities of one's own, steps toward work, education or work."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.days import age_on
from alongside.measures.definition import MEAN, PERCENT, Better, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import also, example, indicator
from alongside.measures.library.education import terms
from alongside.measures.parts import parts
from alongside.measures.programme import (
    activities,
    attach,
    dated_in_month,
    facts,
    in_month,
    mark,
    same_child,
    spread,
    with_unit,
    youth_months,
)

STEPS = ("none", "documents", "application", "interview", "job", "kept_90_days")
LEAST_AGE = 16
_MONTH = ("child_id", "month")


def pro_social(frames: Frames, window: Window, *, any_: bool) -> ir.Table:
    """Pro-social activities in each month with the unit."""
    months = youth_months(frames, window)
    done = activities(frames, "pro_social").select("child_id", "day")
    months = attach(
        months, done, dated_in_month, _MONTH, times=lambda both: both.count()
    )
    times = months.times.fill_null(0)
    return parts(months, day=months.month, numerator=(times > 0) if any_ else times)


def occupied(frames: Frames, window: Window) -> ir.Table:
    """Months with the unit, and those with school, training or work."""
    months = youth_months(frames, window)
    months = mark(months, "working", facts(frames, "occupation"), in_month, _MONTH)
    months = mark(months, "at_school", terms(frames), in_month, _MONTH)
    return parts(months, day=months.month, numerator=months.working | months.at_school)


def old_enough(frames: Frames, window: Window) -> ir.Table:
    """Young people of 16 and over with the unit on the last day."""
    people = with_unit(frames, window)
    births = frames["child"].select(of_child="child_id", born="birth_date")
    people = people.join(births, people.child_id == births.of_child)
    people = people.mutate(age=age_on(people.born, people.day))
    people = people.filter(people.age >= LEAST_AGE)
    return people.select("child_id", "day")


def reached(
    frames: Frames, window: Window, people: ir.Table, name: str, before: object
) -> ir.Table:
    """The highest step toward work that was reached before a day; none is 0."""
    w = frames["work_step"]
    w = w.filter(w.reached_date < before, w.step.notnull())
    people = attach(
        people, w, same_child, ["child_id"], **{name: lambda both: both.o_step.max()}
    )
    return people.mutate(**{name: people[name].fill_null(0)})


def steps(frames: Frames, window: Window) -> ir.Table:
    """Young people by the highest step they have reached."""
    people = old_enough(frames, window)
    people = reached(frames, window, people, "step", _after(frames, window))
    people = spread(people, STEPS)
    name = ibis.cases(*((people.step == n, step) for n, step in enumerate(STEPS)))
    return parts(
        people, day=people.day, numerator=name == people.part, part=people.part
    )


def stepped_up(frames: Frames, window: Window) -> ir.Table:
    """Young people who reached a higher step in the window."""
    people = old_enough(frames, window)
    people = reached(frames, window, people, "at_first", window.start)
    people = reached(frames, window, people, "now", _after(frames, window))
    return parts(people, day=people.day, numerator=people.now > people.at_first)


def _after(frames: Frames, window: Window) -> object:
    return min(window.end, frames.as_of)


_QUARTER = """
    child_id kind value start_date end_date
    a        unit u1    2023-01-01 2023-04-01
"""
_PRO_SOCIAL = """
    child_id kind       status    activity_date
    a        pro_social completed 2023-01-05
    a        pro_social completed 2023-01-15
    a        pro_social missed    2023-02-15
"""
_OLDER = """
    child_id birth_date
    a        2006-01-01
    b        2006-01-01
"""
_UNITS = """
    child_id kind value start_date
    a        unit u1    2022-10-01
    b        unit u1    2022-10-01
"""
_STEPS = """
    child_id step reached_date
    a        1    2022-09-01
    a        3    2023-02-01
"""
_MONTHS = "Whole months with the unit in the period."

MEASURES: list[Measure] = [
    indicator(
        "WK-1",
        question="How many pro-social activities do young people take part in?",
        why="Something to look forward to, with people who are good to them.",
        numerator="Activities they took part in.",
        denominator=_MONTHS,
        unit=MEAN,
        needs=("fact", "activity"),
        compute=partial(pro_social, any_=False),
        example=example(
            "two in three months", fact=_QUARTER, activity=_PRO_SOCIAL, expect=(2, 3)
        ),
    ),
    indicator(
        "WK-1.any",
        title="Months with a pro-social activity",
        question="In how many months was there any pro-social activity?",
        why="A mean can be carried by a few; this cannot.",
        numerator="Months with at least one.",
        denominator=_MONTHS,
        unit=PERCENT,
        needs=("fact", "activity"),
        compute=partial(pro_social, any_=True),
        example=example(
            "one of three", fact=_QUARTER, activity=_PRO_SOCIAL, expect=(1, 3)
        ),
    ),
    indicator(
        "WK-2",
        question="How far toward work have young people come?",
        why="Papers, an application, an interview: each is a step.",
        numerator="Those whose highest step is this one.",
        denominator="Young people of 16 and over with the unit on the last day.",
        unit=PERCENT,
        needs=("fact", "work_step"),
        compute=steps,
        cautions=("Steps are ordered, not evenly spaced, so they have no mean.",),
        better=Better.CONTEXT,
        example=example(
            "one at the interview, one at none, under six steps",
            child=_OLDER,
            fact=_UNITS,
            work_step=_STEPS,
            expect=(2, 12),
        ),
    ),
    indicator(
        "WK-2.stepped_up",
        title="A step closer to work",
        question="Who came at least one step closer to work?",
        why="Progress is against oneself.",
        numerator="Those whose highest step rose in the period.",
        denominator="Young people of 16 and over with the unit on the last day.",
        unit=PERCENT,
        needs=("fact", "work_step"),
        compute=stepped_up,
        example=example(
            "one of two",
            child=_OLDER,
            fact=_UNITS,
            work_step=_STEPS,
            expect=(1, 2),
        ),
    ),
    indicator(
        "WK-3",
        question="In how many months was there school, training or work?",
        why="It is where a life of one's own begins.",
        numerator="Months with any of the three.",
        denominator=_MONTHS,
        unit=PERCENT,
        needs=("fact", "school_term"),
        compute=occupied,
        example=example(
            "school in one month and work in another, of three",
            fact=_QUARTER + " a occupation employment 2023-03-05 2023-03-20",
            school_term="""
                child_id start_date end_date
                a        2023-01-10 2023-01-20
            """,
            expect=(2, 3),
        ),
    ),
]
MEASURES.append(also(MEASURES[3], "PX-2"))
