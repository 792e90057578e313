"""Hand-worked cases for measures that follow children into and during care.

Written from the federal data dictionary and our measure rules, before the code. The
window is 2022-10-01 up to 2023-10-01; the extract is as of 2025-01-01.
"""

from collections.abc import Callable

import pytest

from alongside.measures.assure import Case, case

FOUR_P1 = [
    case(
        "4-P1",
        "home after six months counts, still in care does not",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-10 2023-07-10 reunification
            b        2023-01-10 -          -
        """,
        expect=(1, 2),
    ),
    case(
        "4-P1",
        "each of the four permanency reasons counts and no other reason does",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-11-01 2023-02-01 reunification
            b        2022-11-01 2023-02-01 relative
            c        2022-11-01 2023-02-01 guardianship
            d        2022-11-01 2023-02-01 adoption
            e        2022-11-01 2023-02-01 emancipation
            f        2022-11-01 2023-02-01 transfer
            g        2022-11-01 2023-02-01 runaway
            h        2022-11-01 2023-02-01 death
        """,
        expect=(4, 8),
    ),
    case(
        "4-P1",
        "the anniversary day is within twelve months and the day after is not",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-03-15 2024-03-15 adoption
            b        2023-03-15 2024-03-16 adoption
        """,
        expect=(1, 2),
    ),
    case(
        "4-P1",
        "entries on the first day count and on the day after the last do not",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-10-01 2023-01-01 reunification
            b        2023-09-30 2023-12-31 reunification
            c        2023-10-01 2023-12-31 reunification
            d        2022-09-30 2023-01-01 reunification
        """,
        expect=(2, 2),
    ),
    case(
        "4-P1",
        "a stay of seven days is out and of eight days is in",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2023-01-08 reunification
            b        2023-01-01 2023-01-09 reunification
        """,
        expect=(1, 1),
    ),
    case(
        "4-P1",
        "an exit without a reason is out only within twelve months of entry",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2024-01-01 -
            b        2023-01-01 2024-01-02 -
        """,
        expect=(0, 1),
    ),
    case(
        "4-P1",
        "leaving on the eighteenth birthday is not permanency, the day before is",
        child="""
            child_id birth_date
            a        2005-06-01
            b        2005-06-01
        """,
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2023-06-01 reunification
            b        2023-01-01 2023-05-31 reunification
        """,
        expect=(1, 2),
    ),
    case(
        "4-P1",
        "an entry on or after the eighteenth birthday is left out",
        child="""
            child_id birth_date
            a        2005-01-01
            b        2005-01-02
        """,
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2023-02-01 reunification
            b        2022-12-20 2023-01-01 reunification
        """,
        expect=(1, 1),
    ),
    case(
        "4-P1",
        "a return in the same reporting period puts the first episode out",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-10-10 2023-01-10 reunification
            a        2023-03-31 2024-12-01 reunification
            b        2022-10-10 2023-01-10 reunification
            b        2023-04-01 2024-12-01 reunification
        """,
        expect=(1, 2),
    ),
    case(
        "4-P1",
        "trial home visit days over thirty are taken off the stay",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-01-01 2024-01-20 reunification
            2          b        2023-01-01 2024-01-22 reunification
        """,
        placement="""
            removal_id child_id start_date end_date   setting
            1          a        2023-01-01 2023-12-02 kin
            1          a        2023-12-02 2024-01-20 trial_home_visit
            2          b        2023-01-01 2023-12-03 kin
            2          b        2023-12-03 2024-01-22 trial_home_visit
        """,
        expect=(1, 2),
    ),
    case(
        "4-P1",
        "a trial home visit that ended before the exit changes nothing",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-01-01 2024-01-20 reunification
        """,
        placement="""
            removal_id child_id start_date end_date   setting
            1          a        2023-01-01 2023-06-01 kin
            1          a        2023-06-01 2024-01-19 trial_home_visit
        """,
        expect=(0, 1),
    ),
    case(
        "4-P1",
        "back-to-back trial home visits form one visit, a gap ends it",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-01-01 2024-02-20 reunification
            2          b        2023-01-01 2024-02-20 reunification
        """,
        placement="""
            removal_id child_id start_date end_date   setting
            1          a        2023-11-01 2024-01-01 trial_home_visit
            1          a        2024-01-01 2024-02-20 trial_home_visit
            2          b        2023-11-01 2023-12-31 trial_home_visit
            2          b        2024-01-01 2024-02-20 trial_home_visit
        """,
        expect=(1, 2),
    ),
    case(
        "4-P1",
        "a child without a date of birth or a record is left out",
        child="""
            child_id birth_date
            a        -
        """,
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2023-06-01 reunification
            z        2023-01-01 2023-06-01 reunification
        """,
        expect=(0, 0),
    ),
    case(
        "4-P1",
        "rows whose length cannot be known are dropped",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 -          reunification
            b        2023-01-01 2022-12-01 reunification
            c        2023-01-01 2023-01-01 reunification
            d        -          2023-01-01 reunification
            e        2023-01-01 -          -
            e        2023-02-01 2023-08-01 adoption
        """,
        expect=(1, 1),
    ),
    case(
        "4-P1",
        "an exit on or after the as-of date has not happened yet",
        as_of="2023-06-01",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2023-06-01 reunification
            b        2023-01-01 2023-05-31 reunification
            c        2023-06-01 2023-09-01 reunification
        """,
        expect=(1, 2),
    ),
    case(
        "4-P1",
        "a same-day change of agency or a transfer is one episode",
        removal="""
            child_id entry_date exit_date  exit_reason   agency
            a        2022-11-01 2023-01-01 reunification child_welfare
            a        2023-01-01 2023-12-01 adoption      probation
            b        2022-11-01 2023-01-01 transfer      probation
            b        2023-01-01 2023-06-01 adoption      probation
            c        2022-11-01 2023-01-01 adoption      probation
            c        2023-01-01 2024-12-01 emancipation  probation
        """,
        expect=(1, 3),
    ),
    case(
        "4-P1",
        "overlapping rows are one episode and the later end wins",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-11-01 2023-06-01 adoption
            a        2023-01-01 2023-03-01 runaway
            b        2022-11-01 2023-03-01 adoption
            b        2023-01-01 2023-06-01 runaway
        """,
        expect=(1, 2),
    ),
    case(
        "4-P1",
        "the first entry that survives stands for the child",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-11-01 2022-11-05 reunification
            a        2023-05-01 2023-08-01 adoption
            b        2022-11-01 2022-12-01 runaway
            b        2023-05-01 2023-08-01 adoption
        """,
        expect=(1, 2),
    ),
    case(
        "4-P1",
        "an entry on 29 February has its anniversary on 28 February",
        window=("2023-10-01", "2024-10-01"),
        as_of="2026-01-01",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2024-02-29 2025-02-28 adoption
            b        2024-02-29 2025-03-01 adoption
        """,
        expect=(1, 2),
    ),
]

