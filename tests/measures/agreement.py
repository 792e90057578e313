"""Two engines, the same rows: what each child or record adds to each measure.

``slowly`` is the oracle; ``Compiled`` runs each measure's SQL, compiled once;
``quickly`` runs a measure on any engine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

import duckdb
import ibis
import pytest

from alongside.measures.compile import unbound
from alongside.measures.definition import Summary
from alongside.measures.engine import Engine, arrow_table
from alongside.measures.example import Row
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library import MEASURES
from alongside.measures.options import Options
from alongside.measures.reference import compute
from alongside.measures.tables import TABLES
from tests.measures.histories import WINDOW

Tables = Mapping[str, list[Row]]
Key = tuple[str | None, date, str, int | None]  # child, day, part, days of follow-up
Parts = dict[Key, tuple[float, ...]]
DEFAULT = Options()


def slowly(
    measure: str,
    tables: Tables,
    as_of: date,
    options: Options = DEFAULT,
    window: Window = WINDOW,
) -> Parts:
    """Parts by the slow engine, added up by child, day and piece."""
    found: dict[Key, list[float]] = defaultdict(lambda: [0, 0, 0])
    survival = MEASURES[measure].summary is Summary.SURVIVAL
    for part in compute(measure, tables, window, as_of, options):
        sums = found[part.child_id, part.day, part.part, part.time]
        sums[0] += part.numerator
        sums[1] += part.denominator
        sums[2] += 0 if survival else part.unknown  # the curve says who is unknown
    return _told(found.items())


def quickly(
    engine: Engine,
    measure: str,
    as_of: date,
    options: Options = DEFAULT,
    window: Window = WINDOW,
) -> Parts:
    """Parts by an engine, added up in the same way."""
    sums = _summed(engine.frames(as_of, options), measure, window)
    return _read(engine.connection.to_pyarrow(sums).to_pylist())


class Compiled:
    """DuckDB with the contract's tables, and every measure's SQL compiled once."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        # On a few rows, making a plan better takes longer than carrying it out.
        self.connection.execute("PRAGMA disable_optimizer")
        for name in TABLES:
            empty = arrow_table(name, [])
            self.connection.register("empty", empty)
            self.connection.execute(f'CREATE TABLE "{name}" AS FROM empty')
        self.filled: set[str] = set()

    def load(self, tables: Tables) -> None:
        """Put these rows in the place of what was there."""
        for name in self.filled:
            self.connection.execute(f'DELETE FROM "{name}"')
        self.filled = {name for name, rows in tables.items() if rows}
        for name in self.filled:
            self.connection.register("new_rows", arrow_table(name, tables[name]))
            self.connection.execute(f'INSERT INTO "{name}" SELECT * FROM new_rows')

    def parts(self, measure: str, as_of: date, options: Options = DEFAULT) -> Parts:
        """What each child or record adds to a measure."""
        found = self.connection.execute(_sql(measure, as_of, options))
        return _read(found.fetch_arrow_table().to_pylist())


def assert_agree(
    engine: Compiled,
    ids: Iterable[str],
    tables: Tables,
    as_of: date,
    options: Options = DEFAULT,
) -> None:
    """Hold the compiled measures against the slow ones."""
    engine.load(tables)
    for measure in ids:
        expected = slowly(measure, tables, as_of, options)
        found = engine.parts(measure, as_of, options)
        assert found.keys() == expected.keys(), measure
        for key, sums in expected.items():
            assert found[key] == pytest.approx(sums), (measure, key)


@cache
def _sql(measure: str, as_of: date, options: Options) -> str:
    sums = _summed(Frames(unbound(), as_of, options), measure, WINDOW)
    return str(ibis.to_sql(sums, dialect="duckdb"))


def _summed(frames: Frames, measure: str, window: Window) -> Any:
    rows = MEASURES[measure].compute(frames, window)
    if "part" not in rows.columns:
        rows = rows.mutate(part=ibis.literal(""))
    if "time" not in rows.columns:
        rows = rows.mutate(time=ibis.null("int64"))
    return rows.group_by("child_id", "day", "part", "time").aggregate(
        numerator=rows.numerator.sum(),
        denominator=rows.denominator.sum(),
        unknown=rows.unknown.sum(),
    )


def _read(rows: Iterable[dict[str, Any]]) -> Parts:
    return _told(
        (
            (row["child_id"], row["day"], row["part"], row["time"]),
            [row["numerator"], row["denominator"], row["unknown"]],
        )
        for row in rows
    )


def _told(found: Iterable[tuple[Key, list[float]]]) -> Parts:
    """Without those that add nothing: an engine need not say so."""
    return {key: tuple(sums) for key, sums in found if any(sums)}
