"""Where expressions run: DuckDB on one machine, Spark on many; nothing else differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from typing import Any
from weakref import ref

import ibis
import pandas as pd
import pyarrow as pa
from ibis.backends import BaseBackend
from ibis.expr import types as ir

from alongside.kernel.spark import spark_session
from alongside.measures.compile import HELD
from alongside.measures.counted import Counted
from alongside.measures.curves import interval_of
from alongside.measures.definition import PERCENT, Compute, Measure
from alongside.measures.example import Rows
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.options import Options
from alongside.measures.statements import Statements
from alongside.measures.tables import TABLES

RESULT_COLUMNS = (
    "measure",
    "period_start",
    "period_end",
    "numerator",
    "denominator",
    "value",
    "unit",
    "unknown",
    "as_of",
    "definition",
)


NUMBERS = ("numerator", "denominator", "value", "unknown")
# How each database holds a table for a while.
_HOLD = {
    "duckdb": ("CREATE OR REPLACE TEMP TABLE {name} AS {query}",),
    "postgres": (
        "DROP TABLE IF EXISTS pg_temp.{name}",
        "CREATE TEMP TABLE {name} AS {query}",
    ),
    "pyspark": ("DROP VIEW IF EXISTS {name}", "CACHE TABLE {name} AS {query}"),
}


class Engine:
    """A connection with the contract's tables in it."""

    def __init__(self, connection: BaseBackend, tables: Mapping[str, ir.Table]) -> None:
        self.connection = connection
        self.tables = tables
        self._held: tuple[ref[Frames], Compute, Window] | None = None

    def frames(self, as_of: date, options: Options | None = None) -> Frames:
        """The tables as of a date; what measures share is computed once."""
        return Frames(self.tables, as_of, options, keep=lambda table: table.cache())

    def run(
        self,
        measures: Iterable[Measure],
        windows: Sequence[Window],
        frames: Frames,
        by: Sequence[str] = (),
    ) -> pd.DataFrame:
        """Tidy results of every measure in every window."""
        found = [
            result
            for measure in measures
            for result in self.each(measure, windows, frames, by)
        ]
        return tidy(found, by)

    def each(
        self,
        measure: Measure,
        windows: Sequence[Window],
        frames: Frames,
        by: Sequence[str] = (),
    ) -> Iterator[pd.DataFrame]:
        """One measure's results, window by window."""
        for window in windows:
            counted = self.counted(measure, window, frames, by)
            yield labelled(counted.sums, measure, window, frames)

    def counted(
        self, measure: Measure, window: Window, frames: Frames, by: Sequence[str] = ()
    ) -> Counted:
        """One measure in one window; once only for measures with several ids."""
        how = measure.summary, measure.quantile, tuple(by)
        key = (measure.compute, window, how)
        if key not in frames.results:
            statements = Statements(frames, self._compile)
            self._hold(measure, window, statements)
            tally = self._read(statements.tally(measure, by))
            text = ["part", *(f"by_{name}" for name in by), "child_id"]
            numbers = [name for name in tally.columns if name not in text]
            frames.results[key] = tally.astype(dict.fromkeys(numbers, "float64"))
        return Counted.of(frames.results[key], measure)

    def _hold(self, measure: Measure, window: Window, statements: Statements) -> None:
        """Have at hand what a measure counts, for all its breakdowns."""
        wanted = ref(statements.frames), measure.compute, window
        if self._held != wanted:
            query = statements.counted(measure, window)
            for statement in _HOLD[self.connection.name]:
                ran = self.connection.raw_sql(statement.format(name=HELD, query=query))
                if self.connection.name == "postgres":
                    ran.close()
            self._held = wanted

    def _compile(self, expression: ir.Table) -> str:
        return str(self.connection.compile(expression))

    def _read(self, query: str) -> pd.DataFrame:
        """Rows of a query, straight from the database's own client."""
        ran = self.connection.raw_sql(query)
        if self.connection.name == "postgres":
            with closing(ran):
                names = [column.name for column in ran.description]
                return pd.DataFrame(ran.fetchall(), columns=names)
        found: pd.DataFrame = (
            ran.df() if self.connection.name == "duckdb" else ran.toPandas()
        )
        return found


def labelled(
    result: pd.DataFrame, measure: Measure, window: Window, frames: Frames
) -> pd.DataFrame:
    """Raw sums with everything a reader needs to know what they are."""
    names = [f"{measure.id}.{part}" if part else measure.id for part in result["part"]]
    flipped = frames.options.flipped()
    notes = "".join(f"; {name}={value}" for name, value in flipped.items())
    numbers = dict.fromkeys(NUMBERS, "float64")  # all empty is a number too
    return (
        result.drop(columns="part")
        .astype(numbers)
        .assign(
            measure=names,
            period_start=window.start,
            period_end=window.end,
            unit=[_unit(name, measure) for name in names],
            as_of=frames.as_of,
            definition=measure.definition + notes,
        )
    )


def _unit(name: str, measure: Measure) -> str:
    # What a curve shows is a share, whatever its measure makes of the curve.
    return (PERCENT if interval_of(name) else measure.unit).label


def tidy(found: Sequence[pd.DataFrame], by: Sequence[str] = ()) -> pd.DataFrame:
    """Results in one table, in an order that does not depend on the engine."""
    groups = [f"by_{name}" for name in by]
    head, tail = RESULT_COLUMNS[:3], RESULT_COLUMNS[3:]
    columns = [*head, *groups, *tail]
    filled = [result for result in found if len(result)]
    if not filled:
        return pd.DataFrame({name: [] for name in columns})
    table = pd.concat(filled, ignore_index=True)[columns]
    order = ["measure", "period_start", *groups]
    return table.sort_values(order, ignore_index=True)


def duckdb_engine(rows: Rows | None = None, **settings: Any) -> Engine:
    """An engine in this process; with rows for examples and tests."""
    connection = ibis.duckdb.connect(**settings)
    for name in TABLES:
        connection.con.register("rows", arrow_table(name, (rows or {}).get(name, [])))
        connection.con.execute(f'CREATE TABLE "{name}" AS SELECT * FROM rows')  # noqa: S608 (names are the contract's)
    connection.con.unregister("rows")
    return Engine(connection, Bound(connection))


def spark_engine(rows: Rows | None = None, session: Any = None) -> Engine:
    """An engine on Spark; needs the extra “spark”."""
    session = session or spark_session()
    connection = ibis.pyspark.connect(session)
    for name in TABLES:
        # Straight from Arrow: by way of pandas an empty number becomes “not a number”.
        frame = session.createDataFrame(arrow_table(name, (rows or {}).get(name, [])))
        frame.createOrReplaceTempView(name)
    return Engine(connection, Bound(connection))


class Bound(Mapping[str, ir.Table]):
    """The contract's tables in a database, each looked up when it is first used."""

    def __init__(self, connection: BaseBackend) -> None:
        self.connection = connection
        self._found: dict[str, ir.Table] = {}

    def __getitem__(self, name: str) -> ir.Table:
        if name not in self._found:
            self._found[name] = self.connection.table(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


def arrow_table(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows of the contract as a typed Arrow table."""
    schema = ibis.schema(dict(TABLES[name].schema)).to_pyarrow()
    return pa.Table.from_pylist(list(rows), schema=schema)
