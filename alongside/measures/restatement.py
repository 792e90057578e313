"""The same period computed again from a later extract: what changed, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import pandas as pd

from alongside.measures.computing import engine_for, get
from alongside.measures.definition import Measure
from alongside.measures.intervals import Window
from alongside.measures.options import Options
from alongside.measures.source import Source
from alongside.measures.tables import TABLES


@dataclass(frozen=True)
class Extract:
    """A source, and the day before which it shows what happened."""

    source: Source
    as_of: date


@dataclass(frozen=True)
class Reason:
    """Why a number changed: rows of one table that are new, gone or different."""

    table: str
    what: str  # “new”, “gone”, or the column that changed
    children: int  # of those whose part in the measure changed

    def __str__(self) -> str:
        who = "1 young person" if self.children == 1 else f"{self.children:,} people"
        if self.what in ("new", "gone"):
            return f"{who}: a row of “{self.table}” is {self.what}"
        return f"{who}: “{self.what}” changed in “{self.table}”"


@dataclass(frozen=True)
class Restatement:
    """One number then and now, how many people's part in it changed, and why.

    Someone can be under several reasons. A change without any reason comes from time
    alone: follow-up that is complete now and was not then.
    """

    measure: Measure
    window: Window
    numerator: tuple[float, float]
    denominator: tuple[float, float]
    value: tuple[float | None, float | None]
    children: int
    reasons: tuple[Reason, ...]

    @property
    def changed(self) -> bool:
        """Whether anybody's part in the number changed."""
        return self.children > 0

    def __str__(self) -> str:
        if not self.changed:
            return f"{self.measure.id}: unchanged"
        was, now = (_shown(value, self.measure) for value in self.value)
        why = "; ".join(map(str, self.reasons)) or "follow-up is longer now"
        return f"{self.measure.id}: {was} became {now} ({why})"


def restate(
    measures: Iterable[str],
    earlier: Extract,
    later: Extract,
    window: Window,
    options: Options | None = None,
) -> list[Restatement]:
    """Every measure's number for one period, from two extracts of the same place."""
    found = []
    for measure in get(*measures):
        was, now = (
            _parts(measure, extract, window, options) for extract in (earlier, later)
        )
        changed = _changed(was, now)
        reasons = [
            reason
            for table in measure.needs
            for reason in _reasons(table, changed, earlier, later)
        ]
        found.append(_restatement(measure, window, was, now, changed, reasons))
    return found


def _restatement(
    measure: Measure,
    window: Window,
    was: pd.DataFrame,
    now: pd.DataFrame,
    changed: Sequence[str],
    reasons: Sequence[Reason],
) -> Restatement:
    sums = [(f["numerator"].sum(), f["denominator"].sum()) for f in (was, now)]
    scale = measure.unit.scale
    values = [scale * n / d if d else None for n, d in sums]
    return Restatement(
        measure=measure,
        window=window,
        numerator=(float(sums[0][0]), float(sums[1][0])),
        denominator=(float(sums[0][1]), float(sums[1][1])),
        value=(values[0], values[1]),
        children=len(changed),
        reasons=tuple(reasons),
    )


def _parts(
    measure: Measure, extract: Extract, window: Window, options: Options | None
) -> pd.DataFrame:
    """What each child or record adds, added up by child and piece."""
    engine = engine_for(extract.source)
    rows = measure.compute(engine.frames(extract.as_of, options), window)
    if "part" not in rows.columns:
        rows = rows.mutate(part=ibis.literal(""))
    rows = rows.mutate(child_id=rows.child_id.fill_null(""))
    sums = rows.group_by("child_id", "part").aggregate(
        numerator=rows.numerator.sum(),
        denominator=rows.denominator.sum(),
        unknown=rows.unknown.sum(),
    )
    found: pd.DataFrame = engine.connection.to_pandas(sums)
    return found.set_index(["child_id", "part"]).sort_index()


def _changed(was: pd.DataFrame, now: pd.DataFrame) -> list[str]:
    """Children whose part is not what it was."""
    both = was.join(now, how="outer", lsuffix="_was", rsuffix="_now").fillna(0.0)
    different = pd.Series(data=False, index=both.index)
    for name in ("numerator", "denominator", "unknown"):
        apart = (both[f"{name}_was"] - both[f"{name}_now"]).abs() > 1e-9
        different |= apart
    children = both[different].index.get_level_values("child_id")
    return sorted(set(children))


def _reasons(
    table: str, children: Sequence[str], earlier: Extract, later: Extract
) -> list[Reason]:
    """Which rows of a table differ, among those children."""
    if not children or "child_id" not in TABLES[table].columns:
        return []
    was, now = (_rows(table, children, extract) for extract in (earlier, later))
    keys = [key for key in TABLES[table].key if key != "child_id"]
    both = was.merge(
        now,
        how="outer",
        on=["child_id", *keys],
        suffixes=("_was", "_now"),
        indicator=True,
    )
    found = [
        Reason(table, what, both.loc[both["_merge"] == side, "child_id"].nunique())
        for what, side in (("new", "right_only"), ("gone", "left_only"))
    ]
    kept = both[both["_merge"] == "both"]
    for name in TABLES[table].columns:
        if name in (*keys, "child_id"):
            continue
        old, new = kept[f"{name}_was"], kept[f"{name}_now"]
        apart = (old != new) & ~(old.isna() & new.isna())
        found.append(Reason(table, name, kept.loc[apart, "child_id"].nunique()))
    return [reason for reason in found if reason.children]


def _rows(table: str, children: Sequence[str], extract: Extract) -> pd.DataFrame:
    columns = ", ".join(f'"{name}"' for name in TABLES[table].columns)
    found: pd.DataFrame = extract.source.connection.execute(
        f'SELECT {columns} FROM "{table}" WHERE child_id IN (SELECT unnest(?))',  # noqa: S608 (names are the contract's)
        [list(children)],
    ).df()
    return found


def _shown(value: float | None, measure: Measure) -> str:
    if value is None:
        return "nothing"
    return f"{value:,.{measure.unit.decimals}f} {measure.unit.label}"
