"""concern.placement.* and concern.case.*: where young people were known (C4, C5)."""

from __future__ import annotations

from functools import partial
from typing import Any

import ibis
import ibis.expr.types as ir

from alongside.measures.assure import case
from alongside.measures.days import FAR
from alongside.measures.definition import PERCENT, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.concern import RANK, first_in_window
from alongside.measures.parts import parts

ANY = tuple(RANK)
CONFIRMED = ("confirmed",)


def by_placement(frames: Frames, window: Window, *, status: str) -> ir.Table:
    """Young people confirmed in the window, by where they were that day (C4)."""
    index = first_in_window(frames, window, CONFIRMED)
    index = index.select("child_id", day="identified_date")
    care = frames.care.select("child_id", "entry", "exit", "first_run", "last_run")
    known = index.join(care, "child_id")
    known = known.filter(known.entry <= known.day)
    current = known.filter(known.exit.isnull() | (known.exit > known.day))
    stays = frames.all_stays(current)
    away = stays.filter(
        stays.setting == "absent", stays.start <= stays.day, stays.day < stays.end
    )
    people = _marked(index, known.select("child_id"), "ever")
    people = _marked(people, current.select("child_id"), "current")
    people = _marked(people, away.select("child_id"), "away")
    where = ibis.cases(
        (people.away, "absent"),
        (people.current, "in_placement"),
        (people.ever, "past"),
        else_="never",
    )
    return parts(people, day=people.day, numerator=where == status)


def by_case(
    frames: Frames, window: Window, *, status: str, kinds: tuple[str, ...]
) -> ir.Table:
    """Young people with a concern, by whether a case was open that day (C5)."""
    index = first_in_window(frames, window, kinds)
    index = index.select("child_id", day="identified_date")
    c = frames["case_open"]
    c = c.filter(
        c.open_date < frames.as_of,
        c.close_date.isnull() | (c.close_date >= c.open_date),
    )
    closed = (c.close_date < frames.as_of).fill_null(False)
    c = c.select(
        of_child="child_id",
        opened="open_date",
        closed=closed.ifelse(c.close_date, ibis.literal(FAR)),
    )
    both = index.left_join(c, index.child_id == c.of_child)
    is_open = (both.opened <= both.day) & (both.closed > both.day)
    people = both.group_by("child_id", "day").aggregate(
        is_open=is_open.fill_null(False).any(),
        before=(both.closed <= both.day).fill_null(False).any(),
        after=(both.opened > both.day).fill_null(False).any(),
    )
    where = ibis.cases(
        (people.is_open, "open"),
        (people.before, "closed_before"),
        (people.after, "opened_after"),
        else_="none",
    )
    return parts(people, day=people.day, numerator=where == status)


def _marked(people: ir.Table, some: ir.Table, name: str) -> ir.Table:
    some = some.distinct().select(of_child="child_id")
    joined = people.left_join(some, people.child_id == some.of_child)
    return joined.mutate(**{name: joined.of_child.notnull()}).drop("of_child")


_EXAMPLE: dict[str, Any] = {
    "concern": """
        child_id kind      identified_date
        a        confirmed 2023-01-10
        b        confirmed 2023-01-10
        c        confirmed 2023-01-10
        d        confirmed 2023-01-10
    """,
    "removal": """
        removal_id child_id entry_date exit_date  exit_reason
        1          a        2022-01-01 -          -
        2          b        2022-01-01 -          -
        3          c        2022-01-01 2022-06-01 reunification
    """,
    "placement": """
        removal_id child_id start_date end_date   setting
        1          a        2022-01-01 -          kin
        2          b        2023-01-01 -          absent
    """,
    "case_open": """
        child_id open_date  close_date
        a        2022-01-01 -
        b        2022-01-01 2022-06-01
        c        2023-05-01 -
    """,
}
_PLACEMENT = {
    "never": "had never been in care",
    "past": "had been in care before but were not then",
    "in_placement": "were in a placement",
    "absent": "were in care and absent from placement",
}
_CASE = {
    "closed_before": "had a case that had closed before",
    "open": "had an open case",
    "opened_after": "had their first case open afterward",
    "none": "had no case before, then or since",
}
_SOURCE = "The statewide evaluation of the CSEC program"


def _placement(status: str) -> Measure:
    says = _PLACEMENT[status]
    return Measure(
        id=f"concern.placement.{status}",
        title=f"Confirmed young people who {says}",
        question="Where were young people when exploitation was documented?",
        why="It shows where exploitation is found and where help could have been.",
        numerator=f"Young people who {says} on the day it was documented.",
        denominator="Young people with a confirmed concern identified in the period.",
        unit=PERCENT,
        source=f"{_SOURCE}; rule C4.",
        needs=("child", "concern", "removal", "placement"),
        compute=partial(by_placement, status=status),
        cautions=("The day is when it was documented, not when it happened.",),
        examples=(
            case(
                f"concern.placement.{status}",
                "four people, one in each status",
                expect=(1, 4),
                **_EXAMPLE,
            ),
        ),
    )


def _case(prefix: str, status: str, kinds: tuple[str, ...], who: str) -> Measure:
    says = _CASE[status]
    return Measure(
        id=f"{prefix}.{status}",
        title=f"{who} who {says}",
        question="Was a case open when the concern was documented?",
        why="A case before, then or after shows when child welfare knew the family.",
        numerator=f"Those who {says} on the day of their first concern.",
        denominator=f"{who} in the period.",
        unit=PERCENT,
        source=f"{_SOURCE}; rule C5.",
        needs=("child", "concern", "case_open"),
        compute=partial(by_case, status=status, kinds=kinds),
        cautions=(
            "“Afterward” means at any time before the as-of date, so it grows.",
            "An open case comes before an earlier closed one, and that before a later.",
        ),
        examples=(
            case(
                f"{prefix}.{status}",
                "four people, one in each status",
                expect=(1, 4),
                **_EXAMPLE,
            ),
        ),
    )


MEASURES: list[Measure] = [
    *(_placement(status) for status in _PLACEMENT),
    *(
        _case("concern.case", status, ANY, "Young people with a concern")
        for status in _CASE
    ),
    *(
        _case(
            "concern.case_of_confirmed",
            status,
            CONFIRMED,
            "Young people with a confirmed concern",
        )
        for status in _CASE
    ),
]
