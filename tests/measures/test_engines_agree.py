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
from tests.measures.agreement import Compiled, Tables, assert_agree
from tests.measures.histories import AS_OF, WINDOW, extracts

FLIPPED = Options(
    anniversary_inclusive=False,
    s1_first_days=8,
    same_period=False,
    bridge=False,
    non_move_settings=("detention",),
    censor_at_18=True,
)
# Every statement is compiled once for each of these.
POINTS = st.sampled_from(
    [
        (date(2025, 6, 1), Options()),
        (date(2023, 10, 1), Options()),
        (date(2025, 6, 1), FLIPPED),
        (date(2025, 6, 1), Options(same_period=False, censor_at_18=True)),
        (date(2023, 5, 17), Options(bridge=False, anniversary_inclusive=False)),
    ]
)
Point = tuple[date, Options]
# Survival has its own test: it needs the days, not the sums.
PLAIN = [m.id for m in STATEWIDE if not m.id.startswith("repeat.km")]


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return Compiled()


@pytest.mark.slow
def test_the_engines_agree_on_every_federal_measure(compiled: Compiled) -> None:
    @settings(deadline=None)
    @given(extracts("removal", "placement", "report"), POINTS)
    def agree(tables: Tables, point: Point) -> None:
        assert_agree(compiled, [measure.id for measure in FEDERAL], tables, *point)

    agree()


@pytest.mark.slow
def test_the_engines_agree_on_every_statewide_measure(compiled: Compiled) -> None:
    names = ("removal", "placement", "report", "concern", "case_open")

    @settings(deadline=None)
    @given(extracts(*names), POINTS)
    def agree(tables: Tables, point: Point) -> None:
        assert_agree(compiled, PLAIN, tables, *point)

    agree()


@pytest.mark.slow
@settings(deadline=None)
@given(extracts("concern"), AS_OF, st.booleans())
def test_the_engines_agree_on_survival(
    tables: dict[str, list[Row]], as_of: date, to_18: bool
) -> None:
    engine = duckdb_engine(tables)
    engine.connection.raw_sql("PRAGMA disable_optimizer")
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
