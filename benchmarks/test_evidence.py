"""The measures compared here find the same numbers, or comparing them means nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from alongside.measures import engine_for, load
from alongside.simulate.state import write_state
from benchmarks import evidence_pandas
from benchmarks.evidence_measures import AS_OF, MEASURED, WINDOW

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("dirt", [0.0, 0.05], ids=["clean", "dirty"])
def test_pandas_finds_the_same_numbers(tmp_path: Path, dirt: float) -> None:
    write_state(tmp_path, children=30_000, seed=3, dirt=dirt)
    engine = engine_for(load(tmp_path))
    results = engine.run(MEASURED, [WINDOW], engine.frames(AS_OF))
    found = {
        row.measure: (row.numerator, row.denominator) for row in results.itertuples()
    }
    assert evidence_pandas.every(evidence_pandas.read(tmp_path)) == found
