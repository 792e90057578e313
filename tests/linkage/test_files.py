"""Files with other headings, and files that cannot be used."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from alongside.kernel.refusal import Refused
from alongside.linkage.files import named, open_people
from alongside.linkage.prepare import prepare

HEADING = "id,First Name,surname,DOB,zip\n"


def prepared(path: Path, text: str) -> list[dict[str, object]]:
    path.write_text(text, encoding="utf-8")
    connection = duckdb.connect()
    prepare(connection, open_people(connection, path, "people"), "ready")
    found = connection.execute("SELECT * FROM ready")
    names = [name for name, *_ in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_other_headings_are_understood() -> None:
    assert named(["rec_id", "given_name", "Surname", "Date of Birth", "shoe"]) == {
        "person_id": "rec_id",
        "given_name": "given_name",
        "family_name": "Surname",
        "birth_date": "Date of Birth",
    }


@pytest.mark.parametrize(
    ("written", "given", "family"),
    [
        ("José,O'Neil-Díaz", "jose", "oneil diaz"),
        ("MARY  ANN,De la Cruz", "mary ann", "de la cruz"),
        ("-, ", None, None),
        ("Ana,Diaz Jr.", "ana", "diaz"),
    ],
)
def test_names_lose_capitals_accents_and_signs(
    tmp_path: Path, written: str, given: str | None, family: str | None
) -> None:
    [row] = prepared(tmp_path / "a.csv", f"{HEADING}1,{written},2008-01-02,1\n")
    assert (row["given"], row["family"]) == (given, family)


@pytest.mark.parametrize(
    "written",
    [
        "2008-01-31",
        "20080131",
        "1/31/2008",
        "1/31/08",
        "01-31-2008",
        "31-Jan-2008",
        "1/31/2008 0:00",
        "2008-01-31 00:00:00",
        "2008-01-31T00:00:00Z",
    ],
)
def test_dates_are_read_however_they_are_written(tmp_path: Path, written: str) -> None:
    [row] = prepared(tmp_path / "a.csv", f"{HEADING}1,Ana,Diaz,{written},1\n")
    assert (row["birth"], row["birth_swapped"]) == ("20080131", "20083101")


def test_what_is_no_date_is_kept_only_if_it_nearly_is(tmp_path: Path) -> None:
    rows = "1,Ana,Diaz,20083101,1\n2,Ana,Diaz,soon,1\n3,Ana,Diaz,,1\n"
    found = prepared(tmp_path / "a.csv", HEADING + rows)
    assert [row["birth"] for row in found] == ["20083101", None, None]


def test_a_nickname_stands_for_every_name_it_may_be_short_for(tmp_path: Path) -> None:
    [row] = prepared(tmp_path / "a.csv", f"{HEADING}1,Alex,Diaz,2008-01-31,1\n")
    assert {"alex", "alexander", "alexandra"} <= set(row["given_forms"])  # type: ignore[call-overload]  # a list


def test_small_words_of_a_family_name_are_no_part_in_common(tmp_path: Path) -> None:
    [row] = prepared(tmp_path / "a.csv", f"{HEADING}1,Ana,De la Cruz,2008-01-31,1\n")
    assert row["family_parts"] == ["cruz"]


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_cells_may_be_parted_in_other_ways(tmp_path: Path, mark: str) -> None:
    text = f"\ufeff\n{HEADING}1,Ana,Diaz,2008-01-31,1\n".replace(",", mark)
    [row] = prepared(tmp_path / "a.csv", text)
    assert (row["given"], row["family"], row["postal_code"]) == ("ana", "diaz", "1")


def test_rows_without_an_identifier_are_numbered(tmp_path: Path) -> None:
    text = "first,last,dob\nAna,Diaz,2008-01-31\nTou,Her,2009-01-31\n"
    assert [r["unique_id"] for r in prepared(tmp_path / "a.csv", text)] == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.csv", "first,last\nAna,Diaz\n", "no column “birth_date”"),
        ("a.csv", HEADING, "has no rows"),
        ("a.csv", "", "is empty"),
        ("a.csv", "first,first,last,dob\nAna,A,Diaz,\n", "“first” more than once"),
        (
            "a.csv",
            HEADING + "1,Ana\n2,Tou,Her,2009-01-31,1\n",
            "row 2 has more or fewer",
        ),
        ("a.csv", HEADING + "1\n" * 3, "rows 2, 3, 4 have more or fewer"),
        ("a.csv", HEADING + "1\n" * 9, "rows 2, 3, 4, 5, 6 and more have"),
        ("a.txt", HEADING, "neither .csv nor .parquet"),
        ("a.parquet", "not parquet", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=says):
        open_people(duckdb.connect(), path, "people")


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no file"):
        open_people(duckdb.connect(), tmp_path / "a.csv", "people")


def test_a_file_in_another_writing_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADING}1,José,Díaz,2008-01-31,1\n", encoding="latin-1")
    with pytest.raises(Refused, match="not written in UTF-8"):
        open_people(duckdb.connect(), path, "people")
