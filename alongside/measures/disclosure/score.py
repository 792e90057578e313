"""The CalHHS guideline's publication scoring: how much a table tells about few people.

The scores are those of the guideline's current text. Its version 1.0 of 2016 differs
(sex scored 0, race and ethnicity 2 to 3), so every release names the version it used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# (at least this much, points), from the largest down; below all of them, the last.
Ladder = tuple[tuple[float, int], ...]
YEAR = 365


def step(ladder: Ladder, amount: float) -> int:
    """The points of the first rung that the amount reaches."""
    return next((points for least, points in ladder if amount >= least), ladder[-1][1])


@dataclass(frozen=True)
class Points:
    """One version of the guideline's scores; each variable counts at its worst."""

    version: str
    events: Ladder
    age_years: Ladder
    population: Ladder  # a group of a variable, by how many such people there are
    time_days: Ladder
    residence: Ladder
    service: Ladder
    other_groups: Ladder
    sex: int
    gender_with_one_more: int
    gender_finer: int
    race_five: int
    race_all: int
    alone: Ladder  # only events, time and place: by the smallest count
    with_variables: tuple[int, ...]  # one, two, three or more further variables


CURRENT = Points(
    version="CalHHS DDG, current text",
    events=((1000, 2), (100, 3), (11, 5), (0, 7)),
    age_years=((30, 1), (11, 2), (6, 3), (3, 5), (0, 7)),
    population=(
        (4_000_001, 1),
        (300_001, 2),
        (100_001, 3),
        (20_001, 5),
        (0, 7),
    ),
    time_days=(
        (5 * YEAR, -5),
        (2 * YEAR, -3),
        (YEAR, 0),
        (181, 3),
        (89, 4),
        (0, 5),
    ),
    residence=(
        (2_000_001, -5),
        (1_000_001, -3),
        (560_001, -1),
        (250_001, 0),
        (100_001, 1),
        (50_001, 3),
        (20_001, 4),
        (4_001, 5),
        (0, 7),
    ),
    service=(
        (2_000_001, -5),
        (1_000_001, -4),
        (560_001, -3),
        (250_001, -1),
        (20_001, 0),
        (0, 1),
    ),
    other_groups=((10, 7), (5, 5), (0, 3)),
    sex=1,
    gender_with_one_more=3,
    gender_finer=5,
    race_five=2,
    race_all=3,
    alone=((5, -5), (3, -3), (0, 0)),
    with_variables=(1, 2, 4),
)
FIVE_RACES = frozenset(
    {"white", "asian", "black", "hispanic", "middle_eastern_north_african"}
)


def age_bands(points: Points, years: Iterable[int]) -> int:
    """Age groups, by the width in years of the narrowest."""
    return step(points.age_years, min(years))


def groups_of_people(points: Points, populations: Iterable[int]) -> int:
    """Detailed groups, such as languages, by the smallest population among them."""
    return step(points.population, min(populations))


def gender(points: Points, categories: int) -> int:
    """Two categories, three, or more."""
    finer = points.gender_finer if categories > 3 else points.gender_with_one_more
    return points.sex if categories <= 2 else finer


def race(points: Points, categories: Iterable[str]) -> int:
    """Combined race and ethnicity; people in several groups block subtraction."""
    return points.race_five if set(categories) <= FIVE_RACES else points.race_all


def place(points: Points, populations: Iterable[int | None]) -> int:
    """Where people live, by the smallest; a place of unknown size counts as tiny."""
    return step(points.residence, min(size or 0 for size in populations))


def interactions(points: Points, variables: int, smallest: float) -> int:
    """What it adds that variables are crossed; alone they can take points away."""
    if not variables:
        return step(points.alone, smallest)
    return points.with_variables[min(variables, len(points.with_variables)) - 1]


def total(
    points: Points,
    *,
    smallest: float,
    days: int,
    populations: Iterable[int | None],
    variables: Sequence[int],
) -> int:
    """The score of one table: its events, time, place, variables and interactions."""
    return (
        step(points.events, smallest)
        + step(points.time_days, days)
        + place(points, populations)
        + sum(variables)
        + interactions(points, len(variables), smallest)
    )
