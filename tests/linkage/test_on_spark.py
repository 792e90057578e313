"""Spark links whom DuckDB links, with nearly the same weights."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession

from alongside.linkage.command import run
from alongside.linkage.link import link
from alongside.simulate.linkage_files import write_linkage_files

pytestmark = [
    pytest.mark.slow,
    # Spark's bridge to Java leaves its sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def _likely(pairs: pa.Table) -> dict[tuple[str, str, bool], float]:
    return {
        (row["id_l"], row["id_r"], row["is_best"]): row["weight"]
        for row in pairs.to_pylist()
        if row["weight"] > 0
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two simulated files of a hundred and fifty people."""
    write_linkage_files(tmp_path, people=150, seed=5)
    return tmp_path


@pytest.fixture
def _stopped() -> Iterator[None]:
    """No session stays behind."""
    yield
    if session := SparkSession.getActiveSession():
        session.stop()


@pytest.mark.usefixtures("_stopped")
def test_spark_scores_as_duckdb_does(folder: Path) -> None:
    a, b = (folder / f"{letter}.parquet" for letter in "ab")
    out = folder / "out"
    assert run([str(a), str(b), "--engine", "spark", "--out", str(out)]) == 0
    here = link(a, b)
    assert here.learned
    found = _likely(pq.read_table(out / "pairs.parquet"))
    assert len(found) > 70
    # What is learned from chance pairs differs in the last digits.
    assert found == pytest.approx(_likely(here.pairs), abs=0.5)
    assert (out / "review.xlsx").exists()
