# ruff: noqa: S608 (tables are named by us; what people wrote is only ever a value)
"""Two files of people become scored pairs; nothing is merged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from splink import Linker, SettingsCreator
from splink.internals.exceptions import EMTrainingException

from alongside.kernel.refusal import Refused, refuse_if
from alongside.kernel.scratch import scratch_folder
from alongside.linkage.blocking import (
    CERTAIN_RECALL,
    SMALL,
    TRAINING,
    blocking_rules,
)
from alongside.linkage.comparisons import comparisons
from alongside.linkage.engines import api_of, people_for
from alongside.linkage.files import PeopleFile, open_people
from alongside.linkage.prepare import prepare
from alongside.linkage.rules import refusal_of_dates

SEED = 1
ENOUGH = 50  # sure pairs from which something can be learned
# Pairs from which it shows how often different people are written alike. Among fewer,
# the pairs that are one person are too large a part of them all.
_TELLING = 1_000_000
LOWEST = 0.01  # probability below which a pair is not kept
_COUNTED = 0.001  # and below which it is not counted among the expected matches
_MEMORY = "6GB"  # beyond it DuckDB uses the disk
LETTERS = "ab"  # the tables of the first and second file
_LEARNED_PAIRS = 4e6  # of people who share a name or a date, if there are more
_SAMPLED_PAIRS = 2e6
_SAMPLED_PAIRS_LARGE = 1e7
Say = Callable[[str], None]


@dataclass(frozen=True)
class Linkage:
    """The pairs of one run and the model that scored them."""

    connection: duckdb.DuckDBPyConnection  # holds the files
    files: tuple[PeopleFile, ...]
    rows: tuple[int, ...]
    pairs: pa.Table  # id_l, id_r, probability, weight, is_best
    expected_matches: float  # among all pairs compared
    compared: int
    linker: Linker
    learned: bool  # whether the weights come from these files
    by_frequency: bool  # whether a rare name says more than a common one

    @property
    def is_deduplication(self) -> bool:
        """Whether one file was compared with itself."""
        return len(self.files) == 1


def link(
    first: Path,
    second: Path | None = None,
    *,
    engine: str = "duckdb",
    victim_services: bool = False,
    say: Say = lambda sentence: None,
) -> Linkage:
    """Score the pairs of two files, or the possible duplicates within one."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    paths = [first] if second is None else [first, second]
    if len({path.resolve() for path in paths}) < len(paths):
        raise Refused(
            f"{paths[0]} is given twice. To look for people who are in it twice, give"
            " it once."
        )
    connection = _connection()
    files = [
        _opened(connection, path, letter, victim_services=victim_services)
        for path, letter in zip(paths, LETTERS, strict=False)
    ]
    rows = [_count(connection, letter) for letter in LETTERS[: len(files)]]
    for file, letter, count in zip(files, LETTERS, rows, strict=False):
        say(_told(connection, file, letter, count))
    certain, possible = _certain(connection, LETTERS[: len(files)]), _possible(rows)
    by_frequency = possible >= _TELLING
    linker = _linker(
        connection, engine, files, rows, _prior(certain, possible), by_frequency
    )
    say("Learning how alike the same people, and different people, are written")
    learned = _train(linker, sum(rows), certain, telling=by_frequency)
    if not learned:
        say("There is too little to learn from: the usual weights are used.")
    say("Scoring pairs")
    pairs, expected = _pairs(connection, linker, dedupe=second is None)
    scored = (pairs, *expected, linker, learned, by_frequency)
    return Linkage(connection, tuple(files), tuple(rows), *scored)


def _linker(
    connection: duckdb.DuckDBPyConnection,
    engine: str,
    files: list[PeopleFile],
    rows: list[int],
    prior: float,
    by_frequency: bool,
) -> Linker:
    """The model of these files, with the usual shares."""
    shared = frozenset.intersection(*(frozenset(file.columns) for file in files))
    settings = _settings(
        engine,
        sum(rows),
        shared,
        prior=prior,
        by_frequency=by_frequency,
        dedupe=len(files) == 1,
    )
    api = api_of(engine, connection)
    tables = [
        api.register(people_for(api, connection, letter), dataset_display_name=letter)
        for letter in LETTERS[: len(files)]
    ]
    return Linker(tables, settings, log_level=logging.ERROR)


def _connection() -> duckdb.DuckDBPyConnection:
    """In memory, and on disk in a folder of our own when that is too little."""
    space = str(scratch_folder())
    return duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": space})


def _opened(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    letter: str,
    *,
    victim_services: bool,
) -> PeopleFile:
    people = open_people(
        connection, path, f"file_{letter}", victim_services=victim_services
    )
    prepare(connection, people, letter)
    _refuse_repeated(connection, people, letter)
    count, without = _count(connection, letter), _without(connection, letter, "birth")
    column = people.columns["birth_date"]
    refuse_if(refusal_of_dates(people.name, column, count, without))
    return people


