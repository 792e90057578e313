"""One release for many tests: the command, run on a folder of CSV."""

from __future__ import annotations

from pathlib import Path

import pytest

from alongside.measures.command import run
from tests.publish.extract import write_extract

MEASURES = (
    "funnel.screened_in",
    "funnel.substantiated",
    "funnel.inconclusive",
    "concern.confirmed",
    "4-P1",
    "repeat.km.6m",
)


@pytest.fixture(scope="session")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of CSV files."""
    return write_extract(tmp_path_factory.mktemp("extract"))


@pytest.fixture(scope="session")
def release(extract: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command wrote, by county and by race and ethnicity."""
    out = tmp_path_factory.mktemp("release") / "2024"
    by = ("--by", "county", "race_ethnicity")
    named = ("--measures", *MEASURES)
    days = ("--as-of", "2025-01-01", "--period", "fiscal-year")
    assert run([str(extract), *named, *days, *by, "--out", str(out)]) == 0
    return out
