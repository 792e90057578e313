"""The simulated unit: sound, repeatable, and with something for every measure."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from alongside.measures import MEASURES, Window, compute, load, months
from alongside.measures.tables import TABLES
from alongside.simulate.unit import AS_OF, write_unit

YEAR: Window = months(12, AS_OF.replace(year=AS_OF.year - 1))
# These need a threshold that only the reader can give, or more youth than a unit has.
NOTHING_TO_COUNT = ("MH-1", "PX-8", "ED-7.by_21", "4-S2", "PS-5", "LT-2", "3-P4")
NOTHING_TO_COUNT += ("PL-2.round_3",)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A unit of eighty young people."""
    folder = tmp_path_factory.mktemp("unit")
    write_unit(folder, youth=80, seed=2)
    return folder


def test_the_same_seed_writes_the_same_unit(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_unit(tmp_path / name, youth=5, seed=4)
    for table in TABLES:
        one, other = (
            (tmp_path / name / f"{table}.parquet").read_bytes()
            for name in ("one", "other")
        )
        assert one == other


def test_the_unit_passes_the_contracts_validation(unit: Path) -> None:
    source = load(unit, measures=MEASURES.values(), strict=True)
    assert set(source.rows) == set(TABLES)


def test_nothing_is_dated_after_the_extract(unit: Path) -> None:
    late = {}
    for name, table in TABLES.items():
        rows = pq.read_table(unit / f"{name}.parquet")
        for column in table.columns:
            known = rows[column].drop_null()
            is_date = table.columns[column].kind.value == "date"
            if is_date and column != "due_date" and len(known):
                last = max(known.to_pylist())
                if last >= AS_OF:
                    late[f"{name}.{column}"] = last
    planned = {"activity.activity_date", "service.session_date"}
    assert set(late) <= planned


def test_nearly_every_measure_has_somebody_to_count(unit: Path) -> None:
    results = compute(MEASURES.values(), load(unit), YEAR, AS_OF)
    counted = set(results.loc[results["denominator"] > 0, "measure"])
    missing = [
        measure
        for measure in MEASURES
        if not any(
            found == measure or found.startswith(f"{measure}.") for found in counted
        )
    ]
    assert [
        m for m in missing if not m.startswith((*NOTHING_TO_COUNT, "repeat."))
    ] == []