THREE_P4 = [
    case(
        "3-P4",
        "of entries that went home within a year, those who came back",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-10-10 2023-01-10 reunification
            a        2023-05-01 -          -
            b        2022-10-10 2023-01-10 guardianship
            c        2022-10-10 2023-01-10 adoption
            d        2022-10-10 -          -
        """,
        expect=(1, 2),
    ),
    case(
        "3-P4",
        "the anniversary of the exit counts and the day after does not",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-10-10 2023-01-10 relative
            a        2024-01-10 -          -
            b        2022-10-10 2023-01-10 relative
            b        2024-01-11 -          -
        """,
        expect=(1, 2),
    ),
    case(
        "3-P4",
        "a stay under eight days and an exit after the anniversary are out",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2023-01-08 reunification
            b        2023-01-01 2024-01-01 reunification
            c        2023-01-01 2024-01-02 reunification
        """,
        expect=(0, 1),
    ),
    case(
        "3-P4",
        "a return in the same reporting period is out",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-10-10 2023-01-10 reunification
            a        2023-03-31 -          -
        """,
        expect=(0, 0),
    ),
    case(
        "3-P4",
        "no adjustment is made for a trial home visit",
        removal="""
            removal_id child_id entry_date exit_date  exit_reason
            1          a        2023-01-01 2024-01-20 reunification
        """,
        placement="""
            removal_id child_id start_date end_date   setting
            1          a        2023-11-01 2024-01-20 trial_home_visit
        """,
        expect=(0, 0),
    ),
    case(
        "3-P4",
        "an exit at eighteen or without a reason is not in the cohort",
        child="""
            child_id birth_date
            a        2005-06-01
            b        2010-01-01
        """,
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2023-01-01 2023-07-01 reunification
            b        2023-01-01 2023-07-01 -
        """,
        expect=(0, 0),
    ),
]

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

CASES = [*FOUR_P1, *THREE_P4, *FOUR_P5]
Agree = Callable[[Case], None]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_engine_agrees_with_the_hand(case: Case, agree: Agree) -> None:
    agree(case)
