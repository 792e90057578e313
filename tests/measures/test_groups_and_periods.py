"""Results broken down, period after period, as of any date."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from alongside.measures import GROUPS, Period, Window, compute, months, windows
from alongside.measures.engine import duckdb_engine
from alongside.measures.example import read_tables

FFY2023 = Window(date(2022, 10, 1), date(2023, 10, 1))
AS_OF = date(2025, 1, 1)
TABLES = read_tables(
    {
        "child": """
            child_id birth_date county  race_ethnicity gender
            a        2010-01-01 Alameda black;white    f
            b        2007-01-01 Kern    black          m
            c        -          -       -              -
        """,
        "concern": """
            child_id kind      identified_date
            a        confirmed 2023-01-01
            b        suspected 2023-06-30
            c        at_risk   2023-07-01
        """,
        "fact": """
            child_id kind          value start_date end_date
            a        unit          u1    2022-01-01 2023-01-01
            a        unit          u2    2023-01-01 -
            b        unit          u1    2022-01-01 -
            a        worker        w1    2022-01-01 -
            a        support_level full  2022-12-01 2023-02-01
        """,
    }
)


def by(*groups: str, window: Window = FFY2023, as_of: date = AS_OF) -> pd.DataFrame:
    engine = duckdb_engine(TABLES)
    return compute(["concern.confirmed"], engine, window, as_of, by=groups)


def counts(group: str) -> dict[str, tuple[float, float]]:
    found = by(group)
    return {
        row[f"by_{group}"]: (row["numerator"], row["denominator"])
        for row in found.to_dict("records")
    }


def test_columns_are_tidy() -> None:
    assert list(by("county", "gender").columns) == [
        "measure",
        "period_start",
        "period_end",
        "by_county",
        "by_gender",
        "numerator",
        "denominator",
        "value",
        "unit",
        "unknown",
        "as_of",
        "definition",
    ]


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("county", {"Alameda": (1, 1), "Kern": (0, 1), "unknown": (0, 1)}),
        ("gender", {"f": (1, 1), "m": (0, 1), "unknown": (0, 1)}),
        ("age_band", {"11 to 13": (1, 1), "16 to 17": (0, 1), "unknown": (0, 1)}),
        (
            "race_ethnicity",
            {
                "black": (1, 2),
                "white": (1, 1),
                "multiracial": (1, 1),
                "unknown": (0, 1),
            },
        ),
        ("support_level", {"full": (1, 1), "unknown": (0, 2)}),
        ("worker", {"w1": (1, 1), "unknown": (0, 2)}),
        ("unit", {"u2": (1, 1), "u1": (0, 1), "unknown": (0, 1)}),
    ],
)
def test_a_group_is_looked_up_on_the_day_that_counts(
    group: str, expected: dict[str, tuple[float, float]]
) -> None:
    assert counts(group) == expected


def test_an_age_is_reached_on_the_birthday_and_not_the_day_before() -> None:
    tables = read_tables(
        {
            "child": """
                child_id birth_date
                a        2009-03-10
                b        2009-03-11
                c        2008-12-31
            """,
            "concern": """
                child_id kind      identified_date
                a        confirmed 2023-03-10
                b        confirmed 2023-03-10
                c        confirmed 2023-01-01
            """,
        }
    )
    engine = duckdb_engine(tables)
    found = compute(["concern.confirmed"], engine, FFY2023, AS_OF, by=["age_band"])
    counted = dict(zip(found["by_age_band"], found["denominator"], strict=True))
    assert counted == {"11 to 13": 1, "14 to 15": 2}


def test_every_group_is_described_and_tried_above() -> None:
    assert set(GROUPS) == {
        "county",
        "gender",
        "age_band",
        "race_ethnicity",
        "support_level",
        "worker",
        "unit",
    }


def test_groups_can_be_crossed() -> None:
    found = by("county", "gender")
    assert found[["by_county", "by_gender"]].to_numpy().tolist() == [
        ["Alameda", "f"],
        ["Kern", "m"],
        ["unknown", "unknown"],
    ]


def test_an_unknown_group_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(ValueError, match="grouped by “shoe_size”.*county, gender"):
        by("shoe_size")


def test_a_group_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="once"):
        by("county", "county")


def test_an_unknown_measure_is_refused_with_what_it_might_have_been() -> None:
    with pytest.raises(ValueError, match=r"“PS-9”.*PS"):
        compute(["PS-9"], duckdb_engine(TABLES), FFY2023, AS_OF)


def test_what_was_not_known_yet_is_not_counted() -> None:
    found = by(as_of=date(2023, 7, 1))
    assert found["denominator"].tolist() == [2]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period.MONTH, [("2022-10-01", "2022-11-01"), ("2023-09-01", "2023-10-01")]),
        (Period.QUARTER, [("2022-10-01", "2023-01-01"), ("2023-07-01", "2023-10-01")]),
    ],
)
def test_periods_follow_each_other_without_a_gap(
    period: Period, expected: list[tuple[str, str]]
) -> None:
    found = list(windows(period, FFY2023.start, FFY2023.end))
    ends = [(str(w.start), str(w.end)) for w in (found[0], found[-1])]
    assert ends == expected
    assert all(a.end == b.start for a, b in zip(found, found[1:], strict=False))


def test_a_fiscal_year_begins_in_july_unless_told() -> None:
    (state,) = windows(Period.FISCAL_YEAR, date(2022, 7, 1), date(2023, 7, 1))
    assert state == months(12, date(2022, 7, 1))
    (federal,) = windows(
        Period.FISCAL_YEAR, FFY2023.start, FFY2023.end, fiscal_year_starts=10
    )
    assert federal == FFY2023


def test_rolling_years_step_by_a_quarter() -> None:
    found = list(windows(Period.ROLLING_YEAR, date(2022, 1, 1), date(2023, 7, 1)))
    assert [w.start for w in found] == [
        date(2022, 1, 1),
        date(2022, 4, 1),
        date(2022, 7, 1),
    ]
    assert all(w == months(12, w.start) for w in found)


def test_a_series_has_a_row_for_every_period_with_someone_in_it() -> None:
    engine = duckdb_engine(TABLES)
    quarters = list(windows(Period.QUARTER, FFY2023.start, FFY2023.end))
    found = compute(["concern.confirmed"], engine, quarters, AS_OF)
    assert found["period_start"].astype(str).tolist() == [
        "2023-01-01",
        "2023-04-01",
        "2023-07-01",
    ]


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="day after the last day"):
        Window(date(2023, 1, 1), date(2023, 1, 1))
