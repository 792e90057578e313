"""Drawing many at once, always in the same order, so that a seed means one state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from alongside.simulate.columns import Codes, Flags, Numbers

Amounts = Numbers | int


class Draws:
    """A source of chance that is the same for the same seed and place."""

    def __init__(self, seed: int, *place: int) -> None:
        self.rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=place))

    def chance(self, count: int, share: float | NDArray[np.float64]) -> Flags:
        """Yes for about this share of so many."""
        found: Flags = self.rng.random(count) < share
        return found

    def between(self, low: Amounts, high: Amounts, count: int | None = None) -> Numbers:
        """Whole numbers from ``low`` to ``high``, both possible; at least ``low``."""
        lows = np.asarray(low, dtype=np.int64)
        width = np.maximum(np.asarray(high, dtype=np.int64) - lows, 0) + 1
        size = count if count is not None else np.broadcast(lows, width).size
        drawn = np.floor(self.rng.random(size) * width).astype(np.int64)
        found: Numbers = lows + drawn
        return found

    def pick(self, count: int, weights: Mapping[str, float]) -> Codes:
        """Codes by weight."""
        return Codes(self.place(count, list(weights.values())), list(weights))

    def place(self, count: int, weights: Sequence[float]) -> Numbers:
        """Positions by weight."""
        edges = np.cumsum(weights)
        drawn = self.rng.random(count) * edges[-1]
        found: Numbers = np.searchsorted(edges, drawn, side="right").astype(np.int64)
        return found

    def waits(self, count: int, mean: float) -> Numbers:
        """Days until something that may happen any day; at least one."""
        return 1 + self.rng.exponential(mean, count).astype(np.int64)

    def stays(self, count: int, median: float, spread: float) -> Numbers:
        """Lengths that are mostly short and sometimes very long; at least one day."""
        drawn = self.rng.lognormal(np.log(median), spread, count)
        return np.clip(drawn, 1, 20 * 365).astype(np.int64)

    def counts(self, mean: float | NDArray[np.float64], count: int) -> Numbers:
        """How often something happened."""
        return self.rng.poisson(mean, count).astype(np.int64)
