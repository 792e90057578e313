"""4-P5: placement stability."""

import ibis
import ibis.expr.types as ir

from alongside.measures.assure import case
from alongside.measures.days import days_between
from alongside.measures.definition import PER_1_000_DAYS, Better, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.federal import OBSERVED, SOURCE, entries
from alongside.measures.parts import inside, parts


def compute(frames: Frames, window: Window) -> ir.Table:
    """Days with a known placement, and moves between homes (P5-1 to P5-7)."""
    care = entries(frames, window)
    stays = frames.federal_stays(
        care.select("child_id", "episode", "entry", "exit", "first_run", "last_run")
    )
    days = _days(frames, window, stays)
    moves = _moves(frames, window, stays)
    return parts(days, day=days.entry, numerator=0, denominator=days.days).union(
        parts(moves, day=moves.entry, numerator=1, denominator=0)
    )


def _days(frames: Frames, window: Window, stays: ir.Table) -> ir.Table:
    """Days covered by at least one placement, each counted once (P5-2)."""
    until = min(window.end, frames.as_of)
    stays = stays.mutate(end=ibis.least(stays.end, until))
    stays = stays.filter(stays.start < stays.end)
    before = ibis.window(
        group_by=[stays.child_id, stays.episode],
        order_by=[stays.start, stays.end, stays.placement_id],
        preceding=(None, 1),
    )
    stays = stays.mutate(covered_to=stays.end.max().over(before))
    begin = ibis.greatest(stays.start, ibis.coalesce(stays.covered_to, stays.start))
    stays = stays.mutate(days=days_between(begin, stays.end))
    return stays.filter(stays.days > 0)


def _moves(frames: Frames, window: Window, stays: ir.Table) -> ir.Table:
    """Changes of home, without settings that are never a move (P5-4 to P5-7)."""
    never = stays.setting.isin(frames.options.non_move_settings).fill_null(False)
    homes = stays.filter(~never)
    order = ibis.window(
        group_by=[homes.child_id, homes.episode],
        order_by=[homes.start, homes.end, homes.placement_id],
    )
    homes = homes.mutate(
        earlier=homes.home_id.lag().over(order),
        position=ibis.row_number().over(order),
    )
    same_home = (homes.home_id == homes.earlier).fill_null(False)
    return homes.filter(
        homes.position > 0,
        ~same_home,
        inside(window, homes.start),
        homes.start < frames.as_of,
    )


MEASURE = Measure(
    id="4-P5",
    title="Placement stability",
    question=(
        "Of all children who entered care in the period, what was the rate of moves"
        " per 1,000 days of care?"
    ),
    why="Every move costs a child people, school and trust.",
    numerator="Moves between homes in the period; the first home is not a move.",
    denominator="Days in care in the period for which a placement is known.",
    unit=PER_1_000_DAYS,
    source=SOURCE,
    needs=("child", "removal", "placement"),
    compute=compute,
    better=Better.DOWN,
    cautions=(
        OBSERVED,
        "Running away, a hospital and a trial home visit are never a move, but their"
        " days count. Time away has its own measures.",
        "A stay in detention is a move, and so is the way back.",
        "Stays under eight days and days without a known placement are left out.",
    ),
    examples=(
        case(
            "4-P5",
            "two moves after the first home, in one hundred days",
            removal="""
                removal_id child_id entry_date exit_date  exit_reason
                1          a        2023-01-01 2023-04-11 reunification
            """,
            placement="""
                removal_id child_id start_date end_date   setting     home_id
                1          a        2023-01-01 2023-02-01 shelter     h1
                1          a        2023-02-01 2023-03-01 foster_home h2
                1          a        2023-03-01 2023-04-11 kin         h3
            """,
            expect=(2, 100),
        ),
    ),
)
