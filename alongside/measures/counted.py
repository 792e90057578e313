"""What one measure counted in one period: sums, the people behind them, and curves."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from alongside.measures import curves
from alongside.measures.definition import Measure, Summary

SUMS = ("numerator", "denominator", "unknown", "value")
PEOPLE = ("people", "people_counted", "largest")
MOST_CURVES = 6  # more lines on one chart cannot be told apart


@dataclass(frozen=True)
class Counted:
    """One row per group and part; for survival, the counts of a curve's intervals."""

    table: pd.DataFrame  # by_..., part, SUMS, PEOPLE
    measure: Measure
    tally: pd.DataFrame

    @classmethod
    def of(cls, tally: pd.DataFrame, measure: Measure) -> Counted:
        """The sums of a tally, and the value they come to."""
        if measure.summary is Summary.SURVIVAL:
            columns = [*_keys(tally), *SUMS, *PEOPLE]
            rows = [
                {**key, **curves.summary(times, measure)}
                for key, times in curves.by_keys(tally, _keys(tally))
            ]
            return cls(pd.DataFrame(rows, columns=columns), measure, tally)
        columns = [*_keys(tally), *SUMS, *PEOPLE]
        return cls(tally.assign(value=_value(tally, measure))[columns], measure, tally)

    @property
    def sums(self) -> pd.DataFrame:
        """Without the people behind them."""
        return self.table.drop(columns=list(PEOPLE))

    def cells(self) -> pd.DataFrame:
        """The intervals of each group's curve, if there are few enough to be drawn."""
        keys = [key for key in _keys(self.tally) if key != "part"]
        lines = [self.tally[key].nunique() for key in keys]
        few = not lines or (len(lines) == 1 and lines[0] <= MOST_CURVES)
        drawn = few and self.measure.summary is Summary.SURVIVAL
        rows = [
            {**key, **cell}
            for key, times in curves.by_keys(self.tally, _keys(self.tally))
            for cell in (curves.cells(times, self.measure) if drawn else ())
        ]
        return pd.DataFrame(rows, columns=self.table.columns)


def _keys(tally: pd.DataFrame) -> list[str]:
    return [name for name in tally.columns if name.startswith("by_") or name == "part"]


def _value(tally: pd.DataFrame, measure: Measure) -> pd.Series[float]:
    if measure.summary is Summary.MEDIAN:
        return tally["middle"]
    if measure.summary is Summary.COUNT:
        return tally["numerator"]
    base = tally["denominator"].where(tally["denominator"] != 0)
    return tally["numerator"] * measure.unit.scale / base
