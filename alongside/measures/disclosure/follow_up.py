"""Survival curves are published as counts of intervals, as fine as these may be shown.

A curve with a step for each person would tell of each of them. So the finest intervals
are chosen in which nothing is a small count; all other intervals are computed too, and
never printed: they are hidden numbers that nobody may work out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from alongside.measures.curves import Interval, interval_of, levels
from alongside.measures.definition import Summary
from alongside.measures.disclosure.internal import Internal
from alongside.measures.disclosure.quantities import Role
from alongside.measures.library import MEASURES

NUMERATOR, DENOMINATOR, UNKNOWN = Role.NUMERATOR, Role.DENOMINATOR, Role.UNKNOWN
Series = dict[Interval, int]  # the row of each interval

# Who had an event within six months, or was lost, is among those of twelve months, so
# the two results tell of those between.
BETWEEN = Interval(183, 365)
NESTED = {
    f"repeat.{how}12m{end}": f"repeat.{how}6m{end}"
    for how in ("", "km.")
    for end in ("", "_to_18")
}


class FollowUp:
    """The intervals of every curve in some results."""

    def __init__(self, internal: Internal) -> None:
        self.internal = internal

    @cached_property
    def rows(self) -> set[int]:
        """Every row that is an interval of a curve."""
        return {row for found in self.series.values() for row in found.values()}

    @cached_property
    def series(self) -> Mapping[tuple[Any, ...], Series]:
        """By measure, period and group: the row of each interval."""
        frame, keys = self.internal.frame, self.internal.keys
        all_told = ((name, interval_of(name)) for name in frame["measure"].unique())
        names = {name: t for name, t in all_told if t and t[1] != BETWEEN}
        found: dict[tuple[Any, ...], Series] = defaultdict(dict)
        if names:
            for row, key in enumerate(frame[keys].itertuples(index=False, name=None)):
                if key[0] in names:
                    measure, interval = names[key[0]]
                    found[measure, *key[1:]][interval] = row
        return found

    def spoiled(self, hidden: Iterable[int]) -> set[int]:
        """Rows of curves of which something is hidden: no value of these is shown."""
        asked = set(np.flatnonzero(self.internal.frame["asked"]).tolist())
        gone = set(hidden) & self.rows & asked
        return {
            row
            for found in self.series.values()
            if not gone.isdisjoint(found.values())
            for row in asked.intersection(found.values())
        }


def with_intervals(internal: Internal, smallest: int) -> Internal:
    """The same results, with the finest intervals of each curve asked for that pass."""
    curves = FollowUp(internal)
    if not curves.rows:
        return internal
    frame = internal.frame
    passes = _passes(frame, smallest)
    asked = frame["asked"].to_numpy(copy=True)
    for key, found in curves.series.items():
        choices = levels(MEASURES[str(key[0])])
        passing = (c for c in choices if all(passes[found[i]] for i in c))
        best = next(passing, [])
        for interval, row in found.items():
            asked[row] &= interval in best
    return replace(internal, frame=frame.assign(asked=asked))


def without_idle(internal: Internal, before: Container[str]) -> Internal:
    """Without the curves of which nothing is shown: their totals say all there is.

    The intervals of one breakdown stay together, because they add up; and those of
    measures whose curves an earlier release may have shown.
    """
    asked = internal.frame["asked"].to_numpy()
    tables: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for (measure, _, _, *groups), found in FollowUp(internal).series.items():
        if measure not in before:
            tables[measure, *(g is not None for g in groups)] |= set(found.values())
    keep = np.ones(len(asked), dtype=np.bool_)
    for rows in tables.values():
        if not asked[sorted(rows)].any():
            keep[sorted(rows)] = False
    return internal.some(keep)


def _passes(frame: pd.DataFrame, smallest: int) -> list[bool]:
    n, d, u = frame["numerator"], frame["denominator"], frame["unknown"]
    left = d - n - u
    few = ((u > 0) & (u < smallest)) | ((left > 0) & (left < smallest))
    return list((n >= smallest) & (d - n >= smallest) & ~few)


@cache
def is_survival(name: str) -> bool:
    """Whether a result is of a time to an event, until it or for a time."""
    measure = MEASURES.get(name)
    return is_followed(name) or (
        measure is not None and measure.summary is Summary.SURVIVAL
    )


@cache
def is_followed(name: str) -> bool:
    """Whether a result is about people followed for a time, each to an end."""
    measure = MEASURES.get(name)
    if measure is None:
        return interval_of(name) is not None
    return measure.summary is Summary.SURVIVAL and measure.horizon is not None


Number = tuple[int, Role]  # a row, and which number of it
Sum = tuple[list[Number], list[Number]]  # these add up to those


def with_between(internal: Internal) -> Internal:
    """The same results with what is between two horizons, never printed."""
    frame, others = internal.frame, internal.keys[1:]
    found = []
    for longer, shorter in NESTED.items():
        both = frame[frame["measure"] == longer].merge(
            frame[frame["measure"] == shorter], on=others, suffixes=("", "_by_then")
        )
        both = both[both["denominator"] == both["denominator_by_then"]]
        lost = both["unknown_by_then"] if is_followed(longer) else 0.0
        risk = both["denominator"] - both["numerator_by_then"] - lost
        events = both["numerator"] - both["numerator_by_then"]
        gone = (both["unknown"] - both["unknown_by_then"]).clip(lower=0.0)
        counts = {"numerator": events, "denominator": risk, "unknown": gone}
        people = {"people": risk, "people_counted": events, "largest": 1.0}
        name = f"{longer}.{BETWEEN.part}"
        row = both.assign(measure=name, asked=False, **counts, **people)
        found.append(row[frame.columns])
    between = pd.concat(found)
    if between.empty:
        return internal
    return replace(internal, frame=pd.concat([frame, between], ignore_index=True))


def sums(internal: Internal) -> Iterator[Sum]:
    """What adds up in a curve, and in two results of which one is within the other."""
    keys = internal.frame[internal.keys].itertuples(index=False, name=None)
    at = {key: row for row, key in enumerate(keys)}
    curves = FollowUp(internal).series
    for (measure, *where), total in at.items():
        between = at.get((f"{measure}.{BETWEEN.part}", *where))
        earlier = at.get((NESTED.get(str(measure)), *where))
        if earlier is not None and between is not None:
            for role in (NUMERATOR, UNKNOWN):
                yield [(earlier, role), (between, role)], [(total, role)]
            left = [(between, DENOMINATOR), (earlier, NUMERATOR)]
            left += [(earlier, UNKNOWN)] if is_followed(str(measure)) else []
            yield left, [(total, DENOMINATOR)]
    for (measure, *where), found in curves.items():
        finer: list[Interval] | None = None
        earlier = at.get((NESTED.get(measure), *where))
        for level in levels(MEASURES[measure]):
            if all(interval in found for interval in level):
                yield from _chain(found, level, at.get((measure, *where)))
                if finer:
                    yield from _nested(found, level, finer)
                elif earlier is not None:
                    first = [i for i in level if (i.end or 0) <= BETWEEN.start]
                    yield [(found[i], NUMERATOR) for i in first], [(earlier, NUMERATOR)]
                finer = level


def _chain(found: Series, level: list[Interval], total: int | None) -> Iterator[Sum]:
    """Who is at risk next: whoever was, had no event, and is still followed."""
    for now, following in pairwise(level):
        here, there = found[now], found[following]
        left = [(there, DENOMINATOR), (here, NUMERATOR), (here, UNKNOWN)]
        yield left, [(here, DENOMINATOR)]
    if total is not None:
        for role in (NUMERATOR, UNKNOWN):
            yield [(found[interval], role) for interval in level], [(total, role)]
        yield [(found[level[0]], DENOMINATOR)], [(total, DENOMINATOR)]


def _nested(
    found: Series, level: list[Interval], finer: list[Interval]
) -> Iterator[Sum]:
    """Months of a quarter, quarters of half a year."""
    far = float("inf")
    for whole in level:
        inside = [
            part
            for part in finer
            if part.start >= whole.start and (part.end or far) <= (whole.end or far)
        ]
        for role in (NUMERATOR, UNKNOWN):
            yield [(found[part], role) for part in inside], [(found[whole], role)]
        yield [(found[inside[0]], DENOMINATOR)], [(found[whole], DENOMINATOR)]
