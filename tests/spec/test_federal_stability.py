"""Hand-worked cases for the stability of placements.

Written from the federal data dictionary and our measure rules, before the code. The
window is 2022-10-01 up to 2023-10-01; the extract is as of 2025-01-01.
"""

from collections.abc import Callable

import pytest

from alongside.measures.assure import Case, case

FOUR_P5 = [
    case(
        "4-P5",
        "the initial placement is not a move and each later home is",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-01-01 2023-04-11 reunification
        """,
        placement="""
            removal_id child_id start_date end_date   setting     home_id
            1          a        2023-01-01 2023-02-01 shelter     h1
            1          a        2023-02-01 2023-03-01 foster_home h2
            1          a        2023-03-01 2023-04-11 kin         h3
        """,
        expect=(2, 100),
    ),
    case(
        "4-P5",
        "running away, hospital and home visits are no moves but their days count",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-01-01 2023-04-11 reunification
            2          b        2023-01-01 2023-04-11 reunification
        """,
        placement="""
            removal_id child_id start_date end_date   setting          home_id
            1          a        2023-01-01 2023-02-01 foster_home      h1
            1          a        2023-02-01 2023-02-10 absent           -
            1          a        2023-02-10 2023-03-01 foster_home      h1
            1          a        2023-03-01 2023-03-10 hospital         x
            1          a        2023-03-10 2023-04-11 trial_home_visit y
            2          b        2023-01-01 2023-02-01 foster_home      h1
            2          b        2023-02-01 2023-02-10 absent           -
            2          b        2023-02-10 2023-04-11 foster_home      h2
        """,
        expect=(1, 200),
    ),
    case(
        "4-P5",
        "detention and back is two moves",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-01-01 2023-04-11 reunification
        """,
        placement="""
            removal_id child_id start_date end_date   setting     home_id
            1          a        2023-01-01 2023-02-01 foster_home h1
            1          a        2023-02-01 2023-02-10 detention   d1
            1          a        2023-02-10 2023-04-11 foster_home h1
        """,
        expect=(2, 100),
    ),
    case(
        "4-P5",
        "a new setting in the same home is no move, an unknown home is",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-01-01 2023-04-11 reunification
            2          b        2023-01-01 2023-04-11 reunification
        """,
        placement="""
            removal_id child_id start_date end_date   setting     home_id
            1          a        2023-01-01 2023-02-01 foster_home h1
            1          a        2023-02-01 2023-04-11 kin         h1
            2          b        2023-01-01 2023-02-01 foster_home -
            2          b        2023-02-01 2023-04-11 foster_home -
        """,
        expect=(1, 200),
    ),
    case(
        "4-P5",
        "days without a placement do not count and overlaps count once",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-01-01 2023-04-11 reunification
        """,
        placement="""
            removal_id child_id start_date end_date   setting     home_id
            1          a        2023-01-01 2023-01-11 foster_home h1
            1          a        2023-01-06 2023-01-21 foster_home h1
            1          a        2023-02-01 2023-02-11 foster_home h1
        """,
        expect=(0, 30),
    ),
    case(
        "4-P5",
        "days and moves stop at the end of the window",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-09-21 2024-04-11 reunification
        """,
        placement="""
            removal_id child_id start_date end_date   setting     home_id
            1          a        2023-09-21 2023-09-30 foster_home h1
            1          a        2023-09-30 2023-10-01 foster_home h2
            1          a        2023-10-01 2024-04-11 foster_home h3
        """,
        expect=(1, 10),
    ),
    case(
        "4-P5",
        "a stay under eight days is out, an open one stays",
        as_of="2023-09-28",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-01-01 2023-01-08 reunification
            2          b        2023-09-25 -          -
        """,
        placement="""
            removal_id child_id start_date end_date   setting home_id
            1          a        2023-01-01 2023-01-08 kin     h1
            2          b        2023-09-25 -          kin     h1
        """,
        expect=(0, 3),
    ),
    case(
        "4-P5",
        "several episodes of a child add up",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2022-11-01 2022-11-11 reunification
            2          a        2023-05-01 2023-05-21 reunification
        """,
        placement="""
            removal_id child_id start_date end_date   setting home_id
            1          a        2022-11-01 2022-11-11 kin     h1
            2          a        2023-05-01 2023-05-11 kin     h1
            2          a        2023-05-11 2023-05-21 kin     h2
        """,
        expect=(1, 30),
    ),
    case(
        "4-P5",
        "nobody moves or stays after the eighteenth birthday",
        child="""
            child_id birth_date
            a        2005-02-01
        """,
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-01-01 2023-06-01 emancipation
        """,
        placement="""
            removal_id child_id start_date end_date   setting home_id
            1          a        2023-01-01 2023-01-31 kin     h1
            1          a        2023-01-31 2023-02-01 kin     h2
            1          a        2023-02-01 2023-06-01 kin     h3
        """,
        expect=(1, 31),
    ),
    case(
        "4-P5",
        "zero nights and rows that end before they start are ignored",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-01-01 2023-01-21 reunification
        """,
        placement="""
            removal_id child_id start_date end_date   setting home_id
            1          a        2023-01-01 2023-01-11 kin     h1
            1          a        2023-01-05 2023-01-05 kin     h2
            1          a        2023-01-08 2023-01-02 kin     h3
            1          a        2022-12-01 2023-01-01 kin     h4
            1          a        2023-01-11 2023-03-01 kin     h1
        """,
        expect=(0, 20),
    ),
    case(
        "4-P5",
        "a new home when probation takes over is a move",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason   agency
            1          a        2023-01-01 2023-01-11 reunification child_welfare
            2          a        2023-01-11 2023-01-21 reunification probation
        """,
        placement="""
            removal_id child_id start_date end_date   setting home_id
            1          a        2023-01-01 2023-01-11 kin     h1
            2          a        2023-01-11 2023-01-21 kin     h2
        """,
        expect=(1, 20),
    ),
]

CASES = [*FOUR_P5]
Agree = Callable[[Case], None]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_engine_agrees_with_the_hand(case: Case, agree: Agree) -> None:
    agree(case)
