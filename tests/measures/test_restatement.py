"""The same period from a later extract: what changed, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from alongside.measures import load, months
from alongside.measures.restatement import Extract, Restatement, restate

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
