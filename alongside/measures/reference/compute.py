"""Which function computes which measure, slowly."""

from collections.abc import Callable
from datetime import date

from alongside.measures.example import Rows
from alongside.measures.intervals import Window
from alongside.measures.options import Options
from alongside.measures.reference import federal
from alongside.measures.reference.concerns import CONCERNS
from alongside.measures.reference.extract import Extract, Part
from alongside.measures.reference.in_care_and_after import IN_CARE_AND_AFTER
from alongside.measures.reference.law import LAW
from alongside.measures.reference.plans import PLANS
from alongside.measures.reference.practice import PRACTICE
from alongside.measures.reference.protocols import PROTOCOLS
from alongside.measures.reference.ratings import RATINGS
from alongside.measures.reference.records import RECORDS
from alongside.measures.reference.school_and_work import SCHOOL_AND_WORK
from alongside.measures.reference.teams import TEAMS

REFERENCE: dict[str, Callable[[Extract, Window], list[Part]]] = {
    "4-S1": federal.four_s1,
    "4-S2": federal.four_s2,
    "4-P1": federal.four_p1,
    "4-P2": federal.four_p2,
    "4-P3": federal.four_p3,
    "4-P4": federal.four_p4,
    "4-P5": federal.four_p5,
    "3-P4": federal.three_p4,
    **CONCERNS,
    **RECORDS,
    **LAW,
    **RATINGS,
    **PLANS,
    **SCHOOL_AND_WORK,
    **PRACTICE,
    **PROTOCOLS,
    **TEAMS,
    **IN_CARE_AND_AFTER,
}
REFERENCE |= {
    "PS-3": REFERENCE["repeat.12m"],
    "PS-3.6m": REFERENCE["repeat.6m"],
    "PS-3.km": REFERENCE["repeat.km.12m"],
    "PS-4": REFERENCE["4-S1"],
    "PS-5": REFERENCE["4-S2"],
    "PL-1": REFERENCE["4-P5"],
    "PL-2": REFERENCE["4-P4"],
    "PL-2.round_3": REFERENCE["3-P4"],
    "PX-2": REFERENCE["WK-2.stepped_up"],
}
# A quartile has the parts of its median.
REFERENCE |= {
    f"{id_}.{quartile}": REFERENCE[id_]
    for id_ in (
        *("AG-6.change", "ED-2", "ED-3.change", "PH-3", "PH-3.hospital_days"),
        *("PL-3", "PL-4", "PS-2", "RB-2", "RL-1.change", "SU-1"),
    )
    for quartile in ("lower_quartile", "upper_quartile")
}


def compute(
    measure: str,
    rows: Rows,
    window: Window,
    as_of: date,
    options: Options | None = None,
) -> list[Part]:
    """What every child or record adds to a measure, by the slow engine."""
    extract = Extract(rows, as_of, options or Options())
    return REFERENCE[measure](extract, window)
