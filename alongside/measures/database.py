"""The contract's tables in a PostgreSQL database: copied to be checked, or used there.

database = open_database("postgresql://analyst@host/extracts")
source = database.load()          # checked, and on DuckDB from here on
engine = database.engine(source)  # or in the database, if all of it can be used
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl, unquote, urlsplit

import ibis
from ibis.backends import BaseBackend
from ibis.expr import datatypes as dt
from ibis.expr import types as ir

from alongside.measures.definition import Measure
from alongside.measures.engine import Engine
from alongside.measures.problems import SourceError
from alongside.measures.source import Place, Source, checked
from alongside.measures.tables import TABLES

SCHEMES = ("postgres", "postgresql")
# However a server is set up, days and times are written in one way.
_WRITTEN = ("SET client_encoding = 'UTF8'", "SET DateStyle = ISO", "SET TimeZone = UTC")


@dataclass(frozen=True)
class Database:
    """A connection, and those of its tables that the contract names."""

    name: str
    connection: BaseBackend
    there: Mapping[str, ir.Table]

    def load(self, *, measures: Iterable[Measure] = (), strict: bool = False) -> Source:
        """A checked copy, with everything that is wrong with the tables.

        The copy is as private as the tables are: it is on disk only while it is read.
        Rows are counted in the order of their keys.
        """
        with TemporaryDirectory(prefix="alongside-") as folder:
            files = {name: Path(folder, f"{name}.csv") for name in self.there}
            for name, file in files.items():
                self._copy(name, file)
            remedy = f"Publish {{table}} in the database {self.name}"
            place = Place(f"the database {self.name}", remedy)
            return checked(files, place, measures=measures, strict=strict)

    def engine(self, source: Source) -> Engine | None:
        """The tables where they are, if the checked copy differs from them nowhere."""
        if source.altered() or not all(map(self._is_typed, self.there)):
            return None
        tables = {
            name: self._typed(name) if name in self.there else _empty(name)
            for name in TABLES
        }
        return Engine(self.connection, tables)

    def close(self) -> None:
        """Leave the database."""
        self.connection.disconnect()

    def _columns(self, name: str) -> list[str]:
        return [c for c in TABLES[name].columns if c in self.there[name].columns]

    def _copy(self, name: str, file: Path) -> None:
        table, columns = self.there[name], self._columns(name)
        keys = [column for column in TABLES[name].key if column in columns]
        rows = table.select(columns).order_by(keys or columns)
        query = self.connection.compile(rows)
        connection = self.connection.con
        with connection.cursor() as cursor, file.open("wb") as written:
            for setting in _WRITTEN:
                cursor.execute(setting)
            with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)") as rows:
                for part in rows:
                    written.write(part)

    def _is_typed(self, name: str) -> bool:
        table = self.there[name]
        return all(
            table[column].type().castable(dt.dtype(TABLES[name].schema[column]))
            for column in self._columns(name)
        )

    def _typed(self, name: str) -> ir.Table:
        table = self.there[name]
        cells = {}
        for column, kind in TABLES[name].schema.items():
            if column not in table.columns:
                cells[column] = ibis.null(kind)
            elif kind == "string":  # in a file, an empty text is an empty cell
                cells[column] = table[column].cast(kind).nullif("")
            else:
                cells[column] = table[column].cast(kind)
        return table.select(**cells)


def open_database(address: str) -> Database:
    """The database at an address, or the sentence that says why it cannot be used."""
    name = urlsplit(address).path.lstrip("/") or "that the address leaves open"
    try:
        connection = _connected(address)
        names = [name for name in TABLES if name in set(connection.list_tables())]
        there = {name: connection.table(name) for name in names}
    except ModuleNotFoundError:
        raise
    except Exception as error:
        raise SourceError(
            f"The database {name} cannot be opened: {_first_line(error)}."
            " Check the address, and that you may sign in."
        ) from error
    if not there:
        connection.disconnect()
        raise SourceError(
            f"The database {name} has none of the contract's tables, such as child or"
            " removal. Name a database that publishes them."
        )
    return Database(name, connection, there)


def _connected(address: str) -> BaseBackend:
    import psycopg  # noqa: F401 (Ibis would not tell what is not installed)

    at = urlsplit(address)
    asked: dict[str, str] = dict(parse_qsl(at.query))
    host, port = asked.pop("host", None), int(asked.pop("port", "5432"))
    return ibis.postgres.connect(
        host=at.hostname or host,
        port=at.port or port,
        user=unquote(at.username) if at.username else None,
        password=unquote(at.password) if at.password else None,
        database=unquote(at.path.lstrip("/")) or None,
        **asked,
    )


def _empty(name: str) -> ir.Table:
    cells = {c: ibis.null(kind).name(c) for c, kind in TABLES[name].schema.items()}
    return ibis.memtable({"row": [1]}).select(**cells).filter(ibis.literal(False))


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__).rstrip(".")
