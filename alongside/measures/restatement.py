"""The same period computed again from a later extract: what changed, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import pandas as pd

from alongside.measures.computing import engine_for, get
from alongside.measures.definition import Measure
from alongside.measures.engine import Engine
from alongside.measures.frames import Frames
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
    rows: int = 0  # instead, where a table is not about young people

    def __str__(self) -> str:
        if self.rows:
            who = "1 row" if self.rows == 1 else f"{self.rows:,} rows"
            be = "is" if self.rows == 1 else "are"
            if self.what in ("new", "gone"):
                return f"{who} of “{self.table}” {be} {self.what}"
            return f"{who} of “{self.table}”: “{self.what}” changed"
        who = people(self.children)
        if self.what in ("new", "gone"):
            return f"{who}: a row of “{self.table}” is {self.what}"
        return f"{who}: “{self.what}” changed in “{self.table}”"


@dataclass(frozen=True)
class Restatement:
    """One number then and now, how many people's part in it changed, and why.

    Someone can be under several reasons. Whoever is under none changed by time alone:
    their follow-up is complete now and was not then.
    """

    measure: Measure
    window: Window
    numerator: tuple[float, float]
    denominator: tuple[float, float]
    value: tuple[float | None, float | None]
    children: int
    reasons: tuple[Reason, ...]
    by_time: int  # of those people, whose rows are all as they were

    @property
    def changed(self) -> bool:
        """Whether anybody's part in the number changed."""
        return self.children > 0

    def __str__(self) -> str:
        if not self.changed:
            return f"{self.measure.id}: unchanged"
        was, now = (_shown(value, self.measure) for value in self.value)
        why = [str(reason) for reason in self.reasons]
        if self.by_time:
            why.append(f"{people(self.by_time)}: follow-up is longer now")
        return f"{self.measure.id}: {was} became {now} ({'; '.join(why)})"


def people(count: int) -> str:
    """How many young people, in words."""
    return "1 young person" if count == 1 else f"{count:,} people"


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
            _counted(measure, extract, window, options) for extract in (earlier, later)
        )
        changed = _changed(was.parts, now.parts)
        reasons: list[Reason] = []
        explained: set[str] = set()
        for table in measure.needs if changed else ():
            more, whose = _reasons(table, changed, earlier, later)
            reasons += more
            explained |= whose
        found.append(
            Restatement(
                measure=measure,
                window=window,
                numerator=(was.numerator, now.numerator),
                denominator=(was.denominator, now.denominator),
                value=(was.value, now.value),
                children=len(changed),
                reasons=tuple(reasons),
                by_time=len(set(changed) - explained),
            )
        )
    return found


@dataclass(frozen=True)
class _Counted:
    """A measure's number from one extract, and what each child or record adds."""

    numerator: float
    denominator: float
    value: float | None
    parts: pd.DataFrame


def _counted(
    measure: Measure, extract: Extract, window: Window, options: Options | None
) -> _Counted:
    """The number as it is published: a median is not the ratio of two sums."""
    engine = engine_for(extract.source)
    frames = engine.frames(extract.as_of, options)
    found = engine.run([measure], [window], frames)
    numerator, denominator = (
        float(found[name].sum()) for name in ("numerator", "denominator")
    )
    value: float | None = None
    if len(found) == 1:
        value = (
            None if pd.isna(found["value"].iloc[0]) else float(found["value"].iloc[0])
        )
    elif denominator:  # in pieces, such as the reasons for a move
        value = measure.unit.scale * numerator / denominator
    return _Counted(
        numerator, denominator, value, _parts(measure, engine, frames, window)
    )


def _parts(
    measure: Measure, engine: Engine, frames: Frames, window: Window
) -> pd.DataFrame:
    """What each child or record adds, added up by child and piece."""
    rows = measure.compute(frames, window)
    if "part" not in rows.columns:
        rows = rows.mutate(part=ibis.literal(""))
    if "time" not in rows.columns:
        rows = rows.mutate(time=ibis.literal(0))
    rows = rows.mutate(child_id=rows.child_id.fill_null(""))
    sums = rows.group_by("child_id", "part").aggregate(
        **{name: rows[name].sum() for name in _ADDED}
    )
    found: pd.DataFrame = engine.connection.to_pandas(sums)
    return found.set_index(["child_id", "part"]).sort_index()


_ADDED = ("numerator", "denominator", "unknown", "time")


def _changed(was: pd.DataFrame, now: pd.DataFrame) -> list[str]:
    """Children whose part is not what it was."""
    both = was.join(now, how="outer", lsuffix="_was", rsuffix="_now").fillna(0.0)
    different = pd.Series(data=False, index=both.index)
    for name in _ADDED:
        apart = (both[f"{name}_was"] - both[f"{name}_now"]).abs() > 1e-9
        different |= apart
    children = both[different].index.get_level_values("child_id")
    return sorted(set(children))


def _reasons(
    table: str, children: Sequence[str], earlier: Extract, later: Extract
) -> tuple[list[Reason], set[str]]:
    """Which rows of a table differ, among those children; and whose they are.

    A table that is not about children, such as staff, is compared as a whole.
    """
    about = "child_id" in TABLES[table].columns
    was, now = (_rows(table, children, extract) for extract in (earlier, later))
    keys = [key for key in TABLES[table].key if key != "child_id"]
    on = ["child_id", *keys] if about else keys
    both = was.merge(now, how="outer", on=on, suffixes=("_was", "_now"), indicator=True)
    differ = {
        what: both["_merge"] == side
        for what, side in (("new", "right_only"), ("gone", "left_only"))
    }
    for name in TABLES[table].columns:
        if name not in on:
            old, new = both[f"{name}_was"], both[f"{name}_now"]
            apart = (old != new) & ~(old.isna() & new.isna())
            differ[name] = apart & (both["_merge"] == "both")
    found: list[Reason] = []
    explained: set[str] = set()
    for what, rows in differ.items():
        if not rows.any():
            continue
        whose = set(both.loc[rows, "child_id"]) if about else {""}
        explained |= whose
        count = 0 if about else int(rows.sum())
        found.append(Reason(table, what, len(whose), count))
    return found, explained


def _rows(table: str, children: Sequence[str], extract: Extract) -> pd.DataFrame:
    about = "child_id" in TABLES[table].columns
    columns = ", ".join(f'"{name}"' for name in TABLES[table].columns)
    found: pd.DataFrame = extract.source.connection.execute(
        f'SELECT {columns} FROM "{table}"'  # noqa: S608 (names are the contract's)
        + (" WHERE child_id IN (SELECT unnest(?))" if about else ""),
        [list(children)] if about else [],
    ).df()
    return found


def _shown(value: float | None, measure: Measure) -> str:
    if value is None:
        return "nothing"
    return f"{value:,.{measure.unit.decimals}f} {measure.unit.label}"
