"""Hand-worked cases for safety: maltreatment in care, and after a first report.

Written from the federal data dictionary and our measure rules, before the code. The
window is 2022-10-01 up to 2023-10-01; the extract is as of 2025-01-01.
"""

from collections.abc import Callable

import pytest

from alongside.measures.assure import Case, case

FOUR_S1 = [
    case(
        "4-S1",
        "days inside the window are counted for every child in care",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-09-01 2022-10-11 reunification
            b        2023-09-21 -          -
            c        2023-01-01 2023-01-31 reunification
            d        2022-01-01 2022-10-01 reunification
            e        2023-10-01 -          -
        """,
        expect=(0, 50),
    ),
    case(
        "4-S1",
        "complete stays under eight days give neither days nor reports",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2023-01-08 reunification
            b        2022-09-25 2022-10-02 reunification
            c        2023-01-01 2023-01-09 reunification
        """,
        report="""
            child_id report_date screened_in disposition
            a        2023-01-07  yes         substantiated
            c        2023-01-08  yes         substantiated
        """,
        expect=(1, 8),
    ),
    case(
        "4-S1",
        "reports in the first seven days do not count and on the eighth they do",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2023-01-31 reunification
            b        2023-01-01 2023-01-31 reunification
        """,
        report="""
            child_id report_date screened_in disposition
            a        2023-01-07  yes         substantiated
            b        2023-01-08  yes         substantiated
        """,
        expect=(1, 60),
    ),
    case(
        "4-S1",
        "only substantiated and screened-in reports count",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2023-01-31 reunification
        """,
        report="""
            child_id report_date screened_in disposition
            a        2023-01-10  yes         inconclusive
            a        2023-01-13  yes         unfounded
            a        2023-01-16  yes         -
            a        2023-01-19  no          substantiated
            a        2023-01-22  -           substantiated
            a        2023-01-25  yes         substantiated
        """,
        expect=(1, 30),
    ),
    case(
        "4-S1",
        "the report date decides the window, and the exit day is not in care",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-09-01 2023-10-31 reunification
            b        2023-01-01 2023-01-31 reunification
        """,
        report="""
            child_id report_date screened_in disposition
            a        2022-09-30  yes         substantiated
            a        2022-10-01  yes         substantiated
            a        2023-09-30  yes         substantiated
            a        2023-10-01  yes         substantiated
            b        2023-01-31  yes         substantiated
        """,
        expect=(2, 395),
    ),
    case(
        "4-S1",
        "an incident outside the episode does not count, an impossible one is ignored",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2023-01-31 reunification
            b        2023-01-01 2023-01-31 reunification
            c        2023-01-01 2023-01-31 reunification
        """,
        report="""
            child_id report_date incident_date screened_in disposition
            a        2023-01-20  2022-12-31    yes         substantiated
            b        2023-01-20  2023-01-01    yes         substantiated
            c        2023-01-20  2023-02-20    yes         substantiated
        """,
        expect=(2, 90),
    ),
    case(
        "4-S1",
        "a report within a day of the last one counted is skipped",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2023-01-31 reunification
        """,
        report="""
            child_id report_date screened_in disposition
            a        2023-01-10  yes         substantiated
            a        2023-01-10  yes         substantiated
            a        2023-01-11  yes         substantiated
            a        2023-01-12  yes         substantiated
            a        2023-01-13  yes         substantiated
            a        2023-01-20  yes         substantiated
        """,
        expect=(3, 30),
    ),
    case(
        "4-S1",
        "days and reports stop at the eighteenth birthday",
        child="""
            child_id birth_date
            a        2005-01-21
            b        2004-10-01
        """,
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2023-01-31 emancipation
            b        2022-01-01 2023-01-31 emancipation
        """,
        report="""
            child_id report_date screened_in disposition
            a        2023-01-20  yes         substantiated
            a        2023-01-25  yes         substantiated
        """,
        expect=(1, 20),
    ),
    case(
        "4-S1",
        "nothing on or after the as-of date is known",
        as_of="2023-01-21",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2023-01-31 reunification
        """,
        report="""
            child_id report_date screened_in disposition
            a        2023-01-18  yes         substantiated
            a        2023-01-21  yes         substantiated
        """,
        expect=(1, 20),
    ),
]

FOUR_S2 = [
    case(
        "4-S2",
        "within fourteen days is the same event, the fifteenth day is another",
        child="a b",
        report="""
            child_id report_date screened_in disposition
            a        2023-01-01  yes         substantiated
            a        2023-01-15  yes         substantiated
            b        2023-01-01  yes         substantiated
            b        2023-01-16  yes         substantiated
        """,
        expect=(1, 2),
    ),
    case(
        "4-S2",
        "the anniversary counts and the day after does not",
        child="a b",
        report="""
            child_id report_date screened_in disposition
            a        2023-01-01  yes         substantiated
            a        2024-01-01  yes         substantiated
            b        2023-01-01  yes         substantiated
            b        2024-01-02  yes         substantiated
        """,
        expect=(1, 2),
    ),
    case(
        "4-S2",
        "the same incident date is the same incident when both are known",
        child="a b c",
        report="""
            child_id report_date incident_date screened_in disposition
            a        2023-02-01  2023-01-20    yes         substantiated
            a        2023-05-01  2023-01-20    yes         substantiated
            b        2023-02-01  2023-01-20    yes         substantiated
            b        2023-05-01  -             yes         substantiated
            c        2023-02-01  -             yes         substantiated
            c        2023-05-01  -             yes         substantiated
        """,
        expect=(2, 3),
    ),
    case(
        "4-S2",
        "an incident after its report is impossible and matches nothing",
        child="a",
        report="""
            child_id report_date incident_date screened_in disposition
            a        2023-02-01  2023-04-01    yes         substantiated
            a        2023-05-01  2023-04-01    yes         substantiated
        """,
        expect=(1, 1),
    ),
    case(
        "4-S2",
        "unborn children, adults and children without a birth date are left out",
        child="""
            child_id birth_date
            a        2023-06-01
            b        2005-02-01
            c        -
            d        2023-01-01
        """,
        report="""
            child_id report_date screened_in disposition
            a        2023-05-31  yes         substantiated
            b        2023-02-01  yes         substantiated
            c        2023-01-01  yes         substantiated
            d        2023-01-01  yes         substantiated
            z        2023-01-01  yes         substantiated
        """,
        expect=(0, 1),
    ),
    case(
        "4-S2",
        "a later report on the eighteenth birthday does not count",
        child="""
            child_id birth_date
            a        2005-06-01
            b        2005-06-01
        """,
        report="""
            child_id report_date screened_in disposition
            a        2023-01-01  yes         substantiated
            a        2023-05-31  yes         substantiated
            b        2023-01-01  yes         substantiated
            b        2023-06-01  yes         substantiated
        """,
        expect=(1, 2),
    ),
    case(
        "4-S2",
        "the initial report is the first inside the window",
        child="a b",
        report="""
            child_id report_date screened_in disposition
            a        2022-09-30  yes         substantiated
            a        2022-10-01  yes         substantiated
            b        2023-09-30  yes         substantiated
            b        2023-10-20  yes         substantiated
        """,
        expect=(1, 2),
    ),
    case(
        "4-S2",
        "of two reports on the first day the lowest identifier is the initial",
        child="a",
        report="""
            report_id child_id report_date incident_date screened_in disposition
            r2        a        2023-02-01  2023-01-05    yes         substantiated
            r10       a        2023-02-01  2023-01-20    yes         substantiated
            r3        a        2023-05-01  2023-01-20    yes         substantiated
        """,
        expect=(0, 1),
    ),
]

CASES = [*FOUR_S1, *FOUR_S2]
Agree = Callable[[Case], None]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_engine_agrees_with_the_hand(case: Case, agree: Agree) -> None:
    agree(case)
