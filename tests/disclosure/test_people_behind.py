"""How many people are behind a number, and which tables a release is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import ibis.expr.types as ir
import pandas as pd

from alongside.measures import get
from alongside.measures.disclosure import Earlier, Internal, gather, publish, tasks
from alongside.measures.engine import duckdb_engine
from alongside.measures.example import read_tables
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.funnel import reports
from alongside.measures.parts import parts

WINDOW = Window(date(2022, 10, 1), date(2023, 10, 1))
AS_OF = date(2025, 1, 1)
REPORTS = """
    child_id report_date allegation screened_in disposition
    a        2022-11-01  cse        yes         substantiated
    a        2023-01-01  cse        yes         substantiated
    a        2023-02-01  cse        yes         -
    b        2023-01-01  cse        no          -
"""
CHILDREN = """
    child_id birth_date county gender
    a        2010-01-01 Alder  F
    b        2010-01-01 Birch  M
"""
MEASURES = get("funnel.substantiated_of_reports", "funnel.reports_per_young_person")


def gathered(*by: str, earlier: Earlier | None = None) -> Internal:
    engine = duckdb_engine(read_tables({"child": CHILDREN, "report": REPORTS}))
    wanted = tasks(MEASURES, [WINDOW], by, earlier)
    return gather(wanted, engine, engine.frames(AS_OF))


def rows(internal: Internal) -> pd.DataFrame:
    return internal.frame.set_index(["measure", *internal.groups])


def test_people_are_counted_once_however_many_rows_they_have() -> None:
    found = rows(gathered()).loc["funnel.substantiated_of_reports"]
    assert (found["numerator"], found["denominator"]) == (2, 4)
    assert (found["people_counted"], found["people"]) == (1, 2)
    assert found["largest"] == 2


def test_every_margin_is_gathered() -> None:
    found = rows(gathered("county", "gender"))
    shares = found.loc["funnel.substantiated_of_reports"]
    assert shares.loc[(None, None), "denominator"] == 4
    assert shares.loc[("Alder", None), "denominator"] == 3
    assert shares.loc[(None, "M"), "denominator"] == 1
    assert shares.loc[("Birch", "F"), "denominator"] == 0, "nobody is a number too"


def test_what_an_earlier_release_shows_is_computed_again_but_not_published() -> None:
    first, _ = publish(gathered("county"))
    again = gathered("gender", earlier=Earlier(first.frame()))
    shadows = again.frame[~again.frame["asked"]]
    assert set(shadows["by_county"]) == {"Alder", "Birch"}
    second, _ = publish(again, earlier=Earlier(first.frame()))
    assert second.groups == ["by_gender"]


def test_a_part_that_is_missing_in_a_period_is_a_zero() -> None:
    """Findings of two half-years; only the later one has one that is not recorded."""

    def by_finding(frames: Frames, window: Window) -> ir.Table:
        r = reports(frames, window)
        return parts(r, day=r.report_date, numerator=1, part=r.finding)

    measure = replace(MEASURES[0], compute=by_finding)
    halves = [
        Window(date(2022, 7, 1), date(2023, 1, 1)),
        Window(date(2023, 1, 1), date(2023, 7, 1)),
    ]
    engine = duckdb_engine(read_tables({"child": CHILDREN, "report": REPORTS}))
    found = gather(tasks([measure], halves), engine, engine.frames(AS_OF)).frame
    counted = found.set_index(["measure", "period_start"])["numerator"]
    assert counted[f"{measure.id}.substantiated"].tolist() == [1, 1]
    assert counted[measure.id].tolist() == [0, 2]


def test_progress_is_told_of_each_task() -> None:
    engine = duckdb_engine(read_tables({"child": CHILDREN, "report": REPORTS}))
    told: list[str] = []
    gather(
        tasks(MEASURES, [WINDOW]),
        engine,
        engine.frames(AS_OF),
        lambda measure, window: told.append(measure.id),
    )
    assert told == [measure.id for measure in MEASURES]


def test_nothing_to_count_is_no_table() -> None:
    engine = duckdb_engine(read_tables({}))
    found = gather(tasks(MEASURES, [WINDOW]), engine, engine.frames(AS_OF))
    results, _ = publish(found)
    assert results.hidden == 3 * len(results.frame())
