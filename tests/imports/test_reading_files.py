"""Any .xlsx, .xls, .ods or .csv is read, or one sentence says why it is not."""

import io
import tracemalloc
import zipfile
from datetime import date

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from alongside.exchange.imports import Sheet, Unreadable, read
from alongside.exchange.imports.limits import MOST_BYTES
from tests.imports.conftest import CASELOAD, WORKBOOKS

DAY = ("3/9/10", "2010-03-09")
MANIFEST = "META-INF/manifest.xml"
HEADINGS = ["Last, First", "DOB", "Placement", "Remarks"]
ROWS = [
    ["Núñez, Zoë", "3/9/2010", "home", "ride; to “court”"],
    ["O’Neil, Chloé", "12/30/2008", "RFA home", "likes | pipes\tand tabs"],
    ["Smith, Ann", "", "JH", ""],
]


def as_csv(delimiter: str, rows: list[list[str]]) -> str:
    lines = []
    for row in [HEADINGS, *rows]:
        cells = [
            f'"{one}"' if any(mark in one for mark in ",;|\t") else one for one in row
        ]
        lines.append(delimiter.join(cells))
    return "\r\n".join(lines) + "\r\n"


def values(sheet: Sheet) -> list[list[str]]:
    return [
        [(cell.text if (cell := sheet.at(row, n)) else "") for n in range(1, 5)]
        for row in sorted(sheet.rows)
    ]


def sheet_of(name: str, content: bytes) -> Sheet:
    (sheet,) = read(name, content).sheets
    return sheet


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_common_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    content = as_csv(delimiter, ROWS).encode(encoding)
    assert values(sheet_of("a.csv", content)) == [HEADINGS, *ROWS]


def test_the_comma_in_a_heading_is_not_taken_for_a_delimiter() -> None:
    text = "Last, First;DOB;DPO\nRamos, Joaquín;3/9/2010;AO\nO’Neil, Zoë;;AO\n"
    sheet = sheet_of("a.csv", text.encode())
    assert [cell.text for cell in sheet.filled(2)] == [
        "Ramos, Joaquín",
        "3/9/2010",
        "AO",
    ]


def test_accents_written_on_a_mac_are_told_where_they_can_be() -> None:
    book = read("a.csv", as_csv(",", ROWS).encode("mac_roman"))
    assert values(book.sheets[0]) == [HEADINGS, *ROWS]
    assert "mac_roman" in book.remarks[0]


def test_a_guessed_encoding_is_said_and_a_sure_one_is_not() -> None:
    text = as_csv(",", ROWS)
    assert "cp1252" in read("a.csv", text.encode("cp1252")).remarks[0]
    assert read("a.csv", text.encode("utf-8")).remarks == ()


def test_letters_of_other_alphabets_in_an_older_encoding() -> None:
    rows = [["Иванова, Анна Сергеевна", "3/9/2010", "home", "звонить маме вечером"]] * 5
    assert values(sheet_of("a.csv", as_csv(";", rows).encode("cp1251")))[1:] == rows


def test_lines_are_counted_as_the_file_has_them() -> None:
    text = 'Name,Note\n"Ann","two\nlines"\n\nBo,x\n'
    sheet = sheet_of("a.csv", text.encode())
    assert sheet.at(2, 2).text == "two\nlines"  # type: ignore[union-attr]
    assert sheet.at(5, 1).text == "Bo"  # type: ignore[union-attr]


def test_signs_no_database_keeps_are_left_out() -> None:
    text = "Name,Note\nA\0nn,x\n" + "Bo,y\n" * 20
    sheet = sheet_of("a.csv", text.encode())
    assert sheet.at(2, 1).text == "Ann"  # type: ignore[union-attr]


