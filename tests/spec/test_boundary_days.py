"""Hand-worked cases for the day on either side of a rule, and for each exclusion alone.

Written from the federal data dictionary and our measure rules: each of them changes if
the rule it names is moved by a day or left out.
"""

from collections.abc import Callable

import pytest

from alongside.measures.assure import Case, case
from alongside.measures.options import Options

IN_CARE = """
    child_id entry_date exit_date  exit_reason
    a        2022-09-01 2022-11-10 reunification
"""
SAFETY = [
    case(
        "4-S1",
        "care and reports before the window add nothing",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-09-01 2022-11-10 reunification
            a        2021-01-01 2021-06-01 reunification
        """,
        report="""
            child_id report_date screened_in disposition
            a        2022-09-30  yes         substantiated
            a        2021-03-01  yes         substantiated
        """,
        expect=(0, 40),
    ),
    case(
        "4-S1",
        "of reports on three days on end the first and the third count",
        removal=IN_CARE,
        report="""
            child_id report_date screened_in disposition
            a        2022-10-11  yes         substantiated
            a        2022-10-12  yes         substantiated
            a        2022-10-13  yes         substantiated
        """,
        expect=(2, 40),
    ),
    case(
        "4-S2",
        "a child whose only report is before the window is no victim of it",
        report="""
            child_id report_date screened_in disposition
            a        2022-09-30  yes         substantiated
            b        2022-10-01  yes         substantiated
        """,
        expect=(0, 1),
    ),
    case(
        "4-S2",
        "an incident on the day of its report is known, and the same one is no other",
        report="""
            child_id report_date incident_date screened_in disposition
            a        2023-01-01  2023-01-01    yes         substantiated
            a        2023-02-01  2023-01-01    yes         substantiated
        """,
        expect=(0, 1),
    ),
]
ANNIVERSARY = case(
    "4-P1",
    "the anniversary day is within twelve months",
    removal="""
        child_id entry_date exit_date  exit_reason
        a        2023-03-15 2024-03-15 adoption
        b        2023-03-15 2024-03-14 adoption
    """,
    expect=(2, 2),
)
ENTRIES = [
    ANNIVERSARY,
    ANNIVERSARY.flipped(
        "the anniversary day is outside if told so", (1, 2), anniversary_inclusive=False
    ),
    case(
        "4-P1",
        "a trial home visit shortens only a stay that ends in reunification",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-01-01 2024-01-20 adoption
            2          b        2023-01-01 2024-01-20 reunification
        """,
        placement="""
            removal_id child_id start_date end_date   setting
            1          a        2023-11-15 2024-01-20 trial_home_visit
            2          b        2023-11-15 2024-01-20 trial_home_visit
        """,
        expect=(1, 2),
    ),
    case(
        "4-P1",
        "a return in the same half-year leaves the stay in if its exit came too late",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2024-02-01 reunification
            a        2024-03-01 -          -
        """,
        expect=(0, 1),
    ),
    case(
        "4-P1",
        "an entry on the day of birth counts and one before it does not",
        child="""
            child_id birth_date
            a        2023-01-10
            b        2023-01-11
        """,
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-10 2023-07-10 adoption
            b        2023-01-10 2023-07-10 adoption
        """,
        expect=(1, 1),
    ),
    case(
        "4-P1",
        "who turns eighteen on or after the as-of date is still in care, however newly",
        child="""
            child_id birth_date
            a        2007-01-01
            b        2007-01-03
            c        2006-12-31
        """,
        removal="""
            child_id entry_date exit_date exit_reason
            a        2024-12-29 -         -
            b        2024-12-29 -         -
            c        2024-12-29 -         -
        """,
        window=("2024-10-01", "2025-10-01"),
        expect=(0, 2),
    ),
    case(
        "3-P4",
        "an exit without a reason makes room for the next entry of the window",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-10-10 2022-12-01 -
            a        2023-04-10 2023-06-01 reunification
        """,
        expect=(0, 1),
    ),
]
EPISODES = [
    case(
        "4-P1",
        "a transfer with a gap after it is no bridge",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-10-10 2022-12-01 transfer
            a        2023-05-01 2023-07-01 reunification
        """,
        expect=(0, 1),
    ),
    case(
        "4-P1",
        "an open row gives way to a closed one of the same day",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-10 -          -
            a        2023-01-10 2023-03-01 reunification
        """,
        expect=(1, 1),
    ),
    case(
        "4-P1",
        "of overlapping rows with one end the later reason stands, unless it has none",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-10 2023-06-01 reunification
            a        2023-02-01 2023-06-01 -
            b        2023-01-10 2023-06-01 reunification
            b        2023-02-01 2023-06-01 runaway
        """,
        expect=(1, 2),
    ),
    case(
        "4-P4",
        "home and back on one day are an exit and a return, seen only if told to look",
        removal="""
            child_id entry_date exit_date  exit_reason   agency
            a        2022-01-01 2022-12-01 reunification probation
            a        2022-12-01 -          -             probation
        """,
        options=Options(same_period=False),
        expect=(1, 1),
    ),
    case(
        "4-P3",
        "a return in the same half-year leaves out only exits of the window",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2019-05-01 2023-11-01 reunification
            a        2024-01-01 -          -
            b        2019-05-01 2022-11-01 reunification
            b        2023-01-01 -          -
        """,
        expect=(0, 1),
    ),
    case(
        "4-P5",
        "a short stay within another is a move, and its days count once",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-01-01 2023-04-11 reunification
        """,
        placement="""
            removal_id child_id start_date end_date   setting home_id
            1          a        2023-01-01 2023-04-11 kin     h1
            1          a        2023-02-01 2023-02-05 shelter h2
        """,
        expect=(1, 100),
    ),
]
CONCERN = """
    child_id kind      identified_date
    a        confirmed 2023-01-10
"""
CONCERNS = [
    case(
        "concern.placement.in_placement",
        "an absence that begins the day after does not cover the day",
        concern=CONCERN,
        removal="""
            removal_id child_id entry_date exit_date exit_reason
            1          a        2022-01-01 -         -
        """,
        placement="""
            removal_id child_id start_date end_date setting
            1          a        2022-01-01 -        kin
            1          a        2023-01-11 -        absent
        """,
        expect=(1, 1),
    ),
    case(
        "concern.case.closed_before",
        "a case opened and closed on one day was a case",
        concern=CONCERN,
        case_open="""
            child_id open_date  close_date
            a        2022-06-01 2022-06-01
        """,
        expect=(1, 1),
    ),
    case(
        "repeat.12m_to_18",
        "who is confirmed on the eighteenth birthday is not followed",
        child="""
            child_id birth_date
            a        2005-01-10
            b        2005-01-11
        """,
        concern="""
            child_id kind      identified_date
            a        confirmed 2023-01-10
            b        confirmed 2023-01-10
        """,
        expect=(0, 0),
        unknown=1,
    ),
    case(
        "repeat.km.12m_to_18",
        "harm on the eighteenth birthday is not seen, and the day before it is",
        child="""
            child_id birth_date
            a        2005-06-01
            b        2005-06-02
        """,
        concern="""
            child_id kind      identified_date
            a        confirmed 2023-01-10
            a        confirmed 2023-06-01
            b        confirmed 2023-01-10
            b        confirmed 2023-06-01
        """,
        expect=(1, 2),
    ),
]

CASES = [*SAFETY, *ENTRIES, *EPISODES, *CONCERNS]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_engine_agrees_with_the_hand(
    case: Case, agree: Callable[[Case], None]
) -> None:
    agree(case)
