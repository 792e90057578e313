"""The cells and keys of one table against the contract; links between tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from alongside.measures.problems import Problem, Rule
from alongside.measures.reading import Reading, inside, limits, words
from alongside.measures.schema import Column, Kind

MOST = 10  # rows told one by one for each rule and column


@dataclass(frozen=True)
class Fault:
    """One check of one column: which rows fail it, and how that is said."""

    rule: Rule
    column: str
    failing: str  # SQL over the raw rows
    found: str  # SQL for what is told about the cell
    says: str  # a sentence's end, with {found}


def check_table(
    connection: duckdb.DuckDBPyConnection, reading: Reading
) -> list[Problem]:
    """Problems of one table; its sound rows become the relation of its name."""
    table = reading.table
    problems = [
        _absent_column(reading, name, column)
        for name, column in table.columns.items()
        if not reading.has(name)
    ]
    faults = list(_faults(reading))
    total, *counts = _one(
        connection,
        ", ".join(["count(*)", *(f"count(*) FILTER ({f.failing})" for f in faults)]),
        reading.raw,
    )
    if not total:
        problems.append(_empty(reading))
    for fault, count in zip(faults, counts, strict=True):
        if count:
            problems += tell(connection, reading, fault, count)
    repeats = _repeats(connection, reading)
    problems += repeats
    typed = all(map(reading.is_typed, table.columns))
    reading.is_sound = typed and not problems and reading.path.suffix == ".parquet"
    _keep(connection, reading, unique=not repeats)
    return problems


def check_links(
    connection: duckdb.DuckDBPyConnection, readings: Mapping[str, Reading]
) -> list[Problem]:
    """Rows that refer to a row that is not there; the rows are kept."""
    problems: list[Problem] = []
    for reading in readings.values():
        for name, column in reading.table.columns.items():
            if column.refers_to is None or not reading.has(name):
                continue
            target, key = column.refers_to.split(".")
            if target not in readings:
                continue
            cell = reading.cell(name)
            lost = (
                f'{cell} IS NOT NULL AND {cell} NOT IN (SELECT "{key}" FROM "{target}"'  # noqa: S608 (names are the contract's)
                f' WHERE "{key}" IS NOT NULL)'
            )
            fault = Fault(
                Rule.UNKNOWN_REFERENCE,
                name,
                lost,
                cell,
                f"{{found}} is not in the table “{target}”",
            )
            (count,) = _one(connection, f"count(*) FILTER ({lost})", reading.raw)
            if count:
                problems += tell(connection, reading, fault, count)
    return problems


def tell(
    connection: duckdb.DuckDBPyConnection, reading: Reading, fault: Fault, count: int
) -> Iterator[Problem]:
    """The first rows with a fault one by one, and the rest together."""
    table = reading.table.name
    rows = connection.execute(
        f'SELECT source_row, ({fault.found})::VARCHAR FROM "{reading.raw}"'  # noqa: S608 (names are the contract's)
        f" WHERE {fault.failing} ORDER BY source_row LIMIT {MOST}"
    ).fetchall()
    for row, found in rows:
        says = fault.says.format(found=f"“{found}”")
        yield Problem(
            table=table,
            rule=fault.rule,
            column=fault.column,
            row=row,
            sentence=f"Table “{table}”, row {row}, column “{fault.column}”: {says}.",
        )
    if count > len(rows):
        rest = count - len(rows)
        yield Problem(
            table=table,
            rule=fault.rule,
            column=fault.column,
            rows=rest,
            sentence=(
                f"Table “{table}”, column “{fault.column}”: {rest:,} more"
                f" {'row has' if rest == 1 else 'rows have'} the same problem"
                f" ({fault.rule.value.replace('_', ' ')})."
            ),
        )


def is_altered(connection: duckdb.DuckDBPyConnection, reading: Reading) -> bool:
    """Whether a row is left out, or a cell cannot be read or is not used as it is."""
    if reading.is_sound:
        return False
    raw, used = (
        _one(connection, "count(*)", name) for name in (reading.raw, reading.table.name)
    )
    other = [
        f"{reading.cell(name)} IS DISTINCT FROM {_clean(reading, name)}"
        for name in reading.table.columns
    ]
    other += [f.failing for f in _faults(reading) if f.rule is Rule.WRONG_TYPE]
    counted = _one(connection, f"count(*) FILTER ({' OR '.join(other)})", reading.raw)
    return raw != used or any(counted)


def _faults(reading: Reading) -> Iterator[Fault]:
    for name, column in reading.table.columns.items():
        if not reading.has(name):
            continue
        raw, cell = f'"{name}"', reading.cell(name)
        if column.kind is not Kind.TEXT and not reading.is_typed(name):
            filled = f"nullif(trim({raw}::VARCHAR), '') IS NOT NULL"
            says = f"{{found}} is not {words(column.kind)}"
            unread = f"{filled} AND {cell} IS NULL"
            yield Fault(Rule.WRONG_TYPE, name, unread, raw, says)
        if column.required:
            says = "the cell is empty and must be filled; the row is not used"
            yield Fault(Rule.EMPTY_CELL, name, f"{cell} IS NULL", cell, says)
        if column.codes is not None:
            yield _unknown_code(name, column, cell)
        if within := inside(column, cell):
            says = f"{{found}} is not {limits(column)}"
            yield Fault(Rule.OUT_OF_RANGE, name, f"NOT ({within})", cell, says)
    for start, end in reading.table.periods:
        if reading.has(start) and reading.has(end):
            yield Fault(
                Rule.ENDS_BEFORE_START,
                end,
                f"{reading.cell(end)} < {reading.cell(start)}",
                reading.cell(end),
                f"{{found}} is before the row's {start}",
            )


def _unknown_code(name: str, column: Column, cell: str) -> Fault:
    known = _known(column)
    failing = f"{cell} NOT IN {known}"
    if column.several:
        each = f"list_transform(string_split({cell}, ';'), x -> trim(x))"
        failing = f"len(list_filter({each}, x -> x NOT IN {known})) > 0"
    codes = list(column.codes or ())
    listed = ", ".join(codes[:8]) + (", …" if len(codes) > 8 else "")
    says = f"{{found}} is not a known code; the codes are {listed}"
    return Fault(Rule.UNKNOWN_CODE, name, failing, cell, says)


def _clean(reading: Reading, name: str) -> str:
    """SQL for a cell as it is used."""
    column, cell = reading.table.columns[name], reading.cell(name)
    if not reading.has(name):
        return cell
    if column.codes is not None and column.several:
        each = f"list_transform(string_split({cell}, ';'), x -> trim(x))"
        kept = f"list_filter({each}, x -> x IN {_known(column)})"
        return f"nullif(array_to_string({kept}, ';'), '')"
    if column.codes is not None:
        return f"CASE WHEN {cell} IN {_known(column)} THEN {cell} END"
    if within := inside(column, cell):
        return f"CASE WHEN {within} THEN {cell} END"
    return cell


def _keep(
    connection: duckdb.DuckDBPyConnection, reading: Reading, *, unique: bool
) -> None:
    """Sound Parquet is read in place; anything else is kept as it is used."""
    table = reading.table
    plain = reading.is_sound
    columns = ", ".join(
        f'"{name}"' if plain else f'{_clean(reading, name)} AS "{name}"'
        for name in table.columns
    )
    query = f'SELECT {columns} FROM "{reading.raw}"'  # noqa: S608 (names are the contract's)
    required = [n for n, c in table.columns.items() if c.required]
    if not plain and required:
        filled = " AND ".join(f"{reading.cell(n)} IS NOT NULL" for n in required)
        query += f" WHERE {filled}"
    if not unique:
        key = ", ".join(reading.cell(n) for n in table.key)
        ranked = f"row_number() OVER (PARTITION BY {key} ORDER BY source_row)"
        query += f" QUALIFY {ranked} = 1"
    kind = "VIEW" if plain else "TABLE"
    connection.execute(f'CREATE {kind} "{table.name}" AS {query}')


def _repeats(connection: duckdb.DuckDBPyConnection, reading: Reading) -> list[Problem]:
    table = reading.table
    if not all(map(reading.has, table.key)):
        return []
    key = ", ".join(reading.cell(n) for n in table.key)
    filled = " AND ".join(f"{reading.cell(n)} IS NOT NULL" for n in table.key)
    used, distinct = _one(
        connection,
        f"count(*) FILTER ({filled}), count(DISTINCT ({key})) FILTER ({filled})",
        reading.raw,
    )
    if used == distinct:
        return []
    ranked = (
        f'"{reading.raw}" AS again WHERE again.source_row IN (SELECT source_row FROM'  # noqa: S608 (names are the contract's)
        f' "{reading.raw}" WHERE {filled} QUALIFY'
        f" row_number() OVER (PARTITION BY {key} ORDER BY source_row) > 1)"
    )
    shown = f"concat_ws(', ', {key})"
    rows = connection.execute(
        f"SELECT source_row, {shown} FROM {ranked} ORDER BY source_row LIMIT {MOST}"  # noqa: S608 (names are the contract's)
    ).fetchall()
    columns = " and ".join(table.key)
    return [
        Problem(
            table=table.name,
            rule=Rule.REPEATED_KEY,
            column=table.key[0],
            row=row,
            rows=1 if position else used - distinct - len(rows) + 1,
            sentence=(
                f"Table “{table.name}”, row {row}: the {columns} “{found}” was used by"
                " an earlier row; the row is not used."
            ),
        )
        for position, (row, found) in enumerate(rows)
    ]


def _absent_column(reading: Reading, name: str, column: Column) -> Problem:
    effect = (
        "no row of the table can be used without it"
        if column.required
        else "it counts as empty in every row"
    )
    return Problem(
        table=reading.table.name,
        rule=Rule.MISSING_COLUMN,
        column=name,
        sentence=(
            f"Table “{reading.table.name}” has no column “{name}”"
            f" ({column.description.rstrip('.').lower()}); {effect}."
        ),
    )


def _empty(reading: Reading) -> Problem:
    return Problem(
        table=reading.table.name,
        rule=Rule.EMPTY_TABLE,
        sentence=f"The table “{reading.table.name}” has no rows.",
    )


def _known(column: Column) -> str:
    return "(" + ", ".join(f"'{code}'" for code in column.codes or ()) + ")"


def _one(
    connection: duckdb.DuckDBPyConnection, what: str, relation: str
) -> tuple[int, ...]:
    row = connection.execute(f'SELECT {what} FROM "{relation}"').fetchone()  # noqa: S608 (names are the contract's)
    return tuple(int(value) for value in row or ())
