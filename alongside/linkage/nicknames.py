"""Names that people are called by, and the names those stand for."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """Each formal given name, in lower case, with the short ones in use."""
    text = resources.files(__package__).joinpath("nicknames.csv").read_text("utf-8")
    return {formal: tuple(short) for formal, *short in csv.reader(text.splitlines())}


@cache
def nickname_pairs() -> frozenset[tuple[str, str]]:
    """Every two given names that may be one person's, in both orders."""
    groups = [(formal, *short) for formal, short in nicknames().items()]
    return frozenset(
        (one, other)
        for group in groups
        for one in group
        for other in group
        if one != other
    )