def xlsx(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_workbook_says_when_it_was_last_saved() -> None:
    county = read(CASELOAD, (WORKBOOKS / CASELOAD).read_bytes())
    assert county.saved_on == date(2026, 11, 20)
    assert read("a.csv", b"Name\nAnn\n").saved_on is None


def test_dates_and_numbers_keep_what_they_are() -> None:
    sheet = sheet_of("a.xlsx", xlsx(["x"], [date(2010, 3, 9), 104418, 0.5]))
    assert [cell.text for cell in sheet.filled(2)] == ["2010-03-09", "104418", "0.5"]


# What a name ends in decides nothing; what the file is does.
def test_a_file_is_known_by_its_content_not_its_name() -> None:
    assert sheet_of("a.csv", xlsx(["Name"], ["Ann"])).name == "Sheet"
    assert values(sheet_of("a.xlsx", as_csv(",", ROWS).encode()))[0] == HEADINGS


def ods() -> bytes:
    """An OpenDocument sheet of two rows."""
    book, sheet = OpenDocumentSpreadsheet(), Table(name="Active")
    for cells in ([("Last, First", None), ("DOB", None)], [("Núñez, Zoë", None), DAY]):
        row = TableRow()
        for words, day in cells:
            kind = {"valuetype": "date", "datevalue": day} if day else {}
            cell = TableCell(**(kind or {"valuetype": "string"}))
            cell.addElement(P(text=words))
            row.addElement(cell)
        sheet.addElement(row)
    book.spreadsheet.addElement(sheet)
    target = io.BytesIO()
    book.write(target)
    return target.getvalue()


def with_part(content: bytes, name: str, part: str) -> bytes:
    """The same zipped file with one part replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(target, "w") as after,
    ):
        for one in before.namelist():
            after.writestr(one, part if one == name else before.read(one))
    return target.getvalue()


def zipped(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as parts:
        parts.writestr(name, "<xml/>")
    return target.getvalue()


def test_an_opendocument_sheet() -> None:
    book = read("a.ods", ods())
    (sheet,) = book.sheets
    assert [cell.text for cell in sheet.filled(2)] == ["Núñez, Zoë", "2010-03-09"]
    assert "save it as .xlsx" in book.remarks[0]


def xls() -> bytes:
    """An older Excel workbook of two rows."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Active")
    day = xlwt.easyxf(num_format_str="M/D/YY")
    for column, heading in enumerate(["Last, First", "DOB", "PDJ #"]):
        sheet.write(0, column, heading)
    sheet.write(1, 0, "Núñez, Zoë")
    sheet.write(1, 1, date(2010, 3, 9), day)
    sheet.write(1, 2, 104418)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_an_older_excel_workbook() -> None:
    sheet = sheet_of("a.xls", xls())
    assert [cell.text for cell in sheet.filled(1)] == ["Last, First", "DOB", "PDJ #"]
    assert [cell.text for cell in sheet.filled(2)] == [
        "Núñez, Zoë",
        "2010-03-09",
        "104418",
    ]


PROTECTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PROTECTED += "EncryptedPackage".encode("utf-16-le") + bytes(200)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlsx", b"", "is empty"),
        ("a.csv", b"\xef\xbb\xbf \r\n", "is empty"),
        ("a.xlsx", xlsx(), "has no text in any cell"),
        ("a.xlsx", PROTECTED, "protected with a password"),
        (
            "a.ods",
            with_part(ods(), MANIFEST, "<encryption-data/>"),
            "protected with a password",
        ),
        ("a.xlsx", xlsx(["Name"])[:700], "is damaged"),
        ("a.ods", with_part(ods(), "content.xml", "<office"), "is damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "is damaged"),
        ("a.docx", zipped("word/document.xml"), "is not a spreadsheet"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0d" + bytes([200, 0, 255, 7]), "is not a"),
        ("a.csv", b'Name,Note\n"Ann\n' + b"x\n" * 10, None),
    ],
    ids=lambda value: str(value)[:16],
)
def test_a_file_that_cannot_be_read_says_why(
    name: str, content: bytes, says: str | None
) -> None:
    if says is None:
        assert read(name, content).sheets  # an open quotation mark loses no text
        return
    with pytest.raises(Unreadable) as refused:
        read(name, content)
    assert says in refused.value.reason
    assert name in refused.value.reason


def test_too_large_a_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(Unreadable, match="larger than we read at once"):
        read("a.csv", b"x" * (MOST_BYTES + 1))


def with_in_its_sheet(hostile: bytes) -> bytes:
    """A workbook whose sheet goes on with this."""
    book, saved, made = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active["A1"] = "Name"
    book.save(saved)
    with (
        zipfile.ZipFile(saved) as parts,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in parts.namelist():
            part = parts.read(name).replace(b"</sheetData>", hostile)
            packed.writestr(name, part)
    return made.getvalue()


def test_a_merge_over_a_whole_sheet_does_not_fill_the_memory() -> None:
    """Refused while it is read: openpyxl makes an object for each merged cell."""
    merge = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    with pytest.raises(Unreadable, match="more than 2,000,000 cells"):
        read("a.xlsx", with_in_its_sheet(merge))


@pytest.mark.slow
@pytest.mark.parametrize("cell", [b"<c/>", b"<x:c />", b"<row/>" * 8])
def test_cells_packed_a_thousand_to_one_are_counted_before_they_are_read(
    cell: bytes,
) -> None:
    row = b'<row xmlns:x="y">' + cell * 16_000 + b"</row>"
    content = with_in_its_sheet(row * 126 + b"</sheetData>")
    assert len(content) < 200_000
    tracemalloc.start()
    with pytest.raises(Unreadable, match="more than 2,000,000 cells"):
        read("a.xlsx", content)
    assert tracemalloc.get_traced_memory()[1] < 50 * 2**20
    tracemalloc.stop()
