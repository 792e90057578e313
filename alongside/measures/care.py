"""Removal rows become episodes (rules E1 to E7), as set-based expressions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from alongside.measures.days import FAR, plus_months
from alongside.measures.options import Options

ADULT_MONTHS = 216  # eighteen years


@dataclass(frozen=True)
class Removals:
    """The removal rows that count, and which run of overlapping rows each is in."""

    rows: ir.Table  # child_id, removal_id, run, entry, end, reason, agency, adult_on

    @classmethod
    def known(
        cls, removal: ir.Table, child: ir.Table, as_of: date, *, federal: bool
    ) -> Removals:
        """The rows as known just before ``as_of`` (G2, E1 to E4), numbered by run."""
        rows = _without_stale(_sound(_as_known(removal, as_of), child, federal=federal))
        order = [rows.entry, rows.end, rows.removal_id]
        before = ibis.window(
            group_by=rows.child_id, order_by=order, preceding=(None, 1)
        )
        so_far = ibis.cumulative_window(group_by="child_id", order_by="position")
        rows = rows.mutate(
            position=ibis.row_number().over(group_by=rows.child_id, order_by=order),
            reach=rows.end.max().over(before),
        )
        # Among all earlier rows the latest end is the current run's: earlier runs
        # ended before this one began.
        begins = (rows.reach.isnull() | (rows.entry >= rows.reach)).ifelse(1, 0)
        return cls(rows.mutate(run=begins.sum().over(so_far)).drop("reach"))


def episodes(removals: Removals, as_of: date, options: Options) -> ir.Table:
    """One row per episode: child, number, runs, entry, exit, reason, agency, next."""
    joined = _bridged(_runs(removals.rows), options)
    found = _ended_at_eighteen(joined, as_of)
    following = ibis.window(group_by=found.child_id, order_by=found.entry)
    return found.mutate(next_entry=found.entry.lead().over(following))


def stays(
    care: ir.Table, removals: Removals, placement: ir.Table, as_of: date
) -> ir.Table:
    """The valid placements of some episodes, clipped to them (P5-3).

    ``care`` may be any selection of episodes; its columns are kept.
    """
    p = placement.filter(
        placement.start_date < as_of,
        placement.end_date.isnull() | (placement.end_date >= placement.start_date),
    ).select(
        "removal_id", "placement_id", "setting", "home_id", "start_date", "end_date"
    )
    runs = removals.rows.select("removal_id", of_child="child_id", of_run="run")
    rows = care.join(
        runs,
        [
            care.child_id == runs.of_child,
            runs.of_run >= care.first_run,
            runs.of_run <= care.last_run,
        ],
    ).drop("of_child", "of_run")
    rows = rows.join(p, "removal_id")
    known_end = (rows.end_date < as_of).ifelse(rows.end_date, ibis.null("date"))
    rows = rows.mutate(
        start=ibis.greatest(rows.start_date, rows.entry),
        end=ibis.least(known_end.fill_null(FAR), rows.exit.fill_null(FAR)),
    ).drop("start_date", "end_date", "removal_id")
    return rows.filter(rows.start < rows.end)


def _as_known(removal: ir.Table, as_of: date) -> ir.Table:
    r = removal.filter(removal.entry_date < as_of)
    later = (r.exit_date >= as_of).fill_null(False)
    return r.select(
        "removal_id",
        "child_id",
        "agency",
        entry=r.entry_date,
        exit=later.ifelse(ibis.null("date"), r.exit_date),
        reason=later.ifelse(ibis.null("string"), r.exit_reason),
    )


def _sound(rows: ir.Table, child: ir.Table, *, federal: bool) -> ir.Table:
    """Without rows of unknown or impossible length or age (E2, E3)."""
    rows = rows.filter(
        rows.exit.notnull() | rows.reason.isnull(),
        rows.exit.isnull() | (rows.exit > rows.entry),
    ).mutate(end=rows.exit.fill_null(FAR))
    births = child.select("child_id", "birth_date")
    if federal:
        births = births.filter(births.birth_date.notnull())
    rows = rows.join(births, "child_id", how="inner" if federal else "left")
    rows = rows.mutate(adult_on=plus_months(rows.birth_date, ADULT_MONTHS))
    rows = rows.filter(rows.birth_date.isnull() | (rows.entry >= rows.birth_date))
    if federal:
        rows = rows.filter(rows.entry < rows.adult_on)
    else:  # care is followed past eighteen
        rows = rows.mutate(adult_on=ibis.null("date"))
    return rows.select(
        "child_id", "removal_id", "entry", "end", "reason", "agency", "adult_on"
    )


def _without_stale(rows: ir.Table) -> ir.Table:
    """Without open rows that a later or a closed row overtook (E4)."""
    child = ibis.window(group_by=rows.child_id)
    closed = (rows.end < FAR).ifelse(rows.entry, ibis.null("date"))
    rows = rows.mutate(
        latest=rows.entry.max().over(child), latest_closed=closed.max().over(child)
    )
    overtaken = (rows.latest > rows.entry) | (
        rows.latest_closed >= rows.entry
    ).fill_null(False)
    return rows.filter((rows.end < FAR) | ~overtaken).drop("latest", "latest_closed")


def _runs(rows: ir.Table) -> ir.Table:
    """One row per run of overlapping rows: the latest end wins (E5)."""
    run = ibis.window(group_by=[rows.child_id, rows.run])
    rows = rows.mutate(last=rows.end == rows.end.max().over(run))
    where = rows.position
    nowhere = ibis.null("int64")
    rows = rows.mutate(
        first_at=where.min().over(run),
        agency_at=rows.last.ifelse(where, nowhere).min().over(run),
        # on equal ends the later row's reason stands, unless it has none
        reason_at=(rows.last & rows.reason.notnull())
        .ifelse(where, nowhere)
        .max()
        .over(run),
    )
    return rows.group_by("child_id", "run").aggregate(
        adult_on=rows.adult_on.min(),
        entry=rows.entry.min(),
        end=rows.end.max(),
        first_agency=rows.agency.max(where=rows.position == rows.first_at),
        agency=rows.agency.max(where=rows.position == rows.agency_at),
        reason=rows.reason.max(where=rows.position == rows.reason_at),
    )


def _bridged(runs: ir.Table, options: Options) -> ir.Table:
    """Runs that touch are one episode across a transfer or change of agency (E5)."""
    order = ibis.window(group_by=runs.child_id, order_by=runs.run)
    so_far = ibis.cumulative_window(group_by=runs.child_id, order_by=runs.run)
    touches = runs.entry == runs.end.lag().over(order)
    moved = runs.first_agency != runs.agency.lag().over(order)
    transferred = runs.reason.lag().over(order) == "transfer"
    bridged = touches & (moved.fill_null(False) | transferred.fill_null(False))
    begins = (~bridged.fill_null(False)) | ibis.literal(not options.bridge)
    runs = runs.mutate(begins=begins.ifelse(1, 0))
    runs = runs.mutate(episode=runs.begins.sum().over(so_far))
    runs = runs.mutate(
        last_run=runs.run.max().over(group_by=[runs.child_id, runs.episode])
    )
    return runs.group_by("child_id", "episode").aggregate(
        adult_on=runs.adult_on.min(),
        entry=runs.entry.min(),
        end=runs.end.max(),
        first_run=runs.run.min(),
        last_run=runs.run.max(),
        agency=runs.agency.max(where=runs.run == runs.last_run),
        reason=runs.reason.max(where=runs.run == runs.last_run),
    )


def _ended_at_eighteen(found: ir.Table, as_of: date) -> ir.Table:
    """Care ends on the eighteenth birthday, known and not permanency (E7)."""
    aged = (found.end >= found.adult_on) & (
        (found.end < FAR) | (found.adult_on < as_of)
    )
    aged = aged.fill_null(False)
    end = aged.ifelse(found.adult_on, found.end)
    return found.mutate(
        exit=end.nullif(FAR), reason=aged.ifelse("aged_18", found.reason)
    ).drop("end")
