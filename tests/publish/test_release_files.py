"""What a release holds: the same published numbers in every file."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from alongside.measures.disclosure import mark_internal, publish
from alongside.measures.release import NotWritable, write_csv, write_release
from alongside.measures.report import report_of
from alongside.measures.workbook import write_workbook
from tests.disclosure.tables import internal, row
from tests.publish.conftest import MEASURES
from tests.publish.making import MAKING

COLUMNS = [
    *("measure", "period_start", "period_end", "by_county", "by_race_ethnicity"),
    *("numerator", "denominator", "value", "unit", "unknown", "as_of", "definition"),
    "hidden",
]
pytestmark = pytest.mark.slow


def frame_of(release: Path) -> pd.DataFrame:
    return pq.read_table(release / "results.parquet").to_pandas(date_as_object=True)


def test_every_file_is_there_and_nothing_else(release: Path) -> None:
    assert sorted(path.name for path in release.iterdir()) == [
        *("internal", "release.json", "report.html", "report.pdf"),
        *("results.csv", "results.parquet", "results.xlsx"),
    ]


def test_results_are_tidy_and_every_measure_has_every_period(release: Path) -> None:
    frame = frame_of(release)
    assert list(frame.columns) == COLUMNS
    assert set(frame["measure"]) == set(MEASURES)
    everyone = frame[frame[["by_county", "by_race_ethnicity"]].isna().all(axis=1)]
    assert len(everyone) == len(MEASURES) * 5
    assert set(frame["period_end"]) == {date(year, 7, 1) for year in range(2020, 2025)}


def test_no_small_count_is_in_any_row(release: Path) -> None:
    frame = frame_of(release)
    shown = frame[frame["numerator"].notna()]
    assert (shown["numerator"] >= 11).all()
    assert (frame["denominator"].dropna() >= 11).all()
    rated = frame[frame["value"].notna()]
    assert rated[["numerator", "denominator"]].notna().all(axis=None)
    shares = rated[(rated["unit"] == "%") & ~rated["measure"].str.contains(".km.")]
    expected = (100 * shares["numerator"] / shares["denominator"]).round(1)
    pd.testing.assert_series_equal(shares["value"], expected, check_names=False)


def test_csv_and_workbook_hold_what_parquet_holds(release: Path) -> None:
    frame = frame_of(release)
    with (release / "results.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == COLUMNS
    assert len(rows) == len(frame)
    counted = [float(r["numerator"]) if r["numerator"] else None for r in rows]
    assert counted == [None if pd.isna(n) else n for n in frame["numerator"]]
    book = CalamineWorkbook.from_path(release / "results.xlsx")
    assert book.sheet_names == ["Read me", "Results", "Definitions", "How it was made"]
    sheet = book.get_sheet_by_name("Results").to_python()
    assert sheet[0] == ["measure", "title", *COLUMNS[1:]]
    at = sheet[0].index("numerator")
    assert [line[at] or None for line in sheet[1:]] == counted


def test_the_log_names_every_hidden_number_and_stays_inside(release: Path) -> None:
    frame, log = frame_of(release), pd.read_csv(release / "internal" / "hidden.csv")
    numbers = frame["hidden"].map(lambda h: [n for n in h.split(";") if n != "value"])
    assert len(log) == sum(map(len, filter(any, numbers)))
    assert log["reason"].notna().all()
    assert set(log["protected"]) == {"yes"}
    assert not {"numerator", "denominator"} & set(log.columns)


def test_the_release_tells_how_it_was_made(release: Path, extract: Path) -> None:
    about = json.loads((release / "release.json").read_text("utf-8"))
    assert about["internal"] is False
    assert about["as_of"] == "2025-01-01"
    assert about["ddg_version"] == "CalHHS DDG, current text"
    assert about["rows_read"]["child"] == 600
    assert str(extract.parent) not in json.dumps(about)


def test_any_text_survives_in_csv_and_workbook(tmp_path: Path) -> None:
    counties = ("=1+1", "Thảo, “quoted”\nline", "@sum", "-5", "é\u200b漢")
    rows = [row(n=20 + i, county=c) for i, c in enumerate(counties)]
    results, _ = publish(internal([{**r, "measure": "4-P1"} for r in rows]))
    write_csv(results, tmp_path / "r.csv")
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as lines:
        read = {r["by_county"] for r in csv.DictReader(lines)}
    assert {text.removeprefix("'") for text in read} == set(counties)
    assert not any(text.startswith(("=", "@", "-")) for text in read)
    write_workbook(results, report_of(results, MAKING), tmp_path / "r.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "r.xlsx")
    sheet = book.get_sheet_by_name("Results").to_python()
    at = sheet[0].index("by_county")
    assert {line[at] for line in sheet[1:]} == set(counties)


def test_an_internal_copy_is_named_and_marked_so_everywhere(tmp_path: Path) -> None:
    results = mark_internal(internal([row("4-P1", n=3)]))
    written = write_release(results, MAKING, tmp_path)
    assert all(path.name.startswith("internal-") for path in written)
    assert (tmp_path / "internal-report.html").read_text("utf-8").count(
        results.mark
    ) > 1
    sheet = CalamineWorkbook.from_path(tmp_path / "internal-results.xlsx")
    assert sheet.get_sheet_by_name("Read me").to_python()[0] == [results.mark]
    assert "not for publication" in (tmp_path / "internal-results.csv").read_text()


def test_a_release_replaces_the_one_before_it_as_a_whole(tmp_path: Path) -> None:
    results, log = publish(internal([row("4-P1", n=30)]))
    first = {p.name: p.read_bytes() for p in write_release(results, MAKING, tmp_path)}
    again = write_release(results, MAKING, tmp_path, log=log)
    for path in again:
        if path.suffix != ".xlsx":  # a workbook tells when it was written
            assert path.read_bytes() == first[path.name], path.name
    assert (tmp_path / "internal" / "READ ME.txt").exists()
    assert not list(tmp_path.glob(".writing-*"))


def test_a_file_in_the_way_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    results, _ = publish(internal([row("4-P1", n=30)]))
    with pytest.raises(NotWritable, match="is a file. Name a folder"):
        write_release(results, MAKING, tmp_path / "taken")
