"""Runs every check to its end, so that one failure does not hide the next."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
MANAGE = [BIN / "alongside", "manage"]
CHECKS = {
    "style": [BIN / "ruff", "check", "."],
    "form": [BIN / "ruff", "format", "--check", "."],
    "types": [BIN / "mypy", "alongside"],
    "layers": [BIN / "lint-imports"],
    "migrations": [
        BIN / "alongside",
        "manage",
        "makemigrations",
        "--check",
        "--dry-run",
    ],
    "application": [BIN / "alongside", "manage", "check", "--database", "owner"],
    "documents": [sys.executable, "scripts/generate_docs.py", "--check"],
}

failed = [
    name
    for name, command in CHECKS.items()
    if print(f"-- {name}", flush=True) or subprocess.call(command, cwd=ROOT)
]
if failed:
    sys.exit(f"Failed: {', '.join(failed)}.")
