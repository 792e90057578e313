"""What every engine is given: all hand-worked cases, as one extract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from alongside.measures.assure import Case
from alongside.measures.definition import Measure
from alongside.measures.engine import Engine
from alongside.measures.example import Row
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library import MEASURES
from alongside.measures.tables import TABLES
from tests.spec import (
    test_federal_entry,
    test_federal_in_care,
    test_federal_safety,
    test_federal_stability,
    test_funnel_and_concerns,
)

_BY_HAND = (
    test_federal_entry,
    test_federal_in_care,
    test_federal_safety,
    test_federal_stability,
    test_funnel_and_concerns,
)
WINDOW = Window(date(2022, 10, 1), date(2023, 10, 1))
AS_OF = date(2025, 1, 1)
Rows = dict[str, list[Row]]
Sums = dict[tuple[Any, ...], tuple[float, float, float]]


def every_case() -> Iterator[Case]:
    """The cases worked by hand, and the examples of the library."""
    for module in _BY_HAND:
        for found in vars(module).values():
            if isinstance(found, list):
                yield from (case for case in found if isinstance(case, Case))
    for measure in MEASURES.values():
        yield from measure.examples


def merged(cases: Iterable[Case]) -> Rows:
    """One extract of all the cases: nobody of one case is anybody of another."""
    found: Rows = {name: [] for name in TABLES}
    for number, case in enumerate(cases):
        for name, rows in case.tables.items():
            ids = [column for column in TABLES[name].columns if column.endswith("_id")]
            for row in rows:
                own = {c: f"{number}-{row[c]}" for c in ids if row[c] is not None}
                found[name].append({**row, **own})
    return found


def parts(engine: Engine, frames: Frames, measure: Measure) -> Sums:
    """What every child adds to a measure on every day, in every part of it."""
    rows = measure.compute(frames, WINDOW)
    keys = [k for k in ("child_id", "day", "part", "time") if k in rows.columns]
    sums = rows.group_by(keys).aggregate(
        numerator=rows.numerator.sum(),
        denominator=rows.denominator.sum(),
        unknown=rows.unknown.sum(),
    )
    table = engine.connection.to_pyarrow(sums).to_pylist()
    return {
        tuple(row[key] for key in keys): (
            round(row["numerator"], 6),
            round(row["denominator"], 6),
            round(row["unknown"], 6),
        )
        for row in table
        if row["numerator"] or row["denominator"] or row["unknown"]
    }
