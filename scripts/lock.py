"""Writes the lock files: exact versions with hashes, and no addresses."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKS = {
    "base": [],
    "desk": ["--extra", "desk"],
    "dev": ["--extra", "desk", "--extra", "spark", "--group", "dev"],
}
COMMON = [
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--python-version=3.11",
    "--universal",
    "--quiet",
]

for name, extras in LOCKS.items():
    lock = ROOT / "requirements" / f"{name}.txt"
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", *COMMON, *extras),
        *("--output-file", str(lock), str(ROOT / "pyproject.toml")),
    ]
    subprocess.run(command, check=True, cwd=ROOT)
