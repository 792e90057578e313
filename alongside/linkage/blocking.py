"""Which pairs are looked at: those that share something that seldom all goes wrong."""

from __future__ import annotations

from typing import Any

from splink import block_on
from splink.blocking_rule_library import CustomRule

SMALL = 100_000  # rows in both files up to which more pairs can be afforded

# Of people who are the same, those whose names and date are written exactly alike.
CERTAIN_RECALL = 0.6

_USUAL: list[Any] = [
    block_on("birth", "given_initial"),
    block_on("birth", "family_initial"),
    block_on("given", "family", "birth_year"),
    block_on("given", "family", "postal_code"),
    CustomRule("l.given = r.family AND l.family = r.given"),
    CustomRule("l.birth = r.birth_swapped AND l.family = r.family"),
    CustomRule("l.birth = r.birth_swapped AND l.given = r.given"),
]
_IF_SMALL: list[Any] = [
    block_on("birth"),
    block_on("given", "family"),
    block_on("postal_code"),
]
_SHARED_ID = block_on("shared_id")
_ADDRESS = block_on("address", "given_initial")


def blocking_rules(rows: int, columns: frozenset[str]) -> list[Any]:
    """The rules for so many rows in all, of files that share these columns."""
    rules = [*(_IF_SMALL if rows <= SMALL else ()), *_USUAL]
    if "shared_id" in columns:
        rules.append(_SHARED_ID)
    if "address" in columns:
        rules.append(_ADDRESS)
    return rules


TRAINING = [block_on("given", "family"), block_on("birth")]
