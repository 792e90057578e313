"""A measure becomes one expression, and the expression SQL; nothing is run here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
import ibis.expr.types as ir

from alongside.measures.definition import Measure, Summary
from alongside.measures.frames import Frames
from alongside.measures.groups import GROUPS
from alongside.measures.intervals import Window
from alongside.measures.options import Options
from alongside.measures.tables import TABLES


def expression(
    measure: Measure, frames: Frames, window: Window, by: Sequence[str] = ()
) -> ir.Table:
    """One row per group: by_..., part, numerator, denominator, unknown, value.

    For survival it is one row per group and day: events and people; the engine draws
    the curve from those.
    """
    rows = measure.compute(frames, window)
    for name in by:
        rows = GROUPS[name].add(rows, frames, window)
    keys = [f"by_{name}" for name in by]
    if "part" not in rows.columns:
        rows = rows.mutate(part=ibis.literal(""))
    keys.append("part")
    if measure.summary is Summary.SURVIVAL:
        return rows.group_by([*keys, "time"]).aggregate(
            events=rows.numerator.sum(), people=rows.denominator.sum()
        )
    total = rows.group_by(keys).aggregate(
        numerator=rows.numerator.sum(),
        denominator=rows.denominator.sum(),
        unknown=rows.unknown.sum(),
        middle=_middle(measure, rows),
    )
    ratio = total.numerator * measure.unit.scale / total.denominator.nullif(0.0)
    value = {Summary.MEDIAN: total.middle, Summary.COUNT: total.numerator}
    return total.mutate(value=value.get(measure.summary, ratio)).drop("middle")


def _middle(measure: Measure, rows: ir.Table) -> ir.FloatingValue:
    if measure.summary is not Summary.MEDIAN:
        return ibis.null("float64")
    counted = rows.denominator > 0
    if measure.quantile == 0.5:
        return rows.numerator.median(where=counted)
    return rows.numerator.quantile(measure.quantile, where=counted)


def unbound(schema: str | None = None) -> dict[str, ir.Table]:
    """The contract's tables without a database, so that SQL can be made of them."""
    return {
        name: ibis.table(dict(table.schema), name=name, database=schema)
        for name, table in TABLES.items()
    }


def sql(
    measure: Measure,
    window: Window,
    as_of: date,
    *,
    dialect: str,
    by: Sequence[str] = (),
    options: Options | None = None,
    schema: str | None = None,
) -> str:
    """The measure as one SQL statement for any database that holds the contract."""
    frames = Frames(unbound(schema), as_of, options)
    return str(ibis.to_sql(expression(measure, frames, window, by), dialect=dialect))
