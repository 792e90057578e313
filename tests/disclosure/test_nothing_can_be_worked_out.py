"""An attacker with pencil, paper and a solver learns nothing about a hidden number.

The rule of protection: for all that is published, a hidden count below eleven could be
none, and could be eleven or more; and no hidden number is determined.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.measures.disclosure import Earlier, publish
from tests.disclosure.attacker import Attacker, Name
from tests.disclosure.tables import Fine, fine_tables, internal

LEAST = 11
TOLERANCE = 1e-4


def truth(rows: list[dict[str, Any]], groups: tuple[str, ...]) -> dict[Name, float]:
    """Every number, by the name an attacker gives it."""
    found: dict[Name, float] = {}
    for cells in rows:
        by = (cells.get(f"by_{group}") for group in groups)
        key = (cells["measure"], cells["period_start"], cells["period_end"], *by)
        found[*key, "numerator"] = cells["numerator"]
        found[*key, "denominator"] = cells["denominator"]
        found[*key, "rest"] = cells["denominator"] - cells["numerator"]
    return found


def assert_protected(attacker: Attacker, true: dict[Name, float]) -> None:
    """No small number is known, exactly or nearly, and nothing hidden is determined."""
    assert attacker.determined() == set()
    small = {name for name, count in true.items() if count < LEAST}
    assert not small & attacker.known.keys()
    for name in small | attacker.hidden:
        low, high = attacker.range_of(name)
        assert low - TOLERANCE <= true[name] <= high + TOLERANCE, "a wrong attack"
        assert high - low > TOLERANCE, name
        if name in small:
            assert low <= TOLERANCE, (name, low, high)
            assert high >= LEAST - TOLERANCE, (name, low, high)


@pytest.mark.slow
@given(fine_tables())
def test_margins_periods_and_answers_reveal_nothing(fine: Fine) -> None:
    results, _ = publish(internal(fine.rows()))
    assert results.exposed == 0
    attacker = Attacker(results, families=fine.is_whole)
    assert_protected(attacker, truth(fine.rows(), fine.groups))


def margins(fine: Fine, *, shown: str | None, also: str | None = None) -> Any:
    """One year's rows for everyone and for one grouping; another only as a shadow."""
    keep = []
    for cells in fine.rows():
        by = {g for g in ("county", "gender") if cells[f"by_{g}"] is not None}
        if by <= {shown} or (also and by <= {also}):
            keep.append({**cells, "asked": by <= {shown}})
    return internal(keep)


@st.composite
def by_county_and_gender(draw: st.DrawFn) -> Fine:
    return draw(fine_tables(crossed=True, halves=False))


@pytest.mark.slow
@given(by_county_and_gender())
def test_two_releases_together_reveal_nothing(fine: Fine) -> None:
    first, _ = publish(margins(fine, shown="county"))
    earlier = Earlier(first.frame())
    both = margins(fine, shown="gender", also="county")
    second, _ = publish(both, earlier=earlier)
    assert second.exposed == 0
    attacker = Attacker(first, second, families=fine.is_whole)
    true = truth(fine.rows(), ("county", "gender"))
    assert_protected(attacker, {name: true[name] for name in attacker.names})


@pytest.mark.slow
@given(fine_tables(halves=True))
def test_a_year_after_its_halves_reveals_nothing(fine: Fine) -> None:
    rows = fine.rows()
    spans = sorted({(c["period_start"], c["period_end"]) for c in rows})
    year = (spans[0][0], spans[-1][1])

    def is_year(cells: dict[str, Any]) -> bool:
        return (cells["period_start"], cells["period_end"]) == year

    first, _ = publish(internal([c for c in rows if not is_year(c)]))
    second, _ = publish(
        internal([{**c, "asked": is_year(c)} for c in rows]),
        earlier=Earlier(first.frame()),
    )
    assert second.exposed == 0
    attacker = Attacker(first, second, families=fine.is_whole)
    assert_protected(attacker, truth(rows, fine.groups))
