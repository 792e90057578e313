"""Every hand-worked case is held against every engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from alongside.measures.assure import Case
from alongside.measures.compile import sql
from alongside.measures.engine import duckdb_engine
from alongside.measures.library import MEASURES
from alongside.measures.reference import compute

Agree = Callable[[Case], None]


def by_hand(case: Case) -> None:
    parts = compute(case.measure, case.tables, case.window, case.as_of, case.options)
    _check(
        case,
        sum(p.numerator for p in parts),
        sum(p.denominator for p in parts),
        sum(p.unknown for p in parts),
    )


def by_duckdb(case: Case) -> None:
    engine = duckdb_engine(case.tables)
    # On a few rows, making a plan better takes longer than carrying it out.
    engine.connection.raw_sql("PRAGMA disable_optimizer")
    frames = engine.frames(case.as_of, case.options)
    found = engine.run([MEASURES[case.measure]], [case.window], frames)
    _check(case, *found[["numerator", "denominator", "unknown"]].sum())


def _check(case: Case, numerator: float, denominator: float, unknown: float) -> None:
    assert (numerator, denominator) == pytest.approx(case.expect)
    if case.unknown is not None:
        assert unknown == case.unknown


def by_postgres_text(case: Case) -> None:
    """PostgreSQL is not running here; that the statement can be made is the check."""
    text = sql(
        MEASURES[case.measure],
        case.window,
        case.as_of,
        dialect="postgres",
        options=case.options,
    )
    assert text.startswith(("SELECT", "WITH"))


@pytest.fixture(params=[by_hand, by_duckdb], ids=["by hand", "duckdb"])
def agree(request: pytest.FixtureRequest) -> Agree:
    """Hold a case against one engine."""
    checker: Agree = request.param
    return checker
