"""Files of Parquet or CSV become a source: checked, and emptied of what is unsound.

The rows are never held in Python: DuckDB reads the files, checks them and keeps views.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from alongside.measures.checks import check_links, check_table, is_altered
from alongside.measures.definition import Measure
from alongside.measures.problems import Problem, Rule, SourceError, UnsoundSource
from alongside.measures.quality import check_quality
from alongside.measures.reading import Reading, read_file
from alongside.measures.tables import TABLES

SUFFIXES = (".parquet", ".csv")


@dataclass(frozen=True)
class Place:
    """Where tables are, and what to do where one of them is missing, in words."""

    name: str
    remedy: str  # with {table}


@dataclass(frozen=True)
class Source:
    """The contract's tables as found in one place, with everything wrong with them."""

    place: Place
    connection: duckdb.DuckDBPyConnection
    rows: Mapping[str, int]  # of the tables that are there, rows that are used
    readings: Mapping[str, Reading]
    problems: tuple[Problem, ...] = field(default=())

    @property
    def files(self) -> dict[str, Path]:
        """A table's file, where it can be used just as it is."""
        return {name: r.path for name, r in self.readings.items() if r.is_sound}

    def altered(self) -> list[str]:
        """The tables of which a row or a cell is not used as it is written."""
        return [n for n, r in self.readings.items() if is_altered(self.connection, r)]

    def lacks(self, measure: Measure) -> tuple[str, ...]:
        """The tables that a measure needs and that are not there."""
        return tuple(name for name in measure.needs if name not in self.rows)

    def missing_tables(self, measures: Iterable[Measure]) -> tuple[Problem, ...]:
        """Tables that some of these measures need, each once, with who needs it."""
        needed: dict[str, list[str]] = {}
        for measure in measures:
            for name in self.lacks(measure):
                needed.setdefault(name, []).append(measure.id)
        return tuple(
            Problem(
                table=name,
                rule=Rule.MISSING_TABLE,
                sentence=(
                    f"The table “{name}” is missing."
                    f" {self.place.remedy.replace('{table}', name)} to compute"
                    f" {_some(ids)}."
                ),
            )
            for name, ids in needed.items()
        )

    def write_sound(self, folder: Path) -> dict[str, Path]:
        """The sound rows as one Parquet file a table, for engines that need files."""
        folder.mkdir(parents=True, exist_ok=True)
        written = self.files
        for name in self.rows:
            if name not in written:
                written[name] = folder / f"{name}.parquet"
                self.connection.table(name).write_parquet(str(written[name]))
        return written


def load(
    folder: Path | str,
    *,
    measures: Iterable[Measure] = (),
    strict: bool = False,
) -> Source:
    """Read and check a folder; ``strict`` refuses it if anything is wrong.

    Otherwise what is unsound is left out and told in ``problems``. Tables that
    ``measures`` need and that are missing are problems too.
    """
    files, problems = _files(Path(folder))
    place = Place(str(folder), f"Put {{table}}.parquet or {{table}}.csv in {folder}")
    return checked(files, place, measures=measures, strict=strict, problems=problems)


def checked(
    files: Mapping[str, Path],
    place: Place,
    *,
    measures: Iterable[Measure] = (),
    strict: bool = False,
    problems: Iterable[Problem] = (),
) -> Source:
    """Read and check one file a table, after the problems found before."""
    problems = list(problems)
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    readings: dict[str, Reading] = {}
    for name, path in files.items():
        reading, found = read_file(connection, TABLES[name], path)
        problems += found
        if reading:
            problems += check_table(connection, reading)
            readings[name] = reading
    if not readings:
        raise SourceError(
            f"Nothing in {place.name} can be used.\n"
            + "\n".join(f"  {problem}" for problem in problems)
        )
    _fill_missing(connection, readings)
    problems += check_links(connection, readings)
    problems += check_quality(connection, readings)
    source = Source(
        place,
        connection,
        rows={name: _count(connection, name) for name in readings},
        readings=readings,
    )
    # A file that cannot be read is there: what to do about it is said already.
    told = {p.table for p in problems if p.rule is Rule.UNREADABLE_FILE}
    problems += [p for p in source.missing_tables(measures) if p.table not in told]
    if strict and problems:
        raise UnsoundSource(problems)
    return replace(source, problems=tuple(problems))


def _files(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """Each table's file; and the files that are not tables."""
    if not folder.exists():
        raise SourceError(f"There is no folder {folder}. Check how it is written.")
    if not folder.is_dir():
        raise SourceError(
            f"{folder} is a file. Give the folder that holds one file per table,"
            " such as child.csv or child.parquet."
        )
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in sorted(
        folder.iterdir(), key=lambda p: (p.stem, p.suffix != ".parquet")
    ):
        if path.suffix.lower() not in SUFFIXES:
            continue
        if path.stem in TABLES and path.stem not in found:
            found[path.stem] = path
        else:
            problems.append(_not_used(path, repeated=path.stem in found))
    if not found:
        raise SourceError(
            f"The folder {folder} holds no table. Name each file after its table, such"
            " as child.csv or removal.parquet; the table contract lists them all."
        )
    return found, problems


def _not_used(path: Path, *, repeated: bool) -> Problem:
    reason = (
        f"{path.stem} was read from the other file with that name"
        if repeated
        else "no table of the contract has that name"
    )
    return Problem(
        table=path.stem,
        rule=Rule.UNKNOWN_FILE,
        sentence=f"The file {path.name} is not used: {reason}.",
    )


def _fill_missing(
    connection: duckdb.DuckDBPyConnection, readings: Mapping[str, Reading]
) -> None:
    """Tables that are not there become empty ones, so that every measure compiles."""
    for name, table in TABLES.items():
        if name not in readings:
            columns = ", ".join(
                f'NULL::{column.kind.sql} AS "{key}"'
                for key, column in table.columns.items()
            )
            connection.execute(f'CREATE VIEW "{name}" AS SELECT {columns} WHERE false')


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 (names are the contract's)
    return int(row[0]) if row else 0


def _some(ids: list[str]) -> str:
    if len(ids) <= 4:
        return ", ".join(ids)
    return f"{', '.join(ids[:3])} and {len(ids) - 3} more"
