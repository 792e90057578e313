"""Where “alongside measure” reads from: a folder, or a database with the contract."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd

from alongside.measures.command_arguments import Asked, Trouble
from alongside.measures.computing import engine_for
from alongside.measures.database import SCHEMES, open_database
from alongside.measures.definition import Measure
from alongside.measures.engine import Engine
from alongside.measures.problems import SourceError
from alongside.measures.schema import Kind
from alongside.measures.source import Source, load
from alongside.measures.tables import TABLES

ORDER = "The rows of a table are counted in the order of its key."
COPIED = (
    "Not everything in the database can be used as it is there: the measures were"
    " computed with DuckDB, from a copy of what can be used."
)


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
    is_database = urlsplit(asked.source).scheme in SCHEMES
    engine = asked.engine or ("postgres" if is_database else "duckdb")
    if engine == "postgres" and not is_database:
        raise Trouble(
            "The engine postgres reads a database address such as"
            " postgresql://name@host/database; a folder is read with duckdb or spark."
        )
    try:
        if is_database:
            return _of_database(asked, engine)
        folder = Path(asked.source)
        source = load(folder, measures=asked.measures, strict=asked.strict)
        return _on(engine, source, folder.resolve().name)
    except SourceError as error:
        raise Trouble(str(error)) from error
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        extra = "spark" if missing == "pyspark" else "postgres"
        raise Trouble(
            f"The engine {engine} needs {missing}, which is not installed."
            f" Install it with: pip install 'alongside[{extra}]'"
        ) from error


def _on(engine: str, source: Source, name: str, *notes: str) -> Opened:
    return Opened(
        engine=engine_for(source, engine),
        on={"duckdb": "DuckDB", "spark": "Spark"}[engine],
        name=name,
        rows=source.rows,
        problems=[*notes, *(problem.sentence for problem in source.problems)],
    )


def _of_database(asked: Asked, engine: str) -> Opened:
    """A database's tables, where they are or, if some is not used, as a sound copy."""
    with ExitStack() as leaving:
        database = leaving.enter_context(closing(open_database(asked.source)))
        source = database.load(measures=asked.measures, strict=asked.strict)
        notes = [ORDER] if any(problem.row for problem in source.problems) else []
        if engine != "postgres":
            return _on(engine, source, database.name, *notes)
        if there := database.engine(source):
            leaving.pop_all()  # it is left when the measures are counted
            told = [*notes, *(problem.sentence for problem in source.problems)]
            return Opened(there, "PostgreSQL", database.name, source.rows, told)
        return _on("duckdb", source, database.name, COPIED, *notes)
