"""``alongside simulate`` as it is typed."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from alongside.simulate.command import run

pytestmark = pytest.mark.slow


def test_a_state_comes_with_its_comparison(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["state", "--children", "2000", "--seed", "3", "--dirt"]
    assert run([*words, "--out", str(tmp_path)]) == 0
    assert "Simulated against published" in capsys.readouterr().out
    assert (tmp_path / "calibration.md").read_text().count("|") > 50
    assert "<table>" in (tmp_path / "calibration.html").read_text()
    assert pq.read_table(tmp_path / "linkage/duplicate.parquet").num_rows > 0


def test_files_to_link_come_with_the_truth(tmp_path: Path) -> None:
    assert run(["linkage", "--people", "100", "--out", str(tmp_path)]) == 0
    a, b, truth = (
        pq.read_table(tmp_path / f"{n}.parquet") for n in ("a", "b", "truth")
    )
    assert (a.num_rows, b.num_rows, truth.num_rows) == (100, 100, 50)
    assert set(truth["a_id"].to_pylist()) <= set(a["person_id"].to_pylist())
    assert set(truth["b_id"].to_pylist()) <= set(b["person_id"].to_pylist())


def test_a_folder_that_may_hold_real_files_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "child.parquet").write_text("real")
    words = ["unit", "--youth", "1", "--out", str(tmp_path)]
    assert run(words) == 2
    assert "not empty" in capsys.readouterr().err
    assert (tmp_path / "child.parquet").read_text() == "real"
    assert run([*words, "--force"]) == 0
    assert pq.read_table(tmp_path / "child.parquet").num_rows == 1


def test_a_file_is_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "file"
    path.touch()
    assert run(["unit", "--out", str(path)]) == 2
    assert "is a file" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["state", "--children", "0"], ["state", "--dirt", "2"]]
)
def test_impossible_numbers_are_refused(tmp_path: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit):
        run([*words, "--out", str(tmp_path)])
