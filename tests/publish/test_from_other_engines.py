"""The same release, whichever engine counts."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import psycopg
import pytest
from pyspark.sql import SparkSession

from alongside.config.embedded import DATABASE, OWNER, Server
from alongside.measures.command import run
from alongside.measures.disclosure import gather, tasks
from alongside.measures.engine import duckdb_engine, spark_engine
from alongside.measures.library import MEASURES
from alongside.measures.schema import Kind
from alongside.measures.tables import TABLES

pytestmark = pytest.mark.slow

TYPES = {Kind.TEXT: "text", Kind.DATE: "date", Kind.YES_NO: "boolean"}
ASKED = (
    *("--measures", "funnel.screened_in", "4-P1", "repeat.km.6m"),
    *("--by", "county", "--as-of", "2025-01-01", "--window", "2022-07-01"),
    "2023-07-01",
)


@pytest.fixture(scope="module")
def database(extract: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database that holds the extract, and no other table."""
    server = Server(tmp_path_factory.mktemp("postgres"), durable=False)
    with server.running():
        where = f"host={server.socket_folder} user={OWNER} dbname={DATABASE}"
        with psycopg.connect(where) as connection:
            for file in extract.glob("*.csv"):
                _copy(connection, file)
        yield f"postgresql://{OWNER}@/{DATABASE}?host={server.socket_folder}"
        gc.collect()  # what was kept for a while is dropped before the server stops


def _copy(connection: psycopg.Connection, file: Path) -> None:
    name, text = file.stem, file.read_text("utf-8")
    columns = TABLES[name].columns.items()
    typed = ", ".join(f"{column} {TYPES[c.kind]}" for column, c in columns)
    heading = text.splitlines()[0]
    connection.execute(f"create table {name} ({typed})".encode())
    into = f"copy {name} ({heading}) from stdin csv header".encode()
    with connection.cursor().copy(into) as copying:
        copying.write(text)


@pytest.fixture(scope="module")
def here(extract: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What DuckDB counts."""
    out = tmp_path_factory.mktemp("duckdb")
    assert run([str(extract), *ASKED, "--out", str(out)]) == 0
    return (out / "results.csv").read_text("utf-8")


def test_a_database_is_read_as_a_folder_is(
    database: str, here: str, tmp_path: Path
) -> None:
    assert run([database, *ASKED, "--out", str(tmp_path)]) == 0
    assert (tmp_path / "results.csv").read_text("utf-8") == here
    about = json.loads((tmp_path / "release.json").read_text("utf-8"))
    assert about["engine"] == "PostgreSQL"
    assert about["source"] == DATABASE
    assert "postgresql:" not in about["command"], "an address may hold a password"


# Spark's bridge to Java leaves its sockets to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_gathers_what_duckdb_gathers(tmp_path: Path) -> None:
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", str(tmp_path))
        .getOrCreate()
    )
    measure = MEASURES["concern.confirmed"]
    rows = measure.examples[0].tables
    frames = []
    for engine in (duckdb_engine(rows), spark_engine(rows, session)):
        wanted = tasks([measure], [measure.examples[0].window], ["county"])
        internal = gather(wanted, engine, engine.frames(date(2025, 1, 1)))
        frames.append(internal.frame)
    pd.testing.assert_frame_equal(*frames, check_dtype=False)
    session.stop()


def test_a_database_without_the_tables_is_a_sentence(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for address, sentence in (
        (database.replace(f"/{DATABASE}?", "/template1?"), "none of the contract"),
        ("postgresql://nobody@/nothing?host=/nowhere", "cannot be opened"),
    ):
        assert run([address, *ASKED, "--out", str(tmp_path / "out")]) == 2
        assert sentence in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "out").exists()
