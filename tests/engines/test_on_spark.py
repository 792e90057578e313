"""Spark counts what DuckDB counts, child by child and day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pyspark.sql import SparkSession

from alongside.measures.definition import Measure
from alongside.measures.engine import Engine, duckdb_engine, spark_engine
from alongside.measures.frames import Frames
from alongside.measures.library import MEASURES
from tests.engines.extracts import AS_OF, WINDOW, every_case, merged, parts

pytestmark = [
    pytest.mark.slow,
    # Spark's bridge to Java leaves its sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
Engines = tuple[Engine, Engine]
EARLY = date(2023, 4, 1)


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
    quick, slow = duckdb_engine(rows), spark_engine(rows, session)
    return quick, slow


@pytest.fixture(scope="module")
def frames(engines: Engines) -> dict[date, tuple[Frames, Frames]]:
    """What they compute from, as of the usual day and of an early one."""
    quick, slow = engines
    return {day: (quick.frames(day), slow.frames(day)) for day in (AS_OF, EARLY)}


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda m: m.id)
def test_every_measure_agrees_on_the_hand_worked_cases(
    engines: Engines, frames: dict[date, tuple[Frames, Frames]], measure: Measure
) -> None:
    # Some measures are of those whose follow-up is not over; later there are none.
    as_of = EARLY if measure.id.endswith("incomplete_events") else AS_OF
    duckdb, spark = (
        parts(engine, frame, measure)
        for engine, frame in zip(engines, frames[as_of], strict=True)
    )
    assert duckdb
    assert spark == duckdb


def test_the_results_agree_with_groups_and_curves(
    engines: Engines, frames: dict[date, tuple[Frames, Frames]]
) -> None:
    wanted = [MEASURES[i] for i in ("4-P1", "concern.confirmed", "repeat.km.12m")]
    for by in ((), ("county", "race_ethnicity")):
        duckdb, spark = (
            engine.run(wanted, [WINDOW], frame, by)
            for engine, frame in zip(engines, frames[AS_OF], strict=True)
        )
        assert spark.to_dict("records") == duckdb.to_dict("records")
