"""Every command on the pages about simulation and linkage runs as it is written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from alongside.cli import main

DOCS = Path(__file__).parents[2] / "docs"
PAGES = (
    "explanation/simulated-state.md",
    "explanation/linkage.md",
    "how-to/link-two-files.md",
)
COMMAND = re.compile(
    r"^\s*(?:\S.*`)?(alongside (?:simulate|link) [^`\n]*--out \S+?)`?\.?$"
)


def commands(page: str) -> list[list[str]]:
    lines = (DOCS / page).read_text("utf-8").splitlines()
    found = [match[1] for line in lines if (match := COMMAND.match(line))]
    return [shlex.split(line)[1:] for line in found]


@pytest.mark.slow
def test_the_commands_on_the_pages_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    every = [words for page in PAGES for words in commands(page)]
    assert [words[0] for words in every].count("simulate") == 3
    assert [words[0] for words in every].count("link") == 2
    for words in every:
        assert main(words) == 0
