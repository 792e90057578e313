"""MH-8: medicines for the mind among children in care, and how they are watched."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.days import FAR, days_between
from alongside.measures.definition import PERCENT, Better, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import example, indicator
from alongside.measures.parts import parts
from alongside.measures.programme import (
    clipped,
    common,
    known,
    last_day,
    mark,
    same_child,
    seen,
)

PSYCHOTROPIC = ("psychotropic", "antipsychotic")
ANTIPSYCHOTIC = ("antipsychotic",)
TESTS = ("glucose_test", "lipid_test")


def care_days(frames: Frames, window: Window) -> ir.Table:
    """Time in care inside the window: child_id, start, end."""
    care = frames.federal_care
    care = care.select("child_id", start="entry", end=care.exit.fill_null(FAR))
    return clipped(care, window.start, last_day(frames, window))


def children(frames: Frames, window: Window) -> ir.Table:
    """Children in care at any time in the window, and the first such day."""
    care = care_days(frames, window)
    return care.group_by("child_id").aggregate(day=care.start.min())


def taken(frames: Frames, window: Window, classes: tuple[str, ...]) -> ir.Table:
    """Medicines of some classes while in care in the window, clipped to it."""
    m = frames["medication"]
    m = m.filter(m.drug_class.isin(classes), m.start_date < frames.as_of)
    end = known(frames, m.end_date).fill_null(FAR)
    m = m.select("medication_id", "child_id", "drug", start=m.start_date, end=end)
    m = m.filter(m.start < m.end)
    both = common(m, care_days(frames, window))
    return both.select(
        "medication_id", "child_id", "drug", start="both_start", end="both_end"
    )


def medicated(frames: Frames, window: Window, *, classes: tuple[str, ...]) -> ir.Table:
    """Children in care, and those who took any medicine of some classes."""
    people = children(frames, window)
    m = taken(frames, window, classes)
    people = mark(people, "taking", m, same_child, ["child_id"])
    return parts(people, day=people.day, numerator=people.taking)


def two_together(frames: Frames, window: Window) -> ir.Table:
    """Children who took any, and those who took two different ones on the same days."""
    m = taken(frames, window, PSYCHOTROPIC)
    o = m.rename("o_{name}")
    both = m.join(o, [m.child_id == o.o_child_id, m.drug < o.o_drug])
    start = ibis.greatest(both.start, both.o_start)
    end = ibis.least(both.end, both.o_end)
    both = both.filter(days_between(start, end) >= frames.options.together_days)
    people = children(frames, window)
    people = mark(people, "taking", m, same_child, ["child_id"])
    pairs = both.select("child_id")
    people = mark(people, "two", pairs, same_child, ["child_id"])
    people = people.filter(people.taking)
    return parts(people, day=people.day, numerator=people.two)


def monitored(frames: Frames, window: Window) -> ir.Table:
    """Children on an antipsychotic, and those tested for sugar and for fats."""
    people = children(frames, window)
    m = taken(frames, window, ANTIPSYCHOTIC)
    people = mark(people, "taking", m, same_child, ["child_id"])
    h = frames["health_event"]
    h = h.filter(seen(frames, window, h.treated_date))
    for test in TESTS:
        done = h.filter(h.kind == test)
        people = mark(people, test, done, same_child, ["child_id"])
    people = people.filter(people.taking)
    return parts(
        people, day=people.day, numerator=people.glucose_test & people.lipid_test
    )


_IN_CARE = """
    child_id entry_date
    a        2022-01-01
    b        2022-01-01
"""
_TAKEN = """
    child_id drug drug_class    start_date end_date
    a        x    antipsychotic 2023-01-01 2023-06-01
    a        y    psychotropic  2023-05-01 2023-07-01
    b        y    psychotropic  2021-05-01 2021-07-01
"""
_TESTED = """
    child_id kind         treated_date
    a        glucose_test 2023-02-01
"""


def _medicine(
    id_: str,
    title: str,
    numerator: str,
    denominator: str,
    compute: partial[ir.Table],
    expect: tuple[float, float],
    better: Better,
    *cautions: str,
    also_needs: tuple[str, ...] = (),
) -> Measure:
    return indicator(
        id_,
        title=title,
        question="How are medicines for the mind used in care, and watched?",
        why="They can help, and they need a doctor who looks.",
        numerator=numerator,
        denominator=denominator,
        unit=PERCENT,
        needs=("removal", "medication", *also_needs),
        compute=compute,
        better=better,
        cautions=(
            "Medicines as the medication table records them, not as paid claims do.",
            *cautions,
        ),
        example=example(
            "two children in care, one of them on two medicines",
            removal=_IN_CARE,
            medication=_TAKEN,
            health_event=_TESTED,
            expect=expect,
        ),
    )


_IN_PERIOD = "Children in care at any time in the period."

MEASURES: list[Measure] = [
    _medicine(
        "MH-8",
        "Psychotropic medicines in care (5A1)",
        "Those who took any while in care.",
        _IN_PERIOD,
        partial(medicated, classes=PSYCHOTROPIC),
        (1, 2),
        Better.CONTEXT,
    ),
    _medicine(
        "MH-8.antipsychotic",
        "Antipsychotic medicines in care (5A2)",
        "Those who took any while in care.",
        _IN_PERIOD,
        partial(medicated, classes=ANTIPSYCHOTIC),
        (1, 2),
        Better.CONTEXT,
    ),
    _medicine(
        "MH-8.together",
        "Two psychotropic medicines at once (5C)",
        "Those who took two different ones on the same days.",
        "Children who took any while in care in the period.",
        partial(two_together),
        (1, 1),
        Better.CONTEXT,
        "How long two must overlap is an option; one day unless told.",
    ),
    _medicine(
        "MH-8.monitored",
        "Metabolic monitoring (5D)",
        "Those tested for both sugar and fats in the period.",
        "Children who took an antipsychotic while in care in the period.",
        partial(monitored),
        (0, 1),
        Better.UP,
        also_needs=("health_event",),
    ),
]
