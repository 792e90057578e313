"""Raw counts have a type that no writer takes, and published results only one maker."""

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from alongside.measures.disclosure import (
    Internal,
    NotARelease,
    Published,
    mark_internal,
    publish,
    read_earlier,
)
from alongside.measures.release import write_csv, write_parquet, write_release
from alongside.measures.report import report_of
from alongside.measures.workbook import write_workbook
from tests.disclosure.tables import internal, row
from tests.publish.making import MAKING

RAW = [row(n=3, d=40)]
REPORT = report_of(publish(internal([row("4-P1", n=20)]))[0], MAKING)


def test_published_results_cannot_be_made_by_hand() -> None:
    with pytest.raises(TypeError, match="disclosure.publish only"):
        Published(pa.table({"measure": ["m.a"]}), "any", 11, 0)


@pytest.mark.parametrize(
    "write",
    [
        lambda raw, folder: write_parquet(raw, folder / "r.parquet"),
        lambda raw, folder: write_csv(raw, folder / "r.csv"),
        lambda raw, folder: write_workbook(raw, REPORT, folder / "r.xlsx"),
        lambda raw, folder: write_release(raw, MAKING, folder),
        lambda raw, folder: report_of(raw, MAKING),
    ],
    ids=["parquet", "csv", "workbook", "release", "report"],
)
@pytest.mark.parametrize(
    "raw", [internal(RAW), pd.DataFrame(RAW)], ids=["own", "frame"]
)
def test_no_writer_takes_raw_counts(write: Any, raw: Any, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="Only published results can be written"):
        write(raw, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_raw_counts_do_not_show_themselves() -> None:
    assert repr(internal(RAW)) == (
        "<internal: 1 rows of raw counts, not for publication>"
    )


def test_a_number_without_the_people_behind_it_is_refused() -> None:
    with pytest.raises(ValueError, match="people, people_counted, largest"):
        Internal(
            pd.DataFrame(RAW).drop(columns=["people", "people_counted", "largest"])
        )


def test_published_results_do_not_change_with_what_is_read_from_them() -> None:
    results, _ = publish(internal([row(n=20)]))
    read = results.frame()
    read.loc[0, "numerator"] = 1
    assert results.frame().loc[0, "numerator"] == 20


def test_a_hidden_number_is_nowhere_in_the_published_table() -> None:
    results, _ = publish(internal([row(n=7, d=4321)]))
    (cells,) = results.frame().to_dict("records")
    assert cells["denominator"] == 4321
    assert pd.isna(cells["numerator"])
    assert pd.isna(cells["value"])
    assert not {"people", "people_counted", "largest"} & cells.keys()


def test_an_internal_copy_says_so_in_every_row_and_is_no_earlier_release(
    tmp_path: Path,
) -> None:
    results = mark_internal(internal(RAW))
    assert set(results.frame()["internal"]) == {"not for publication"}
    write_parquet(results, tmp_path / "results.parquet")
    with pytest.raises(NotARelease, match="it is internal"):
        read_earlier(tmp_path)


def test_a_published_release_is_read_back(tmp_path: Path) -> None:
    results, _ = publish(internal([row(n=20, county="Alder"), row(n=50, d=100)]))
    write_parquet(results, tmp_path / "results.parquet")
    earlier = read_earlier(tmp_path)
    assert earlier.shapes() == {(), ("county",)}
    assert len(earlier.frame) == 2


def test_a_folder_without_a_release_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotARelease, match="Name the folder that an earlier"):
        read_earlier(tmp_path)
    (tmp_path / "results.parquet").write_text("not Parquet")
    with pytest.raises(NotARelease, match="cannot be read"):
        read_earlier(tmp_path)
