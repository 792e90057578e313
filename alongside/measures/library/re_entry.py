"""4-P4 and 3-P4: returns to foster care, as Round 4 and as Round 3 count them."""

import ibis.expr.types as ir

from alongside.measures.assure import case
from alongside.measures.definition import PERCENT, Better, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.federal import (
    FOLLOW_UP,
    OBSERVED,
    SAME_PERIOD,
    SOURCE,
    back_in_same_period,
    back_within_a_year,
    entries,
    went_home,
)
from alongside.measures.parts import first_per_child, inside, parts


def of_exits(frames: Frames, window: Window) -> ir.Table:
    """Each child's first surviving exit home in the window (P4-1 to P4-5)."""
    care = frames.federal_care
    care = care.filter(
        inside(window, care.exit),
        went_home(care),
        ~back_in_same_period(frames, care, care.exit),
    )
    first = first_per_child(care, "entry")
    return parts(first, day=first.exit, numerator=back_within_a_year(frames, first))


def of_entries(frames: Frames, window: Window) -> ir.Table:
    """Entries of the window that went home within a year (R3-1 to R3-3)."""
    care = entries(frames, window)
    soon = frames.within(care.exit, care.entry, 12).fill_null(False)
    care = care.mutate(soon=soon)
    care = care.filter(
        ~(care.soon & care.reason.isnull()),
        ~(care.soon & back_in_same_period(frames, care, care.exit)),
    )
    first = first_per_child(care, "entry")
    first = first.filter(first.soon & went_home(first))
    return parts(first, day=first.entry, numerator=back_within_a_year(frames, first))


_WHY = "Going home should last; a return means that something was missing."

ROUND_4 = Measure(
    id="4-P4",
    title="Re-entry to foster care in 12 months (Round 4: all exits)",
    question=(
        "Of all children who left care in the period to reunification, a relative or"
        " a guardian, what percent came back within 12 months?"
    ),
    why=_WHY,
    numerator="Children who re-entered care within 12 months of their exit.",
    denominator="Children who left to reunification, a relative or a guardian.",
    unit=PERCENT,
    source=SOURCE,
    needs=("child", "removal"),
    compute=of_exits,
    better=Better.DOWN,
    cautions=(
        OBSERVED,
        SAME_PERIOD,
        "Not the Round 3 measure: it follows all who left, not those who entered.",
        FOLLOW_UP,
    ),
    follow_up=12,
    examples=(
        case(
            "4-P4",
            "one of two who went home came back within the year",
            removal="""
                child_id entry_date exit_date  exit_reason
                a        2022-01-01 2022-12-01 reunification
                a        2023-05-01 -          -
                b        2022-01-01 2022-12-01 relative
            """,
            expect=(1, 2),
        ),
    ),
)
ROUND_3 = Measure(
    id="3-P4",
    title="Re-entry to foster care in 12 months (Round 3: entry cohort)",
    question=(
        "Of all children who entered care in the period and left within 12 months to"
        " reunification, a relative or a guardian, what percent came back within 12"
        " months of leaving?"
    ),
    why=_WHY,
    numerator="Children who re-entered care within 12 months of their exit.",
    denominator="Children who entered in the period and went home within 12 months.",
    unit=PERCENT,
    source="CFSR Round 3, as the California indicators project keeps it.",
    needs=("child", "removal"),
    compute=of_entries,
    better=Better.DOWN,
    cautions=(
        OBSERVED,
        SAME_PERIOD,
        "Not the Round 4 measure: it follows those who entered in the period.",
        "It is complete only two years after the period ended.",
    ),
    follow_up=24,
    examples=(
        case(
            "3-P4",
            "of two who went home within a year, one came back",
            removal="""
                child_id entry_date exit_date  exit_reason
                a        2022-10-10 2023-01-10 reunification
                a        2023-05-01 -          -
                b        2022-10-10 2023-01-10 guardianship
            """,
            expect=(1, 2),
        ),
    ),
)
