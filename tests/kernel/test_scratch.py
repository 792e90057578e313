"""What is put on disk for a while is nobody else's, and is gone afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from alongside.kernel.scratch import scratch_folder

SAYS_WHERE = """
from alongside.kernel.scratch import scratch_folder
folder = scratch_folder()
(folder / "rows.parquet").write_text("somebody")
print(folder)
raise SystemExit("even if it fails")
"""


def test_only_this_account_can_open_it() -> None:
    assert scratch_folder().stat().st_mode & 0o777 == 0o700


@pytest.mark.slow
def test_it_goes_with_the_process() -> None:
    made = subprocess.run(
        [sys.executable, "-c", SAYS_WHERE], capture_output=True, text=True, check=False
    )
    folder = Path(made.stdout.strip())
    assert folder.name.startswith("alongside-")
    assert not folder.exists()
