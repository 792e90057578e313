"""The slow engine and DuckDB give every young person the same part in daily work."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.measures.library import CATALOGUED
from alongside.measures.options import Options
from tests.measures.agreement import Compiled, assert_agree, slowly
from tests.measures.programme_histories import histories

# Families of tables; a measure is in the first that has all it needs.
FAMILIES: dict[str, tuple[str, ...]] = {
    "staff": ("staff", "training", "wellness"),
    "forms": ("form_answer",),
    "time": ("fact", "concern", "case_open"),
    "care": ("removal", "placement", "medication", "health_event"),
    "in care": ("fact", "removal", "activity"),
    "health": ("fact", "health_event", "arrest"),
    "school": ("fact", "school_term", "school_week", "work_step"),
    "plans": ("fact", "goal", "action_step", "school_term", "school_week"),
    "services": ("fact", "service_referral", "service"),
    "referrals": ("fact", "referral_stage"),
    "protocols": ("fact", "protocol_event", "concern", "activity"),
    "answers in time": ("fact", "concern", "form_answer", "activity"),
}
# An alias or a quartile has the parts of the measure it is named after.
TWINS = ("PS-3", "PS-4", "PS-5", "PL-1", "PL-2")
IDS = [
    measure.id
    for measure in CATALOGUED
    if not measure.id.endswith("_quartile") and not measure.id.startswith(TWINS)
]
NEEDS = {measure.id: set(measure.needs) - {"child"} for measure in CATALOGUED}


def ids_of(family: str) -> list[str]:
    earlier = [*FAMILIES][: [*FAMILIES].index(family)]
    return [
        id_
        for id_ in IDS
        if NEEDS[id_] <= set(FAMILIES[family])
        and not any(NEEDS[id_] <= set(FAMILIES[name]) for name in earlier)
    ]


OWN = Options(reliable_change=(("cats2", 10.0),), together_days=30)
# Every statement is compiled once for each of these.
POINTS = ((date(2025, 6, 1), OWN), (date(2023, 5, 17), Options()))


def test_every_measure_is_in_a_family() -> None:
    covered = {id_ for family in FAMILIES for id_ in ids_of(family)}
    assert covered == set(IDS)


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_the_histories_give_every_measure_something_to_count(family: str) -> None:
    numerators: Counter[str] = Counter()
    denominators: Counter[str] = Counter()
    for seed in range(40):
        tables = histories(seed, *FAMILIES[family])
        for id_ in ids_of(family):
            for sums in slowly(id_, tables, *POINTS[0]).values():
                numerators[id_] += bool(sums[0])
                denominators[id_] += bool(sums[1])
    bare = [i for i in ids_of(family) if not (numerators[i] and denominators[i])]
    assert bare == []


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return Compiled()


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_the_engines_agree_on_every_measure_of(family: str, compiled: Compiled) -> None:
    @settings(max_examples=max(6, settings().max_examples // 4), deadline=None)
    @given(st.integers(0, 2**32), st.sampled_from(POINTS))
    def agree(seed: int, point: tuple[date, Options]) -> None:
        tables = histories(seed, *FAMILIES[family])
        assert_agree(compiled, ids_of(family), tables, *point)

    agree()
