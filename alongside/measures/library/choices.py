"""AG-2, AG-5, SU-*: goals of one's own, told with consent, use and treatment."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from alongside.measures.answers import first_and_latest, ratings
from alongside.measures.days import FAR, days_between, plus_days
from alongside.measures.definition import (
    DAYS,
    PERCENT,
    Better,
    Measure,
    Summary,
    Unit,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import example, indicator, quartiles
from alongside.measures.paired import TOWARD_THE_MIDDLE
from alongside.measures.parts import parts
from alongside.measures.programme import (
    activities,
    known,
    last_day,
    seen,
    spread,
)

USE_REASONS = ("coercion", "coping", "dissociation", "peer", "other")
TOLD_WITH = ("consent", "notice")
USE_DAYS = Unit("days per 30", 1, 1)
START_DAYS = 30


def active_goals(frames: Frames, window: Window) -> ir.Table:
    """Goals active on some day of the window: with “day”, the first such day."""
    g = frames["goal"]
    g = g.filter(g.start_date < last_day(frames, window))
    end = known(frames, g.end_date).fill_null(FAR)
    g = g.mutate(end=end).filter(end > window.start)
    return g.mutate(day=ibis.greatest(g.start_date, ibis.literal(window.start)))


def own_goals(frames: Frames, window: Window) -> ir.Table:
    """Active goals whose origin is recorded, and those of young people themselves."""
    g = active_goals(frames, window)
    told = g.origin.notnull()
    return parts(
        g, day=g.day, numerator=g.origin == "youth", denominator=told, unknown=~told
    )


def told_with_consent(frames: Frames, window: Window) -> ir.Table:
    """Disclosures, and those with consent or notice recorded."""
    a = activities(frames, "disclosure")
    a = a.filter(seen(frames, window, a.day))
    return parts(a, day=a.day, numerator=a.reason.isin(TOLD_WITH))


def use_change(frames: Frames, window: Window) -> ir.Table:
    """Days of use in the last 30, the latest report less the first."""
    rows = ratings(frames, "use_report", ["days_per_30"])
    pairs = first_and_latest(frames, window, rows, ("child_id",))
    again = pairs.latest.notnull()
    return parts(
        pairs,
        day=pairs.day,
        numerator=again.ifelse(pairs.latest - pairs.first, 0.0),
        denominator=again,
        unknown=~again,
    )


def use_reasons(frames: Frames, window: Window) -> ir.Table:
    """Reports of use, a row for every reason there is."""
    a = frames["form_answer"]
    a = a.filter(
        a.form == "use_report",
        a.item == "reason",
        seen(frames, window, a.answered_date),
    )
    told = a.choice.isin(USE_REASONS).fill_null(False)
    a = spread(a.mutate(told=told), USE_REASONS)
    return parts(
        a,
        day=a.answered_date,
        numerator=a.told & (a.choice == a.part),
        denominator=a.told,
        unknown=~a.told,
        part=a.part,
    )


def wanted_treatment(frames: Frames, window: Window) -> ir.Table:
    """Treatment wanted in the window, with when it was wanted and when it began."""
    s = frames["service_referral"]
    s = s.mutate(day=ibis.coalesce(s.need_date, s.referred_date))
    s = s.filter(
        s.service == "substance_use",
        s.wanted.fill_null(False),
        seen(frames, window, s.day),
    )
    began = known(frames, s.started_date)
    possible = (began >= s.day).fill_null(False)
    return s.mutate(began=possible.ifelse(began, ibis.null("date")))


def started_in_time(frames: Frames, window: Window) -> ir.Table:
    """Of treatment wanted, what began within 30 days."""
    s = wanted_treatment(frames, window)
    by = plus_days(s.day, START_DAYS)
    settled = s.began.notnull() | (by < frames.as_of)
    return parts(
        s,
        day=s.day,
        numerator=settled & (s.began <= by),
        denominator=settled,
        unknown=~settled,
    )


def until_started(frames: Frames, window: Window) -> ir.Table:
    """Days until treatment began; who waits is followed to the as-of date."""
    s = wanted_treatment(frames, window)
    end = ibis.coalesce(s.began, ibis.literal(frames.as_of))
    return parts(
        s, day=s.day, numerator=s.began.notnull(), time=days_between(s.day, end)
    )


_WANTED = """
    child_id service       need_date  wanted started_date
    a        substance_use 2023-01-01 yes    2023-01-31
    b        substance_use 2023-01-01 yes    2023-03-01
    b        substance_use 2023-01-01 no     2023-01-02
