"""4-P1: permanency in 12 months for children entering care."""

import ibis
import ibis.expr.types as ir

from alongside.measures.assure import case
from alongside.measures.days import days_between
from alongside.measures.definition import PERCENT, Better, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.federal import (
    FOLLOW_UP,
    OBSERVED,
    SAME_PERIOD,
    SOURCE,
    back_in_same_period,
    entries,
    permanent,
)
from alongside.measures.parts import first_per_child, parts

HOME_VISIT = "trial_home_visit"
HOME_VISIT_DAYS = 30


def compute(frames: Frames, window: Window) -> ir.Table:
    """Each child's first entry that survives the exclusions (P1-1 to P1-6)."""
    care = _with_adjusted_exit(frames, entries(frames, window))
    soon = frames.within(care.left, care.entry, 12).fill_null(False)
    care = care.filter(
        ~(soon & care.reason.isnull()),
        ~(soon & back_in_same_period(frames, care, care.left)),
    )
    first = first_per_child(care, "entry")
    soon = frames.within(first.left, first.entry, 12).fill_null(False)
    return parts(first, day=first.entry, numerator=soon & permanent(first))


def _with_adjusted_exit(frames: Frames, care: ir.Table) -> ir.Table:
    """``left``: the exit without trial-home-visit days beyond thirty (P1-6)."""
    home = care.filter(care.reason == "reunification")
    visits = _final_visits(frames, home)
    care = care.left_join(
        visits, [care.child_id == visits.of_child, care.episode == visits.of_episode]
    ).drop("of_child", "of_episode")
    beyond = (days_between(care.visit_start, care.exit) - HOME_VISIT_DAYS).fill_null(0)
    beyond = ibis.greatest(beyond, 0)
    moved = care.exit - beyond.as_interval("D")
    return care.mutate(left=moved.cast("timestamp").cast("date"))


def _final_visits(frames: Frames, home: ir.Table) -> ir.Table:
    """When the trial home visit that reached the exit began, by episode."""
    stays = frames.federal_stays(home.select("child_id", "episode", *_BOUNDS))
    group = [stays.child_id, stays.episode]
    order = [stays.start, stays.end, stays.placement_id]
    later = stays.start.lead().over(ibis.window(group_by=group, order_by=order))
    joins = (stays.setting == HOME_VISIT) & (
        stays.end >= ibis.coalesce(later, stays.exit)
    )
    stays = stays.mutate(breaks=(~joins.fill_null(False)).ifelse(1, 0))
    backwards = ibis.cumulative_window(
        group_by=[stays.child_id, stays.episode],
        order_by=[stays.start.desc(), stays.end.desc(), stays.placement_id.desc()],
    )
    stays = stays.mutate(broken=stays.breaks.sum().over(backwards))
    visit = stays.filter(stays.broken == 0)
    return visit.group_by(of_child=visit.child_id, of_episode=visit.episode).aggregate(
        visit_start=visit.start.min()
    )


_BOUNDS = ("entry", "exit", "first_run", "last_run")

MEASURE = Measure(
    id="4-P1",
    title="Permanency in 12 months for children entering care",
    question=(
        "Of all children who entered care during the period, what percent left to"
        " permanency within 12 months of entering?"
    ),
    why="Care is meant to be short: a lasting home is every child's need.",
    numerator="Children who left to permanency within 12 months of entry.",
    denominator="Children who entered care in the period.",
    unit=PERCENT,
    source=SOURCE,
    needs=("child", "removal", "placement"),
    compute=compute,
    better=Better.UP,
    cautions=(
        OBSERVED,
        "Stays under eight days and exits without a reason are left out.",
        SAME_PERIOD,
        "Days of a final trial home visit beyond 30 are taken off the stay.",
        FOLLOW_UP,
    ),
    follow_up=12,
    examples=(
        case(
            "4-P1",
            "one child went home within the year and one is still in care",
            removal="""
                child_id entry_date exit_date  exit_reason
                a        2023-01-10 2023-07-10 reunification
                b        2023-01-10 -          -
            """,
            expect=(1, 2),
        ),
    ),
)
