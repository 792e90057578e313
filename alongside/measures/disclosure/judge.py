"""Which numbers may not be shown as they are, before anybody adds or subtracts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from alongside.measures.definition import COUNT
from alongside.measures.disclosure import score
from alongside.measures.disclosure.follow_up import is_followed
from alongside.measures.disclosure.internal import SLOT, Internal
from alongside.measures.disclosure.policy import Policy, Reason
from alongside.measures.disclosure.quantities import Role
from alongside.measures.groups import AGE_BANDS

AGE_YEARS = {
    name: below - start
    for (start, _), (below, name) in zip(
        [(0, ""), *AGE_BANDS[:-1]], AGE_BANDS, strict=True
    )
}


@dataclass(frozen=True)
class Verdict:
    """One number that stays hidden, why, and what must remain possible for it."""

    row: int
    role: Role
    reason: Reason
    range: tuple[float, float]


@dataclass(frozen=True)
class Assessment:
    """How one table fared in the guideline's two steps."""

    measure: str
    period_start: Any
    period_end: Any
    by: str
    smallest_numerator: str
    step: str
    score: int | None
    small_counts_stay: bool


@dataclass
class Judged:
    """Every number's verdict, and every table's assessment."""

    verdicts: list[Verdict] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)


def judge(internal: Internal, policy: Policy) -> Judged:
    """Judge every table of a release, then every number in it."""
    judged = Judged()
    frame, shares = internal.frame, internal.shares()
    shape = [tuple(r) for r in frame[internal.groups].notna().to_numpy()]
    tables = frame.groupby(["measure", *SLOT, pd.Series(shape, index=frame.index)])
    for (measure, *_), rows in tables.groups.items():
        table = frame.loc[rows]
        assessment = assess(table, internal.groups, policy)
        judged.assessments.append(assessment)
        for row, cells in zip(rows, table.to_dict("records"), strict=True):
            share = measure in shares
            stays = assessment.small_counts_stay and (
                share or cells["unit"] == COUNT.label
            )
            judged.verdicts += (
                Verdict(row, role, reason, span)
                for role, reason, span in (
                    *refusals(cells, policy, share),
                    *(few_left(cells, policy) if is_followed(measure) else ()),
                )
                if not (stays and reason in SCORED)
            )
    return judged


# What a low score excuses; the mean or the rate of a few people is never excused.
SCORED = {Reason.SMALL, Reason.FULL, Reason.BASE, Reason.UNKNOWN, Reason.LEFT}
Refusal = tuple[Role, Reason, tuple[float, float]]


def refusals(cells: dict[str, Any], policy: Policy, share: bool) -> Iterator[Refusal]:
    """What is wrong with showing each number of a row."""
    n, d, u = cells["numerator"], cells["denominator"], cells["unknown"]
    least = policy.smallest
    counted = min(abs(n), cells["people_counted"]) if share else cells["people_counted"]
    base = min(d, cells["people"]) if share else cells["people"]
    if counted < least:
        yield Role.NUMERATOR, Reason.SMALL, _range(n, least)
    elif cells["largest"] > policy.dominant * abs(n) and not share:
        yield Role.NUMERATOR, Reason.DOMINANT, _range(n, least)
    if share and (rest := d - n) < least:
        yield Role.REST, Reason.FULL, _range(rest, least)
        # The numerator is as uncertain as what is left of the denominator.
        yield Role.NUMERATOR, Reason.FULL, (max(0.0, d - least), d)
    if base < least:
        yield Role.DENOMINATOR, Reason.BASE, _range(d, least)
    if 0 < u < least:
        yield Role.UNKNOWN, Reason.UNKNOWN, _range(u, least)


def few_left(cells: dict[str, Any], policy: Policy) -> Iterator[Refusal]:
    """Of people followed over time, those still followed without it at the end.

    Where the numerator is small and hidden, or nobody is unknown, that says it already.
    """
    most, unknown = cells["denominator"] - cells["numerator"], cells["unknown"]
    told = unknown and cells["people_counted"] >= policy.smallest
    if told and 0 < most - unknown < policy.smallest:
        yield Role.UNKNOWN, Reason.LEFT, (max(0.0, most - policy.smallest), most)


def _range(amount: float, least: int) -> tuple[float, float]:
    """What must remain possible: for a small count none, and eleven or more.

    A sum that is not small, of few people, must stay unknown by half either way.
    """
    if 0 <= amount < least:
        return 0.0, float(least)
    half = abs(amount) / 2
    return amount - half, amount + half


def assess(table: pd.DataFrame, groups: Sequence[str], policy: Policy) -> Assessment:
    """The guideline's numerator and denominator condition, then its scoring.

    Without the population of every place in it a table has no score, and its small
    counts are hidden.
    """
    first = table.iloc[0]
    used = [name for name in groups if first[name] is not None]
    smallest = float(table["numerator"].min())
    small = smallest < policy.smallest
    places = list(table["by_county"].unique()) if "by_county" in used else [None]
    populations = [policy.populations.get(place) for place in places]
    if not small and float(table["denominator"].min()) >= policy.population:
        step, scored = "1: every number is large", None
    elif None in populations:
        step, scored = "2: not scored, a population is not known", None
    else:
        step, scored = "2: scored", _score(table, used, policy, smallest, populations)
    return Assessment(
        measure=first["measure"],
        period_start=first["period_start"],
        period_end=first["period_end"],
        by=", ".join(name.removeprefix("by_") for name in used) or "everyone",
        smallest_numerator=f"under {policy.smallest}" if small else "not small",
        step=step,
        score=scored,
        small_counts_stay=scored is not None and policy.passes(scored),
    )


def _score(
    table: pd.DataFrame,
    used: Sequence[str],
    policy: Policy,
    smallest: float,
    populations: Sequence[int | None],
) -> int:
    first = table.iloc[0]
    others = [name for name in used if name != "by_county"]
    return score.total(
        policy.points,
        smallest=smallest,
        days=(first["period_end"] - first["period_start"]).days,
        populations=populations,
        variables=[_variable(policy.points, name, table[name]) for name in others],
    )


def _variable(points: score.Points, name: str, column: pd.Series[Any]) -> int:
    categories = [str(c) for c in column.unique() if c != "unknown"]
    if name == "by_age_band" and categories:
        return score.age_bands(
            points, (AGE_YEARS.get(c, 1) for c in categories or [""])
        )
    if name == "by_gender":
        return score.gender(points, len(categories))
    if name == "by_race_ethnicity":
        return score.race(points, categories)
    return score.step(points.other_groups, len(categories))
