"""Files as other programs write them: other widths, separators, headings and texts."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.measures import Rule, SourceError, load
from tests.measures.test_source import CHILD, write

TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12
)


@pytest.mark.slow
@given(
    values=st.lists(TEXT, min_size=1, max_size=6),
    end=st.sampled_from(["\n", "\r\n"]),
    delimiter=st.sampled_from(",;\t|"),
)
def test_every_text_comes_through(values: list[str], end: str, delimiter: str) -> None:
    out = io.StringIO(newline="")
    rows = csv.writer(
        out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL
    )
    rows.writerow(["child_id", "birth_date", "county", "race_ethnicity", "gender"])
    rows.writerows([n, "2010-01-01", v, "", "f"] for n, v in enumerate(values))
    with TemporaryDirectory() as folder:
        Path(folder, "child.csv").write_bytes(out.getvalue().encode())
        source = load(folder)
    kept = source.connection.execute("SELECT county FROM child ORDER BY child_id")
    assert [county or "" for (county,) in kept.fetchall()] == values


def test_a_row_of_another_width_is_told_and_left_out(tmp_path: Path) -> None:
    rows = [
        CHILD.strip("\n"),
        'c,2009-03-04,"Alder, North",white,F',
        "",
        "d,2009-03-04,Alder, North,white,F",
        "e,2009-03-04,Alder",
        "f,2009-03-05,Alder,white,F",
    ]
    source = load(write(tmp_path, child="\r\n".join(rows)))
    told = [p for p in source.problems if p.rule is Rule.WRONG_WIDTH]
    assert [(p.table, p.row) for p in told] == [("child", 4), ("child", 5)]
    assert "row 4: it has 6 cells and the heading has 5" in told[0].sentence
    kept = source.connection.execute("SELECT child_id, county FROM child").fetchall()
    assert kept[-2:] == [("c", "Alder, North"), ("f", "Alder")]
    assert source.rows["child"] == 4


def test_blank_lines_before_the_heading_are_passed_over(tmp_path: Path) -> None:
    tmp_path.joinpath("child.csv").write_text(f"\n  \n{CHILD}", "utf-8")
    source = load(tmp_path)
    assert (source.problems, source.rows["child"]) == ((), 2)


def test_many_rows_of_another_width_are_told_ten_by_ten(tmp_path: Path) -> None:
    wrong = "".join(f"w{n},2009-03-04\n" for n in range(60_000))
    source = load(write(tmp_path, child=f"{CHILD}{wrong}z,2010-01-01,,,\n"))
    told = [p for p in source.problems if p.rule is Rule.WRONG_WIDTH]
    assert [p.rows for p in told] == [1] * 10 + [59_990]
    assert "59,990 more rows" in told[-1].sentence
    assert source.rows["child"] == 3


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_cells_may_be_separated_by_something_else(
    tmp_path: Path, delimiter: str
) -> None:
    cells = CHILD.strip().replace("black;white", '"black;white"') + "\n"
    cells = cells.replace(",", delimiter)
    row = delimiter.join(("c", "2009-03-04", "A, B", '"black;white"', "F"))
    source = load(write(tmp_path, child=f"\ufeff{cells}{row}\n"))
    assert source.problems == ()
    found = source.connection.execute("SELECT county, race_ethnicity FROM child")
    assert found.fetchall()[-1] == ("A, B", "black;white")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (b"", "has no heading"),
        (CHILD.encode("utf-16"), "not written in UTF-8"),
        ("child_id,county\na,Peña\n".encode("latin-1"), "not written in UTF-8"),
        (b"child_id,county,county\na,b,c\n", "the column county more than once"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, written: bytes, says: str
) -> None:
    tmp_path.joinpath("child.csv").write_bytes(written)
    with pytest.raises(SourceError, match=says):
        load(tmp_path)


def test_capitals_and_spaces_in_a_heading_do_not_matter(tmp_path: Path) -> None:
    heading, rest = CHILD.strip().split("\n", 1)
    source = load(
        write(tmp_path, child=f"{heading.upper().replace(',', ' , ')}\n{rest}")
    )
    assert source.problems == ()
