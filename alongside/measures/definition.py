"""What a measure is: data that can be read, listed, compiled and checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import ibis.expr.types as ir

from alongside.measures.assure import Case
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window

Compute = Callable[[Frames, Window], ir.Table]


class Better(StrEnum):
    """Which way is good; some measures only describe."""

    UP = "up"
    DOWN = "down"
    CONTEXT = "context"


class Summary(StrEnum):
    """How the parts of children or records become one value."""

    RATIO = "ratio"
    MEDIAN = "median"  # of each person's own amount; or another quantile
    COUNT = "count"  # how many there were; nothing is divided
    SURVIVAL = "survival"  # time to an event, for those followed long and short


@dataclass(frozen=True)
class Unit:
    """What a value counts, and what the ratio is multiplied by to get it."""

    label: str
    scale: float = 1
    decimals: int = 1


PERCENT = Unit("%", 100)
COUNT = Unit("count", 1, 0)
MEAN = Unit("mean", 1, 2)
PER_100_000_DAYS = Unit("per 100,000 days", 100_000, 2)
PER_1_000_DAYS = Unit("per 1,000 days", 1_000, 2)
PER_100_DAYS = Unit("per 100 days", 100, 2)
PER_30_DAYS = Unit("per 30 days", 30, 2)
PER_100_SCHOOL_DAYS = Unit("per 100 school days", 100, 2)
PER_100_YEARS = Unit("per 100 years", 36_525, 2)
PER_YEAR = Unit("per 12 months", 365.25, 2)
CHANGE_PER_30_DAYS = Unit("change per 30 days", 1, 2)
CHANGE_PER_90_DAYS = Unit("change per 90 days", 1, 2)
CHANGE_PER_1_000_DAYS = Unit("change per 1,000 days", 1, 2)
DAYS_A_WEEK = Unit("days a week", 1, 2)
CREDITS = Unit("credits", 1, 2)
SCORE = Unit("mean, 1 to 5", 1, 2)
DAYS = Unit("days", 1, 1)
HOURS = Unit("hours", 1, 1)


@dataclass(frozen=True)
class Measure:
    """One question that can be counted, with everything a reader must know."""

    id: str
    title: str
    question: str
    why: str
    numerator: str
    denominator: str
    unit: Unit
    source: str
    needs: tuple[str, ...]
    compute: Compute
    examples: tuple[Case, ...]
    unknown: str = "Nothing is counted as unknown."
    cautions: tuple[str, ...] = ()
    better: Better = Better.CONTEXT
    summary: Summary = Summary.RATIO
    horizon: int | None = None  # days; for survival, else the median time
    quantile: float = 0.5  # which one, where the summary is a median
    follow_up: int = 0  # months after a period until everybody in it was followed
    version: int = 1

    def __post_init__(self) -> None:
        for example in self.examples:
            if example.measure != self.id:
                raise ValueError(
                    f"The example “{example.says}” is of {example.measure},"
                    f" but it belongs to {self.id}."
                )

    @property
    def definition(self) -> str:
        """The definition's name in every result, such as “4-S1 v1”."""
        return f"{self.id} v{self.version}"
