"""Time with a unit, facts on a day, months and rates: what program measures share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from alongside.kernel.dates import add_months
from alongside.measures.days import FAR, days_between, plus_months
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.parts import parts

HELD = ("detention", "hospital")  # not at liberty
MONTH_END = "month_end"

Test = Callable[[ir.Table, ir.Table], list[ir.BooleanValue]]
Amount = Callable[[ir.Table], ir.Value]


def last_day(frames: Frames, window: Window) -> date:
    """The day after the last one that can be seen in the window (G1, G2)."""
    return min(window.end, frames.as_of)


def final_day(frames: Frames, window: Window) -> date:
    """The last day that can be seen in the window."""
    return last_day(frames, window) - timedelta(days=1)


def seen(frames: Frames, window: Window, day: ir.DateValue) -> ir.BooleanValue:
    """Whether a day lies in the window and was known at the as-of date."""
    inside = (day >= window.start) & (day < last_day(frames, window))
    return inside.fill_null(False)


def known(frames: Frames, day: ir.DateValue) -> ir.DateValue:
    """A day, or nothing when it had not come at the as-of date (G2)."""
    return (day < frames.as_of).ifelse(day, ibis.null("date"))


def facts(frames: Frames, *kinds: str) -> ir.Table:
    """Facts of some kinds that lasted at least a day, with open ones ending far off."""
    f = frames["fact"]
    f = f.filter(f.kind.isin(kinds), f.start_date < frames.as_of)
    end = known(frames, f.end_date).fill_null(FAR)
    f = f.select("fact_id", "child_id", "kind", "value", start=f.start_date, end=end)
    return f.filter(f.start < f.end)


def merged(rows: ir.Table) -> ir.Table:
    """Periods that overlap or touch, as one: child_id, start, end."""
    rows = rows.select("child_id", "start", "end").distinct()
    order = [rows.start, rows.end]
    before = ibis.window(group_by=rows.child_id, order_by=order, preceding=(None, 1))
    rows = rows.mutate(reach=rows.end.max().over(before))
    begins = (rows.reach.isnull() | (rows.start > rows.reach)).ifelse(1, 0)
    rows = rows.mutate(begins=begins)
    so_far = ibis.cumulative_window(group_by="child_id", order_by=["start", "end"])
    rows = rows.mutate(run=rows.begins.sum().over(so_far))
    found = rows.group_by("child_id", "run").aggregate(
        start=rows.start.min(), end=rows.end.max()
    )
    return found.drop("run")


def periods(frames: Frames, *kinds: str) -> ir.Table:
    """When any fact of some kinds was true, each day once."""
    name = "+".join(kinds)
    return frames.shared(f"periods {name}", lambda: merged(facts(frames, *kinds)))


def enrolled(frames: Frames) -> ir.Table:
    """When young people were with a unit."""
    return periods(frames, "unit")


def clipped(rows: ir.Table, start: date, end: date) -> ir.Table:
    """The part of each period inside two days; periods outside are gone."""
    rows = rows.mutate(
        start=ibis.greatest(rows.start, ibis.literal(start)),
        end=ibis.least(rows.end, ibis.literal(end)),
    )
    return rows.filter(rows.start < rows.end)


def observed(frames: Frames, window: Window) -> ir.Table:
    """Time with a unit inside the window."""
    return clipped(enrolled(frames), window.start, last_day(frames, window))


def common(rows: ir.Table, others: ir.Table) -> ir.Table:
    """Where periods of one table overlap those of another; the first's columns."""
    o = others.select(o_child="child_id", o_start="start", o_end="end")
    both = rows.join(
        o,
        [rows.child_id == o.o_child, rows.start < o.o_end, o.o_start < rows.end],
    )
    both = both.mutate(
        both_start=ibis.greatest(both.start, both.o_start),
        both_end=ibis.least(both.end, both.o_end),
    )
    return both.drop("o_child", "o_start", "o_end")


def same_child(rows: ir.Table, o: ir.Table) -> list[ir.BooleanValue]:
    """Rows of another table about the same young person."""
    return [rows.child_id == o.o_child_id]


def attach(
    rows: ir.Table,
    others: ir.Table,
    test: Test,
    keys: Sequence[str],
    **amounts: Amount,
) -> ir.Table:
    """Rows with amounts summed over the matching rows of another table.

    The other table's columns are named with “o_” in front; ``keys`` tell rows apart.
    Without a match an amount is empty.
    """
    o = others.rename("o_{name}")
    both = rows.join(o, test(rows, o))
    found = both.group_by(list(keys)).aggregate(
        **{name: amount(both) for name, amount in amounts.items()}
    )
    found = found.rename({f"k_{key}": key for key in keys})
    joined = rows.left_join(found, [rows[key] == found[f"k_{key}"] for key in keys])
    return joined.drop(*(f"k_{key}" for key in keys))


