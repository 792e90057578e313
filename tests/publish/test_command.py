"""“alongside measure”: what it prints, and what it says when something is wrong."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from alongside.measures.command import done, run
from alongside.measures.command_arguments import asked_of, parser
from alongside.measures.disclosure import Earlier, Policy, publish
from alongside.measures.intervals import Window
from alongside.measures.library import MEASURES
from alongside.measures.report import report_of
from tests.disclosure.tables import internal, row
from tests.publish.extract import write_extract
from tests.publish.making import MAKING

FUNNEL = ("--measures", "funnel.screened_in")


def test_the_catalogue_lists_every_measure_with_its_unit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # as at a terminal
    assert run(["--list"]) == 0
    printed = capsys.readouterr().out
    assert all(id_ in printed for id_ in MEASURES)
    assert "Unit" in printed


def test_another_program_gets_each_measure_on_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    assert run(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    found = dict(line.split(maxsplit=1) for line in lines)
    assert found == {id_: measure.title for id_, measure in MEASURES.items()}
    assert len(lines) == len(MEASURES)


@pytest.mark.parametrize("id_", ["4-P1", "funnel.substantiated", "repeat.km.12m"])
def test_a_measure_is_explained_in_plain_words(
    id_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--explain", id_]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    for words in (MEASURES[id_].question, MEASURES[id_].denominator, "worked example"):
        assert words in printed


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Name the source"),
        (["SOURCE"], "Say where to write with --out"),
        (["nowhere", "--out", "o"], "There is no folder nowhere"),
        (["SOURCE", "--measures", "4-P9", "--out", "o"], "no measure “4-P9”"),
        (["SOURCE", "--by", "shoe", "--out", "o"], "cannot be grouped by “shoe”"),
        (["SOURCE", "--by", "county", "county", "--out", "o"], "Give each group once"),
        (
            ["SOURCE", "--window", "2024-07-01", "July", "--out", "o"],
            "2024-07-01; “July",
        ),
        (
            ["SOURCE", "--window", "2024-07-01", "2024-07-01", "--out", "o"],
            "Give the day after the last day",
        ),
        (["SOURCE", "--as-of", "soon", "--out", "o"], "--as-of needs days"),
        (["SOURCE", "--previous", "none", "--out", "o"], "Name the folder that an"),
        (["SOURCE", "--engine", "postgres", "--out", "o"], "reads a database address"),
        (
            ["postgresql://x.invalid/y", "--engine", "duckdb", "--out", "o"],
            "cannot be opened",
        ),
        (["SOURCE", "--internal", "--previous", "p", "--out", "o"], "Give one of them"),
        (["SOURCE", "--previous", "o", "--out", "./o"], "keep both"),
        (
            ["SOURCE", "--populations", "none.csv", "--out", "o"],
            "There is no file none.csv. Check how it is written.",
        ),
        (["SOURCE", "--populations", ".", "--out", "o"], ". is a folder. Give the CSV"),
        (["--explain", "4-P9"], "no measure “4-P9”"),
        (["--explain", "nope"], "List them with: alongside measure --list"),
        (
            ["SOURCE", "--measures", "nope", "--out", "o"],
            "There is no measure “nope”. List them with: alongside measure --list",
        ),
        (
            ["SOURCE", "--as-of", "0001-01-01", "--out", "o"],
            "--as-of needs days from 1900 to 2199; “0001-01-01” is not one.",
        ),
        (
            ["SOURCE", "--as-of", "9999-12-31", "--out", "o"],
            "“9999-12-31” is not one. Check the year.",
        ),
        (
            ["SOURCE", "--window", "0001-01-01", "2024-07-01", "--out", "o"],
            "--window needs days from 1900",
        ),
        (
            ["sqlite:///x.db", "--out", "o"],
            "Databases that can be read are PostgreSQL, not “sqlite”. Give an address"
            " such as postgresql://name@host/database",
        ),
        (
            ["sqlite:///x.db", "--engine", "postgres", "--out", "o"],
            "Databases that can be read are PostgreSQL",
        ),
    ],
)
def test_what_is_wrong_is_a_sentence_that_says_what_to_do(
    arguments: list[str],
    sentence: str,
    extract: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    given = [str(extract) if word == "SOURCE" else word for word in arguments]
    assert run(given) == 2
    said = capsys.readouterr().err
    assert sentence in " ".join(said.split())
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("inside", ["", "new", "new/2024", "../{name}", "new/.."])
def test_a_release_is_not_written_in_among_its_source(
    inside: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is read either: there is no table, and that is not what is said."""
    folder = tmp_path / "data"
    folder.mkdir()
    out = folder / inside.format(name=folder.name)
    assert run([str(folder), "--out", str(out)]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "is in the source folder" in said
    assert "Name another folder with --out." in said
    assert list(folder.iterdir()) == []


def test_a_release_does_not_replace_its_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder that every release replaces may be where the source is kept."""
    folder = tmp_path / "internal" / "extract"
    folder.mkdir(parents=True)
    assert run([str(folder), "--out", str(tmp_path)]) == 2
    assert "which holds the source" in " ".join(capsys.readouterr().err.split())
    assert folder.is_dir()


def test_measures_without_their_tables_are_left_out_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_extract(folder, children=60)
    (folder / "removal.csv").unlink()
    (folder / "placement.csv").unlink()
    out = tmp_path / "out"
    asked = ("--measures", "funnel.screened_in", "4-P1", "--as-of", "2025-01-01")
    assert run([str(folder), *asked, "--out", str(out)]) == 0
    assert "“removal” is missing" in " ".join(capsys.readouterr().out.split())
    about = json.loads((out / "release.json").read_text("utf-8"))
    assert about["left_out"] == ["4-P1 (needs removal, placement)"]
    assert run([str(folder), "--measures", "4-P1", "--out", str(tmp_path / "o2")]) == 2
    assert "None of these measures can be computed" in capsys.readouterr().err


@pytest.mark.slow
def test_strict_refuses_what_the_default_reports(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_extract(folder, children=60)
    file = folder / "report.csv"
    file.write_text(file.read_text().replace("inconclusive", "dunno", 1))
    asked = (*FUNNEL, "--as-of", "2025-01-01")
    assert run([str(folder), *asked, "--strict", "--out", str(tmp_path / "no")]) == 2
    assert "dunno" in capsys.readouterr().err
    assert not (tmp_path / "no").exists()
    assert run([str(folder), *asked, "--out", str(tmp_path / "yes")]) == 0
    assert "dunno" in capsys.readouterr().out
    assert "dunno" in (tmp_path / "yes" / "report.html").read_text("utf-8")


@pytest.mark.slow
def test_a_second_release_is_held_against_the_first(
    extract: Path, tmp_path: Path
) -> None:
    """By gender after by county: what the first hid stays out of reach."""
    first, second = tmp_path / "first", tmp_path / "second"
    asked = [str(extract), *FUNNEL, "--window", "2023-07-01", "2024-07-01"]
    asked += ["--as-of", "2025-01-01"]
    assert run([*asked, "--by", "county", "--out", str(first)]) == 0
    more = ("--by", "gender", "--previous", str(first))
    assert run([*asked, *more, "--out", str(second)]) == 0
    table = pq.read_table(second / "results.parquet").to_pandas()
    assert "by_gender" in table.columns
    assert json.loads((second / "release.json").read_text())["left_out"] == []


@pytest.mark.parametrize(
    ("previous", "whence", "not_whence"),
    [
        (["--previous", "first"], "from the release before", "from what is shown"),
        ([], "from what is shown", "release before"),
    ],
)
def test_no_release_before_is_blamed_where_there_was_none(
    previous: list[str], whence: str, not_whence: str
) -> None:
    """A laxer rule showed a number once; the same results, told with it or alone."""
    table = internal([row("4-S2", n=7, d=100)])
    first, _ = publish(table, policy=Policy(smallest=5))
    results, _ = publish(table, earlier=Earlier(first.frame()))
    assert results.exposed > 0
    asked = asked_of(parser().parse_args(["data", "--out", "release", *previous]))
    window = Window(date(2023, 7, 1), date(2024, 7, 1))
    said = " ".join(done(asked, results, [window], date(2025, 1, 1)))
    assert whence in said
    assert not_whence not in said
    report = report_of(results, replace(MAKING, after_earlier=bool(previous)))
    hiding = " ".join(report.hiding)
    assert ("earlier release" in hiding) is bool(previous)
    assert ("worked out from what is shown" in hiding) is not bool(previous)


@pytest.mark.slow
def test_an_internal_copy_shows_everything_and_writes_no_log(
    extract: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = (*FUNNEL, "--as-of", "2025-01-01", "--by", "county", "--internal")
    assert run([str(extract), *asked, "--out", str(tmp_path)]) == 0
    assert "not for publication" in capsys.readouterr().out
    table = pq.read_table(tmp_path / "internal-results.parquet").to_pandas()
    assert table["numerator"].notna().all()
    assert (table["numerator"] < 11).any()
    assert not (tmp_path / "internal").exists()


@pytest.mark.slow
def test_known_populations_let_a_table_be_scored(extract: Path, tmp_path: Path) -> None:
    populations = tmp_path / "populations.csv"
    populations.write_text("county,population\n,39000000\n")
    out = tmp_path / "out"
    asked = [*FUNNEL, "--as-of", "2025-01-01", "--populations", str(populations)]
    assert run([str(extract), *asked, "--out", str(out)]) == 0
    assessments = (out / "internal" / "assessments.csv").read_text()
    assert "2: scored" in assessments


@pytest.mark.parametrize(
    ("arguments", "without", "extra"),
    [
        (["SOURCE", "--engine", "spark", "--out", "o"], "pyspark", "spark"),
        (["postgresql://x/y", "--out", "o"], "psycopg", "postgres"),
    ],
)
def test_what_is_not_installed_is_named_with_the_extra_that_has_it(
    arguments: list[str],
    without: str,
    extra: str,
    extract: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in (without, f"{without}.sql"):
        monkeypatch.setitem(sys.modules, name, None)
    assert run([str(extract) if a == "SOURCE" else a for a in arguments]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert f"needs {without}" in said
    assert f"pip install 'alongside[{extra}]'" in said
