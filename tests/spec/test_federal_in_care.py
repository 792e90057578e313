"""Hand-worked cases for children already in care, and returns to care.

Written from the federal data dictionary and our measure rules, before the code. The
window is 2022-10-01 up to 2023-10-01; the extract is as of 2025-01-01.
"""

from collections.abc import Callable

import pytest

from alongside.measures.assure import Case, case

FOUR_P2 = [
    case(
        "4-P2",
        "in care for twelve up to twenty-four months on the first day",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2021-10-01 2023-01-01 adoption
            b        2021-10-02 2023-01-01 adoption
            c        2020-10-02 2023-01-01 adoption
            d        2020-10-01 2023-01-01 adoption
        """,
        expect=(2, 2),
    ),
    case(
        "4-P2",
        "the last day of the window counts and the next day does not",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2021-05-01 2023-09-30 adoption
            b        2021-05-01 2023-10-01 adoption
        """,
        expect=(1, 2),
    ),
    case(
        "4-P2",
        "who left on the first day was not in care that day",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2021-05-01 2022-10-01 adoption
            b        2021-05-01 2022-10-02 adoption
        """,
        expect=(1, 1),
    ),
    case(
        "4-P2",
        "an exit inside the window without a reason is out, a later one stays",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2021-05-01 2023-05-01 -
            b        2021-05-01 2023-11-01 -
        """,
        expect=(0, 1),
    ),
    case(
        "4-P2",
        "a return in the same reporting period is out, in the next it is not",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2021-05-01 2023-01-01 reunification
            a        2023-03-31 -          -
            b        2021-05-01 2023-01-01 reunification
            b        2023-04-01 -          -
        """,
        expect=(1, 1),
    ),
    case(
        "4-P2",
        "eighteen on the first day is left out, eighteen later is not permanency",
        child="""
            child_id birth_date
            a        2004-10-01
            b        2004-10-02
        """,
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2021-05-01 2023-01-01 adoption
            b        2021-05-01 2023-01-01 adoption
        """,
        expect=(0, 1),
    ),
    case(
        "4-P2",
        "time in care before a change of agency is continuous",
        removal="""
            child_id entry_date exit_date  exit_reason   agency
            a        2021-05-01 2022-08-01 reunification child_welfare
            a        2022-08-01 2023-01-01 reunification probation
        """,
        expect=(1, 1),
    ),
]

FOUR_P3 = [
    case(
        "4-P3",
        "in care for twenty-four months or more on the first day",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2020-10-01 2023-01-01 guardianship
            b        2020-10-02 2023-01-01 guardianship
            c        2015-01-01 2023-01-01 guardianship
        """,
        expect=(2, 2),
    ),
    case(
        "4-P3",
        "only permanency before the end of the window counts",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2020-01-01 2023-09-30 relative
            b        2020-01-01 2023-10-01 relative
            c        2020-01-01 2023-05-01 runaway
            d        2020-01-01 -          -
        """,
        expect=(1, 4),
    ),
    case(
        "4-P3",
        "an exit inside the window without a reason is out",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2020-01-01 2023-05-01 -
            b        2020-01-01 2023-10-01 -
        """,
        expect=(0, 1),
    ),
    case(
        "4-P3",
        "turning eighteen in care is a known exit but not permanency",
        child="""
            child_id birth_date
            a        2005-05-01
            b        2005-05-01
        """,
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2020-01-01 2023-06-01 -
            b        2020-01-01 2023-04-30 adoption
        """,
        expect=(1, 2),
    ),
    case(
        "4-P3",
        "a return in the same reporting period is out",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2020-01-01 2023-05-01 relative
            a        2023-09-30 -          -
            b        2020-01-01 2023-05-01 relative
            b        2023-10-01 -          -
        """,
        expect=(1, 1),
    ),
]

FOUR_P4 = [
    case(
        "4-P4",
        "exits home, to relatives or guardians count, adoption does not",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-01-01 2022-12-01 reunification
            b        2022-01-01 2022-12-01 relative
            c        2022-01-01 2022-12-01 guardianship
            d        2022-01-01 2022-12-01 adoption
            e        2022-01-01 2022-12-01 -
            a        2023-05-01 -          -
        """,
        expect=(1, 3),
    ),
    case(
        "4-P4",
        "the anniversary of the exit counts and the day after does not",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-01-01 2022-12-01 relative
            a        2023-12-01 -          -
            b        2022-01-01 2022-12-01 relative
            b        2023-12-02 -          -
        """,
        expect=(1, 2),
    ),
    case(
        "4-P4",
        "exits on the first and last day count, on the next day they do not",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-01-01 2022-10-01 relative
            b        2022-01-01 2023-09-30 relative
            c        2022-01-01 2023-10-01 relative
            d        2022-01-01 2022-09-30 relative
        """,
        expect=(0, 2),
    ),
    case(
        "4-P4",
        "a return in the same reporting period puts the exit out",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-01-01 2022-12-01 relative
            a        2023-03-31 -          -
            b        2022-01-01 2022-12-01 relative
            b        2023-04-01 -          -
        """,
        expect=(1, 1),
    ),
    case(
        "4-P4",
        "there is no minimum stay and the first surviving exit stands",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-11-01 2022-11-03 reunification
            a        2023-05-01 2023-09-01 reunification
            b        2022-11-01 2022-11-03 reunification
            b        2022-12-01 2023-03-01 reunification
        """,
        expect=(1, 2),
    ),
    case(
        "4-P4",
        "a return after the eighteenth birthday is not a return",
        child="""
            child_id birth_date
            a        2005-06-01
            b        2005-06-01
            c        2005-06-01
        """,
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-01-01 2023-01-01 reunification
            a        2023-06-01 -          -
            b        2022-01-01 2023-01-01 reunification
            b        2023-05-31 -          -
            c        2022-01-01 2023-06-01 reunification
        """,
        expect=(1, 2),
    ),
    case(
        "4-P4",
        "a return dated before the exit makes it one episode",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-01-01 2022-12-01 reunification
            a        2022-11-01 2023-06-01 reunification
        """,
        expect=(0, 1),
    ),
    case(
        "4-P4",
        "a return of no days is no return, of one day it is",
        removal="""
            child_id entry_date exit_date  exit_reason
            a        2022-01-01 2022-12-01 reunification
            a        2023-05-01 2023-05-01 reunification
            b        2022-01-01 2022-12-01 reunification
            b        2023-05-01 2023-05-02 runaway
        """,
        expect=(1, 2),
    ),
]

CASES = [*FOUR_P2, *FOUR_P3, *FOUR_P4]
Agree = Callable[[Case], None]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_engine_agrees_with_the_hand(case: Case, agree: Agree) -> None:
    agree(case)
