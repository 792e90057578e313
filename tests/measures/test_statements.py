"""A statement made for a period long ago and moved is the one made for the period."""

from __future__ import annotations

from datetime import date

import ibis
import pytest

from alongside.kernel.dates import add_months
from alongside.measures.compile import counted, unbound
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window, months
from alongside.measures.library import MEASURES
from alongside.measures.statements import Statements

AS_OF = date(2024, 7, 1)


def compiled(expression: ibis.Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "window",
    [
        months(12, date(2023, 7, 1)),
        # It ends with February of a leap year, so days counted as months would show.
        months(3, date(2023, 12, 1)),
    ],
)
def test_every_measure_can_be_moved(window: Window) -> None:
    frames = Frames(unbound(), AS_OF)
    statements = Statements(frames, compiled)
    wrong = [
        id_
        for id_, measure in MEASURES.items()
        if statements.counted(measure, window).split()
        != compiled(counted(measure, frames, window)).split()
    ]
    assert wrong == [], (
        "count days on columns, not on the first or last day of a period"
    )


def test_a_statement_is_made_once_for_all_periods_of_a_length() -> None:
    frames = Frames(unbound(), AS_OF)
    statements = Statements(frames, compiled)
    years = [months(12, date(year, 7, 1)) for year in (2020, 2021, 2022)]
    made = {statements.counted(MEASURES["4-P3"], year) for year in years}
    assert len(made) == 3
    assert len(frames.statements) == 1


@pytest.mark.parametrize(
    "window",
    [
        Window(date(2023, 7, 15), date(2023, 9, 1)),  # no whole months
        Window(date(2024, 1, 1), add_months(AS_OF, 6)),  # not over at the as-of date
    ],
)
def test_other_periods_have_statements_of_their_own(window: Window) -> None:
    frames = Frames(unbound(), AS_OF)
    measure = MEASURES["4-P3"]
    found = Statements(frames, compiled).counted(measure, window)
    assert found == compiled(counted(measure, frames, window))
    assert frames.statements == {}
