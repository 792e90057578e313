"""Counts by day become curves, and curves become tidy results."""

from __future__ import annotations

import pandas as pd

from alongside.measures.definition import Measure
from alongside.measures.survival import Curve, kaplan_meier


def curve_of(counts: pd.DataFrame) -> Curve:
    """The curve of counts by day: ``time``, ``events`` and ``people``."""
    events = counts.assign(weight=counts["events"], event=True)
    censored = counts.assign(weight=counts["people"] - counts["events"], event=False)
    each = pd.concat([events, censored])
    each = each[each["weight"] > 0]
    return kaplan_meier(
        each["time"].tolist(), each["event"].tolist(), each["weight"].tolist()
    )


def summarized(counts: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """One row per group: events, people, those censored early, and the estimate."""
    keys = [name for name in counts.columns if name not in ("time", "events", "people")]
    rows = [
        {**dict(zip(keys, key, strict=True)), **_summary(group, measure)}
        for key, group in counts.groupby(keys, dropna=False)
    ]
    columns = [*keys, "numerator", "denominator", "unknown", "value"]
    return pd.DataFrame(rows, columns=columns)


def _summary(counts: pd.DataFrame, measure: Measure) -> dict[str, float | None]:
    curve, horizon = curve_of(counts), measure.horizon
    people = float(counts["people"].sum())
    seen = counts if horizon is None else counts[counts["time"] <= horizon]
    events = float(seen["events"].sum())
    if horizon is None:
        value, unknown = curve.median, people - events
    else:
        before = counts[counts["time"] < horizon]
        unknown = float((before["people"] - before["events"]).sum())
        survival = curve.at(horizon).survival
        value = None if survival is None else measure.unit.scale * (1 - survival)
    return {
        "numerator": events,
        "denominator": people,
        "unknown": unknown,
        "value": value,
    }
