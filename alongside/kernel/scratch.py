"""Room on disk for a while, for data that is nobody else's business."""

from __future__ import annotations

import atexit
import shutil
from pathlib import Path
from tempfile import mkdtemp


def scratch_folder() -> Path:
    """A folder that only this account can open, and that goes with the process."""
    folder = Path(mkdtemp(prefix="alongside-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