"""

MEASURES: list[Measure] = [
    indicator(
        "AG-2",
        question="Whose goals are in the plan?",
        why="People work on goals that are their own.",
        numerator="Those that the young person set.",
        denominator="Goals active in the period with a recorded origin.",
        unit=PERCENT,
        needs=("goal",),
        compute=own_goals,
        unknown="Goals whose origin is not recorded.",
        example=example(
            "one of two; a third has no origin",
            goal="""
                child_id origin start_date end_date
                a        youth  2022-01-01 -
                a        court  2022-01-01 2022-12-01
                a        -      2022-01-01 -
                a        youth  2022-01-01 2022-10-01
            """,
            expect=(1, 2),
            unknown=1,
        ),
    ),
    indicator(
        "AG-5",
        question="When exploitation was told to someone, had the young person a say?",
        why="Who knows, and when, is theirs to choose.",
        numerator="Those with consent or notice recorded.",
        denominator="Disclosures in the period.",
        unit=PERCENT,
        needs=("activity",),
        compute=told_with_consent,
        cautions=("Where nothing is recorded, it counts as no.",),
        example=example(
            "one of two",
            activity="""
                child_id kind       status    activity_date reason
                a        disclosure completed 2023-01-05    consent
                b        disclosure completed 2023-01-05    -
            """,
            expect=(1, 2),
        ),
    ),
    *quartiles(
        indicator(
            "SU-1",
            question="Do young people use less than at first?",
            why="From daily to twice a week is a great step.",
            numerator="Days of use in 30, latest report less the first, each.",
            denominator="Young people with a first and a later report.",
            unit=USE_DAYS,
            needs=("form_answer",),
            compute=use_change,
            unknown="Young people without a later report in the period.",
            cautions=("Self-reported.", TOWARD_THE_MIDDLE),
            summary=Summary.MEDIAN,
            example=example(
                "from 30 days to 8",
                form_answer="""
                    response_id child_id form       item        answered_date value
                    1           a        use_report days_per_30 2022-10-05    30
                    2           a        use_report days_per_30 2023-05-05    8
                """,
                expect=(-22, 1),
            ),
        )
    ),
    indicator(
        "SU-3",
        question="When young people want treatment, does it begin within 30 days?",
        why="Wanting it may not last as long as the waiting list.",
        numerator="Those that began within 30 days.",
        denominator="Treatment wanted in the period.",
        unit=PERCENT,
        needs=("service_referral",),
        compute=started_in_time,
        unknown="Those whose 30 days are not over.",
        example=example("one of two", service_referral=_WANTED, expect=(1, 2)),
    ),
    indicator(
        "SU-3.days",
        title="Days until wanted treatment began",
        question="How long do young people wait for treatment that they want?",
        why="Wanting it may not last as long as the waiting list.",
        numerator="Those that began.",
        denominator="Treatment wanted in the period.",
        unit=DAYS,
        needs=("service_referral",),
        compute=until_started,
        unknown="Those that have not begun by the as-of date.",
        cautions=("The value is the median time by Kaplan-Meier.",),
        better=Better.DOWN,
        summary=Summary.SURVIVAL,
        example=example("two began", service_referral=_WANTED, expect=(2, 2)),
    ),
    indicator(
        "SU-4",
        question="Why do young people say they use?",
        why="Coercion, coping and company each need another kind of help.",
        numerator="Those who gave this reason.",
        denominator="Reports in the period with a reason.",
        unit=PERCENT,
        needs=("form_answer",),
        compute=use_reasons,
        unknown="Reports without a reason of the list.",
        example=example(
            "two reports, under each of five reasons",
            form_answer="""
                response_id child_id form       item   answered_date choice
                1           a        use_report reason 2023-01-05    coping
                2           b        use_report reason 2023-01-05    peer
            """,
            expect=(2, 10),
        ),
    ),
]
