"""Tables that leave as files: a real .xlsx, or CSV; nothing in them is run or lost.

A text stays the text that was typed. It is never read as a formula, a link or a number;
what XML forbids is shown as a sign; and a text longer than a cell holds goes on in a
column beside it ("Note, continued"), so that the cells together are the whole.
"""

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from os import PathLike
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _

from alongside.web.signs import visible

CELL = 32_767  # characters a cell holds, counted as Excel does: in UTF-16 units
ROWS, COLUMNS = 1_048_576, 16_384
_WIDEST, _NARROWEST = 60, 9
_FIRST_DAY = date(1900, 3, 1)  # before it, Excel and the calendar disagree
_NAME = 27  # units of a sheet's name, of 31, so that a number fits behind it
_EXACT = 10**15  # Excel keeps fifteen digits
# A program may run a text that starts so; the wide ones are their East Asian forms.
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


class Kind(StrEnum):
    """What a column holds, and so how it looks."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"


Column = tuple[str, Kind | str]
Row = Sequence[Any]
Sheet = tuple[str, Sequence[Column], Iterable[Row]]

_LOOKS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"text_wrap": True},
    Kind.NUMBER: {"align": "right"},
    Kind.DATE: {"num_format": "mmm d, yyyy", "align": "left"},
    Kind.DATETIME: {"num_format": "mmm d, yyyy h:mm am/pm", "align": "left"},
    Kind.TIME: {"num_format": "h:mm am/pm", "align": "left"},
}


class TooLarge(Exception):
    """More rows or columns than a spreadsheet holds; the file is not to be used."""


def xlsx(target: str | PathLike[str] | BinaryIO, sheets: Iterable[Sheet]) -> None:
    """Write sheets of ``(name, [(heading, kind)], rows)``; a datetime is local time."""
    options = {
        "constant_memory": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(target, options)
    looks = {
        kind: book.add_format({"valign": "top", **look})
        for kind, look in _LOOKS.items()
    }
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 2})
    taken: set[str] = set()
    for name, columns, rows in sheets:
        sheet = book.add_worksheet(_sheet_name(name, taken))
        _write_sheet(sheet, *_continued(columns, rows), looks=looks, head=head)
    book.close()


def csv_text(columns: Sequence[Column], rows: Iterable[Row]) -> str:
    """CSV that no spreadsheet program runs: a text like a formula gets an apostrophe.

    Encode it as ``utf-8-sig``, or Excel reads it in the wrong alphabet.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_inert(visible(heading)) for heading, _kind in columns])
    for row in rows:
        writer.writerow([_in_csv(value) for value in _as_wide(row, columns)])
    return out.getvalue()


# ---------- cells ----------


def _cell(value: Any) -> Any:
    """The value as a sheet may hold it: text, number, date, time, or nothing."""
    match value:
        case None | "":
            return None
        case bool():
            return _("Yes") if value else _("No")
        case int() | float() | Decimal():
            return value if _is_exact(value) else str(value)
        case datetime():
            if value.tzinfo is not None:
                raise ValueError("Give the local time: a sheet holds no time zone.")
            return value if value.date() >= _FIRST_DAY else value.isoformat(" ")
        case date():
            return value if value >= _FIRST_DAY else value.isoformat()
        case time():
            return value
        case _:
            return visible(str(value)) or None


def _is_exact(value: float | Decimal) -> bool:
    return math.isfinite(value) and -_EXACT < value < _EXACT


def _in_csv(value: Any) -> str:
    match cell := _cell(value):
        case None:
            return ""
        case str():
            return _inert(cell)
        case datetime():
            return cell.isoformat(" ", "seconds")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("seconds")
        case _:
            return str(cell)


def _inert(text: str) -> str:
    return f"'{text}" if text.lstrip().startswith(_FORMULA_STARTS) else text


def _as_wide(row: Row, columns: Sequence[Column]) -> Row:
    if len(row) != len(columns):
        raise ValueError(f"{len(columns)} columns, but a row of {len(row)} values.")
    return row


# ---------- one sheet ----------


def _continued(
    columns: Sequence[Column], rows: Iterable[Row]
) -> tuple[list[Column], list[list[Any]]]:
    """Columns and rows in which every text fits its cell, beside it if need be."""
    cells = [
        [_pieces(_cell(value)) for value in _as_wide(row, columns)] for row in rows
    ]
    needed = [
        max((len(row[at]) for row in cells), default=1) for at in range(len(columns))
    ]
    wide: list[Column] = []
    for (heading, kind), count in zip(columns, needed, strict=True):
        wide.append((visible(heading), kind))
        more = _("%(heading)s, continued") % {"heading": visible(heading)}
        wide += [(more, Kind.TEXT)] * (count - 1)
    if len(cells) >= ROWS or len(wide) > COLUMNS:
        raise TooLarge(f"{len(cells)} rows and {len(wide)} columns fit no spreadsheet.")
    return wide, [
        [
            piece
            for pieces, count in zip(row, needed, strict=True)
            for piece in pieces + [None] * (count - len(pieces))
        ]
        for row in cells
    ]


def _pieces(cell: Any) -> list[Any]:
    if not isinstance(cell, str) or len(cell) <= CELL // 2:
        return [cell]
    pieces, start, units = [], 0, 0
    for at, letter in enumerate(cell):
        size = 2 if ord(letter) > 0xFFFF else 1
        if units + size > CELL:
            pieces.append(cell[start:at])
            start, units = at, 0
        units += size
    return [*pieces, cell[start:]]


def _write_sheet(
    sheet: Any,
    columns: list[Column],
    rows: list[list[Any]],
    *,
    looks: dict[Kind, Any],
    head: Any,
) -> None:
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for at, (heading, kind) in enumerate(columns):
        look = looks[Kind(kind)]
        sheet.set_column(at, at, _width(heading, [row[at] for row in rows[:500]]), look)
        sheet.write_string(0, at, heading, head)
    for number, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            _write_cell(sheet, number, at, cell, looks)
    if columns:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _write_cell(
    sheet: Any, row: int, at: int, cell: Any, looks: dict[Kind, Any]
) -> None:
    match cell:
        case None:
            pass
        case str():
            sheet.write_string(row, at, cell, looks[Kind.TEXT])
        case datetime():
            sheet.write_datetime(row, at, cell, looks[Kind.DATETIME])
        case date():
            sheet.write_datetime(row, at, cell, looks[Kind.DATE])
        case time():
            sheet.write_datetime(row, at, cell, looks[Kind.TIME])
        case _:
            sheet.write_number(row, at, cell, looks[Kind.NUMBER])


def _width(heading: str, cells: list[Any]) -> int:
    lines = [
        len(line)
        for text in (heading, *(str(cell) for cell in cells if cell is not None))
        for line in text[:2000].split("\n")
    ]
    return max(_NARROWEST, min(_WIDEST, max(lines) + 3))


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name Excel takes: short, without its own signs, and not there already."""
    plain = re.sub(r"[\[\]:*?/\\\s]+", " ", visible(name))
    while len(plain.encode("utf-16-le")) > 2 * _NAME:
        plain = plain[:-1]
    base, number = plain.strip("' ") or _("Sheet"), 1
    if base.casefold() == "history":  # Excel keeps this name for itself
        base = f"{base} 1"
    wanted = base
    while wanted.casefold() in taken:
        number += 1
        wanted = f"{base} {number}"
    taken.add(wanted.casefold())
    return wanted
