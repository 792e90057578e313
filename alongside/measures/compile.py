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

# Merging nested selects takes a third of the time of compiling, and databases do it
# themselves in no time.
ibis.options.sql.fuse_selects = False

# What a measure counts is held for a while in a table of this name.
HELD = "alongside_counted"
COUNTED = {
    "child_id": "string",
    "day": "date",
    "part": "string",
    "time": "int64",
    "numerator": "float64",
    "denominator": "float64",
    "unknown": "float64",
}


def expression(
    measure: Measure, frames: Frames, window: Window, by: Sequence[str] = ()
) -> ir.Table:
    """One row per group: by_..., part, numerator, denominator, unknown, value.

    For survival it is one row per group and day: events and people; the engine draws
    the curve from those.
    """
    rows = measure.compute(frames, window)
    for name in by:
        rows = GROUPS[name].add(rows, frames)
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
    return _quantile(rows, measure.quantile)


def _quantile(rows: ir.Table, which: float) -> ir.FloatingValue:
    counted = rows.denominator > 0
    if which == 0.5:
        return rows.numerator.median(where=counted)
    return rows.numerator.quantile(which, where=counted)


def counted(measure: Measure, frames: Frames, window: Window) -> ir.Table:
    """What each child or record adds, in the same columns for every measure."""
    rows = measure.compute(frames, window)
    part = rows.part.fill_null("") if "part" in rows.columns else ibis.literal("")
    time = rows.time if "time" in rows.columns else ibis.null("int64")
    return rows.mutate(part=part, time=time).select(*COUNTED)


def tally(frames: Frames, by: Sequence[str], how: Summary, quantile: float) -> ir.Table:
    """Sums of what was counted, by group and part, and the people behind them.

    It reads a table called ``HELD``, whichever measure that holds, so it is the same
    statement for many measures. Rows without a person, such as answers of an anonymous
    survey, are one each. For survival each person's days stand apart: the curve needs
    them.
    """
    rows = ibis.table(COUNTED, name=HELD)
    for name in by:
        rows = GROUPS[name].add(rows, frames)
    keys = [*(f"by_{name}" for name in by), "part"]
    apart = ["child_id", "time"] if how is Summary.SURVIVAL else ["child_id"]
    size = rows.numerator.abs()
    each = rows.group_by([*keys, *apart]).aggregate(
        numerator=rows.numerator.sum(),
        denominator=rows.denominator.sum(),
        unknown=rows.unknown.sum(),
        counted=size.sum(),
        base=rows.denominator.abs().sum(),
        rows_counted=_how_many(size > 0),
        rows_base=_how_many((size > 0) | (rows.denominator.abs() > 0)),
        largest_row=size.max(),
    )
    if how is Summary.SURVIVAL:
        return each
    total = _with_people(each, keys, how)
    if how is not Summary.MEDIAN:
        return total
    middle = rows.group_by(keys).aggregate(middle=_quantile(rows, quantile))
    return total.join(middle, keys)


def _with_people(each: ir.Table, keys: Sequence[str], how: Summary) -> ir.Table:
    """Sums, how many people are counted and counted from, and the largest share."""
    nobody = each.child_id.isnull()
    people = nobody.ifelse(
        each.rows_base, ((each.counted > 0) | (each.base > 0)).ifelse(1, 0)
    )
    count = nobody.ifelse(each.rows_counted, (each.counted > 0).ifelse(1, 0))
    largest = nobody.ifelse(each.largest_row, each.counted).max()
    if how is Summary.MEDIAN:
        # One person moves a middle value very little, and no change is an answer too.
        count, largest = people, ibis.literal(0.0)
    return each.group_by(keys).aggregate(
        numerator=each.numerator.sum(),
        denominator=each.denominator.sum(),
        unknown=each.unknown.sum(),
        people=people.sum(),
        people_counted=count.sum(),
        largest=largest,
    )


def _how_many(test: ir.BooleanColumn) -> ir.IntegerScalar:
    # PostgreSQL makes no number of yes and no by itself.
    return test.ifelse(1, 0).sum()


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
