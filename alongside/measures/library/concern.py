"""concern.*: young people with a documented concern, and how sure it is (C2, C3)."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.assure import case
from alongside.measures.definition import PERCENT, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library import funnel
from alongside.measures.parts import first_per_child, inside, parts

RANK = {"at_risk": 1, "suspected": 2, "confirmed": 3}


def in_window(frames: Frames, window: Window) -> ir.Table:
    """Valid concerns identified in the window."""
    c = frames.concerns
    return c.filter(inside(window, c.identified_date))


def first_in_window(
    frames: Frames, window: Window, kinds: tuple[str, ...] = tuple(RANK)
) -> ir.Table:
    """Each young person's first concern of some kinds in the window."""
    c = in_window(frames, window)
    return first_per_child(
        c.filter(c.kind.isin(kinds)), "identified_date", "concern_id"
    )


def highest(frames: Frames, window: Window, *, kind: str) -> ir.Table:
    """Young people whose highest kind of concern in the window is this one."""
    c = in_window(frames, window)
    rank = ibis.cases(*((c.kind == name, rank) for name, rank in RANK.items()))
    people = c.group_by("child_id").aggregate(
        day=c.identified_date.min(), highest=rank.max()
    )
    return parts(people, day=people.day, numerator=people.highest == RANK[kind])


def with_reports(frames: Frames, window: Window) -> ir.Table:
    """Concerns and reports of exploitation together: the wider count."""
    c = in_window(frames, window)
    r = funnel.reports(frames, window)
    both = c.select(
        "child_id", day="identified_date", confirmed=c.kind == "confirmed"
    ).union(
        r.select(
            "child_id",
            day="report_date",
            confirmed=r.screened & (r.finding == "substantiated"),
        )
    )
    people = both.group_by("child_id").aggregate(
        day=both.day.min(), confirmed=both.confirmed.any()
    )
    return parts(people, day=people.day, numerator=people.confirmed)


EXAMPLE = """
    child_id kind      identified_date
    a        at_risk   2022-11-01
    a        confirmed 2023-01-01
    b        suspected 2023-01-01
    c        at_risk   2023-03-01
"""
_SAYS = {
    "confirmed": "a confirmed concern",
    "suspected": "a suspected concern at most",
    "at_risk": "a concern about risk only",
}


def _measure(kind: str) -> Measure:
    return Measure(
        id=f"concern.{kind}",
        title=f"Young people with {_SAYS[kind]}",
        question=(
            "Of all young people with a documented concern about commercial sexual"
            f" exploitation, how many have {_SAYS[kind]}?"
        ),
        why="Risk, suspicion and confirmation need different help and are kept apart.",
        numerator=f"Young people with {_SAYS[kind]} identified in the period.",
        denominator="Young people with any concern identified in the period.",
        unit=PERCENT,
        source="The statewide evaluation of the CSEC program; rules C2 and C3.",
        needs=("child", "concern"),
        compute=partial(highest, kind=kind),
        cautions=("It counts what was documented, which is less than what happens.",),
        examples=(
            case(f"concern.{kind}", "three people", concern=EXAMPLE, expect=(1, 3)),
        ),
    )


MEASURES: list[Measure] = [
    *(_measure(kind) for kind in ("confirmed", "suspected", "at_risk")),
    Measure(
        id="concern.confirmed_with_reports",
        title="Young people confirmed, by concerns and reports together",
        question=(
            "Counting reports of exploitation as concerns too, how many young people"
            " are confirmed?"
        ),
        why="Some exploitation is only ever recorded as a report.",
        numerator=(
            "Young people with a confirmed concern, or with a screened-in report that"
            " was substantiated."
        ),
        denominator="Young people with any concern or report of exploitation.",
        unit=PERCENT,
        source="Rule C2, the variant with reports.",
        needs=("child", "concern", "report"),
        compute=with_reports,
        cautions=("Do not compare it with the count from concerns alone.",),
        examples=(
            case(
                "concern.confirmed_with_reports",
                "a report confirms one of two",
                concern=EXAMPLE.splitlines()[1] + "\n b suspected 2023-01-01",
                report=funnel.EXAMPLE.split("    b")[0],
                expect=(1, 2),
            ),
        ),
    ),
]
