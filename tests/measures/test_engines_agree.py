"""The slow engine and DuckDB give every child the same part in every measure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.measures.engine import duckdb_engine
from alongside.measures.example import Row
from alongside.measures.library import FEDERAL, MEASURES, STATEWIDE
from alongside.measures.options import Options
from alongside.measures.reference import compute
from alongside.measures.reference.concerns import survival
from alongside.measures.reference.extract import Extract
from tests.measures.agreement import quickly, slowly
from tests.measures.histories import AS_OF, WINDOW, extracts

OPTIONS = st.builds(
    Options,
    anniversary_inclusive=st.booleans(),
    s1_first_days=st.sampled_from([7, 8]),
    same_period=st.booleans(),
    bridge=st.booleans(),
    non_move_settings=st.sampled_from(
        [("trial_home_visit", "absent", "hospital"), ("detention",)]
    ),
    censor_at_18=st.booleans(),
)


def assert_agree(
    ids: list[str], tables: dict[str, list[Row]], as_of: date, options: Options
) -> None:
    engine = duckdb_engine(tables)
    # On a few rows, making a plan better takes longer than carrying it out.
    engine.connection.raw_sql("PRAGMA disable_optimizer")
    found = {measure: quickly(engine, measure, as_of, options) for measure in ids}
    assert found == {m: slowly(m, tables, as_of, options) for m in ids}


@pytest.mark.slow
@settings(deadline=None)
@given(extracts("removal", "placement", "report"), AS_OF, OPTIONS)
def test_the_engines_agree_on_every_federal_measure(
    tables: dict[str, list[Row]], as_of: date, options: Options
) -> None:
    assert_agree([measure.id for measure in FEDERAL], tables, as_of, options)


# Survival has its own test: it needs the days, not the sums.
PLAIN = [m.id for m in STATEWIDE if not m.id.startswith("repeat.km")]


@pytest.mark.slow
@settings(deadline=None)
@given(
    extracts("removal", "placement", "report", "concern", "case_open"), AS_OF, OPTIONS
)
def test_the_engines_agree_on_every_statewide_measure(
    tables: dict[str, list[Row]], as_of: date, options: Options
) -> None:
    assert_agree(PLAIN, tables, as_of, options)


@pytest.mark.slow
@settings(deadline=None)
@given(extracts("concern"), AS_OF, st.booleans())
def test_the_engines_agree_on_survival(
    tables: dict[str, list[Row]], as_of: date, to_18: bool
) -> None:
    engine = duckdb_engine(tables)
    suffix = "_to_18" if to_18 else ""
    for months, days in ((6, 183), (12, 365)):
        measure = MEASURES[f"repeat.km.{months}m{suffix}"]
        found = engine.run([measure], [WINDOW], engine.frames(as_of))
        expected = survival(
            Extract(tables, as_of, Options()), WINDOW, days, to_18=to_18
        )
        parts = compute(measure.id, tables, WINDOW, as_of)
        if not parts:
            assert found.empty
            continue
        assert found["numerator"].item() == sum(part.numerator for part in parts)
        assert found["unknown"].item() == sum(part.unknown for part in parts)
        value = found["value"].item()
        if expected is None:
            assert value is None or value != value
        else:
            assert value == pytest.approx(100 * (1 - expected))
