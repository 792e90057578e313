"""``alongside simulate`` as a module that says nothing but its last line."""

from __future__ import annotations

import contextlib
import io
import sys

from alongside.simulate.command import run


def main(args: list[str]) -> None:
    """Run it, and close with an empty object as every measured process does."""
    with contextlib.redirect_stdout(io.StringIO()):
        code = run(args)
    print("{}")
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
