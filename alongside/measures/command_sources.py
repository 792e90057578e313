"""Where “alongside measure” reads from: a folder, or a database with the contract."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import ibis
import pandas as pd
from ibis.common.exceptions import IbisError
from ibis.expr import types as ir

from alongside.measures.command_arguments import Asked, Trouble
from alongside.measures.computing import engine_for
from alongside.measures.definition import Measure
from alongside.measures.engine import Engine
from alongside.measures.problems import SourceError
from alongside.measures.schema import Kind
from alongside.measures.source import load
from alongside.measures.tables import TABLES

SCHEMES = ("postgres", "postgresql")


@dataclass(frozen=True)
class Opened:
    """A source on an engine, with what is there and what is wrong with it."""

    engine: Engine
    on: str
    name: str
    rows: Mapping[str, int]
    problems: Sequence[str]

    def lacks(self, measure: Measure) -> list[str]:
        """The tables that a measure needs and that are not there."""
        return [name for name in measure.needs if name not in self.rows]

    def close(self) -> None:
        """Leave the source; what was kept there for a while is dropped first."""
        gc.collect()
        self.engine.connection.disconnect()

    def latest_day(self, names: Iterable[str], today: date) -> date:
        """The day after the last one that these tables mention, but not past today."""
        found = []
        for name in names:
            table = self.engine.tables[name]
            days = [c for c, k in TABLES[name].schema.items() if k == Kind.DATE.value]
            latest = [table[d].max(where=table[d] <= today).name(d) for d in days]
            if latest:
                row = self.engine.connection.to_pandas(table.aggregate(latest))
                found += [pd.Timestamp(d).date() for d in row.iloc[0] if pd.notna(d)]
        return min(max(found, default=today) + timedelta(days=1), today)


def opened(asked: Asked) -> Opened:
    """The source, checked; or the sentence that says why it cannot be used."""
    scheme = urlsplit(asked.source).scheme
    is_database = scheme in SCHEMES
    engine = asked.engine or ("postgres" if is_database else "duckdb")
    if is_database != (engine == "postgres"):
        raise Trouble(
            "The engine postgres reads a database address such as"
            " postgresql://name@host/database; a folder is read with duckdb or spark."
        )
    if is_database:
        return _database(asked)
    try:
        source = load(Path(asked.source), measures=asked.measures, strict=asked.strict)
        return Opened(
            engine=engine_for(source, engine),
            on={"duckdb": "DuckDB", "spark": "Spark"}[engine],
            name=Path(asked.source).resolve().name,
            rows=source.rows,
            problems=[problem.sentence for problem in source.problems],
        )
    except SourceError as error:
        raise Trouble(str(error)) from error
    except ModuleNotFoundError as error:
        raise Trouble(
            f"The engine {engine} is not installed ({error.name} is missing). Install"
            f" it with: pip install 'alongside[{engine}]'"
        ) from error


def _database(asked: Asked) -> Opened:
    at = urlsplit(asked.source)
    name = at.path.lstrip("/") or "the database"
    try:
        connection = _connected(asked.source)
        there = set(connection.list_tables())
    except ModuleNotFoundError as error:
        raise Trouble(
            f"Reading a database needs {error.name}, which is not installed. Install it"
            " with: pip install 'alongside[desk]'"
        ) from error
    except Exception as error:
        raise Trouble(
            f"The database {name} cannot be opened: {_first_line(error)}."
            " Check the address, and that you may sign in."
        ) from error
    names = [name for name in TABLES if name in there]
    if not names:
        connection.disconnect()
        raise Trouble(
            f"The database {name} has none of the contract's tables, such as child or"
            " removal. Name a database that publishes them."
        )
    engine = Engine(connection, _tables(connection, names))
    counted = {n: int(engine.tables[n].count().execute()) for n in names}
    return Opened(engine, "PostgreSQL", name, counted, [])


def _connected(address: str) -> ibis.backends.BaseBackend:
    at = urlsplit(address)
    asked = dict(parse_qsl(at.query))
    return ibis.postgres.connect(
        host=at.hostname or asked.get("host"),
        port=at.port or int(asked.get("port", "5432")),
        user=unquote(at.username) if at.username else None,
        password=unquote(at.password) if at.password else None,
        database=at.path.lstrip("/") or None,
    )


def _tables(
    connection: ibis.backends.BaseBackend, names: Sequence[str]
) -> dict[str, ir.Table]:
    """The contract's tables as they are there; those that are not are empty."""
    found: dict[str, ir.Table] = {}
    for name, table in TABLES.items():
        schema = ibis.schema(dict(table.schema))
        if name not in names:
            nothing = {c: ibis.null(t).name(c) for c, t in schema.items()}
            one = ibis.memtable({"row": [1]})
            found[name] = one.select(**nothing).filter(ibis.literal(False))
            continue
        try:
            there = connection.table(name)
            found[name] = there.select(
                **{
                    column: there[column].cast(kind)
                    if column in there.columns
                    else ibis.null(kind)
                    for column, kind in schema.items()
                }
            )
        except IbisError as error:
            raise Trouble(
                f"The table {name} cannot be read: {_first_line(error)}."
            ) from error
    return found


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__).rstrip(".")
