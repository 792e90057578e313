"""What may be published: the thresholds, and the reasons a number stays hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from alongside.measures.disclosure.score import CURRENT, Points


class Reason(StrEnum):
    """Why a number is hidden, in the words of the log."""

    SMALL = "fewer than 11 young people are counted"
    FULL = "all but fewer than 11 young people are counted"
    BASE = "there are fewer than 11 young people to count from"
    UNKNOWN = "fewer than 11 are unknown"
    LEFT = "all but fewer than 11 are counted or unknown"
    DOMINANT = "one young person makes up more than half of it"
    CHANGED = "it differs by fewer than 11 from the release before"
    BEFORE = "with what the release before shows, it would reveal what that one hid"
    COMPLEMENT = "adding or subtracting it would reveal a hidden number"


@dataclass(frozen=True)
class Policy:
    """The rules of one release; the defaults follow the CalHHS guideline."""

    smallest: int = 11  # counts below it are small
    population: int = 20_001  # step 1: from this denominator on
    score_limit: int = 12  # step 2: small counts stay up to this score
    strict: bool = False  # step 2: up to, and not including, the limit
    dominant: float = 0.5  # nobody alone makes up more of a sum
    points: Points = CURRENT
    populations: Mapping[str | None, int] = field(default_factory=dict)

    @property
    def ddg_version(self) -> str:
        """Which text of the guideline the scores are from."""
        return self.points.version

    def passes(self, score: int) -> bool:
        """Whether a table with this score may show its small counts (step 2)."""
        return score < self.score_limit + (not self.strict)
