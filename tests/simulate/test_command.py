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


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    for what in ("state", "unit", "linkage"):
        assert run([what, "--out", str(tmp_path / "file" / "x")]) == 2
        said = capsys.readouterr().err
        assert "cannot be written" in said
        assert "Choose another place." in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--children", "0"], "--children: Give a whole number that is at least 1;"),
        (["--children", "abc"], "--children: Give a whole number that is at least 1;"),
        (["--seed", "-1"], "--seed: Give a whole number that is at least 0;"),
        (["--seed", "x"], "--seed: Give a whole number that is at least 0;"),
        (["--dirt", "2"], "--dirt: Give a share between 0 and 1,"),
        (["--dirt", "much"], "--dirt: Give a share between 0 and 1,"),
    ],
)
def test_impossible_numbers_are_refused_with_what_to_give(
    words: list[str],
    sentence: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left:
        run(["state", *words, "--out", str(tmp_path)])
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert f"“{words[1]}” is not one." in said
    assert list(tmp_path.iterdir()) == []
