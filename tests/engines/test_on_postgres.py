"""PostgreSQL computes what DuckDB computes, from one statement per measure."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pyarrow.parquet as pq
import pytest

from alongside.config.database import OWNER_URL, is_embedded
from alongside.config.embedded import DATABASE, OWNER, Server
from alongside.measures.compile import expression, sql
from alongside.measures.definition import Measure, Summary
from alongside.measures.engine import Engine, duckdb_engine
from alongside.measures.frames import Frames
from alongside.measures.library import FEDERAL, MEASURES, STATEWIDE
from alongside.measures.schema import Kind
from alongside.measures.tables import ADMINISTRATIVE, TABLES
from alongside.simulate.state import write_state
from tests.engines.extracts import (
    AS_OF,
    WINDOW,
    Rows,
    every_case,
    merged,
)

pytestmark = pytest.mark.slow

_TYPES = {
    Kind.TEXT: "text",
    Kind.WHOLE: "bigint",
    Kind.NUMBER: "double precision",
    Kind.YES_NO: "boolean",
    Kind.DATE: "date",
    Kind.INSTANT: "timestamp",
}
Cursor = psycopg.Cursor[dict[str, Any]]


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cursor]:
    """A cursor in a transaction that is never committed."""
    with ExitStack() as stack:
        if is_embedded(os.environ):
            server = Server(tmp_path_factory.mktemp("postgres"), durable=False)
            stack.enter_context(server.running())
            where = f"host={server.socket_folder} user={OWNER} dbname={DATABASE}"
        else:
            where = os.environ[OWNER_URL]
        connection = stack.enter_context(psycopg.connect(where))
        yield connection.cursor(row_factory=psycopg.rows.dict_row)
        connection.rollback()


def ask(cursor: Cursor, statement: str) -> None:
    cursor.execute(statement.encode())


def fill(cursor: Cursor, schema: str, rows: Rows) -> None:
    """Make the contract's tables in a new schema, with these rows."""
    ask(cursor, f"create schema {schema}")
    for name, table in TABLES.items():
        columns = ", ".join(f"{n} {_TYPES[c.kind]}" for n, c in table.columns.items())
        ask(cursor, f"create table {schema}.{name} ({columns})")
        with cursor.copy(f"copy {schema}.{name} from stdin".encode()) as copying:
            for row in rows.get(name, []):
                copying.write_row([row[column] for column in table.columns])
        ask(cursor, f"analyze {schema}.{name}")


def plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the types that only one engine has, in one order."""
    found = [
        {
            key: round(float(cell), 6) if isinstance(cell, (float, Decimal)) else cell
            for key, cell in row.items()
        }
        for row in rows
    ]
    return sorted(found, key=lambda row: sorted(map(str, row.items())))


@dataclass(frozen=True)
class Both:
    """The same rows on DuckDB and in a schema of PostgreSQL."""

    cursor: Cursor
    schema: str
    engine: Engine
    frames: Frames

    @classmethod
    def holding(cls, cursor: Cursor, schema: str, rows: Rows) -> Both:
        """Both, filled."""
        fill(cursor, schema, rows)
        engine = duckdb_engine(rows)
        return cls(cursor, schema, engine, engine.frames(AS_OF))

    def must_agree(self, measure: Measure, by: tuple[str, ...] = ()) -> None:
        """The same rows come from both."""
        statement = sql(
            measure, WINDOW, AS_OF, dialect="postgres", by=by, schema=self.schema
        )
        with self.cursor.connection.transaction():
            on_postgres = self.cursor.execute(statement.encode()).fetchall()
        wanted = expression(measure, self.frames, WINDOW, by)
        on_duckdb = self.engine.connection.to_pyarrow(wanted).to_pylist()
        assert plain(on_postgres) == plain(on_duckdb)


@pytest.fixture(scope="module")
def cases(cursor: Cursor) -> Both:
    """All hand-worked cases."""
    return Both.holding(cursor, "cases", merged(every_case()))


@pytest.fixture(scope="module")
def state(cursor: Cursor, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """A simulated state of some thousand children, with everything wrong with it."""
    folder: Path = tmp_path_factory.mktemp("state")
    write_state(folder, children=4_000, seed=11, dirt=0.03)
    rows = {
        table.name: pq.read_table(folder / f"{table.name}.parquet").to_pylist()
        for table in ADMINISTRATIVE
    }
    assert len(rows["concern"]) > 100
    return Both.holding(cursor, "state", rows)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda m: m.id)
def test_every_measure_agrees_on_the_hand_worked_cases(
    cases: Both, measure: Measure
) -> None:
    cases.must_agree(measure)


@pytest.mark.parametrize("measure", [*FEDERAL, *STATEWIDE], ids=lambda m: m.id)
def test_the_administrative_measures_agree_on_a_dirty_state(
    state: Both, measure: Measure
) -> None:
    survival = measure.summary is Summary.SURVIVAL
    state.must_agree(measure, () if survival else ("county", "age_band"))
