# ruff: noqa: S608 (tables are named by us; what people wrote is only ever a value)
"""A file of people, whatever its columns are called, as one plain table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from alongside.kernel.refusal import Refused, refuse_if
from alongside.linkage.rules import (
    SOURCE_KIND,
    VICTIM_SERVICES,
    refusal_of_columns,
    refusal_to_link,
)

REQUIRED = ("given_name", "family_name", "birth_date")
# What we call a column, and what others call it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "person_id": ("child_id", "youth_id", "client_id", "rec_id", "id"),
    "given_name": ("first_name", "forename", "givenname", "first"),
    "family_name": ("last_name", "surname", "lastname", "last"),
    "birth_date": ("date_of_birth", "dob", "birthdate", "birthday"),
    "gender": ("sex",),
    "street_number": (),
    "address": ("address_1", "street", "street_address"),
    "postal_code": ("postcode", "zip", "zip_code", "zipcode"),
    "county": ("suburb", "city", "town"),
    "shared_id": ("ssn", "soc_sec_id", "case_number", "client_index"),
}
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
    found = connection.execute(f'SELECT * FROM "{relation}" LIMIT {_SAMPLE}')
    theirs = [column for column, *_ in found.description or ()]
    rows = found.fetchall()
    cells = {name: [row[at] for row in rows] for at, name in enumerate(theirs)}
    kinds = _source_kinds(connection, path, relation, theirs)
    if victim_services:
        kinds.append(VICTIM_SERVICES)
    refuse_if(refusal_to_link(path.name, cells, source_kinds=kinds))
    columns = named(theirs)
    missing = [name for name in REQUIRED if name not in columns]
    refuse_if(refusal_of_columns(path.name, missing))
    return PeopleFile(path.name, relation, columns)


def named(theirs: list[str]) -> dict[str, str]:
    """Our names for their columns; a column that nobody knows is left out."""
    plain = {name.strip().lower().replace(" ", "_"): name for name in theirs}
    found = {}
    for ours, others in COLUMNS.items():
        for name in (ours, *others):
            if name in plain:
                found[ours] = plain[name]
                break
    return found


def _read(connection: duckdb.DuckDBPyConnection, path: Path, relation: str) -> None:
    if not path.is_file():
        raise Refused(f"There is no file {path}. Check how it is written.")
    place = str(path).replace("'", "''")
    match path.suffix.lower():
        case ".parquet":
            source = f"read_parquet('{place}')"
        case ".csv":
            source = f"read_csv('{place}', all_varchar = true, header = true)"
        case _:
            raise Refused(f"{path.name} is neither .csv nor .parquet. Save it as one.")
    try:
        connection.execute(f'CREATE VIEW "{relation}" AS SELECT * FROM {source}')
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
        kinds.append(metadata.get(SOURCE_KIND.encode(), b"").decode())
    if SOURCE_KIND in theirs:
        query = f'SELECT DISTINCT {SOURCE_KIND}::VARCHAR FROM "{relation}"'
        kinds += [kind for (kind,) in connection.execute(query).fetchall() if kind]
    return kinds
