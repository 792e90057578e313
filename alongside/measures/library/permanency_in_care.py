"""4-P2 and 4-P3: permanency in 12 months for children who were already in care."""

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.assure import case
from alongside.measures.days import plus_months
from alongside.measures.definition import PERCENT, Better, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.federal import (
    OBSERVED,
    SAME_PERIOD,
    SOURCE,
    back_in_same_period,
    permanent,
)
from alongside.measures.parts import inside, parts


def compute(
    frames: Frames, window: Window, *, least: int, below: int | None
) -> ir.Table:
    """Children in care on the first day for so many months (P2-1 to P2-4)."""
    care = frames.federal_care
    care = care.filter(
        care.entry <= window.start,
        care.exit.isnull() | (care.exit > window.start),
        care.adult_on > window.start,
        plus_months(care.entry, least) <= window.start,
    )
    if below is not None:
        care = care.filter(plus_months(care.entry, below) > window.start)
    left = inside(window, care.exit)
    care = care.filter(
        ~(left & care.reason.isnull()),
        ~(left & back_in_same_period(frames, care, care.exit)),
    )
    left = inside(window, care.exit)
    first_day = ibis.literal(window.start)
    return parts(care, day=first_day, numerator=left & permanent(care))


_CAUTIONS = (
    OBSERVED,
    "Exits without a reason are left out.",
    SAME_PERIOD,
    "Follow-up ends with the period's last day.",
)

IN_CARE_12_TO_23_MONTHS = Measure(
    id="4-P2",
    title="Permanency in 12 months for children in care 12 to 23 months",
    question=(
        "Of all children who on the first day had been in care for 12 to 23 months,"
        " what percent left to permanency within 12 months of that day?"
    ),
    why="The longer care lasts, the harder it is to leave it for a lasting home.",
    numerator="Children who left to permanency in the period.",
    denominator="Children in care for 12 to 23 months on the first day.",
    unit=PERCENT,
    source=SOURCE,
    needs=("child", "removal"),
    compute=partial(compute, least=12, below=24),
    better=Better.UP,
    cautions=_CAUTIONS,
    examples=(
        case(
            "4-P2",
            "one of two was adopted in the period; a newer entry is not counted",
            removal="""
                child_id entry_date exit_date  exit_reason
                a        2021-05-01 2023-01-01 adoption
                b        2021-05-01 -          -
                c        2022-05-01 2023-01-01 adoption
            """,
            expect=(1, 2),
        ),
    ),
)
IN_CARE_24_MONTHS_OR_MORE = Measure(
    id="4-P3",
    title="Permanency in 12 months for children in care 24 months or more",
    question=(
        "Of all children who on the first day had been in care for 24 months or more,"
        " what percent left to permanency within 12 months of that day?"
    ),
    why="Children who have waited longest must not be forgotten.",
    numerator="Children who left to permanency in the period.",
    denominator="Children in care for 24 months or more on the first day.",
    unit=PERCENT,
    source=SOURCE,
    needs=("child", "removal"),
    compute=partial(compute, least=24, below=None),
    better=Better.UP,
    cautions=_CAUTIONS,
    examples=(
        case(
            "4-P3",
            "one of two found a guardian in the period",
            removal="""
                child_id entry_date exit_date  exit_reason
                a        2019-05-01 2023-01-01 guardianship
                b        2019-05-01 -          -
            """,
            expect=(1, 2),
        ),
    ),
)
