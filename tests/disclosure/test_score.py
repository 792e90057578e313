"""The publication scoring, against the cases that the guideline works out itself."""

import pytest

from alongside.measures.disclosure import score
from alongside.measures.disclosure.score import CURRENT


def test_the_narrowest_age_group_decides() -> None:
    # 0 to 11, 12 to 14, 15 to 18: the second has three years.
    assert score.age_bands(CURRENT, [12, 3, 4]) == 5


def test_the_smallest_detailed_group_decides() -> None:
    # Chinese, Japanese, Cambodian, Malaysian: fewer than 20,000 of the last live here.
    assert score.groups_of_people(CURRENT, [1_400_000, 270_000, 100_500, 9_000]) == 7


@pytest.mark.parametrize(
    ("years", "points"), [(30, 1), (29, 2), (11, 2), (10, 3), (6, 3), (5, 5), (2, 7)]
)
def test_age_bands(years: int, points: int) -> None:
    assert score.age_bands(CURRENT, [years]) == points


@pytest.mark.parametrize(
    ("smallest", "points"), [(1000, 2), (999, 3), (100, 3), (99, 5), (11, 5), (10, 7)]
)
def test_events(smallest: int, points: int) -> None:
    assert score.step(CURRENT.events, smallest) == points


@pytest.mark.parametrize(
    ("days", "points"),
    [(1826, -5), (731, -3), (365, 0), (366, 0), (184, 3), (181, 3), (90, 4), (28, 5)],
)
def test_time(days: int, points: int) -> None:
    assert score.step(CURRENT.time_days, days) == points


@pytest.mark.parametrize(
    ("people", "points"),
    [
        (2_000_001, -5),
        (2_000_000, -3),
        (600_000, -1),
        (300_000, 0),
        (200_000, 1),
        (60_000, 3),
        (20_001, 4),
        (20_000, 5),
        (4_000, 7),
        (None, 7),
    ],
)
def test_places(people: int | None, points: int) -> None:
    assert score.place(CURRENT, [5_000_000, people]) == points


@pytest.mark.parametrize(("categories", "points"), [(2, 1), (3, 3), (5, 5)])
def test_gender(categories: int, points: int) -> None:
    assert score.gender(CURRENT, categories) == points


def test_race_and_ethnicity() -> None:
    five = ["white", "asian", "black", "hispanic", "middle_eastern_north_african"]
    assert score.race(CURRENT, five) == 2
    assert score.race(CURRENT, [*five, "native_hawaiian_pacific_islander"]) == 3
    assert score.race(CURRENT, [*five, "multiracial"]) == 3


@pytest.mark.parametrize(
    ("variables", "smallest", "points"),
    [(0, 5, -5), (0, 4, -3), (0, 2, 0), (1, 9, 1), (2, 9, 2), (3, 9, 4), (4, 9, 4)],
)
def test_interactions(variables: int, smallest: int, points: int) -> None:
    assert score.interactions(CURRENT, variables, smallest) == points


def test_a_statewide_year_of_few_events_scores_low() -> None:
    found = score.total(
        CURRENT, smallest=5, days=365, populations=[39_000_000], variables=[]
    )
    assert found == 7 + 0 - 5 - 5


def test_a_month_in_a_small_county_by_age_scores_high() -> None:
    found = score.total(
        CURRENT, smallest=5, days=30, populations=[15_000], variables=[7]
    )
    assert found == 7 + 5 + 5 + 7 + 1
