"""What the federal measures have in common."""

from __future__ import annotations

import ibis.expr.types as ir

from alongside.measures.codelists import PERMANENCY, RE_ENTRY_EXITS
from alongside.measures.days import days_between, reporting_period
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.parts import inside

SOURCE = (
    "Children's Bureau, CFSR Round 4 Statewide Data Indicators Data Dictionary,"
    " August 2022."
)
OBSERVED = "Observed performance: it is not risk-standardized."
SAME_PERIOD = (
    "An exit followed by a return in the same half-year reporting period is left out,"
    " as in the federal files."
)
FOLLOW_UP = (
    "A period that ended less than 12 months before the as-of date is not complete."
)
SHORTEST_STAY = 8


def not_brief(care: ir.Table) -> ir.Table:
    """Without complete stays of fewer than eight days; open ones stay."""
    length = days_between(care.entry, care.exit)
    return care.filter(care.exit.isnull() | (length >= SHORTEST_STAY))


def entries(frames: Frames, window: Window) -> ir.Table:
    """Episodes that began in the window and were not brief."""
    care = frames.federal_care
    return not_brief(care.filter(inside(window, care.entry)))


def permanent(care: ir.Table) -> ir.BooleanValue:
    """Whether the exit was to permanency (G9); never at eighteen."""
    return care.reason.isin(PERMANENCY).fill_null(False)


def went_home(care: ir.Table) -> ir.BooleanValue:
    """Whether the exit is one a child can come back from (G9)."""
    return care.reason.isin(RE_ENTRY_EXITS).fill_null(False)


def back_in_same_period(
    frames: Frames, care: ir.Table, left: ir.DateValue
) -> ir.BooleanValue:
    """Whether the child returned in the reporting period of the exit."""
    same = reporting_period(left) == reporting_period(care.next_entry)
    return same.fill_null(False) & frames.options.same_period


def back_within_a_year(frames: Frames, care: ir.Table) -> ir.BooleanValue:
    """Whether the next episode began within twelve months of the exit."""
    return frames.within(care.next_entry, care.exit, 12).fill_null(False)
