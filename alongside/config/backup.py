"""``alongside backup``: the whole database in one file.

Read as the owner: the web login would write a file that looks right and holds
almost nothing.
"""

import argparse
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alongside.config import ready
from alongside.config.owner_programs import as_owner, last_line
from alongside.config.terminal import Trouble, in_plain_words, say


@in_plain_words
def run(args: list[str]) -> int:
    """Write the database to a file that “alongside restore” reads."""
    parser = argparse.ArgumentParser("alongside backup", description=run.__doc__)
    parser.add_argument("file", type=Path, help="where to write; must not exist yet")
    file: Path = parser.parse_args(args).file.resolve()
    if file.exists():
        raise Trouble(f"{file} exists already. Choose a name that is not taken.")
    with _becoming(file) as draft, ready.application():
        command, environment = as_owner("pg_dump", "--format=custom", f"--file={draft}")
        done = subprocess.run(  # noqa: S603 (our own words, and no shell)
            command, env=environment, stderr=subprocess.PIPE, text=True
        )
        if done.returncode:
            raise Trouble(f"No backup was made: {last_line(done.stderr)}")
    say(f"{file} holds the whole database. Keep it as safe as the database itself.")
    return 0


@contextmanager
def _becoming(file: Path) -> Iterator[Path]:
    """A file only its owner can read, which takes its name once it is whole."""
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    except OSError as error:
        raise Trouble(
            f"{file} cannot be written: {error.strerror}. Choose another place."
        ) from error
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.rename(file)
    finally:
        draft.unlink(missing_ok=True)
