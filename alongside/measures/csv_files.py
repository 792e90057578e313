"""A table's CSV file becomes a relation of text; rows of another width are told."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from alongside.measures.problems import Problem, Rule
from alongside.measures.schema import Table

DELIMITERS = (",", ";", "\t", "|")
TOLD = 10  # rows told one by one
_AT_ONCE = 50_000  # rows of a file that is read the slow way
_LONGEST = 100_000_000  # characters of one cell


class Unreadable(Exception):
    """Why a file cannot be a relation, for a sentence."""


def read_csv_file(
    connection: duckdb.DuckDBPyConnection, table: Table, path: Path, raw: str
) -> list[Problem]:
    """Make ``raw`` of a file: its columns as text, and source_row counted from 1.

    A row with more or fewer cells than the heading cannot be trusted in any of them:
    it is left out, and told.
    """
    layout = _layout(table, path)
    try:
        _read_at_once(connection, path, raw, layout)
    except duckdb.Error:  # which does not say which rows, nor go on after them
        return _read_by_row(connection, table, path, raw, layout)
    return []


@dataclass(frozen=True)
class Layout:
    """How a file is written."""

    blank: int  # lines before the heading
    delimiter: str
    names: Sequence[str]  # of the columns, each of them once


def _layout(table: Table, path: Path) -> Layout:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            blank, line = 0, file.readline(_LONGEST)
            while line and not line.strip():
                blank, line = blank + 1, file.readline(_LONGEST)
    except UnicodeDecodeError as error:
        raise Unreadable("it is not written in UTF-8") from error
    except OSError as error:
        raise Unreadable(error.strerror or "it cannot be opened") from error
    if not line:
        raise Unreadable("it has no heading")
    found = {d: _names(line, d) for d in DELIMITERS}
    best = max(DELIMITERS, key=lambda d: len(set(found[d]) & set(table.columns)))
    names = found[best]
    for name in table.columns:
        if names.count(name) > 1:
            raise Unreadable(f"it has the column {name} more than once")
    once = [
        name if name in table.columns else f"{name} {position}"
        for position, name in enumerate(names, 1)
    ]
    return Layout(blank, best, once)


def _names(line: str, delimiter: str) -> list[str]:
    row = next(csv.reader([line], delimiter=delimiter))
    return [name.strip().lower() for name in row]


def _read_at_once(
    connection: duckdb.DuckDBPyConnection, path: Path, raw: str, layout: Layout
) -> None:
    columns = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in layout.names)
    connection.execute(
        f'CREATE TABLE "{raw}" AS SELECT *, row_number() OVER () AS source_row'  # noqa: S608 (quoted names and paths)
        f" FROM read_csv({_text(str(path))}, columns = {{{columns}}}, header = true,"
        f" auto_detect = false, delim = {_text(layout.delimiter)}, quote = '\"',"
        f" escape = '\"', null_padding = false, skip = {layout.blank})"
    )


def _read_by_row(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    path: Path,
    raw: str,
    layout: Layout,
) -> list[Problem]:
    names, width = [*layout.names, "source_row"], len(layout.names)
    cells = ", ".join(f"{_name(name)} VARCHAR" for name in layout.names)
    connection.execute(f'CREATE OR REPLACE TABLE "{raw}" ({cells}, source_row BIGINT)')
    wrong: list[tuple[int, int]] = []
    rows = enumerate(_rows(path, layout.delimiter), 1)
    while some := list(islice(rows, _AT_ONCE)):
        wrong += [(at, len(row)) for at, row in some if len(row) != width]
        sound = [
            [*(cell or None for cell in row), at]
            for at, row in some
            if len(row) == width
        ]
        if sound:
            _insert(connection, raw, names, sound)
    return list(_told(table, wrong, width))


def _rows(path: Path, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, delimiter=delimiter)
            yield from islice((row for row in rows if row), 1, None)
    except UnicodeDecodeError as error:
        raise Unreadable("it is not written in UTF-8") from error
    except csv.Error as error:
        raise Unreadable(str(error)) from error


def _insert(
    connection: duckdb.DuckDBPyConnection,
    raw: str,
    names: Sequence[str],
    rows: Sequence[Sequence[object]],
) -> None:
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    connection.register("fresh", pa.Table.from_arrays(columns, names=list(names)))
    connection.execute(f'INSERT INTO "{raw}" SELECT * FROM fresh')  # noqa: S608 (our own name)
    connection.unregister("fresh")


def _told(
    table: Table, wrong: Sequence[tuple[int, int]], width: int
) -> Iterable[Problem]:
    for at, cells in wrong[:TOLD]:
        yield Problem(
            table=table.name,
            rule=Rule.WRONG_WIDTH,
            row=at,
            sentence=(
                f"Table “{table.name}”, row {at}: it has {cells}"
                f" {'cell' if cells == 1 else 'cells'} and the heading has {width}; the"
                " row is not used. A cell with a comma in it must stand in quotes."
            ),
        )
    if (rest := len(wrong) - TOLD) > 0:
        yield Problem(
            table=table.name,
            rule=Rule.WRONG_WIDTH,
            rows=rest,
            sentence=(
                f"Table “{table.name}”: {rest:,} more"
                f" {'row has' if rest == 1 else 'rows have'} the same problem"
                f" ({Rule.WRONG_WIDTH.value.replace('_', ' ')})."
            ),
        )


def _text(value: str) -> str:
    """A text as SQL writes one."""
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    """A name as SQL writes one."""
    return '"' + value.replace('"', '""') + '"'