def mark(
    rows: ir.Table, name: str, others: ir.Table, test: Test, keys: Sequence[str]
) -> ir.Table:
    """Rows with a yes or no: whether any row of another table matches."""
    rows = attach(rows, others, test, keys, **{name: lambda both: both.count()})
    return rows.mutate(**{name: rows[name].notnull()})


def pick(rows: ir.Table, by: Sequence[str], *order: ir.Value) -> ir.Table:
    """The first row of each group, in an order without ties."""
    ranked = rows.mutate(
        rank=ibis.row_number().over(group_by=list(by), order_by=list(order))
    )
    return ranked.filter(ranked["rank"] == 0).drop("rank")


def on_day(frames: Frames, day: date, *kinds: str) -> ir.Table:
    """Facts that were true on a day."""
    f = facts(frames, *kinds)
    return f.filter(f.start <= day, f.end > day)


def with_unit(frames: Frames, window: Window) -> ir.Table:
    """Young people with a unit on the last day of the window: child_id, day."""
    day = final_day(frames, window)
    e = enrolled(frames)
    e = e.filter(e.start <= day, e.end > day)
    return e.select("child_id", day=ibis.literal(day))


def with_unit_sometime(frames: Frames, window: Window) -> ir.Table:
    """Young people with a unit on any day of the window, and the first such day."""
    o = observed(frames, window)
    return o.group_by("child_id").aggregate(day=o.start.min())


def whole_months(frames: Frames, window: Window) -> list[date]:
    """First days of the calendar months that lie wholly in what can be seen."""
    until, found = last_day(frames, window), []
    month = date(window.start.year, window.start.month, 1)
    if month < window.start:
        month = add_months(month, 1)
    while add_months(month, 1) <= until:
        found.append(month)
        month = add_months(month, 1)
    return found


def youth_months(frames: Frames, window: Window) -> ir.Table:
    """Calendar months that young people were with a unit from first to last day."""
    firsts = whole_months(frames, window)
    e = enrolled(frames)
    e = e.mutate(
        month=ibis.array(firsts or [window.start]).cast("array<date>").unnest()
    )
    e = e.mutate(month_end=plus_months(e.month, 1))
    e = e.filter(e.start <= e.month, e.end >= e.month_end, ibis.literal(bool(firsts)))
    return e.select("child_id", "month", "month_end")


def in_month(months: ir.Table, o: ir.Table) -> list[ir.BooleanValue]:
    """Whether a period of another table touches a youth's month."""
    return [
        months.child_id == o.o_child_id,
        o.o_start < months.month_end,
        o.o_end > months.month,
    ]


def dated_in_month(months: ir.Table, o: ir.Table) -> list[ir.BooleanValue]:
    """Whether a dated row of another table falls in a youth's month."""
    return [
        months.child_id == o.o_child_id,
        o.o_day >= months.month,
        o.o_day < months.month_end,
    ]


def activities(frames: Frames, *kinds: str) -> ir.Table:
    """Activities that were completed before the as-of date, by kind."""
    a = frames["activity"]
    return a.filter(
        a.kind.isin(kinds), a.status == "completed", a.activity_date < frames.as_of
    ).mutate(day=a.activity_date)


def exposure(frames: Frames, window: Window, minus: Sequence[str] = ()) -> ir.Table:
    """Days with a unit in the window, less days of some facts: child_id, day, days."""
    o = observed(frames, window)
    plus = o.select("child_id", day="start", days=days_between(o.start, o.end))
    if not minus:
        return plus
    both = common(o, periods(frames, *minus))
    less = both.select(
        "child_id", day="start", days=-days_between(both.both_start, both.both_end)
    )
    return plus.union(less)


def during_enrolment(frames: Frames, events: ir.Table) -> ir.Table:
    """Events (child_id, day, amount) that happened while with a unit."""
    e = enrolled(frames).select(e_child="child_id", e_start="start", e_end="end")
    both = events.join(
        e,
        [
            events.child_id == e.e_child,
            e.e_start <= events.day,
            e.e_end > events.day,
        ],
    )
    return both.select("child_id", "day", "amount")


def rate(
    frames: Frames, window: Window, events: ir.Table, minus: Sequence[str] = ()
) -> ir.Table:
    """Events in the window over days with a unit; the events need an amount."""
    events = events.filter(seen(frames, window, events.day))
    events = during_enrolment(frames, events)
    days = exposure(frames, window, minus)
    return parts(events, day=events.day, numerator=events.amount, denominator=0).union(
        parts(days, day=days.day, numerator=0, denominator=days.days)
    )


def spread(rows: ir.Table, codes: Sequence[str]) -> ir.Table:
    """Each row once for every code, in a column “part”: a distribution's rows."""
    return rows.mutate(part=ibis.array(list(codes)).unnest())
