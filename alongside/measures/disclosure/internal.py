"""Raw counts, marked internal by their type: no writer takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from alongside.measures.definition import PERCENT

SLOT = ("period_start", "period_end")
NUMBERS = ("numerator", "denominator", "unknown")
# How many young people are behind the denominator and the numerator, and how much of
# the numerator the one with most of it makes up.
PEOPLE = ("people", "people_counted", "largest")
DESCRIPTION = ("unit", "as_of", "definition")
NEEDED = ("measure", *SLOT, *NUMBERS, "value", *DESCRIPTION, *PEOPLE)


@dataclass(frozen=True, repr=False)
class Internal:
    """Results before disclosure control, complete, with the people behind them.

    An empty ``by_`` column means “everyone”. Rows with ``asked`` false were computed
    only because an earlier release shows them; they are never published.
    """

    frame: pd.DataFrame

    def __post_init__(self) -> None:
        missing = [name for name in NEEDED if name not in self.frame.columns]
        if missing:
            raise ValueError(
                f"The results lack {', '.join(missing)}. Gather them with"
                " disclosure.gather: a number cannot be judged without the people"
                " behind it."
            )
        object.__setattr__(self, "frame", completed(self.frame))

    def __repr__(self) -> str:
        return f"<internal: {len(self.frame)} rows of raw counts, not for publication>"

    @property
    def groups(self) -> list[str]:
        """The columns that results are broken down by."""
        return group_columns(self.frame)

    @property
    def keys(self) -> list[str]:
        """The columns that name a row."""
        return ["measure", *SLOT, *self.groups]

    def some(self, rows: npt.NDArray[np.bool_]) -> Internal:
        """Only these rows, in the same order."""
        if rows.all():
            return self
        return replace(self, frame=self.frame[rows].reset_index(drop=True))

    def shares(self) -> set[str]:
        """The measures whose numerator is a part of their denominator."""
        f = self.frame
        proper = f["numerator"].between(0, f["denominator"]) & (
            f["unit"] == PERCENT.label
        )
        every = proper.groupby(f["measure"]).all()
        return set(every[every].index)


def group_columns(frame: pd.DataFrame) -> list[str]:
    """The grouping columns of a tidy table."""
    return [name for name in frame.columns if name.startswith("by_")]


def completed(frame: pd.DataFrame) -> pd.DataFrame:
    """With a row of zeros for every combination that is missing.

    A row left out says “nobody” as loudly as a zero does, so both are judged alike.
    """
    frame = frame.copy()
    if "asked" not in frame:
        frame["asked"] = True
    groups = group_columns(frame)
    frame[groups] = frame[groups].astype(object).where(frame[groups].notna(), None)
    keys = ["measure", *SLOT, *groups]
    every = _combinations(frame, groups)
    full = every.merge(frame, on=keys, how="left")
    numbers = [*NUMBERS, *PEOPLE]
    full[numbers] = full[numbers].astype("float64").fillna(0.0)
    full["value"] = full["value"].astype("float64")
    for name in DESCRIPTION:
        known = full["measure"].map(frame.groupby("measure")[name].first())
        full[name] = full[name].where(full[name].notna(), known)
    asked = frame.groupby(_shape(frame, groups))["asked"].max()
    own = full["asked"].where(full["asked"].notna(), _shape(full, groups).map(asked))
    full["asked"] = own.astype(bool)
    return full.sort_values(keys, ignore_index=True, na_position="first", key=_as_text)


def _combinations(frame: pd.DataFrame, groups: Sequence[str]) -> pd.DataFrame:
    """Every measure and period, with each combination of the groups that occur."""
    seen = {name: [v for v in frame[name].unique() if v is not None] for name in groups}
    rows: list[tuple[Any, ...]] = []
    shapes = frame.assign(shape=_breakdown(frame, groups))
    for shape, part in shapes.groupby("shape"):
        choices = [seen[g] if g in shape else [None] for g in groups]
        slots = part[["measure", *SLOT]].drop_duplicates().itertuples(index=False)
        rows += [(*slot, *group) for slot in slots for group in product(*choices)]
    return pd.DataFrame(rows, columns=["measure", *SLOT, *groups], dtype=object)


def _breakdown(frame: pd.DataFrame, groups: Sequence[str]) -> pd.Series[Any]:
    """Which groupings each row is broken down by."""
    used = frame[list(groups)].notna().to_numpy()
    names = [tuple(g for g, u in zip(groups, row, strict=True) if u) for row in used]
    return pd.Series(names, index=frame.index, dtype=object)


def _shape(frame: pd.DataFrame, groups: Sequence[str]) -> pd.Series[Any]:
    parts = zip(
        frame["measure"],
        frame["period_start"],
        frame["period_end"],
        _breakdown(frame, groups),
        strict=True,
    )
    return pd.Series(list(parts), index=frame.index, dtype=object)


def _as_text(column: pd.Series[Any]) -> pd.Series[Any]:
    return column.map(lambda cell: "" if cell is None else str(cell))
