"""PL-1, PL-2, PL-5 to PL-7: days away, returns to the same home, steps down."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from alongside.measures.codelists import FAMILY_LIKE
from alongside.measures.days import FAR, days_between
from alongside.measures.definition import PERCENT, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library import placement_stability, re_entry
from alongside.measures.library.described import also, example, indicator
from alongside.measures.parts import parts
from alongside.measures.programme import clipped, last_day, merged, seen


def stays(frames: Frames) -> ir.Table:
    """Every placement of everybody, clipped to time in care."""
    care = frames.care.select(
        "child_id", "episode", "entry", "exit", "first_run", "last_run"
    )
    found = frames.shared("all stays", lambda: frames.all_stays(care))
    return found.mutate(end=found.end.fill_null(FAR))


def days_away(frames: Frames, window: Window) -> ir.Table:
    """Days absent over days with any placement row, each day once."""
    s = stays(frames)
    until = last_day(frames, window)
    placed = clipped(merged(s), window.start, until)
    absent = clipped(merged(s.filter(s.setting == "absent")), window.start, until)
    return parts(
        placed,
        day=placed.start,
        numerator=0,
        denominator=days_between(placed.start, placed.end),
    ).union(
        parts(
            absent,
            day=absent.start,
            numerator=days_between(absent.start, absent.end),
            denominator=0,
        )
    )


def in_turn(rows: ir.Table) -> ibis.expr.builders.WindowBuilder:
    """One episode's placements in order (P5-5)."""
    return ibis.window(
        group_by=[rows.child_id, rows.episode],
        order_by=[rows.start, rows.end, rows.placement_id],
    )


def returns(frames: Frames, window: Window) -> ir.Table:
    """Placements that follow an absence, and whether the home is the one left."""
    s = stays(frames)
    s = s.mutate(position=ibis.row_number().over(in_turn(s)))
    homes = s.filter((s.setting != "absent").fill_null(True))
    order = in_turn(homes)
    homes = homes.mutate(
        left_home=homes.home_id.lag().over(order),
        left_at=homes.position.lag().over(order),
    )
    back = homes.filter(
        homes.position - homes.left_at > 1, seen(frames, window, homes.start)
    )
    told = back.home_id.notnull() & back.left_home.notnull()
    return parts(
        back,
        day=back.start,
        numerator=told & (back.home_id == back.left_home),
        denominator=told,
        unknown=~told,
    )


def steps(frames: Frames, window: Window) -> ir.Table:
    """Changes between settings on the scale: 1 toward a family, -1 away from it."""
    s = stays(frames)
    level = ibis.cases(*((s.setting == k, v) for k, v in FAMILY_LIKE.items()))
    s = s.mutate(level=level)
    s = s.filter(s.level.notnull())
    order = in_turn(s)
    s = s.mutate(
        before=s.level.lag().over(order), home_before=s.home_id.lag().over(order)
    )
    same = (s.level == s.before) & (s.home_id == s.home_before).fill_null(False)
    s = s.filter(s.before.notnull(), ~same, seen(frames, window, s.start))
    step = ibis.cases((s.level < s.before, 1), (s.level > s.before, -1), else_=0)
    return parts(s, day=s.start, numerator=step)


_REMOVAL = """
    removal_id child_id entry_date exit_date
    1          a        2023-01-01 2023-04-11
"""
_AWAY = """
    removal_id child_id start_date end_date   setting     home_id
    1          a        2023-01-01 2023-02-01 group_home  h1
    1          a        2023-02-01 2023-02-11 absent      -
    1          a        2023-02-11 2023-03-01 group_home  h1
    1          a        2023-03-01 2023-03-11 absent      -
    1          a        2023-03-11 2023-04-11 foster_home h2
"""

MEASURES: list[Measure] = [
    also(placement_stability.MEASURE, "PL-1"),
    also(re_entry.ROUND_4, "PL-2"),
    also(re_entry.ROUND_3, "PL-2.round_3", title="Re-entry, round 3"),
    indicator(
        "PL-5",
        question="What share of days in care were spent away?",
        why="It stays meaningful whether someone leaves often or for long.",
        numerator="Days away without permission in the period.",
        denominator="Days in care in the period for which a placement is known.",
        unit=PERCENT,
        needs=("removal", "placement"),
        compute=days_away,
        cautions=("Care is followed past the 18th birthday.",),
        example=example(
            "20 of 100 days", removal=_REMOVAL, placement=_AWAY, expect=(20, 100)
        ),
    ),
    indicator(
        "PL-6",
        question="After leaving, do young people come back to the same home?",
        why="A home that takes a young person back is a bond that holds.",
        numerator="Those to the home that was left.",
        denominator="Returns to care after an absence, in the period.",
        unit=PERCENT,
        needs=("removal", "placement"),
        compute=returns,
        unknown="Returns where one of the two homes is not recorded.",
        cautions=(
            "A return is seen when a new placement row follows the absence; an absence"
            " recorded on top of a placement that goes on has no such row.",
        ),
        example=example(
            "one return to the same home, one to another",
            removal=_REMOVAL,
            placement=_AWAY,
            expect=(1, 2),
        ),
    ),
    indicator(
        "PL-7",
        question="Do placement changes lead to more family-like homes?",
        why="A move can be progress; a count of moves cannot tell.",
        numerator="Steps toward a family-like setting less steps away from one.",
        denominator="Changes of home or setting in the period, on the scale.",
        unit=PERCENT,
        needs=("removal", "placement"),
        compute=steps,
        cautions=(
            "The scale: trial home visit, kin, foster home, group home, STRTP, shelter,"
            " detention. Other settings are passed over.",
        ),
        example=example(
            "one step down among one change; the return is no change",
            removal=_REMOVAL,
            placement=_AWAY,
            expect=(1, 1),
        ),
    ),
]
