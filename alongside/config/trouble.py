"""Whatever keeps a command from starting, said as one plain sentence."""

import functools
import sys
from collections.abc import Callable


class Trouble(Exception):
    """Something the person at the terminal can put right; its text says how."""


def in_plain_words(command: Callable[[list[str]], int]) -> Callable[[list[str]], int]:
    """Run a command; print its trouble as a sentence instead of a traceback."""

    @functools.wraps(command)
    def run(args: list[str]) -> int:
        try:
            return command(args)
        except Trouble as trouble:
            print(trouble, file=sys.stderr)  # noqa: T201 (it speaks to a terminal)
            return 1
        except KeyboardInterrupt:
            return 130

    return run
