"""4-S1: maltreatment in foster care."""

import ibis
import ibis.expr.types as ir

from alongside.measures.assure import case
from alongside.measures.days import days_between, plus_days
from alongside.measures.definition import PER_100_000_DAYS, Better, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.federal import OBSERVED, SOURCE, not_brief
from alongside.measures.parts import inside, parts


def compute(frames: Frames, window: Window) -> ir.Table:
    """Days in care and counted reports, as separate contributions (S1-1 to S1-6)."""
    care = not_brief(frames.federal_care)
    care = care.filter(care.entry < window.end)
    care = care.mutate(day=ibis.greatest(care.entry, window.start))
    until = min(window.end, frames.as_of)
    last = ibis.least(care.exit.fill_null(until), until)
    in_care = care.mutate(days=days_between(care.day, last))
    in_care = in_care.filter(in_care.days > 0)
    counted = _counted(_during(frames, window, in_care))
    return parts(in_care, day=in_care.day, numerator=0, denominator=in_care.days).union(
        parts(counted, day=counted.day, numerator=1, denominator=0)
    )


def _during(frames: Frames, window: Window, care: ir.Table) -> ir.Table:
    """Victim reports in the window that belong to an episode (S1-3 to S1-5)."""
    reports = frames.victim_reports
    reports = reports.filter(inside(window, reports.report_date))
    first = frames.options.s1_first_days
    there = care.select("child_id", "entry", "exit", "day")
    found = reports.join(there, "child_id")
    return found.filter(
        found.report_date >= plus_days(found.entry, first),
        found.exit.isnull() | (found.report_date < found.exit),
        found.incident_date.isnull()
        | (
            (found.incident_date >= found.entry)
            & (found.exit.isnull() | (found.incident_date < found.exit))
        ),
    )


def _counted(reports: ir.Table) -> ir.Table:
    """Without reports within a day of the last one counted (S1-6).

    In a run of days on end the first counts, the second is too close to it, the third
    is not, and so on: every other day counts.
    """
    dates = reports.group_by("child_id", "report_date").aggregate(day=reports.day.min())
    order = ibis.window(group_by=dates.child_id, order_by=dates.report_date)
    gap = days_between(dates.report_date.lag().over(order), dates.report_date)
    begins = (gap > 1).fill_null(True)
    dates = dates.mutate(begins=begins.ifelse(1, 0))
    so_far = ibis.cumulative_window(group_by=dates.child_id, order_by=dates.report_date)
    dates = dates.mutate(run=dates.begins.sum().over(so_far))
    first = dates.report_date.min().over(group_by=[dates.child_id, dates.run])
    dates = dates.mutate(offset=days_between(first, dates.report_date))
    return dates.filter(dates.offset % 2 == 0)


MEASURE = Measure(
    id="4-S1",
    title="Maltreatment in foster care",
    question=(
        "Of all children in foster care during the period, what was the rate of"
        " victimization per 100,000 days of care?"
    ),
    why="A child who was removed to be safe must be safe where they were taken.",
    numerator="Substantiated reports during a foster care episode in the period.",
    denominator="Days in care in the period, of all children in care.",
    unit=PER_100_000_DAYS,
    source=SOURCE,
    needs=("child", "removal", "report"),
    compute=compute,
    better=Better.DOWN,
    cautions=(
        OBSERVED,
        "Complete stays under eight days give neither days nor reports.",
        "Reports in the first seven days of a removal are left out, and so are"
        " reports whose incident is known to lie outside the episode.",
    ),
    examples=(
        case(
            "4-S1",
            "one of two reports counts: the other came in the first seven days",
            removal="""
                child_id entry_date exit_date  exit_reason
                a        2023-01-01 2023-01-31 reunification
            """,
            report="""
                child_id report_date screened_in disposition
                a        2023-01-05  yes         substantiated
                a        2023-01-20  yes         substantiated
            """,
            expect=(1, 30),
        ),
    ),
)
