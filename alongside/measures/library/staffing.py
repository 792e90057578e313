"""FD-9.*, FD-11, FD-12, FD-15.hours, OP-3, OP-4: the staff's training and wellness."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.kernel.dates import add_months
from alongside.measures.answers import LEADERSHIP, average, scored
from alongside.measures.definition import (
    COUNT,
    HOURS,
    PERCENT,
    SCORE,
    Better,
    Measure,
    Summary,
    Unit,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import example, indicator
from alongside.measures.parts import parts
from alongside.measures.programme import attach, final_day, last_day, seen, spread

HARM_REDUCTION = ("harm_reduction",)
CULTURE_TOPICS = ("culture", "history", "gender")
CORE = ("csec_101", "csec_102")
ANNUAL_HOURS, VALID_MONTHS = 40, 24
WELLNESS = ("individual", "organization")


def staff(frames: Frames, window: Window) -> ir.Table:
    """Who was on the staff on the last day: staff_id, day."""
    day = final_day(frames, window)
    s = frames["staff"]
    s = s.filter(
        (s.start_date <= day).fill_null(True),
        s.end_date.isnull() | (s.end_date > day),
    )
    return s.select("staff_id", day=ibis.literal(day))


def trained(
    frames: Frames,
    window: Window,
    *,
    topics: Sequence[str] | None,
    since: date | None,
) -> ir.Table:
    """Staff with hours and topics of the trainings of a time, to the last day."""
    t = frames["training"]
    t = t.filter(t.completed_date < last_day(frames, window))
    if since is not None:
        t = t.filter(t.completed_date >= since)
    if topics is not None:
        t = t.filter(t.topic.isin(tuple(topics)))
    people = attach(
        staff(frames, window),
        t,
        lambda s, o: [s.staff_id == o.o_staff_id],
        ["staff_id"],
        hours=lambda both: both.o_hours.sum(),
        topics=lambda both: both.o_topic.nunique(),
        times=lambda both: both.count(),
    )
    return people.mutate(
        hours=people.hours.fill_null(0.0),
        topics=people.topics.fill_null(0),
        times=people.times.fill_null(0),
    )


def recently_trained(frames: Frames, window: Window) -> ir.Table:
    """Staff trained in harm reduction in the last 24 months."""
    since = add_months(last_day(frames, window), -VALID_MONTHS)
    p = trained(frames, window, topics=HARM_REDUCTION, since=since)
    return parts(p, day=p.day, numerator=p.times > 0, child=None)


def culture_hours(frames: Frames, window: Window) -> ir.Table:
    """Hours of training in culture, history and gender in the window."""
    p = trained(frames, window, topics=CULTURE_TOPICS, since=window.start)
    return parts(p, day=p.day, numerator=p.hours, child=None)


def year_hours(frames: Frames, window: Window, *, enough: bool) -> ir.Table:
    """Hours of training in the 12 months to the last day."""
    since = add_months(last_day(frames, window), -12)
    p = trained(frames, window, topics=None, since=since)
    amount = p.hours >= ANNUAL_HOURS if enough else p.hours
    return parts(p, day=p.day, numerator=amount, child=None)


def core_done(frames: Frames, window: Window) -> ir.Table:
    """Staff who completed both core trainings at any time."""
    p = trained(frames, window, topics=CORE, since=None)
    return parts(p, day=p.day, numerator=p.topics == len(CORE), child=None)


def wellness(frames: Frames, window: Window, *kinds: str) -> ir.Table:
    """Wellness rows of some kinds in the window."""
    w = frames["wellness"]
    return w.filter(w.kind.isin(kinds), seen(frames, window, w.report_date))


def self_care(frames: Frames, window: Window) -> ir.Table:
    """Staff months, and those with a self-care goal reported."""
    w = wellness(frames, window, "goal", "no_goal")
    return parts(w, day=w.report_date, numerator=w.kind == "goal", child=None)


def self_care_progress(frames: Frames, window: Window) -> ir.Table:
    """Progress on the self-care goals that were reported."""
    w = wellness(frames, window, "goal")
    told = w.progress.notnull()
    return parts(
        w,
        day=w.report_date,
        numerator=w.progress,
        denominator=told,
        unknown=~told,
        child=None,
    )


def wellness_activities(frames: Frames, window: Window) -> ir.Table:
    """Wellness activities, of one's own and led by the organization."""
    w = spread(wellness(frames, window, *WELLNESS), WELLNESS)
    w = w.filter(w.kind == w.part)
    return parts(w, day=w.report_date, numerator=1, child=None, part=w.part)


