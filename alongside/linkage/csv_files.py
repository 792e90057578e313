# ruff: noqa: S608 (tables are named by us; what people wrote is only ever a value)
"""A CSV file of people becomes a table of text, or a sentence says what to mend."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb

from alongside.kernel.refusal import Refused, refuse_if
from alongside.linkage.rules import plain, refusal_of_rows

_DELIMITERS = (",", ";", "\t", "|")
_TOLD = 5  # rows named one by one
_LONGEST = 1_000_000  # characters of a heading
_AT_ONCE = 1 << 20


def read_csv_file(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    relation: str,
    known: Sequence[str],
) -> None:
    """Make ``relation`` of a file; ``known`` headings tell how its cells are parted."""
    heading, blank = _heading(path)
    found = {d: _names(heading, d) for d in _DELIMITERS}
    best = max(
        _DELIMITERS, key=lambda d: len({plain(name) for name in found[d]} & {*known})
    )
    names = found[best]
    repeated = [name for name in names if names.count(name) > 1]
    if repeated:
        raise Refused(
            f"{path.name} has the column “{repeated[0]}” more than once. Take one of"
            " them out, so that it is clear which is meant."
        )
    columns = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in names)
    connection.execute(
        f'CREATE OR REPLACE TABLE "{relation}" AS SELECT * FROM read_csv('
        f"{_text(str(path))}, columns = {{{columns}}}, header = true,"
        f" auto_detect = false, delim = {_text(best)}, quote = '\"', escape = '\"',"
        f" null_padding = false, skip = {blank}, store_rejects = true,"
        f" rejects_limit = {(_TOLD + 1) * len(names)})"
    )
    refuse_if(_refusal_of_rejects(connection, path))


def _heading(path: Path) -> tuple[str, int]:
    """The heading's line, and how many blank ones stand before it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            blank, line = 0, file.readline(_LONGEST)
            while line and not line.strip():
                blank, line = blank + 1, file.readline(_LONGEST)
            while file.read(_AT_ONCE):  # all of it must be text
                pass
    except UnicodeDecodeError as error:
        raise Refused(
            f"{path.name} is not written in UTF-8, so names with accents would be lost."
            " Save it again as CSV in UTF-8."
        ) from error
    except OSError as error:
        raise Refused(f"{path.name} cannot be read: {error.strerror}.") from error
    if not line:
        raise Refused(f"{path.name} is empty. It needs a heading and a row a person.")
    return line, blank


def _names(line: str, delimiter: str) -> list[str]:
    row = next(csv.reader([line], delimiter=delimiter))
    return [name.strip() or f"column {at}" for at, name in enumerate(row, 1)]


def _refusal_of_rejects(
    connection: duckdb.DuckDBPyConnection, path: Path
) -> str | None:
    """What to mend, if DuckDB left rows out; it counts them with the heading."""
    rows = connection.execute(
        "SELECT DISTINCT line FROM reject_errors JOIN reject_scans USING (scan_id)"
        f" WHERE file_path = {_text(str(path))} ORDER BY line"
    ).fetchall()
    found = [row for (row,) in rows]
    return refusal_of_rows(path.name, found[:_TOLD], more=len(found) > _TOLD)


def _text(value: str) -> str:
    """A text as SQL writes one."""
    return "'" + value.replace("'", "''") + "'"
