"""The same release, whichever engine counts."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import psycopg
import pytest

from alongside.config.embedded import DATABASE, OWNER, Server
from alongside.measures.command import run
from alongside.measures.command_sources import COPIED, ORDER
from alongside.measures.problems import Rule
from alongside.measures.schema import Kind
from alongside.measures.source import load
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


def _copy(
    connection: psycopg.Connection, file: Path, *, only: str | None = None
) -> None:
    name, text = file.stem, file.read_text("utf-8")
    columns = TABLES[name].columns.items()
    typed = ", ".join(f"{column} {only or TYPES[c.kind]}" for column, c in columns)
    heading = text.splitlines()[0]
    connection.execute(f"create table {name} ({typed})".encode())
    into = f"copy {name} ({heading}) from stdin csv header".encode()
    with connection.cursor().copy(into) as copying:
        copying.write(text)


def _spoilt(extract: Path, folder: Path) -> Path:
    """The extract with a fault of every kind, its rows in the order of their keys."""
    folder.mkdir()
    for file in extract.glob("*.csv"):
        heading, *rows = file.read_text("utf-8").splitlines()
        (folder / file.name).write_text("\n".join([heading, *sorted(rows)]) + "\n")
    for name, old, new in (
        ("child", ",black;white,", ",black; martian,"),
        ("child", ",F\n", ",\n"),
        ("report", ",2022-", ",30/06/2022 "),
        ("report", ",c1,", ",,"),
        ("concern", ",suspected,", ",maybe,"),
        ("removal", ",c1", ",nobody"),
    ):
        file = folder / f"{name}.csv"
        file.write_text(file.read_text().replace(old, new, 3))
    removals = (folder / "removal.csv").read_text().splitlines()
    removals.insert(2, removals[1])
    (folder / "removal.csv").write_text("\n".join(removals) + "\n")
    return folder


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


def test_a_database_can_be_counted_on_another_engine(
    database: str, here: str, tmp_path: Path
) -> None:
    asked = [database, *ASKED, "--engine", "duckdb", "--out", str(tmp_path)]
    assert run(asked) == 0
    assert (tmp_path / "results.csv").read_text("utf-8") == here
    about = json.loads((tmp_path / "release.json").read_text("utf-8"))
    assert (about["engine"], about["source"]) == ("DuckDB", DATABASE)


def test_an_unsound_database_is_checked_as_a_folder_is(
    database: str, extract: Path, tmp_path: Path
) -> None:
    folder, other = _spoilt(extract, tmp_path / "spoilt"), f"/{DATABASE}_spoilt?"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"create database {DATABASE}_spoilt".encode())
    address = database.replace(f"/{DATABASE}?", other)
    with psycopg.connect(address) as connection:
        for file in folder.glob("*.csv"):
            _copy(connection, file, only="text")
    said: list[str] = []
    results: list[str] = []
    for source in (str(folder), address):
        out = tmp_path / f"out{len(said)}"
        assert run([source, *ASKED, "--out", str(out)]) == 0
        results.append((out / "results.csv").read_text("utf-8"))
        said.append(unescape((out / "report.html").read_text("utf-8")))
        assert run([source, *ASKED, "--strict", "--out", str(tmp_path / "no")]) == 2
    assert results[0] == results[1]
    told = load(folder).problems
    assert {p.rule for p in told} >= {
        *(Rule.WRONG_TYPE, Rule.UNKNOWN_CODE, Rule.EMPTY_CELL, Rule.REPEATED_KEY),
        Rule.UNKNOWN_REFERENCE,
    }
    for page in said:
        assert [str(one) for one in told if str(one) not in page] == []
    assert [note in said[1] for note in (COPIED, ORDER)] == [True, True]
    assert [note in said[0] for note in (COPIED, ORDER)] == [False, False]
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        ("update child set gender = ''", True),  # an empty text is an empty cell
        ("update child set race_ethnicity = 'black; white'", False),
        ("alter table child alter birth_date type text", False),
        ("alter table report alter report_date type timestamptz", True),
        ("update removal set exit_date = 'infinity'", False),
    ],
)
def test_what_is_counted_in_the_database_is_what_is_counted_in_a_copy(
    database: str, tmp_path: Path, change: str, *, stays: bool
) -> None:
    name = f"{DATABASE}_changed"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"drop database if exists {name}".encode())
        connection.execute(f"create database {name} template {DATABASE}".encode())
    address = database.replace(f"/{DATABASE}?", f"/{name}?")
    with psycopg.connect(address) as connection:
        connection.execute(change.encode())
    results = []
    for engine in ("postgres", "duckdb"):
        out = tmp_path / engine
        assert run([address, *ASKED, "--engine", engine, "--out", str(out)]) == 0
        results.append((out / "results.csv").read_text("utf-8"))
    about = json.loads((tmp_path / "postgres" / "release.json").read_text("utf-8"))
    assert about["engine"] == ("PostgreSQL" if stays else "DuckDB")
    assert results[0] == results[1]
    gc.collect()  # what was kept in the database for a while is dropped


# Spark's bridge to Java leaves its sockets to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_publishes_what_duckdb_publishes(
    extract: Path, here: str, tmp_path: Path
) -> None:
    asked = [str(extract), *ASKED, "--engine", "spark", "--out", str(tmp_path)]
    assert run(asked) == 0
    assert (tmp_path / "results.csv").read_text("utf-8") == here
    about = json.loads((tmp_path / "release.json").read_text("utf-8"))
    assert about["engine"] == "Spark"


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
