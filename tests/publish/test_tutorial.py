"""The tutorial's commands and lines of Python run, in order, in an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorials" / "published-report.md"
FENCE = re.compile(r"^```(bash|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(kind: str, text: str) -> list[list[str]]:
    """What a fence runs: Python as one program, each line of a terminal by itself."""
    if kind == "python":
        return [[sys.executable, "-c", text]]
    lines = text.strip().splitlines()
    return [[sys.executable, "-m", *line.split()] for line in lines]


@pytest.mark.slow
def test_a_newcomer_gets_a_report(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for kind, text in FENCE.findall(PAGE.read_text("utf-8")):
        for command in commands(kind, text):
            done = subprocess.run(
                command, cwd=tmp_path, env=environment, capture_output=True, text=True
            )
            assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    for year in ("2023", "2024"):
        folder = tmp_path / f"release-{year}"
        assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")
        assert (folder / "report.html").stat().st_size > 100_000
        results = pq.read_table(folder / "results.parquet").to_pandas()
        assert results["numerator"].notna().any()
        assert results["numerator"].min() >= 11
        assert (folder / "internal" / "hidden.csv").exists()
    assert (tmp_path / "for-the-director" / "internal-report.html").exists()
