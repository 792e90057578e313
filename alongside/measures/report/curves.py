"""Survival curves as they were published: what is drawn, and the table of its numbers.

Everything here is computed from published counts alone, the band of confidence too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Any

import pandas as pd

from alongside.measures.curves import Interval, interval_of

Z = 1.959964  # 95 percent


@dataclass(frozen=True)
class Step:
    """One interval of a curve, and the share with an event by its end."""

    interval: Interval
    share: float  # percent
    low: float
    high: float
    at_risk: int  # as the interval begins
    events: int
    ended: int  # whose follow-up ended in it


@dataclass(frozen=True)
class Line:
    """One curve: for everyone, or for one group."""

    group: str | None
    steps: Sequence[Step]

    @property
    def days(self) -> list[int]:
        """Where the curve has a value, from the first day on."""
        return [0, *(step.interval.end or 0 for step in self.steps)]

    @property
    def left(self) -> int:
        """How many are still followed without an event at the end."""
        last = self.steps[-1]
        return last.at_risk - last.events - last.ended


def of_curves(frame: pd.DataFrame) -> pd.Series[bool]:
    """Which rows of published results are intervals of a curve."""
    is_part = {
        name: interval_of(name) is not None for name in frame["measure"].unique()
    }
    return frame["measure"].map(is_part).astype(bool)


def drawable(
    rows: pd.DataFrame, groups: Sequence[str], by: str | None
) -> tuple[list[Line], Mapping[str, Any]] | None:
    """The latest period of which curves can be drawn to their end, and its curves."""
    others = [name for name in groups if name != by]
    rows = rows[rows[others].isna().all(axis=1)] if others else rows
    rows = rows[rows[by].notna()] if by else rows
    found = []
    for start, period in rows.groupby("period_start"):
        lines = list(_lines(period, by))
        if lines:
            about = {"period_start": start, "period_end": period["period_end"].iloc[0]}
            found.append((max(line.days[-1] for line in lines), about, lines))
    if not found:
        return None
    longest = max(days for days, _, _ in found)
    _, about, lines = next(f for f in reversed(found) if f[0] == longest)
    return lines, about


def _lines(period: pd.DataFrame, by: str | None) -> Iterator[Line]:
    """Curves of which nothing is hidden, as far as they can be estimated."""
    groups: Iterable[tuple[Any, pd.DataFrame]] = (
        period.groupby(by) if by else [(None, period)]
    )
    for group, rows in groups:
        if (rows["hidden"] == "").all():
            steps = _steps(rows)
            if len(steps) > 1:
                yield Line(None if group is None else str(group), steps)


def _steps(rows: pd.DataFrame) -> list[Step]:
    parts = [(_interval(cells["measure"]), cells) for cells in rows.to_dict("records")]
    steps, before, variance = [], 1.0, 0.0
    for interval, cells in sorted(parts, key=lambda part: part[0].start):
        if interval.end is None or pd.isna(cells["value"]):
            break
        free = 1 - cells["value"] / 100
        at_risk, ended = cells["denominator"], cells["unknown"]
        if before > 0 and free > 0:
            stayed = min(free / before, 1.0)
            # Greenwood, with half of those who left still there.
            variance += (1 - stayed) / (stayed * (at_risk - ended / 2))
        low, high = _band(free, variance)
        steps.append(
            Step(
                interval,
                float(cells["value"]),
                100 * (1 - high),
                100 * (1 - low),
                int(at_risk),
                int(cells["numerator"]),
                int(ended),
            )
        )
        before = free
    return steps


def _interval(name: str) -> Interval:
    found = interval_of(name)
    if found is None:
        raise AssertionError("only intervals of curves get here")
    return found[1]


def _band(free: float, variance: float) -> tuple[float, float]:
    """Log-minus-log limits, which stay between none and all."""
    if not 0 < free < 1:
        return free, free
    width = Z * sqrt(variance) / abs(log(free))
    return free ** exp(width), free ** exp(-width)
