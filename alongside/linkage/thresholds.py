"""What to expect of the pairs above a probability; the model's own word for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from alongside.kernel.refusal import Refused

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999)
CAUTION = (
    "Expected precision and recall come from the model, not from checked pairs. Recall"
    " counts only matches among the pairs that were compared: people whose names and"
    " date of birth all changed are in no pair. Review some pairs at every level before"
    " you trust a threshold."
)


@dataclass(frozen=True)
class Threshold:
    """The pairs with at least some probability, and what is expected of them."""

    probability: float
    pairs: int
    precision: float | None  # of these pairs, the same person
    recall: float | None  # of the same people among all compared, in these pairs

    @property
    def f1(self) -> float:
        """The harmonic mean; nothing when either is unknown."""
        if not self.precision or not self.recall:
            return 0.0
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def thresholds(pairs: pa.Table, expected_matches: float) -> list[Threshold]:
    """The usual levels, for pairs with a probability each."""
    probability = pairs["probability"].to_numpy()
    return [_threshold(probability, level, expected_matches) for level in LEVELS]


def suggested(found: list[Threshold]) -> Threshold:
    """The level with the best expected balance; where to begin the review."""
    return max(found, key=lambda threshold: threshold.f1)


def _threshold(
    probability: np.ndarray[tuple[int], np.dtype[np.float64]],
    level: float,
    expected_matches: float,
) -> Threshold:
    above = probability[probability >= level]
    matches = float(above.sum())
    return Threshold(
        level,
        len(above),
        matches / len(above) if len(above) else None,
        min(matches / expected_matches, 1.0) if expected_matches else None,
    )


@dataclass(frozen=True)
class Accuracy:
    """How pairs compare with the truth, where somebody knows it."""

    found: int
    right: int
    true: int

    @property
    def precision(self) -> float:
        """Of the pairs found, those that are the same person."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Of the same people, those that were found."""
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.found + self.true
        return 2 * self.right / total if total else 0.0


def known_pairs(path: Path) -> pa.Table:
    """The true pairs that somebody knows, as ``a_id`` and ``b_id``."""
    try:
        table = pq.read_table(path, columns=["a_id", "b_id"])
    except (OSError, pa.ArrowException) as error:
        raise Refused(
            f"{path} holds no known pairs. Give a Parquet file with the columns a_id"
            " and b_id: the identifiers of two records that are one person."
        ) from error
    return pa.table(
        {name: table[name].cast(pa.string()) for name in table.column_names}
    )


def accuracy(
    pairs: pa.Table,
    truth: pa.Table,
    *,
    at_least: float,
    best_only: bool,
    either_order: bool = False,
) -> Accuracy:
    """Pairs above a probability against the true ones (columns ``a_id``, ``b_id``).

    ``either_order``: within one file it does not matter which of a pair comes first.
    """
    chosen = pc.greater_equal(pairs["probability"], at_least)
    if best_only:
        chosen = pc.and_(chosen, pairs["is_best"])
    found = _by_id(pairs.filter(chosen).select(["id_l", "id_r"]), either_order)
    true = _by_id(truth.select(["a_id", "b_id"]), either_order)
    right = found.join(true, _SIDES, join_type="inner").num_rows
    return Accuracy(found.num_rows, right, true.num_rows)


_SIDES = ["one", "other"]


def _by_id(pairs: pa.Table, either_order: bool) -> pa.Table:
    one, other = pairs.columns
    if either_order:
        one, other = (
            pc.if_else(pc.less_equal(one, other), *sides)
            for sides in ((one, other), (other, one))
        )
    return pa.table([one, other], names=_SIDES)
