"""The federal limits of data quality, as checks of a whole table by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from alongside.measures.problems import Problem, Rule
from alongside.measures.reading import Reading

if TYPE_CHECKING:
    from alongside.measures.source import Source


@dataclass(frozen=True)
class Limit:
    """A share that a sound extract does not go above."""

    rule: Rule
    table: str
    needs: tuple[str, ...]
    failing: str
    among: str
    most: float
    says: str  # with {share}


_REMOVALS = "removal r LEFT JOIN child c USING (child_id)"
_AGED_18 = "r.entry_date >= c.birth_date + INTERVAL 216 MONTH"
_UNUSABLE = (
    "r.entry_date IS NULL OR c.birth_date IS NULL OR r.entry_date < c.birth_date"
    " OR r.exit_date <= r.entry_date"
    " OR (r.exit_date IS NULL AND r.exit_reason IS NOT NULL)"
    f" OR {_AGED_18}"
)
LIMITS: tuple[Limit, ...] = (
    Limit(
        Rule.MISSING_BIRTH_DATE,
        "child c",
        ("child",),
        "c.birth_date IS NULL",
        "true",
        0.05,
        "{share} of children have no date of birth",
    ),
    Limit(
        Rule.MISSING_REMOVAL_DATE,
        "removal r",
        ("removal",),
        "r.entry_date IS NULL",
        "true",
        0.05,
        "{share} of removals have no first day",
    ),
    Limit(
        Rule.BIRTH_AFTER_ENTRY,
        _REMOVALS,
        ("removal", "child"),
        "c.birth_date > r.entry_date",
        "c.birth_date IS NOT NULL AND r.entry_date IS NOT NULL",
        0.05,
        "{share} of removals begin before the child's date of birth",
    ),
    Limit(
        Rule.EXIT_BEFORE_ENTRY,
        "removal r",
        ("removal",),
        "r.exit_date < r.entry_date",
        "r.exit_date IS NOT NULL AND r.entry_date IS NOT NULL",
        0.05,
        "{share} of ended removals end before they begin",
    ),
    Limit(
        Rule.SAME_DAY_EXIT,
        "removal r",
        ("removal",),
        "r.exit_date = r.entry_date",
        "r.exit_date IS NOT NULL AND r.entry_date IS NOT NULL",
        0.05,
        "{share} of ended removals end on the day they begin",
    ),
    Limit(
        Rule.DROPPED_RECORDS,
        _REMOVALS,
        ("removal", "child"),
        _UNUSABLE,
        "true",
        0.10,
        "{share} of removals cannot be used by the federal measures",
    ),
    Limit(
        Rule.MISSING_EXIT_REASON,
        "removal r",
        ("removal",),
        "r.exit_reason IS NULL",
        "r.exit_date IS NOT NULL",
        0.10,
        "{share} of ended removals have no reason",
    ),
)
_MOST_FIRST = 0.95
_MOST_UNMATCHED = 0.40


def check_quality(
    connection: duckdb.DuckDBPyConnection, readings: Mapping[str, Reading]
) -> list[Problem]:
    """Every limit that the sound rows go over, with the share found."""
    problems = []
    for limit in LIMITS:
        if not all(name in readings for name in limit.needs):
            continue
        failing, among = _counts(
            connection,
            f"SELECT count(*) FILTER (({limit.failing}) AND ({limit.among})),"  # noqa: S608 (constants above)
            f" count(*) FILTER ({limit.among}) FROM {limit.table}",
        )
        if among and failing / among > limit.most:
            problems.append(_over(limit, failing, among))
    if "removal" in readings:
        problems += _first_removals(connection)
    return problems


def unmatched_ids(earlier: Source, later: Source) -> Problem | None:
    """Whether too many children still in care are missing from the next extract."""
    still = {
        row[0]
        for row in earlier.connection.execute(
            "SELECT DISTINCT child_id FROM removal"
            " WHERE exit_date IS NULL AND entry_date IS NOT NULL"
        ).fetchall()
    }
    known = {
        row[0]
        for row in later.connection.execute("SELECT child_id FROM child").fetchall()
    }
    lost = len(still - known)
    if not still or lost / len(still) <= _MOST_UNMATCHED:
        return None
    return Problem(
        table="child",
        rule=Rule.UNMATCHED_IDS,
        rows=lost,
        sentence=(
            f"{lost / len(still):.0%} of the children in care in"
            f" {earlier.place.name} are not in {later.place.name} (limit 40%)."
            " Ask whether their identifiers changed."
        ),
    )


def _over(limit: Limit, failing: int, among: int) -> Problem:
    share = f"{failing / among:.0%} ({failing:,} of {among:,})"
    return Problem(
        table=limit.needs[0],
        rule=limit.rule,
        rows=failing,
        sentence=(
            f"Table “{limit.needs[0]}”: {limit.says.format(share=share)}; the federal"
            f" limit is {limit.most:.0%}."
        ),
    )


def _first_removals(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Almost only first removals means that earlier ones were not exported."""
    first, removals = _counts(
        connection,
        "SELECT count(DISTINCT child_id), count(*) FROM removal"
        " WHERE entry_date IS NOT NULL",
    )
    if removals < 100 or first / removals <= _MOST_FIRST:
        return []
    return [
        Problem(
            table="removal",
            rule=Rule.FIRST_REMOVALS,
            rows=first,
            sentence=(
                f"Table “removal”: {first / removals:.0%} of removals are the child's"
                " first; the federal limit is 95%. Ask whether earlier removals were"
                " exported."
            ),
        )
    ]


def _counts(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, int]:
    row = connection.execute(query).fetchone() or (0, 0)
    return int(row[0]), int(row[1])
