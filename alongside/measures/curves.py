"""Days until something happened become a curve, and the curve counts of intervals.

A curve steps on the day that one person had an event. What is published of it are its
values at the ends of intervals (of months, or of weeks), with the counts of
each interval, and these are counts like all others: disclosure control judges them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from alongside.measures.definition import PERCENT, Measure
from alongside.measures.survival import Curve, kaplan_meier

Ends = tuple[int, ...]
_MONTHS: Ends = (30, 61, 91, 122, 152, 183, 213, 244, 274, 304, 335, 365)
_WEEKS: Ends = tuple(range(7, 85, 7))
# The days on which intervals end, from fine to coarse; each fits into the one before.
LEVELS: Mapping[int | None, tuple[Ends, ...]] = {
    365: (_MONTHS, _MONTHS[2::3]),
    183: (_MONTHS[:6], _MONTHS[1:6:2]),
    None: (_WEEKS, _WEEKS[1::2], _WEEKS[3::4]),
}
_NAME = re.compile(r"(?P<measure>.+)\.days_(?P<start>\d{3})_(?P<end>\d{3}|on)$")


@dataclass(frozen=True, order=True)
class Interval:
    """From after one day of follow-up to another; without an end, all days after."""

    start: int
    end: int | None

    @property
    def part(self) -> str:
        """Its name as a part of a measure, such as “days_030_061”."""
        return f"days_{self.start:03}_" + (
            "on" if self.end is None else f"{self.end:03}"
        )


def interval_of(name: str) -> tuple[str, Interval] | None:
    """The measure and the interval that a result's name tells, if it is of a curve."""
    found = _NAME.match(name)
    if found is None:
        return None
    end = None if found["end"] == "on" else int(found["end"])
    return found["measure"], Interval(int(found["start"]), end)


def levels(measure: Measure) -> list[list[Interval]]:
    """The intervals of a measure's curve, from fine to coarse."""
    found = []
    for ends in LEVELS[measure.horizon]:
        parts = [Interval(*pair) for pair in pairwise((0, *ends))]
        # Without a horizon the rest belongs to the total too.
        rest = [Interval(ends[-1], None)] if measure.horizon is None else []
        found.append([*parts, *rest])
    return found


def curve_of(times: pd.DataFrame) -> Curve:
    """The curve of rows with ``time``, events (``numerator``) and ``denominator``."""
    sums = times.groupby("time", as_index=False)[["numerator", "denominator"]].sum()
    events = sums.assign(weight=sums["numerator"], event=True)
    ended = sums.assign(weight=sums["denominator"] - sums["numerator"], event=False)
    each = pd.concat([events, ended])
    each = each[each["weight"] > 0]
    return kaplan_meier(
        each["time"].astype(int).tolist(),
        each["event"].tolist(),
        each["weight"].tolist(),
    )


def summary(times: pd.DataFrame, measure: Measure) -> dict[str, float | None]:
    """Events, people, those whose follow-up ended early, and the estimate."""
    curve, horizon = curve_of(times), measure.horizon
    count = float(times["denominator"].sum())
    seen = times if horizon is None else times[times["time"] <= horizon]
    events = float(seen["numerator"].sum())
    if horizon is None:
        value, unknown = curve.median, count - events
    else:
        before = times[times["time"] < horizon]
        unknown = float((before["denominator"] - before["numerator"]).sum())
        value = _share(curve, horizon, measure.unit.scale)
    return {
        "numerator": events,
        "denominator": count,
        "unknown": unknown,
        "value": value,
        **_behind(times, seen),
    }


def cells(times: pd.DataFrame, measure: Measure) -> Iterator[dict[str, object]]:
    """The counts of every interval, at every level: events, at risk, follow-up ended.

    The value is the share with an event by the interval's end.
    """
    curve = curve_of(times)
    time, ended = times["time"], times["denominator"] - times["numerator"]
    for interval in dict.fromkeys(i for level in levels(measure) for i in level):
        start = interval.start if interval.start else -1  # day 0 belongs to the first
        end = float("inf") if interval.end is None else interval.end
        during = times[(time > start) & (time <= end) & (times["numerator"] > 0)]
        gone = ended[(time >= interval.start) & (time < end)].sum()
        # Whoever leaves on the day an interval begins is still at risk that morning.
        risk = times[(time > start) | ((time == interval.start) & (ended > 0))]
        before = ended[time < interval.start].sum()
        events_before = times.loc[time <= start, "numerator"].sum()
        yield {
            "part": interval.part,
            "numerator": float(during["numerator"].sum()),
            "denominator": float(times["denominator"].sum() - before - events_before),
            "unknown": float(gone),
            "value": _share(curve, interval.end, PERCENT.scale),
            **_behind(risk, during),
        }


def _share(curve: Curve, day: int | None, scale: float) -> float | None:
    survival = None if day is None else curve.at(day).survival
    return None if survival is None else scale * (1 - survival)


def _behind(times: pd.DataFrame, events: pd.DataFrame) -> dict[str, float]:
    """How many people are counted from and counted, and the most events of one."""
    named = events.dropna(subset="child_id").groupby("child_id")["counted"].sum()
    nobody = times[times["child_id"].isna()]
    uncounted = events[events["child_id"].isna()]
    return {
        "people": times["child_id"].nunique() + float(nobody["rows_base"].sum()),
        "people_counted": float((named > 0).sum() + uncounted["rows_counted"].sum()),
        "largest": max(
            float(named.max()) if len(named) else 0.0,
            float(uncounted["largest_row"].max()) if len(uncounted) else 0.0,
        ),
    }


def by_keys(
    tally: pd.DataFrame, keys: Sequence[str]
) -> Iterator[tuple[dict[str, object], pd.DataFrame]]:
    """The rows of each group and part, with the names of the group."""
    for key, times in tally.groupby(list(keys), dropna=False):
        yield dict(zip(keys, key, strict=True)), times
