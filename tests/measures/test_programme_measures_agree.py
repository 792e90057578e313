"""The slow engine and DuckDB give every young person the same part in daily work."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.measures.library import CATALOGUED
from alongside.measures.options import Options
from tests.measures.agreement import Compiled, Tables, assert_agree
from tests.measures.programme_histories import extracts

# Families of tables, small enough to be crowded; a measure is in the first that has
# all it needs.
FAMILIES: dict[str, tuple[str, ...]] = {
    "staff": ("staff", "training", "wellness"),
    "forms": ("form_answer",),
    "time": ("fact", "concern", "case_open"),
    "care": ("removal", "placement", "medication", "health_event"),
    "in care": ("fact", "removal", "activity"),
    "health": ("fact", "health_event", "arrest"),
    "school": ("fact", "school_term", "school_week", "work_step"),
    "work": ("fact", "activity"),
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


AS_OF = st.sampled_from([date(2025, 6, 1), date(2023, 5, 17)])
OPTIONS = st.sampled_from(
    [Options(), Options(reliable_change=(("cats2", 10.0),), together_days=30)]
)


def test_every_measure_is_in_a_family() -> None:
    covered = {id_ for family in FAMILIES for id_ in ids_of(family)}
    assert covered == set(IDS)


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return Compiled()


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_the_engines_agree_on_every_measure_of(family: str, compiled: Compiled) -> None:
    @settings(deadline=None, suppress_health_check=[HealthCheck.data_too_large])
    @given(extracts(*FAMILIES[family]), AS_OF, OPTIONS)
    def agree(tables: Tables, as_of: date, options: Options) -> None:
        assert_agree(compiled, ids_of(family), tables, as_of, options)

    agree()
