"""The same period from a later extract: what changed, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from alongside.measures import (
    TABLES,
    Extract,
    Restatement,
    compute,
    load,
    months,
    restate,
)
from tests.measures.programme_histories import histories

CHILD = "child_id,birth_date\na,2010-01-01\nb,2010-01-01\n"
HEADING = "removal_id,child_id,entry_date,exit_date,exit_reason\n"
WINDOW = months(12, date(2022, 10, 1))
WAS = "1,a,2019-05-01,2023-01-01,guardianship\n2,b,2019-05-01,,\n"


def restated(tmp_path: Path, was: str, now: str) -> Restatement:
    extracts = []
    for name, rows, as_of in (
        ("was", was, date(2024, 1, 1)),
        ("now", now, date(2025, 1, 1)),
    ):
        folder = tmp_path / name
        folder.mkdir()
        folder.joinpath("child.csv").write_text(CHILD)
        folder.joinpath("removal.csv").write_text(HEADING + rows)
        extracts.append(Extract(load(folder), as_of))
    earlier, later = extracts
    (found,) = restate(["4-P3"], earlier, later, WINDOW)
    return found


def test_the_same_rows_give_the_same_number(tmp_path: Path) -> None:
    found = restated(tmp_path, WAS, WAS)
    assert not found.changed
    assert str(found) == "4-P3: unchanged"


def test_an_exit_recorded_late_is_the_reason(tmp_path: Path) -> None:
    late = WAS.replace("2,b,2019-05-01,,", "2,b,2019-05-01,2023-09-01,adoption")
    found = restated(tmp_path, WAS, late)
    assert (found.numerator, found.denominator) == ((1, 2), (2, 2))
    assert found.children == 1
    assert str(found) == (
        "4-P3: 50.0 % became 100.0 % (1 young person: “exit_date” changed in “removal”;"
        " 1 young person: “exit_reason” changed in “removal”)"
    )


def test_a_record_taken_out_is_the_reason(tmp_path: Path) -> None:
    found = restated(tmp_path, WAS, WAS.splitlines()[0] + "\n")
    assert [(r.table, r.what, r.children) for r in found.reasons] == [
        ("removal", "gone", 1)
    ]


def test_a_new_record_is_the_reason(tmp_path: Path) -> None:
    found = restated(tmp_path, WAS.splitlines()[0] + "\n", WAS)
    assert [(r.table, r.what, r.children) for r in found.reasons] == [
        ("removal", "new", 1)
    ]


def test_a_number_out_of_nothing_is_said_so(tmp_path: Path) -> None:
    found = restated(tmp_path, "9,a,2023-05-01,,\n", WAS)
    assert found.value == (None, 50.0)
    assert "nothing became 50.0 %" in str(found)


def test_who_changed_by_time_alone_is_told_beside_the_others(tmp_path: Path) -> None:
    """One report came late; another young person is only now followed long enough."""
    heading = "concern_id,child_id,kind,identified_date\n"
    first = "1,a,confirmed,2023-06-01\n2,b,confirmed,2023-06-01\n"
    extracts = []
    for name, rows, as_of in (
        ("was", first, date(2023, 9, 1)),
        ("now", first + "3,a,confirmed,2023-08-01\n", date(2024, 9, 1)),
    ):
        folder = tmp_path / name
        folder.mkdir()
        folder.joinpath("child.csv").write_text(CHILD)
        folder.joinpath("concern.csv").write_text(heading + rows)
        extracts.append(Extract(load(folder), as_of))
    (found,) = restate(["repeat.6m"], extracts[0], extracts[1], WINDOW)
    assert (found.denominator, found.children, found.by_time) == ((0, 2), 2, 1)
    assert str(found) == (
        "repeat.6m: nothing became 50.0 % (1 young person: a row of “concern” is new;"
        " 1 young person: follow-up is longer now)"
    )


def test_a_table_about_nobody_young_is_compared_row_by_row(tmp_path: Path) -> None:
    extracts = []
    for name, hours in (("was", "20"), ("now", "10")):
        folder = tmp_path / name
        folder.mkdir()
        folder.joinpath("child.csv").write_text(CHILD)
        folder.joinpath("staff.csv").write_text(
            "staff_id,role,start_date\ns1,advocate,2020-01-01\n"
        )
        folder.joinpath("training.csv").write_text(
            "training_id,staff_id,topic,completed_date,hours\n"
            f"t1,s1,culture,2023-01-10,{hours}\n"
        )
        extracts.append(Extract(load(folder), date(2024, 1, 1)))
    (found,) = restate(["FD-15.hours"], extracts[0], extracts[1], WINDOW)
    assert found.changed
    assert "1 row of “training”: “hours” changed" in str(found)


def test_a_median_is_the_one_that_is_published(tmp_path: Path) -> None:
    for name, rows in histories(3, *TABLES).items():
        found = pd.DataFrame(rows, columns=[*TABLES[name].columns])
        found.to_parquet(tmp_path / f"{name}.parquet")
    extract = Extract(load(tmp_path), date(2024, 7, 1))
    (restated,) = restate(["SU-1"], extract, extract, WINDOW)
    (value,) = compute(["SU-1"], extract.source, WINDOW, extract.as_of)["value"]
    assert not pd.isna(value)
    assert restated.value == (value, value)
    assert not restated.changed


def test_an_estimate_from_a_curve_is_the_one_that_is_published(tmp_path: Path) -> None:
    """One of two had an event; the other was followed for less time than it took."""
    tmp_path.joinpath("child.csv").write_text(CHILD)
    tmp_path.joinpath("concern.csv").write_text(
        "concern_id,child_id,kind,identified_date\n1,a,confirmed,2023-01-01\n"
        "2,a,confirmed,2023-03-01\n3,b,confirmed,2023-09-01\n"
    )
    extract = Extract(load(tmp_path), date(2023, 10, 1))
    (found,) = restate(["repeat.km.6m"], extract, extract, WINDOW)
    (value,) = compute(["repeat.km.6m"], extract.source, WINDOW, extract.as_of)["value"]
    assert value == 100.0  # only the first was at risk on the day of the event
    assert found.value == (value, value)
