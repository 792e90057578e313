"""4-S2: recurrence of maltreatment."""

import ibis.expr.types as ir

from alongside.measures.assure import case
from alongside.measures.days import plus_days
from alongside.measures.definition import PERCENT, Better, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.federal import FOLLOW_UP, OBSERVED, SOURCE
from alongside.measures.parts import first_per_child, inside, parts

SAME_EVENT_DAYS = 14


def compute(frames: Frames, window: Window) -> ir.Table:
    """Each victim of the window, and whether another report followed (S2-1 to S2-3)."""
    reports = frames.victim_reports
    initial = first_per_child(
        reports.filter(inside(window, reports.report_date)), "report_date", "report_id"
    )
    later = reports.select(
        "child_id", later_date="report_date", later_incident="incident_date"
    )
    pairs = initial.join(later, "child_id")
    same_incident = (pairs.later_incident == pairs.incident_date).fill_null(False)
    again = (
        (pairs.later_date > plus_days(pairs.report_date, SAME_EVENT_DAYS))
        & frames.within(pairs.later_date, pairs.report_date, 12)
        & ~same_incident
    )
    victims = pairs.group_by("child_id", "report_date").aggregate(again=again.any())
    return parts(victims, day=victims.report_date, numerator=victims.again)


MEASURE = Measure(
    id="4-S2",
    title="Recurrence of maltreatment",
    question=(
        "Of all children who were victims of a substantiated report during the period,"
        " what percent were victims of another within 12 months?"
    ),
    why="Help after the first report should mean that there is no second one.",
    numerator="Children with another substantiated report within 12 months.",
    denominator="Children with a substantiated report in the period.",
    unit=PERCENT,
    source=SOURCE,
    needs=("child", "report"),
    compute=compute,
    better=Better.DOWN,
    cautions=(
        OBSERVED,
        "A report up to 14 days after the first, or about the same incident date, is"
        " the same event.",
        FOLLOW_UP,
    ),
    follow_up=12,
    examples=(
        case(
            "4-S2",
            "one child is reported again after a month, another within a week",
            report="""
                child_id report_date screened_in disposition
                a        2023-01-01  yes         substantiated
                a        2023-02-01  yes         substantiated
                b        2023-01-01  yes         substantiated
                b        2023-01-07  yes         substantiated
            """,
            expect=(1, 2),
        ),
    ),
)