_STAFF = """
    staff_id start_date end_date
    s1       2020-01-01 -
    s2       2020-01-01 -
    s3       2020-01-01 2022-01-01
"""
_TRAINING = """
    staff_id topic          hours completed_date
    s1       harm_reduction 30    2023-01-10
    s1       culture        12    2023-02-10
    s1       csec_101       8     2020-02-10
    s1       csec_102       8     2020-02-11
    s2       harm_reduction 10    2020-01-10
    s2       csec_101       8     2020-02-10
"""
_WELLNESS = """
    kind         report_date progress
    individual   2023-01-10  -
    organization 2023-01-10  -
    goal         2023-01-31  4
    no_goal      2023-01-31  -
"""
_STAFF_NOW = "Staff on the last day."
_HIDDEN = "Nobody's own answers are shown to a supervisor; fewer than 5 are not shown."


def _training(
    id_: str,
    title: str,
    question: str,
    numerator: str,
    unit: Unit,
    compute: partial[ir.Table],
    expect: tuple[float, float],
) -> Measure:
    return indicator(
        id_,
        title=title,
        question=question,
        why="Training gives the skill, and the strength to go on.",
        numerator=numerator,
        denominator=_STAFF_NOW,
        unit=unit,
        needs=("staff", "training"),
        compute=compute,
        example=example(
            "two on the staff", staff=_STAFF, training=_TRAINING, expect=expect
        ),
    )


def _survey_of_staff(id_: str, title: str, items: Sequence[str], why: str) -> Measure:
    rows = [f"{n} staff_survey {i} 2023-02-01 {n + 2}" for n in (1, 2) for i in items]
    return indicator(
        id_,
        title=title,
        question="What does the staff say?",
        why=why,
        numerator="The mean of the items answered in each survey, added up.",
        denominator=f"Staff surveys in the period, all {len(items)} answered.",
        unit=SCORE,
        needs=("form_answer",),
        compute=partial(scored, form="staff_survey", items=tuple(items), score=average),
        unknown="Staff surveys with an item left out.",
        cautions=("Items of our own, not validated.", _HIDDEN),
        example=example(
            "3 and 4",
            form_answer="\n".join(["response_id form item answered_date value", *rows]),
            expect=(7, 2),
        ),
    )


MEASURES: list[Measure] = [
    _training(
        "FD-9.trained",
        "Staff trained in harm reduction",
        "Who was trained in harm reduction in the last 24 months?",
        "Those with such a training in the 24 months to the last day.",
        PERCENT,
        partial(recently_trained),
        (1, 2),
    ),
    _survey_of_staff(
        "FD-9.practice",
        "Harm reduction in practice, by the staff",
        ("harm_reduction",),
        "Training is not yet practice.",
    ),
    _survey_of_staff(
        "FD-11", "", LEADERSHIP, "People who are supported can support others."
    ),
    indicator(
        "FD-12",
        title="Months with a self-care goal",
        question="Does the staff look after itself?",
        why="This work wears people out who do not.",
        numerator="Those with a self-care goal reported.",
        denominator="Staff months reported in the period.",
        unit=PERCENT,
        needs=("wellness",),
        compute=self_care,
        cautions=(_HIDDEN,),
        example=example("one of two", wellness=_WELLNESS, expect=(1, 2)),
    ),
    indicator(
        "FD-12.progress",
        title="Progress on self-care goals",
        question="Do self-care goals come true?",
        why="This work wears people out who do not look after themselves.",
        numerator="Progress reported, 1 to 5, added up.",
        denominator="Staff months with a goal and its progress.",
        unit=SCORE,
        needs=("wellness",),
        compute=self_care_progress,
        unknown="Staff months with a goal and no progress reported.",
        cautions=(_HIDDEN,),
        example=example("one report of 4", wellness=_WELLNESS, expect=(4, 1)),
    ),
    _training(
        "FD-15.hours",
        "Hours of training on culture, history and gender",
        "How much training was there on culture, history and gender?",
        "Hours of such training in the period.",
        HOURS,
        partial(culture_hours),
        (12, 2),
    ),
    _training(
        "OP-3",
        "",
        "How many hours of training did the staff have?",
        "Hours of training in the 12 months to the last day.",
        HOURS,
        partial(year_hours, enough=False),
        (42, 2),
    ),
    _training(
        "OP-3.forty",
        "Staff with 40 hours of training",
        "Who had 40 hours of training in 12 months?",
        "Those with at least 40 hours in the 12 months to the last day.",
        PERCENT,
        partial(year_hours, enough=True),
        (1, 2),
    ),
    _training(
        "OP-3.core",
        "Staff with both core trainings",
        "Who has completed CSEC 101 and 102?",
        "Those who completed both by the last day.",
        PERCENT,
        partial(core_done),
        (1, 2),
    ),
    indicator(
        "OP-4",
        question="How many wellness activities were there?",
        why="Self-care is not only each person's own affair.",
        numerator="Activities in the period, by who led them.",
        denominator="The same activities.",
        unit=COUNT,
        needs=("wellness",),
        compute=wellness_activities,
        summary=Summary.COUNT,
        better=Better.UP,
        example=example("two", wellness=_WELLNESS, expect=(2, 2)),
    ),
]
