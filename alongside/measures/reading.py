"""One file becomes one typed view; what cannot be read becomes empty and is counted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from alongside.measures.csv_files import Unreadable, read_csv_file
from alongside.measures.problems import Problem, Rule
from alongside.measures.schema import Column, Kind, Table

YES = ("true", "yes", "t", "y", "1")
NO = ("false", "no", "f", "n", "0")
DAYS = (Kind.DATE, Kind.INSTANT)
# DuckDB alone would take 99-04-30 for the year 99, and “epoch” for a date.
_DAY = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}([ T]\d{1,2}:\d{2}.*)?"


@dataclass
class Reading:
    """A table's file as DuckDB sees it: raw cells, and what each becomes."""

    table: Table
    path: Path
    raw: str  # the relation with the file's own columns and source_row
    types: dict[str, str]  # the file's columns, with DuckDB's names for their types
    is_sound: bool = False  # nothing has to be changed or left out

    def has(self, column: str) -> bool:
        """Whether the file has the column."""
        return column in self.types

    def cell(self, name: str) -> str:
        """SQL for a cell read as its type; empty when it cannot be."""
        column = self.table.columns[name]
        if name not in self.types:
            return f"NULL::{column.kind.sql}"
        return typed(f'"{name}"', self.types[name], column.kind)

    def is_typed(self, name: str) -> bool:
        """Whether the file already holds the column as its type."""
        return self.types.get(name) == self.table.columns[name].kind.sql


def typed(cell: str, found: str, kind: Kind) -> str:
    """SQL that reads a cell of one type as another."""
    if found == kind.sql and kind is not Kind.TEXT:
        return cell
    text = f"nullif(trim({cell}::VARCHAR), '')"
    if kind is Kind.TEXT:
        return text if found != "VARCHAR" else f"nullif({cell}, '')"
    if kind is Kind.YES_NO and found == "VARCHAR":
        return (
            f"CASE WHEN lower({text}) IN {YES} THEN true"
            f" WHEN lower({text}) IN {NO} THEN false END"
        )
    if kind is Kind.DATE and found.startswith("TIMESTAMP"):
        return f"{cell}::DATE"
    if kind is Kind.INSTANT and found == "TIMESTAMP WITH TIME ZONE":
        return f"{cell}::TIMESTAMP"
    if kind in DAYS and found == "VARCHAR":
        via = "DATE" if kind is Kind.DATE else "TIMESTAMPTZ"
        return (
            f"CASE WHEN regexp_full_match({text}, '{_DAY}')"
            f" THEN TRY_CAST(TRY_CAST({text} AS {via}) AS {kind.sql}) END"
        )
    source = text if found == "VARCHAR" else cell
    if kind is Kind.WHOLE and found == "VARCHAR":  # no silent rounding of 2.5
        return f"CASE WHEN regexp_full_match({source}, '[+-]?\\d+') THEN" + (
            f" TRY_CAST({source} AS BIGINT) END"
        )
    return f"TRY_CAST({source} AS {kind.sql})"


def read_file(
    connection: duckdb.DuckDBPyConnection, table: Table, path: Path
) -> tuple[Reading | None, list[Problem]]:
    """The file as a relation with its rows numbered, and what stood in the way."""
    raw = f"raw_{table.name}"
    problems: list[Problem] = []
    try:
        if path.suffix.lower() == ".csv":
            problems += read_csv_file(connection, table, path, raw)
        else:
            place = str(path).replace("'", "''")
            connection.execute(
                f'CREATE VIEW "{raw}" AS SELECT * EXCLUDE (file_row_number),'  # noqa: S608 (a quoted path)
                " file_row_number + 1 AS source_row"
                f" FROM read_parquet('{place}', file_row_number = true)"
            )
        described = connection.execute(f'DESCRIBE "{raw}"').fetchall()
    except (duckdb.Error, Unreadable) as error:
        return None, [_unreadable(table, path, error)]
    types = {str(name): str(kind) for name, kind, *_ in described}
    types.pop("source_row")
    return Reading(table, path, raw, types), problems


def _unreadable(table: Table, path: Path, error: Exception) -> Problem:
    first = str(error).strip().splitlines()[0]
    reason = first.split(": ", 1)[-1].rstrip(".").replace(str(path), path.name)
    return Problem(
        table=table.name,
        rule=Rule.UNREADABLE_FILE,
        sentence=(
            f"The file {path.name} cannot be read ({reason}). Export the table"
            f" “{table.name}” again, as Parquet or as CSV in UTF-8 with a heading."
        ),
    )


def inside(column: Column, cell: str) -> str | None:
    """SQL for whether a cell is within its column's limits, if it has any."""
    if column.kind in DAYS:  # a file may hold infinity, and years before the first
        return f"{cell} IS NULL OR coalesce(year({cell}) BETWEEN 1 AND 9999, false)"
    tests = [f"{cell} >= {column.minimum}"] if column.minimum is not None else []
    if column.maximum is not None:
        tests.append(f"{cell} <= {column.maximum}")
    return f"{cell} IS NULL OR ({' AND '.join(tests)})" if tests else None


def words(kind: Kind) -> str:
    """What a cell of a kind looks like, for a sentence."""
    return {
        Kind.TEXT: "text",
        Kind.WHOLE: "a whole number",
        Kind.NUMBER: "a number",
        Kind.YES_NO: "yes or no",
        Kind.DATE: "a date like 2023-04-30",
        Kind.INSTANT: "a time like 2023-04-30 13:05",
    }[kind]


def limits(column: Column) -> str:
    """The limits of a number or of a day, for a sentence."""
    if column.kind in DAYS:
        return "in the years 1 to 9999"
    low, high = column.minimum, column.maximum
    if low is not None and high is not None:
        return f"between {low:g} and {high:g}"
    return f"at least {low:g}" if low is not None else f"at most {high:g}"
