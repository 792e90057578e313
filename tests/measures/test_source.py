"""A folder is read, checked, and emptied of what cannot be used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alongside.measures import (
    Problem,
    Rule,
    SourceError,
    UnsoundSource,
    compute,
    get,
    load,
    months,
)
from alongside.measures.engine import arrow_table
from alongside.measures.quality import unmatched_ids
from alongside.measures.tables import TABLES

CHILD = """
child_id,birth_date,county,race_ethnicity,gender
a,2010-01-01,Alameda,black;white,f
b,2011-05-06,Kern,hispanic,m
"""
REMOVAL = """
removal_id,child_id,entry_date,exit_date,exit_reason,agency
1,a,2019-05-01,2023-01-01,guardianship,child_welfare
2,b,2019-05-01,,,child_welfare
"""


def write(folder: Path, **tables: str) -> Path:
    for name, text in tables.items():
        folder.joinpath(f"{name}.csv").write_text(text.lstrip(), "utf-8")
    return folder


def only(problems: tuple[Problem, ...], rule: Rule) -> Problem:
    (found,) = [problem for problem in problems if problem.rule is rule]
    return found


def test_a_sound_folder_has_no_problems(tmp_path: Path) -> None:
    source = load(write(tmp_path, child=CHILD, removal=REMOVAL))
    assert source.problems == ()
    assert dict(source.rows) == {"child": 2, "removal": 2}


def test_a_measure_is_computed_from_csv(tmp_path: Path) -> None:
    source = load(write(tmp_path, child=CHILD, removal=REMOVAL))
    window = months(12, date(2022, 10, 1))
    (row,) = compute(["4-P3"], source, window, date(2025, 1, 1)).to_dict("records")
    assert (row["measure"], row["numerator"], row["denominator"]) == ("4-P3", 1, 2)


def test_parquet_gives_what_csv_gives(tmp_path: Path) -> None:
    write(tmp_path, child=CHILD)
    rows = [
        {
            "removal_id": str(n),
            "child_id": child,
            "entry_date": date(2019, 5, 1),
            "exit_date": end,
            "exit_reason": reason,
            "agency": "child_welfare",
        }
        for n, child, end, reason in (
            (1, "a", date(2023, 1, 1), "guardianship"),
            (2, "b", None, None),
        )
    ]
    pq.write_table(arrow_table("removal", rows), tmp_path / "removal.parquet")
    source = load(tmp_path)
    assert source.problems == ()
    assert source.files == {"removal": tmp_path / "removal.parquet"}
    window = months(12, date(2022, 10, 1))
    found = compute(["4-P3"], source, window, date(2025, 1, 1))
    assert found["numerator"].tolist() == [1]


@pytest.mark.parametrize(
    ("row", "rule", "column", "says"),
    [
        (
            "c,01/02/2011,,,",
            Rule.WRONG_TYPE,
            "birth_date",
            "“01/02/2011” is not",
        ),
        ("c,99-01-02,,,", Rule.WRONG_TYPE, "birth_date", "“99-01-02” is not a date"),
        ("c,infinity,,,", Rule.WRONG_TYPE, "birth_date", "“infinity” is not a date"),
        ("c,0000-01-02,,,", Rule.OUT_OF_RANGE, "birth_date", "the years 1 to 9999"),
        ("c,2011-01-02,,martian,", Rule.UNKNOWN_CODE, "race_ethnicity", "“martian”"),
        (",2011-01-02,,,", Rule.EMPTY_CELL, "child_id", "must be filled"),
        ("a,2011-01-02,,,", Rule.REPEATED_KEY, "child_id", "“a” was used"),
    ],
)
def test_a_bad_cell_is_told_by_table_row_and_rule(
    tmp_path: Path, row: str, rule: Rule, column: str, says: str
) -> None:
    source = load(write(tmp_path, child=f"{CHILD}{row}\n"))
    problem = only(source.problems, rule)
    assert (problem.table, problem.row, problem.column) == ("child", 3, column)
    assert says in problem.sentence
    assert "row 3" in problem.sentence


def test_a_bad_cell_counts_as_empty_and_the_rest_of_the_row_is_kept(
    tmp_path: Path,
) -> None:
    rows = f"{CHILD}c,yesterday,Kern,black;martian,f\n"
    source = load(write(tmp_path, child=rows))
    kept = source.connection.execute(
        "SELECT birth_date, county, race_ethnicity FROM child WHERE child_id = 'c'"
    ).fetchall()
    assert kept == [(None, "Kern", "black")]


def test_a_repeated_row_counts_once(tmp_path: Path) -> None:
    source = load(write(tmp_path, child=f"{CHILD}a,2000-01-01,Kern,,\n"))
    births = source.connection.execute(
        "SELECT birth_date FROM child WHERE child_id = 'a'"
    ).fetchall()
    assert births == [(date(2010, 1, 1),)]


def test_ends_before_starts_and_lost_links_are_told_and_kept(tmp_path: Path) -> None:
    rows = f"{REMOVAL}3,zz,2020-05-01,2019-01-01,adoption,probation\n"
    source = load(write(tmp_path, child=CHILD, removal=rows))
    assert only(source.problems, Rule.ENDS_BEFORE_START).row == 3
    assert "“zz” is not in the table “child”" in str(
        only(source.problems, Rule.UNKNOWN_REFERENCE)
    )
    assert source.rows["removal"] == 3


def test_many_bad_rows_are_told_ten_by_ten(tmp_path: Path) -> None:
    bad = "".join(f"x{n},nonsense,,,\n" for n in range(25))
    source = load(write(tmp_path, child=f"{CHILD}{bad}"))
    told = [p for p in source.problems if p.rule is Rule.WRONG_TYPE]
    assert [problem.rows for problem in told] == [1] * 10 + [15]
    assert "15 more rows have the same problem" in told[-1].sentence


def test_a_missing_column_counts_as_empty(tmp_path: Path) -> None:
    source = load(write(tmp_path, child="child_id\na\n"))
    missing = [p.column for p in source.problems if p.rule is Rule.MISSING_COLUMN]
    assert missing == ["birth_date", "county", "race_ethnicity", "gender"]
    assert source.rows["child"] == 1


def test_a_table_that_a_measure_needs_is_asked_for_by_name(tmp_path: Path) -> None:
    source = load(write(tmp_path, child=CHILD), measures=get("4-P3", "4-P5"))
    told = [p for p in source.problems if p.rule is Rule.MISSING_TABLE]
    assert [problem.table for problem in told] == ["removal", "placement"]
    assert "removal.csv" in told[0].sentence
    assert "4-P3, 4-P5" in told[0].sentence


def test_measures_without_their_tables_are_left_out(tmp_path: Path) -> None:
    source = load(write(tmp_path, child=CHILD, removal=REMOVAL))
    window = months(12, date(2022, 10, 1))
    found = compute(["4-P3", "4-P5"], source, window, date(2025, 1, 1))
    assert set(found["measure"]) == {"4-P3"}


def test_strict_refuses_what_default_reports(tmp_path: Path) -> None:
    write(tmp_path, child=f"{CHILD}c,yesterday,,,\n")
    assert len(load(tmp_path).problems) > 0
    with pytest.raises(UnsoundSource, match="“yesterday” is not a date"):
        load(tmp_path, strict=True)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="There is no folder"):
        load(tmp_path / "nowhere")


def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "child.csv"
    path.write_text(CHILD)
    with pytest.raises(SourceError, match="Give the folder"):
        load(path)


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no table"):
        load(tmp_path)


def test_an_unreadable_file_does_not_hide_the_others(tmp_path: Path) -> None:
    write(tmp_path, child=CHILD)
    tmp_path.joinpath("removal.parquet").write_bytes(b"not parquet at all")
    source = load(tmp_path, measures=get("4-P3"))
    problem = only(source.problems, Rule.UNREADABLE_FILE)
    assert problem.table == "removal"
    assert "removal" not in {p.table for p in source.problems if p != problem}
    assert "removal.parquet cannot be read" in problem.sentence
    assert dict(source.rows) == {"child": 2}


def test_a_folder_of_unreadable_files(tmp_path: Path) -> None:
    tmp_path.joinpath("child.parquet").write_bytes(b"not parquet at all")
    with pytest.raises(SourceError, match=r"child\.parquet cannot be read"):
        load(tmp_path)


def test_a_file_of_no_table_is_not_used(tmp_path: Path) -> None:
    source = load(write(tmp_path, child=CHILD, notes="a\nb\n"))
    assert only(source.problems, Rule.UNKNOWN_FILE).table == "notes"


def test_a_file_with_only_a_heading_says_so(tmp_path: Path) -> None:
    source = load(write(tmp_path, child=CHILD.splitlines()[1] + "\n"))
    assert "no rows" in only(source.problems, Rule.EMPTY_TABLE).sentence


@pytest.mark.parametrize("word", ["yes", "TRUE", "1", "y"])
def test_yes_is_understood_in_the_usual_ways(tmp_path: Path, word: str) -> None:
    report = f"report_id,child_id,report_date,screened_in\n1,a,2023-01-01,{word}\n"
    source = load(write(tmp_path, child=CHILD, report=report))
    assert source.connection.execute("SELECT screened_in FROM report").fetchall() == [
        (True,)
    ]
    assert not [p for p in source.problems if p.rule is Rule.WRONG_TYPE]


def test_times_are_read_as_utc(tmp_path: Path) -> None:
    stages = (
        "stage_id,referral_id,child_id,stage,reached_at\n"
        "1,r,a,received,2023-01-01 10:00\n"
        "2,r,a,assessed,2023-01-01T10:00:00-08:00\n"
    )
    source = load(write(tmp_path, child=CHILD, referral_stage=stages))
    hours = source.connection.execute(
        "SELECT hour(reached_at) FROM referral_stage ORDER BY stage_id"
    ).fetchall()
    assert hours == [(10,), (18,)]


def test_numbers_outside_their_limits_count_as_empty(tmp_path: Path) -> None:
    weeks = "week_id,child_id,week_start,days_attended\n1,a,2023-01-02,9\n"
    source = load(write(tmp_path, child=CHILD, school_week=weeks))
    assert "between 0 and 7" in only(source.problems, Rule.OUT_OF_RANGE).sentence
    (cell,) = source.connection.execute(
        "SELECT days_attended FROM school_week"
    ).fetchall()
    assert cell == (None,)


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        (Rule.EXIT_BEFORE_ENTRY, "{n},a,2020-05-02,2020-05-01,adoption,probation"),
        (Rule.SAME_DAY_EXIT, "{n},a,2020-05-01,2020-05-01,adoption,probation"),
        (Rule.BIRTH_AFTER_ENTRY, "{n},a,2009-05-01,2020-05-01,adoption,probation"),
        (Rule.MISSING_EXIT_REASON, "{n},a,2019-05-01,2020-05-01,,probation"),
        (Rule.MISSING_REMOVAL_DATE, "{n},a,,2020-05-01,adoption,probation"),
        (Rule.DROPPED_RECORDS, "{n},zz,2019-05-01,2020-05-01,adoption,probation"),
    ],
)
def test_a_limit_of_quality_is_a_check_by_name(
    tmp_path: Path, rule: Rule, rows: str
) -> None:
    sound = "".join(
        f"{n},a,{2012 + n // 12}-{n % 12 + 1:02}-01,2024-01-01,adoption,probation\n"
        for n in range(17)
    )
    heading = REMOVAL.strip().splitlines()[0]
    text = f"{heading}\n{sound}" + "".join(
        rows.format(n=n) + "\n" for n in (90, 91, 92)
    )
    source = load(write(tmp_path, child=CHILD, removal=text))
    problem = only(source.problems, rule)
    assert problem.rows == 3
    assert "15%" in problem.sentence
    under = load(write(tmp_path, child=CHILD, removal=f"{heading}\n{sound}"))
    assert rule not in {p.rule for p in under.problems}


def test_missing_births_above_the_limit_are_told(tmp_path: Path) -> None:
    source = load(write(tmp_path, child=f"{CHILD}c,,,,\n"))
    assert "33% (1 of 3)" in only(source.problems, Rule.MISSING_BIRTH_DATE).sentence


def test_only_first_removals_looks_like_an_export_without_history(
    tmp_path: Path,
) -> None:
    children = "child_id,birth_date,county,race_ethnicity,gender\n" + "".join(
        f"c{n},2010-01-01,,,\n" for n in range(100)
    )
    heading = REMOVAL.strip().splitlines()[0]
    removals = "".join(f"{n},c{n},2019-01-01,,,probation\n" for n in range(100))
    source = load(write(tmp_path, child=children, removal=f"{heading}\n{removals}"))
    assert "100% of removals" in only(source.problems, Rule.FIRST_REMOVALS).sentence


def test_identifiers_that_vanish_between_extracts_are_told(tmp_path: Path) -> None:
    for name in ("earlier", "later"):
        tmp_path.joinpath(name).mkdir()
    earlier = load(write(tmp_path / "earlier", child=CHILD, removal=REMOVAL))
    later = load(write(tmp_path / "later", child=CHILD.replace("b,", "x,")))
    problem = unmatched_ids(earlier, later)
    assert problem is not None
    assert problem.rule is Rule.UNMATCHED_IDS
    assert unmatched_ids(earlier, earlier) is None


def test_sound_rows_can_be_written_for_other_engines(tmp_path: Path) -> None:
    folder = write(tmp_path, child=f"{CHILD}c,yesterday,,,\n")
    files = load(folder).write_sound(tmp_path / "sound")
    found = pq.read_table(files["child"])
    assert found.num_rows == 3
    assert found.schema.field("birth_date").type == pa.date32()
    assert found.column_names == [*TABLES["child"].columns]
