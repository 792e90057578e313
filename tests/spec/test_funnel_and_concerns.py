"""Hand-worked cases for the statewide funnel, concerns and repeated harm.

Written from the measure rules (C1 to C7), before the code. The window is 2022-10-01 up
to 2023-10-01; the extract is as of 2025-01-01.
"""

from collections.abc import Callable

import pytest

from alongside.measures.assure import Case, case

Agree = Callable[[Case], None]

SIX_REPORTS = """
    report_id child_id report_date allegation screened_in disposition
    1         a        2022-10-01  cse        yes         substantiated
    2         a        2023-01-01  cse        yes         inconclusive
    3         b        2023-01-01  cse        yes         unfounded
    4         b        2023-02-01  cse        yes         -
    5         c        2023-02-01  cse        no          substantiated
    6         d        2023-09-30  cse        -           -
    7         a        2023-10-01  cse        yes         substantiated
    8         a        2022-09-30  cse        yes         substantiated
    9         a        2023-03-01  neglect    yes         substantiated
    10        a        -           cse        yes         substantiated
"""


def funnel(measure: str, expect: tuple[float, float], unknown: float = 0) -> Case:
    says = "six reports of exploitation in the window, four screened in"
    return case(measure, says, report=SIX_REPORTS, expect=expect, unknown=unknown)


FUNNEL = [
    funnel("funnel.screened_in", (4, 6), 1),
    funnel("funnel.screened_out", (1, 6), 1),
    funnel("funnel.substantiated", (1, 4), 1),
    funnel("funnel.inconclusive", (1, 4), 1),
    funnel("funnel.unfounded", (1, 4), 1),
    funnel("funnel.no_disposition", (1, 4)),
    funnel("funnel.substantiated_of_disposed", (1, 3)),
    funnel("funnel.inconclusive_of_disposed", (1, 3)),
    funnel("funnel.unfounded_of_disposed", (1, 3)),
    funnel("funnel.substantiated_of_reports", (1, 6), 1),
    funnel("funnel.reports_per_young_person", (6, 4)),
    case(
        "funnel.screened_in",
        "one row is one child in one report, however often it is repeated",
        report="""
            report_id child_id report_date allegation screened_in
            1         a        2023-01-01  cse        yes
            1         a        2023-01-01  cse        yes
            1         b        2023-01-01  cse        yes
        """,
        expect=(2, 2),
    ),
    case(
        "funnel.screened_in",
        "a report on the as-of date is not known yet, and nobody is too old",
        as_of="2023-05-01",
        child="""
            child_id birth_date
            a        1990-01-01
        """,
        report="""
            child_id report_date allegation screened_in
            a        2023-04-30  cse        yes
            a        2023-05-01  cse        yes
        """,
        expect=(1, 1),
    ),
]

PEOPLE = """
    child_id kind      identified_date
    a        at_risk   2022-11-01
    a        confirmed 2023-01-01
    b        suspected 2023-01-01
    b        at_risk   2023-02-01
    c        at_risk   2023-03-01
    c        confirmed 2023-10-01
    d        confirmed 2022-09-30
    e        -         2023-01-01
    f        confirmed -
"""

CONFIRMED = [
    case(
        "concern.confirmed",
        "of three with a concern in the window, one is confirmed",
        concern=PEOPLE,
        expect=(1, 3),
    ),
    case(
        "concern.suspected",
        "the highest kind counts: one is suspected at most",
        concern=PEOPLE,
        expect=(1, 3),
    ),
    case(
        "concern.at_risk",
        "the highest kind counts: one is at risk only",
        concern=PEOPLE,
        expect=(1, 3),
    ),
    case(
        "concern.confirmed",
        "a concern before birth is none; no birth date is no bar",
        child="""
            child_id birth_date
            a        2023-02-01
            b        2023-01-01
            c        -
        """,
        concern="""
            child_id kind      identified_date
            a        confirmed 2023-01-31
            b        confirmed 2023-01-01
            c        confirmed 2023-01-01
        """,
        expect=(2, 2),
    ),
    case(
        "concern.confirmed",
        "a concern identified on the as-of date is not known yet",
        as_of="2023-01-02",
        concern="""
            child_id kind      identified_date
            a        confirmed 2023-01-01
            b        confirmed 2023-01-02
        """,
        expect=(1, 1),
    ),
    case(
        "concern.confirmed_with_reports",
        "a report is a concern, a substantiated one sure",
        concern="""
            child_id kind    identified_date
            a        at_risk 2023-01-01
        """,
        report="""
            child_id report_date allegation screened_in disposition
            a        2023-02-01  cse        yes         substantiated
            b        2023-02-01  cse        yes         unfounded
            c        2023-02-01  cse        no          substantiated
            d        2023-02-01  neglect    yes         substantiated
        """,
        expect=(1, 3),
    ),
]

