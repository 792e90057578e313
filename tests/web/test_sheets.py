"""What goes into a sheet comes out of it, and none of it is ever run."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from alongside.web import sheets
from alongside.web.sheets import CELL, Column, Kind, TooLarge, csv_text, xlsx
from alongside.web.signs import visible

NOTE: list[Column] = [("Note", Kind.TEXT)]
DANGEROUS = [
    "=1+1",
    '=HYPERLINK("http://example.org")',
    "+1 555 0142",
    "-2",
    "@SUM(A1)",
    "\t=1+1",
    " =1+1",
    "＝1+1",
    "{=1+1}",
    "http://example.org/",
    "mailto:someone@example.org",
    "internal:Sheet1!A1",
    "00123",
    "1e5",
    "TRUE",
    "_x0041_",
    "ok_x000D_",
]


def made(columns: list[Column], rows: list[list[Any]], name: str = "Notes") -> bytes:
    out = io.BytesIO()
    xlsx(out, [(name, columns, rows)])
    return out.getvalue()


def read(file: bytes) -> list[list[Any]]:
    """As a spreadsheet program shows it, by a reader that is not the writer's."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_stays_a_text(text: str) -> None:
    file = made(NOTE, [[text]])
    assert read(file) == [["Note"], [visible(text)]]
    cell = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    sheet = zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


@pytest.mark.slow
@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=5))
def test_any_text_comes_back(texts: list[str]) -> None:
    rows = [[text] for text in texts]
    shown = [[visible(text)] for text in texts]
    assert read(made(NOTE, rows))[1:] == shown


def test_control_characters_are_shown_and_not_dropped() -> None:
    text = "a\x00b\x0bc\x1fd\x7f\ud800\uffff"
    assert read(made(NOTE, [[text]]))[1] == [
        "a␀b␋c␟d␡\N{REPLACEMENT CHARACTER}" + "\N{REPLACEMENT CHARACTER}"
    ]
    assert visible("one\r\ntwo\rthree\tfour") == "one\ntwo\nthree\tfour"


@pytest.mark.slow
@pytest.mark.parametrize("letter", ["a", "ß", "😀"])
@pytest.mark.parametrize("more", [0, 1, CELL])
def test_a_text_longer_than_a_cell_goes_on_beside_it(letter: str, more: int) -> None:
    size = len(letter.encode("utf-16-le")) // 2
    text = letter * (CELL // size + more)
    head, long, short = read(made([*NOTE, ("By", "text")], [[text, "R"], ["s", "T"]]))
    assert head[0] == "Note"
    assert set(head[1:-1]) <= {"Note, continued"}
    assert "".join(long[:-1]) == text
    assert all(len(cell.encode("utf-16-le")) // 2 <= CELL for cell in long)
    assert (long[-1], short[-1]) == ("R", "T")


def test_each_kind_is_what_it_is() -> None:
    columns: list[Column] = [(str(kind), kind) for kind in Kind]
    day, at, clock = (
        date(2026, 11, 19),
        datetime.fromisoformat("2026-11-19 09:48"),
        time(10, 30),
    )
    _head, row = read(made(columns, [["Quino", 3, day, at, clock]]))
    assert row == ["Quino", 3.0, day, at, clock]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "Yes"),
        (Decimal("2.50"), 2.5),
        ("<11", "<11"),
        (12345678901234567890, "12345678901234567890"),
        (float("nan"), "nan"),
        (date(1899, 12, 31), "1899-12-31"),
        (datetime.fromisoformat("1850-01-01 08:00"), "1850-01-01 08:00:00"),
    ],
)
def test_what_a_sheet_cannot_hold_stays_readable(value: Any, shown: Any) -> None:
    assert read(made([("Value", Kind.NUMBER)], [[value], ["end"]]))[1] == [shown]


def test_an_instant_needs_its_place_first() -> None:
    with pytest.raises(ValueError, match="local time"):
        made([("At", Kind.DATETIME)], [[datetime(2026, 11, 19, tzinfo=UTC)]])


def test_a_row_as_wide_as_its_head() -> None:
    with pytest.raises(ValueError, match="2 columns, but a row of 1"):
        made([("A", "text"), ("B", "text")], [["only"]])


def test_more_than_a_sheet_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "ROWS", 3)  # instead of a million
    assert len(read(made(NOTE, [["a"], ["b"]]))) == 3
    with pytest.raises(TooLarge, match="fit no spreadsheet"):
        made(NOTE, [["a"], ["b"], ["c"]])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Who: [all] a/b\\c?*", "Who all a b c"),
        ("'quoted'", "quoted"),
        ("", "Sheet"),
        ("History", "History 1"),
        ("A name much too long for a sheet of Excel", "A name much too long for a"),
        ("😀" * 31, "😀" * 13),
    ],
)
def test_a_sheet_gets_a_name_that_excel_takes(name: str, shown: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(NOTE, [], name)))
    assert book.sheetnames == [shown]


def test_two_sheets_of_one_name_are_told_apart() -> None:
    out = io.BytesIO()
    xlsx(out, [("Due", NOTE, []), ("due", NOTE, []), ("DUE", NOTE, [])])
    assert openpyxl.load_workbook(out).sheetnames == ["Due", "due 2", "DUE 3"]


def test_the_head_stays_in_sight() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made(NOTE, [["a"]]))).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.auto_filter.ref == "A1:A2"
    assert sheet.print_title_rows == "$1:$1"


# ---------- csv ----------


@pytest.mark.parametrize(
    "text", ["=1+1", "+1 555 0142", "-2", "@x", "\t=1", " =1", "＠x"]
)
def test_csv_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert list(csv.reader(io.StringIO(csv_text(NOTE, [[text]]))))[1] == [f"'{text}"]


@given(st.lists(st.text(max_size=80), min_size=1, max_size=5))
def test_any_text_comes_back_from_csv(texts: list[str]) -> None:
    written = csv_text(
        NOTE,
        [
            [
                text,
            ]
            for text in texts
        ],
    )
    found = [
        row[0] if row else "" for row in csv.reader(io.StringIO(written, newline=""))
    ]
    for text, cell in zip(texts, found[1:], strict=True):
        assert cell in (visible(text), f"'{visible(text)}")
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_csv_writes_numbers_and_dates_plainly() -> None:
    columns: list[Column] = [(str(kind), kind) for kind in Kind]
    row = [
        "a, b",
        -3,
        date(2026, 11, 19),
        datetime.fromisoformat("2026-11-19 09:48"),
        time(10, 30),
    ]
    assert csv_text(columns, [row, [None] * 5]).splitlines() == [
        "text,number,date,datetime,time",
        '"a, b",-3,2026-11-19,2026-11-19 09:48:00,10:30:00',
        ",,,,",
    ]
