"""Hypothesis strategies for extracts: short histories crowded around the boundaries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from alongside.measures.codelists import (
    AGENCY,
    CONCERN_KIND,
    DISPOSITION,
    EXIT_REASON,
    SETTING,
)
from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.tables import TABLES

WINDOW = Window(date(2022, 10, 1), date(2023, 10, 1))
AS_OF = st.sampled_from([date(2025, 6, 1), date(2023, 10, 1), date(2023, 5, 17)])

_EDGES = (
    date(2021, 10, 1),
    date(2022, 9, 30),
    date(2022, 10, 1),
    date(2023, 1, 10),
    date(2023, 3, 31),
    date(2023, 4, 1),
    date(2023, 9, 30),
    date(2023, 10, 1),
    date(2024, 1, 10),
    date(2024, 2, 29),
)
_NEAR = (0, 0, 0, 1, -1, 6, 7, 8, 14, 15, 30, 181, 365, 366)
DAY = st.builds(
    lambda edge, days: edge + timedelta(days=days),
    st.sampled_from(_EDGES),
    st.sampled_from(_NEAR),
)
BIRTH = st.sampled_from(
    [
        None,
        date(2010, 1, 1),
        date(2004, 10, 1),
        date(2005, 1, 10),
        date(2005, 4, 1),
        date(2004, 2, 29),
        date(2023, 1, 10),
    ]
)
CHILDREN = ("a", "b", "c", "d", "e", "f", "g", "h")
CHILD = st.sampled_from((*CHILDREN, "nobody"))


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly a value, sometimes nothing."""
    return st.one_of(values, values, values, st.none())


def code(codes: Any) -> st.SearchStrategy[Any]:
    """A code of a list, or nothing."""
    return maybe(st.sampled_from(sorted(codes)))


COLUMNS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "report": {
        "child_id": CHILD,
        "report_date": maybe(DAY),
        "incident_date": maybe(DAY),
        "allegation": st.sampled_from(["cse", "cse", "neglect"]),
        "screened_in": st.sampled_from([True, True, True, False, None]),
        "disposition": st.one_of(st.just("substantiated"), code(DISPOSITION)),
    },
    "removal": {
        "child_id": CHILD,
        "entry_date": maybe(DAY),
        "exit_date": maybe(DAY),
        "exit_reason": code(EXIT_REASON),
        "agency": code(AGENCY),
    },
    "placement": {
        "removal_id": st.integers(1, 24).map(str),
        "child_id": CHILD,
        "start_date": maybe(DAY),
        "end_date": maybe(DAY),
        "setting": st.one_of(
            code(SETTING), st.sampled_from(["trial_home_visit", "absent"])
        ),
        "home_id": maybe(st.sampled_from(["h1", "h2"])),
    },
    "concern": {
        "child_id": CHILD,
        "kind": st.one_of(st.just("confirmed"), code(CONCERN_KIND)),
        "identified_date": maybe(DAY),
        "incident_date": maybe(DAY),
    },
    "case_open": {
        "child_id": CHILD,
        "open_date": maybe(DAY),
        "close_date": maybe(DAY),
    },
}


def rows(table: str, most: int = 24) -> st.SearchStrategy[list[Row]]:
    """Rows of one table, their key numbered from 1."""
    empty = dict.fromkeys(TABLES[table].columns)
    key = TABLES[table].key[0]
    each = st.fixed_dictionaries(COLUMNS[table])
    return st.lists(each, max_size=most).map(
        lambda found: [
            {**empty, **row, key: str(position)}
            for position, row in enumerate(found, start=1)
        ]
    )


def children() -> st.SearchStrategy[list[Row]]:
    """A record for every child but “nobody”."""
    empty = dict.fromkeys(TABLES["child"].columns)
    births = st.tuples(*(BIRTH for _ in CHILDREN))
    return births.map(
        lambda born: [
            {**empty, "child_id": child, "birth_date": day}
            for child, day in zip(CHILDREN, born, strict=True)
        ]
    )


def extracts(*tables: str) -> st.SearchStrategy[dict[str, list[Row]]]:
    """Whole extracts with these tables filled."""
    return st.fixed_dictionaries(
        {"child": children(), **{table: rows(table) for table in tables}}
    ).map(lambda found: {name: found.get(name, []) for name in TABLES})