PLACED = {
    "concern": """
        child_id kind      identified_date
        a        confirmed 2023-01-10
        b        confirmed 2023-01-10
        c        confirmed 2023-01-10
        d        confirmed 2023-01-10
        e        confirmed 2023-01-10
        f        at_risk   2023-01-10
        g        confirmed 2023-01-10
    """,
    "removal": """
        removal_id child_id entry_date exit_date  exit_reason
        1          a        2022-01-01 -          -
        2          b        2022-01-01 2023-01-10 reunification
        3          c        2023-01-11 -          -
        4          d        2022-01-01 -          -
        5          f        2022-01-01 -          -
        6          g        2023-01-10 -          -
    """,
    "placement": """
        removal_id child_id start_date end_date   setting
        1          a        2022-01-01 2023-01-05 kin
        1          a        2023-01-05 2023-01-10 absent
        1          a        2023-01-10 -          kin
        4          d        2022-01-01 -          kin
        4          d        2023-01-10 2023-01-11 absent
    """,
}
STATUS = [
    case(f"concern.placement.{status}", says, expect=(count, 6), **PLACED)
    for status, count, says in (
        ("in_placement", 2, "in care on the day, back from being away or just entered"),
        ("absent", 1, "an absence that covers the day wins over the home kept open"),
        ("past", 1, "left care that day"),
        ("never", 2, "never in care, or entered the day after"),
    )
]
CASES_OPEN = {
    "concern": """
        child_id kind    identified_date
        a        at_risk 2023-01-10
        b        at_risk 2023-01-10
        c        at_risk 2023-01-10
        d        at_risk 2023-01-10
        e        at_risk 2023-01-10
        f        at_risk 2023-01-10
        g        at_risk 2023-01-10
    """,
    "case_open": """
        child_id open_date  close_date
        a        2023-01-10 2023-01-11
        b        2022-01-01 2023-01-10
        c        2023-01-11 -
        d        2022-01-01 2022-06-01
        d        2023-01-11 -
        e        2025-01-01 -
        f        -          2022-06-01
        g        2022-06-01 2022-05-01
    """,
}
CASE_STATUS = [
    case(f"concern.case.{status}", says, expect=(count, 7), **CASES_OPEN)
    for status, count, says in (
        ("open", 1, "open on the day"),
        (
            "closed_before",
            2,
            "closed on or before the day, whatever opened later",
        ),
        ("opened_after", 1, "opened after the day"),
        ("none", 3, "no case that is known and sound"),
    )
]

AGAIN = """
    child_id kind      identified_date incident_date
    a        confirmed 2023-01-01      -
    a        confirmed 2023-01-15      -
    b        confirmed 2023-01-01      -
    b        confirmed 2023-01-16      -
    c        confirmed 2023-01-01      -
    c        confirmed 2023-07-01      -
    d        confirmed 2023-01-01      -
    d        confirmed 2023-07-02      -
    e        confirmed 2023-01-01      -
    e        confirmed 2023-08-01      2023-03-01
    f        confirmed 2023-01-01      -
    f        confirmed 2023-08-01      2022-03-01
    g        confirmed 2023-01-01      -
    g        at_risk   2023-03-01      -
    h        confirmed 2023-01-01      -
    h        confirmed 2024-01-01      -
    i        confirmed 2023-01-01      -
    i        confirmed 2024-01-02      -
"""
REPEAT = [
    case(
        "repeat.6m",
        "over fourteen days and within six months, by incident date",
        concern=AGAIN,
        expect=(3, 9),
        unknown=0,
    ),
    case(
        "repeat.12m",
        "over fourteen days and within twelve months, by incident date",
        concern=AGAIN,
        expect=(5, 9),
        unknown=0,
    ),
    case(
        "repeat.6m",
        "only young people whose follow-up is complete are counted",
        as_of="2023-07-02",
        concern="""
            child_id kind      identified_date
            a        confirmed 2023-01-01
            a        confirmed 2023-02-01
            b        confirmed 2023-01-02
            b        confirmed 2023-02-02
        """,
        expect=(1, 1),
        unknown=1,
    ),
    case(
        "repeat.6m.completeness",
        "one of two was followed for all six months",
        as_of="2023-07-02",
        concern="""
            child_id kind      identified_date
            a        confirmed 2023-01-01
            b        confirmed 2023-01-02
        """,
        expect=(1, 2),
    ),
    case(
        "repeat.6m.incomplete_events",
        "harm seen among those not followed to the end",
        as_of="2023-07-02",
        concern="""
            child_id kind      identified_date
            a        confirmed 2023-01-01
            a        confirmed 2023-02-01
            b        confirmed 2023-01-02
            b        confirmed 2023-02-02
            c        confirmed 2023-01-02
        """,
        expect=(1, 2),
    ),
    case(
        "repeat.12m",
        "the index is the first in the window, whatever came before",
        concern="""
            child_id kind      identified_date
            a        confirmed 2022-09-01
            a        confirmed 2023-01-01
        """,
        expect=(0, 1),
    ),
    case(
        "repeat.12m",
        "an incident dated after it was identified counts as missing",
        concern="""
            child_id kind      identified_date incident_date
            a        confirmed 2023-01-01      -
            a        confirmed 2023-01-10      2023-06-01
        """,
        expect=(0, 1),
    ),
]
TO_18 = case(
    "repeat.12m_to_18",
    "follow-up and events end at eighteen",
    child="""
        child_id birth_date
        a        2005-10-01
        b        2005-10-01
        c        2006-02-01
        d        2005-01-01
        e        -
    """,
    concern="""
        child_id kind      identified_date
        a        confirmed 2023-01-01
        b        confirmed 2022-10-02
        b        confirmed 2023-11-01
        c        confirmed 2023-01-01
        c        confirmed 2023-06-01
        d        confirmed 2023-02-01
        e        confirmed 2023-01-01
    """,
    expect=(1, 2),
    unknown=2,
)

ALL = [*FUNNEL, *CONFIRMED, *STATUS, *CASE_STATUS, *REPEAT, TO_18]


@pytest.mark.parametrize("case", ALL, ids=str)
def test_the_engine_agrees_with_the_hand(case: Case, agree: Agree) -> None:
    agree(case)
