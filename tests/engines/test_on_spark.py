"""Spark counts what DuckDB counts, child by child and day by day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pyspark.sql import SparkSession

from alongside.measures.definition import Measure
from alongside.measures.engine import Engine, duckdb_engine, spark_engine
from alongside.measures.frames import Frames
from alongside.measures.library import MEASURES
from tests.engines.extracts import AS_OF, WINDOW, every_case, merged, parts

pytestmark = pytest.mark.slow
Engines = tuple[tuple[Engine, Frames], tuple[Engine, Frames]]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Spark on this machine, small and without its web page."""
    found = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.default.parallelism", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    yield found
    found.stop()


@pytest.fixture(scope="module")
def engines(session: Any) -> Engines:
    """All hand-worked cases, on both engines."""
    rows = merged(every_case())
    pair = duckdb_engine(rows), spark_engine(rows, session)
    quick, slow = ((engine, engine.frames(AS_OF)) for engine in pair)
    return quick, slow


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda m: m.id)
def test_every_measure_agrees_on_the_hand_worked_cases(
    engines: Engines, measure: Measure
) -> None:
    duckdb, spark = (parts(*engine, measure) for engine in engines)
    assert duckdb
    assert spark == pytest.approx(duckdb)


def test_the_results_agree_with_groups_and_curves(engines: Engines) -> None:
    wanted = [MEASURES[i] for i in ("4-P1", "concern.confirmed", "repeat.km.12m")]
    for by in ((), ("county", "race_ethnicity")):
        duckdb, spark = (
            engine.run(wanted, [WINDOW], frames, by) for engine, frames in engines
        )
        assert spark.to_dict("records") == duckdb.to_dict("records")
