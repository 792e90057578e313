"""Small tables written as text, for worked examples, tests and the manual."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from alongside.measures.schema import Kind
from alongside.measures.tables import TABLES

Row = dict[str, Any]
Rows = Mapping[str, list[Row]]

NOTHING = "-"
_READ: dict[Kind, Callable[[str], Any]] = {
    Kind.TEXT: str,
    Kind.WHOLE: int,
    Kind.NUMBER: float,
    Kind.YES_NO: {"yes": True, "no": False}.__getitem__,
    Kind.DATE: date.fromisoformat,
    Kind.INSTANT: datetime.fromisoformat,
}


def read_rows(table: str, text: str) -> list[Row]:
    """The rows written in ``text``: a heading line, then a line for each row.

    Cells are separated by spaces; a dash is an empty cell. Columns that are left
    out are empty, except a key of one column, which is numbered from 1.
    """
    columns = TABLES[table].columns
    heading, *lines = [line.split() for line in text.splitlines() if line.strip()]
    key = TABLES[table].key[0]
    rows = []
    for position, cells in enumerate(lines, start=1):
        row: Row = dict.fromkeys(columns)
        row[key] = str(position)
        for name, cell in zip(heading, cells, strict=True):
            row[name] = None if cell == NOTHING else _READ[columns[name].kind](cell)
        rows.append(row)
    return rows


def read_tables(text: Mapping[str, str]) -> dict[str, list[Row]]:
    """Every table of the contract, with the rows written for it or none."""
    return {
        name: read_rows(name, text[name]) if name in text else [] for name in TABLES
    }