def _told(
    connection: duckdb.DuckDBPyConnection, file: PeopleFile, letter: str, count: int
) -> str:
    """How many people a file has, and how many of them are hard to find."""
    said = [f"{file.name}: {_people(count)}"]
    for column, words in (
        ("birth", "no date of birth that can be read"),
        ("given", "no given name"),
        ("family", "no family name"),
    ):
        if without := _without(connection, letter, column):
            said.append(f"{without:,} with {words}")
    return ", ".join(said)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _without(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> int:
    row = connection.execute(
        f'SELECT count(*) FROM "{table}" WHERE {column} IS NULL'
    ).fetchone()
    return int(row[0]) if row else 0


def _settings(
    engine: str,
    rows: int,
    shared: frozenset[str],
    *,
    prior: float,
    by_frequency: bool,
    dedupe: bool,
) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only" if dedupe else "link_only",
        comparisons=comparisons(shared, engine, by_frequency=by_frequency),
        blocking_rules_to_generate_predictions=blocking_rules(rows, shared),
        probability_two_random_records_match=prior,
        retain_matching_columns=False,
    )


def _train(linker: Linker, rows: int, certain: int, *, telling: bool) -> bool:
    """Whether the files themselves taught how alike the same people are written.

    With too few sure pairs, or none left to learn from, the usual shares stand.
    """
    if telling:
        sampled = _SAMPLED_PAIRS if rows < 1_000_000 else _SAMPLED_PAIRS_LARGE
        linker.training.estimate_u_using_random_sampling(max_pairs=sampled, seed=SEED)
    if certain < ENOUGH:
        return False
    try:
        for rule in TRAINING:
            linker.training.estimate_parameters_using_expectation_maximisation(
                rule, max_pairs=_LEARNED_PAIRS if rows > SMALL else None
            )
    except (EMTrainingException, ValueError):  # no pairs, or shares of nothing
        return False
    return True


def _pairs(
    connection: duckdb.DuckDBPyConnection, linker: Linker, *, dedupe: bool
) -> tuple[pa.Table, tuple[float, int]]:
    """The pairs worth keeping, and how many matches all of them should hold."""
    blocked: Any = linker.inference.compute_blocked_pairs_for_predict()
    count = blocked.query_sql("SELECT count(*) AS pairs FROM {this}")
    scored: Any = linker.inference.predict(threshold_match_probability=_COUNTED)
    total = scored.query_sql("SELECT sum(match_probability) AS matches FROM {this}")
    found = scored.query_sql(f"""
        SELECT unique_id_l AS id_l, unique_id_r AS id_r,
            match_probability AS probability, match_weight AS weight
        FROM {{this}} WHERE match_probability >= {LOWEST}
    """).as_pyarrow_table()
    matches = total.as_pyarrow_table()["matches"][0].as_py()
    compared = count.as_pyarrow_table()["pairs"][0].as_py()
    best = _with_best(connection, found, dedupe=dedupe)
    return best, (float(matches or 0), int(compared))


def _with_best(
    connection: duckdb.DuckDBPyConnection, found: pa.Table, *, dedupe: bool
) -> pa.Table:
    """With ``is_best``: nobody in the other file fits either of the two better.

    Within one file a person may well be there three times, so every pair is.
    """
    left, right = (
        f"row_number() OVER (PARTITION BY {side} ORDER BY weight DESC, {other}) = 1"
        for side, other in (("id_l", "id_r"), ("id_r", "id_l"))
    )
    connection.register("found", found)
    best = "true" if dedupe else f"{left} AND {right}"
    query = f"SELECT *, {best} AS is_best FROM found ORDER BY weight DESC, id_l, id_r"
    table = connection.execute(query).fetch_arrow_table()
    connection.unregister("found")
    return table


def _certain(connection: duckdb.DuckDBPyConnection, letters: str) -> int:
    """Pairs that are surely one person: the same names and date."""
    once = "" if len(letters) == 2 else "AND l.unique_id < r.unique_id"
    row = connection.execute(f"""
        SELECT count(*) FROM "{letters[0]}" AS l JOIN "{letters[-1]}" AS r
        ON l.given = r.given AND l.family = r.family AND l.birth = r.birth {once}
    """).fetchone()
    return int(row[0]) if row else 0


def _possible(rows: list[int]) -> float:
    """How many pairs there are to be one person."""
    return rows[0] * rows[1] if len(rows) == 2 else rows[0] * (rows[0] - 1) / 2


def _prior(certain: int, possible: float) -> float:
    """How likely it is that two people drawn at random are one.

    If nobody surely is, half a pair is taken to exist: nothing is impossible.
    """
    return float(min(max(certain, 0.5) / CERTAIN_RECALL / max(possible, 1), 0.5))


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
    return int(row[0]) if row else 0


def _refuse_repeated(
    connection: duckdb.DuckDBPyConnection, people: PeopleFile, table: str
) -> None:
    """An identifier that two rows share could not be told apart in the review."""
    query = f'SELECT unique_id FROM "{table}" GROUP BY 1 HAVING count(*) > 1 LIMIT 1'
    row: Any = connection.execute(query).fetchone()
    if row:
        raise Refused(
            f"{people.name} uses the identifier {row[0]} for more than one row. Give"
            " every row its own in person_id, or leave the column out."
        )
