# ruff: noqa: S608 (tables are named by us; what people wrote is only ever a value)
"""Names and dates made comparable: one spelling, one order, every short form."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from alongside.linkage.files import PeopleFile
from alongside.linkage.nicknames import nicknames

# A name without capitals, accents and signs: “O'Neil-Díaz” is “oneil diaz”.
_NAME = (
    "nullif(trim(regexp_replace(regexp_replace(lower(strip_accents({0}::VARCHAR)),"
    " '[-.,/ ]+', ' ', 'g'), '[^a-z ]', '', 'g')), '')"
)
_TEXT = "nullif(trim(lower({0}::VARCHAR)), '')"
_CODE = "nullif(regexp_replace(lower({0}::VARCHAR), '[^a-z0-9]', '', 'g'), '')"
# 1999-01-31, 19990131 and 1/31/1999 are one date; what is none of them is no date.
_DATE = (
    "coalesce(strftime(coalesce(try_cast({0}::VARCHAR AS DATE),"
    " try_strptime({0}::VARCHAR, ['%Y%m%d', '%m/%d/%y', '%m/%d/%Y'])::DATE), '%Y%m%d'),"
    " CASE WHEN regexp_full_match(trim({0}::VARCHAR), '\\d{{8}}')"
    " THEN trim({0}::VARCHAR) END)"
)


def prepare(
    connection: duckdb.DuckDBPyConnection, people: PeopleFile, out: str
) -> None:
    """Make the table ``out`` of one file's people, ready to be compared."""
    connection.register("nickname", _short_forms())
    connection.execute(f"""
        CREATE TABLE "{out}" AS
        WITH plain AS (
            SELECT row_number() OVER () AS row_number, {_plain(people)}
            FROM "{people.relation}"
        ),
        formal AS (SELECT short, list(formal) AS forms FROM nickname GROUP BY short)
        SELECT coalesce(person_id, row_number::VARCHAR) AS unique_id,
            plain.* EXCLUDE (row_number, person_id),
            list_distinct(list_concat([given], coalesce(forms, []))) AS given_forms,
            list_filter(string_split(family, ' '), part -> len(part) > 1)
                AS family_parts,
            concat(substr(birth, 1, 4), substr(birth, 7, 2), substr(birth, 5, 2))
                AS birth_swapped,
            substr(birth, 1, 4) AS birth_year,
            substr(given, 1, 1) AS given_initial,
            substr(family, 1, 1) AS family_initial
        FROM plain LEFT JOIN formal ON plain.given = formal.short
        ORDER BY row_number
    """)
    connection.unregister("nickname")


def _plain(people: PeopleFile) -> str:
    """Our columns, made of theirs; empty where they have none."""

    def cell(name: str, how: str) -> str:
        if name not in people.columns:
            return "NULL::VARCHAR"
        return how.format('"' + people.columns[name].replace('"', '""') + '"')

    street = f"{cell('street_number', _TEXT)}, {cell('address', _TEXT)}"
    columns = {
        "person_id": cell("person_id", "{0}::VARCHAR"),
        "given": cell("given_name", _NAME),
        "family": cell("family_name", _NAME),
        "birth": cell("birth_date", _DATE),
        "gender": cell("gender", _TEXT),
        "address": f"nullif(concat_ws(' ', {street}), '')",
        "postal_code": cell("postal_code", _CODE),
        "county": cell("county", _TEXT),
        "shared_id": cell("shared_id", _CODE),
    }
    return ", ".join(f"{sql} AS {name}" for name, sql in columns.items())


def _short_forms() -> pa.Table:
    pairs = [
        (short, formal) for formal, names in nicknames().items() for short in names
    ]
    return pa.table(
        {
            "short": [short for short, _ in pairs],
            "formal": [formal for _, formal in pairs],
        }
    )
