"""By what results can be broken down; each group is looked up on the measure's day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from alongside.measures.days import age_on
from alongside.measures.frames import Frames

UNKNOWN = "unknown"
MULTIRACIAL = "multiracial"

# Upper bounds of completed years, and what the band is called.
AGE_BANDS: tuple[tuple[int, str], ...] = (
    (1, "under 1"),
    (6, "1 to 5"),
    (11, "6 to 10"),
    (14, "11 to 13"),
    (16, "14 to 15"),
    (18, "16 to 17"),
    (21, "18 to 20"),
)
OLDEST = "21 and over"


@dataclass(frozen=True)
class Group:
    """One way to break results down."""

    name: str
    description: str
    add: Callable[[ir.Table, Frames], ir.Table]
    inclusive: bool = False  # a person can be in several groups at once


def _child_column(name: str) -> Callable[[ir.Table, Frames], ir.Table]:
    def add(rows: ir.Table, frames: Frames) -> ir.Table:
        who = frames["child"].select(group_child="child_id", group=name)
        rows = rows.left_join(who, rows.child_id == who.group_child)
        group = rows.group.cast("string").fill_null(UNKNOWN)
        return rows.mutate(**{f"by_{name}": group}).drop("group_child", "group")

    return add


def _age_band(rows: ir.Table, frames: Frames) -> ir.Table:
    who = frames["child"].select(group_child="child_id", born="birth_date")
    rows = rows.left_join(who, rows.child_id == who.group_child)
    age = age_on(rows.born, rows.day)
    bands = [(age < below, name) for below, name in AGE_BANDS]
    band = ibis.cases((rows.born.isnull(), UNKNOWN), *bands, else_=OLDEST)
    return rows.mutate(by_age_band=band).drop("group_child", "born")


def _race_ethnicity(rows: ir.Table, frames: Frames) -> ir.Table:
    """Counted inclusively: under every group ticked, and under multiracial too."""
    child = frames["child"]
    ticked = child.race_ethnicity.nullif("").fill_null(UNKNOWN)
    who = child.select(group_child="child_id", ticked=ticked)
    each = who.select("group_child", by_race_ethnicity=who.ticked.split(";").unnest())
    each = each.mutate(by_race_ethnicity=each.by_race_ethnicity.strip())
    several = who.filter(who.ticked.contains(";"))
    several = several.select("group_child", by_race_ethnicity=ibis.literal(MULTIRACIAL))
    groups = each.union(several).distinct()
    rows = rows.left_join(groups, rows.child_id == groups.group_child)
    group = rows.by_race_ethnicity.fill_null(UNKNOWN)
    return rows.mutate(by_race_ethnicity=group).drop("group_child")


def _fact(kind: str) -> Callable[[ir.Table, Frames], ir.Table]:
    def add(rows: ir.Table, frames: Frames) -> ir.Table:
        fact = frames["fact"]
        fact = fact.filter(fact.kind == kind, fact.start_date < frames.as_of)
        fact = fact.select(
            group_child="child_id",
            group="value",
            group_start="start_date",
            group_end="end_date",
        )
        rows = rows.left_join(
            fact,
            [
                rows.child_id == fact.group_child,
                fact.group_start <= rows.day,
                fact.group_end.isnull() | (fact.group_end > rows.day),
            ],
        )
        group = rows.group.fill_null(UNKNOWN)
        rows = rows.mutate(**{f"by_{kind}": group})
        return rows.drop("group_child", "group", "group_start", "group_end")

    return add


GROUPS: dict[str, Group] = {
    group.name: group
    for group in (
        Group("county", "The county responsible.", _child_column("county")),
        Group("gender", "The gender recorded.", _child_column("gender")),
        Group("age_band", "Age on the day the measure counts from.", _age_band),
        Group(
            "race_ethnicity",
            "Every race and ethnicity the person is; a person who is several is"
            " counted under each and under multiracial, so groups do not add up.",
            _race_ethnicity,
            inclusive=True,
        ),
        Group("support_level", "Support level that day.", _fact("support_level")),
        Group("worker", "Assigned worker that day.", _fact("worker"), inclusive=True),
        Group("unit", "Unit enrolled with that day.", _fact("unit"), inclusive=True),
    )
}
