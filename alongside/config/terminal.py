"""What commands say: progress, and whatever keeps them from starting."""

import functools
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


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


@contextmanager
def step(what: str) -> Iterator[None]:
    """Name a step that takes a while when it begins, and its length when it ends."""
    print(f"{what} ...", end=" ", flush=True)  # noqa: T201 (it is what one reads)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        say("")  # what went wrong is said on a line of its own
        raise
    say(f"{time.monotonic() - start:.1f} s")
