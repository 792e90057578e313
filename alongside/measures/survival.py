"""Kaplan-Meier: how long until something happens, when follow-up has ended for some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import pandas as pd
from lifelines import KaplanMeierFitter


@dataclass(frozen=True)
class Estimate:
    """The share without an event by a day, and its Greenwood standard error."""

    survival: float | None
    standard_error: float | None


@dataclass(frozen=True)
class Curve:
    """A Kaplan-Meier curve: one row per day on which somebody's time ended.

    Columns: time, at_risk, events, censored, survival, standard_error.
    """

    table: pd.DataFrame
    longest: int

    def at(self, day: int) -> Estimate:
        """The estimate at a day; empty when nobody was followed that long (C7)."""
        so_far = self.table[self.table["time"] <= day]
        if so_far.empty:
            return Estimate(1.0, 0.0) if day <= self.longest else Estimate(None, None)
        last = so_far.iloc[-1]
        survival = float(last["survival"])
        if self.longest < day and survival > 0:
            return Estimate(None, None)
        return Estimate(survival, float(last["standard_error"]))

    @property
    def median(self) -> float | None:
        """The first day by which half have had the event; empty if never."""
        half = self.table[self.table["survival"] <= 0.5]
        return None if half.empty else float(half["time"].iloc[0])


def kaplan_meier(
    times: Sequence[int], events: Sequence[bool], weights: Sequence[float] | None = None
) -> Curve:
    """The curve of people followed for ``times`` days, with or without an event."""
    if not len(times):
        columns = ["time", "at_risk", "events", "censored", "survival"]
        return Curve(pd.DataFrame({c: [] for c in [*columns, "standard_error"]}), 0)
    fitter = KaplanMeierFitter().fit(times, events, weights=weights)
    table = fitter.event_table.join(fitter.survival_function_)
    table = table.rename_axis("time").reset_index()
    table = table[(table["observed"] > 0) | (table["censored"] > 0)]
    found = pd.DataFrame(
        {
            "time": table["time"].astype(int),
            "at_risk": table["at_risk"],
            "events": table["observed"],
            "censored": table["censored"],
            "survival": table["KM_estimate"],
        }
    )
    found["standard_error"] = _greenwood(found)
    return Curve(found.reset_index(drop=True), int(max(times)))


def _greenwood(table: pd.DataFrame) -> list[float]:
    total, errors = 0.0, []
    rows = zip(table["at_risk"], table["events"], table["survival"], strict=True)
    for at_risk, events, survival in rows:
        if at_risk > events:
            total += events / (at_risk * (at_risk - events))
        errors.append(survival * sqrt(total))
    return errors
