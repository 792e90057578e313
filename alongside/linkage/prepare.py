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
# Spreadsheets write the hour of midnight after a date.
_DAY = "trim(regexp_replace({0}::VARCHAR, '[ T]+\\d{{1,2}}:\\d{{2}}.*$', ''))"
_WAYS = "'%Y%m%d', '%m/%d/%y', '%m/%d/%Y', '%m-%d-%Y', '%d-%b-%Y', '%B %d, %Y'"
# 1999-01-31, 19990131, 1/31/1999 and 31-Jan-1999 are one date; what is none is none.
_DATE = (
    f"coalesce(strftime(coalesce(try_cast({_DAY} AS DATE),"
    f" try_strptime({_DAY}, [{_WAYS}])::DATE), '%Y%m%d'),"
    f" CASE WHEN regexp_full_match({_DAY}, '\\d{{{{8}}}}') THEN {_DAY} END)"
)
# What families share without being related, and what tells a son from his father.
_PARTICLES = "de del dela la las los el da das do dos di du van von der den al bin st"
_AFTER = "jr sr ii iii iv junior senior"
_FAMILY = f"nullif(regexp_replace({_NAME}, ' ({_AFTER.replace(' ', '|')})$', ''), '')"


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
            list_filter(
                string_split(family, ' '),
                part -> len(part) > 1 AND part NOT IN ({_one_by_one(_PARTICLES)})
            ) AS family_parts,
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
        "family": cell("family_name", _FAMILY),
        "birth": cell("birth_date", _DATE),
        "gender": cell("gender", _TEXT),
        "address": f"nullif(concat_ws(' ', {street}), '')",
        "postal_code": cell("postal_code", _CODE),
        "county": cell("county", _TEXT),
        "shared_id": cell("shared_id", _CODE),
    }
    return ", ".join(f"{sql} AS {name}" for name, sql in columns.items())


def _one_by_one(words: str) -> str:
    return ", ".join(f"'{word}'" for word in words.split())


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
