"""What the command refuses before it begins, and what it says on the way."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alongside.linkage.command import run

HEADING = "id,first,last,dob\n"
TWO = "1,Ana,Diaz,2008-01-31\n2,Ana,Diaz,2008-01-31\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """One file with one person in it twice."""
    path = tmp_path / "people.csv"
    path.write_text(HEADING + TWO, encoding="utf-8")
    return path


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert run([str(word) for word in words]) == 2
    return capsys.readouterr().err


def test_one_file_given_twice_is_refused(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, people, people, "--out", tmp_path / "out")
    assert "is given twice" in said


def test_decisions_are_not_written_over(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review = tmp_path / "review.xlsx"
    review.write_bytes(b"decided")
    said = refused(capsys, people, "--out", tmp_path)
    assert "may hold decisions" in said
    assert review.read_bytes() == b"decided"


def test_a_file_is_no_folder_to_write_to(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Nothing can be written" in refused(capsys, people, "--out", people / "x")


def test_dates_that_nobody_can_read_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"{HEADING}1,Ana,Diaz,31.12.2008\n", encoding="utf-8")
    said = refused(capsys, path, "--out", tmp_path / "out")
    assert "No date in the column “dob” of people.csv can be read" in said


@pytest.mark.parametrize("columns", [None, ["a_id", "c_id"]])
def test_a_truth_that_is_none_is_refused_before_the_work(
    people: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    columns: list[str] | None,
) -> None:
    truth = tmp_path / "truth.parquet"
    if columns:
        pq.write_table(pa.table({name: ["1"] for name in columns}), truth)
    said = refused(capsys, people, "--truth", truth, "--out", tmp_path / "out")
    assert "holds no known pairs" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_what_is_missing_is_said_and_a_pair_is_counted_in_either_order(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people.write_text(f"{HEADING}{TWO}3,,Her,\n", encoding="utf-8")
    truth = tmp_path / "truth.parquet"
    pq.write_table(pa.table({"a_id": [2], "b_id": [1]}), truth)
    words = [people, "--truth", truth, "--out", tmp_path / "out"]
    assert run([str(word) for word in words]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert (
        "people.csv: 3 people, 1 with no date of birth that can be read, 1 with no"
        " given name" in said
    )
    assert "1 pair may be the same person; 1 is in" in said
    assert "recall 1.0000" in said
