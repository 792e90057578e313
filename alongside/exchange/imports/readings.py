"""What reading one piece of text found: a value, or the way in which there is none."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class Shape(StrEnum):
    """How a piece of text stands to the value it should give."""

    KNOWN = "known"
    MISSING = "missing"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"
    NEAR = "near"
    MANY = "many"
    TWO = "two"
    LEFT = "left"
    IMPOSSIBLE = "impossible"
    INCOMPLETE = "incomplete"
    RELATIVE = "relative"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Reading:
    """A value if the text gives one; else the shape of the trouble, and why."""

    shape: Shape
    value: date | time | str | None = None
    why: str = ""
    candidates: tuple[str, ...] = ()


MISSING = Reading(Shape.MISSING)

_MISSING_WORDS = frozenset(
    ("-", "--", "---", "—", "?", "??", "unk", "unk.", "unknown", "not known", "tbd")
    + ("tba", "n/a", "na", "none yet", "not yet", "pending", "still out", "open")
)


def is_missing(text: str) -> bool:
    """Whether the text is one of the ways to write that something is not known."""
    words = " ".join(text.casefold().split())
    return not words or words in _MISSING_WORDS


def known(value: date | time | str) -> Reading:
    """A reading that gives a value."""
    return Reading(Shape.KNOWN, value)
