"""What commands say: progress, and whatever keeps them from starting."""

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


def say(sentence: str) -> None:
    """Tell the person at the terminal, at once."""
    print(sentence, flush=True)  # noqa: T201 (a command speaks to its terminal)
