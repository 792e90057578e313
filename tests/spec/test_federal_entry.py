"""Hand-worked cases for entries to care: exits to a home, and the round-three re-entry.

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

CASES = [*FOUR_P1, *THREE_P4]
Agree = Callable[[Case], None]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_engine_agrees_with_the_hand(case: Case, agree: Agree) -> None:
    agree(case)
