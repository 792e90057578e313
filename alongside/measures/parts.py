"""What each child or record adds to a measure: the shape all measures end in."""

from __future__ import annotations

from typing import TypeAlias

import ibis
import ibis.expr.types as ir

from alongside.measures.intervals import Window

Amount: TypeAlias = ir.Value | int | float | bool


def parts(
    rows: ir.Table,
    *,
    day: ir.Value,
    numerator: Amount,
    denominator: Amount = 1,
    unknown: Amount = 0,
    child: str | None = "child_id",
    part: ir.Value | None = None,
    time: ir.Value | None = None,
) -> ir.Table:
    """One row per contribution; ``day`` is when its group (age, worker) is looked up.

    ``part`` splits a measure into named pieces, such as the reasons for a move;
    ``time`` is days until the event or the end of follow-up, for survival.
    """
    who = ibis.null("string") if child is None else rows[child]
    columns = {
        "child_id": who.cast("string"),
        "day": day.cast("date"),
        "numerator": _amount(numerator),
        "denominator": _amount(denominator),
        "unknown": _amount(unknown),
    }
    if part is not None:
        columns["part"] = part.cast("string")
    if time is not None:
        columns["time"] = time.cast("int64")
    return rows.select(**columns)


def inside(window: Window, day: ir.DateValue) -> ir.BooleanValue:
    """Whether a day lies in the window (G1); a missing day does not."""
    return ((day >= window.start) & (day < window.end)).fill_null(False)


def first_per_child(rows: ir.Table, *order: ir.Value | str) -> ir.Table:
    """Each child's first row in an order that has no ties."""
    ranked = rows.mutate(
        rank=ibis.row_number().over(group_by="child_id", order_by=list(order))
    )
    return ranked.filter(ranked["rank"] == 0).drop("rank")


def _amount(amount: Amount) -> ir.FloatingValue:
    value = amount if isinstance(amount, ir.Value) else ibis.literal(amount)
    if value.type().is_boolean():
        value = value.fill_null(False).ifelse(1, 0)
    return value.cast("float64").fill_null(0.0)
