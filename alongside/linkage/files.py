# ruff: noqa: S608 (tables are named by us; what people wrote is only ever a value)
"""A file of people, whatever its columns are called, as one plain table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from alongside.kernel.refusal import Refused, refuse_if
from alongside.linkage.csv_files import read_csv_file
from alongside.linkage.rules import (
    SOURCE_KIND,
    VICTIM_SERVICES,
    plain,
    refusal_of_columns,
    refusal_of_names,
    refusal_to_link,
)

REQUIRED = ("given_name", "family_name", "birth_date")
# What we call a column, and what others call it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "person_id": ("child_id", "youth_id", "client_id", "rec_id", "id"),
    "given_name": ("first_name", "forename", "givenname", "first"),
    "family_name": ("last_name", "surname", "lastname", "last"),
    "birth_date": ("date_of_birth", "dob", "birthdate", "birthday", "birth_dt"),
    "gender": ("sex",),
    "street_number": (),
    "address": ("address_1", "street", "street_address"),
    "postal_code": ("postcode", "zip", "zip_code", "zipcode"),
    "county": ("suburb", "city", "town"),
    "shared_id": ("ssn", "soc_sec_id", "case_number", "client_index"),
}
KNOWN = [name for ours, others in COLUMNS.items() for name in (ours, *others)]
_SAMPLE = 200


@dataclass(frozen=True)
class PeopleFile:
    """One file: where its rows are, and which of our columns it has."""

    name: str
    relation: str
    columns: dict[str, str]  # ours: theirs


def open_people(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    relation: str,
    *,
    victim_services: bool = False,
) -> PeopleFile:
    """The file as a relation of ``connection``; refused if it may not be linked."""
    _read(connection, path, relation)
    described = connection.execute(f'DESCRIBE "{relation}"').fetchall()
    theirs = [str(column) for column, *_ in described]
    cells = {name: _some(connection, relation, name) for name in theirs}
    kinds = _source_kinds(connection, path, relation, theirs)
    if victim_services:
        kinds.append(VICTIM_SERVICES)
    refuse_if(refusal_to_link(path.name, cells, source_kinds=kinds))
    columns = named(theirs)
    missing = [name for name in REQUIRED if name not in columns]
    refuse_if(refusal_of_columns(path.name, missing))
    for name in ("given_name", "family_name"):
        column = columns[name]
        refuse_if(refusal_of_names(path.name, column, cells[column]))
    return PeopleFile(path.name, relation, columns)


def named(theirs: list[str]) -> dict[str, str]:
    """Our names for their columns; a column that nobody knows is left out."""
    there = {plain(name): name for name in theirs}
    found = {}
    for ours, others in COLUMNS.items():
        for name in (ours, *others):
            if name in there:
                found[ours] = there[name]
                break
    return found


def _some(
    connection: duckdb.DuckDBPyConnection, relation: str, column: str
) -> list[object]:
    """Some cells of a column that hold something."""
    name = '"' + column.replace('"', '""') + '"'
    rows = connection.execute(
        f'SELECT {name} FROM "{relation}" WHERE {name} IS NOT NULL LIMIT {_SAMPLE}'
    ).fetchall()
    return [cell for (cell,) in rows]


def _read(connection: duckdb.DuckDBPyConnection, path: Path, relation: str) -> None:
    if not path.is_file():
        raise Refused(f"There is no file {path}. Check how it is written.")
    place = str(path).replace("'", "''")
    try:
        match path.suffix.lower():
            case ".parquet":
                connection.execute(
                    f'CREATE VIEW "{relation}" AS'
                    f" SELECT * FROM read_parquet('{place}')"
                )
            case ".csv":
                read_csv_file(connection, path, relation, KNOWN)
            case _:
                raise Refused(
                    f"{path.name} is neither .csv nor .parquet. Save it as one."
                )
        row = connection.execute(f'SELECT count(*) FROM "{relation}"').fetchone()
    except duckdb.Error as error:
        first = str(error).strip().splitlines()[0]
        raise Refused(f"{path.name} cannot be read: {first}") from error
    if not row or not row[0]:
        raise Refused(f"{path.name} has no rows.")


def _source_kinds(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    relation: str,
    theirs: list[str],
) -> list[str]:
    """How the file itself says whose it is."""
    kinds = []
    if path.suffix.lower() == ".parquet":
        metadata = pq.read_metadata(path).metadata or {}
        kinds.append(metadata.get(SOURCE_KIND.encode(), b"").decode(errors="replace"))
    for name in theirs:
        if plain(name) == SOURCE_KIND:
            query = f'SELECT DISTINCT "{name}"::VARCHAR FROM "{relation}"'
            kinds += [kind for (kind,) in connection.execute(query).fetchall() if kind]
    return kinds
