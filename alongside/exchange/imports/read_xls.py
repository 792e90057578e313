"""Older Excel and OpenDocument workbooks: values only, without how they look."""

from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from alongside.exchange.imports.limits import Unreadable, refuse_too_many_cells
from alongside.exchange.imports.workbook import Cell, Sheet, Workbook, letters, text_of

_WITHOUT_LOOKS = (
    "Colors, lines through words and comments are not read from this kind of file."
    " If the unit uses them, save it as .xlsx and choose that."
)


def read_xls(name: str, content: bytes) -> Workbook:
    """Read an .xls or .ods file."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets, cells = [], 0
        for about in book.sheets_metadata:
            source = book.get_sheet_by_name(about.name)
            cells += source.height * source.width
            refuse_too_many_cells(name, cells)
            hidden = about.visible is not SheetVisibleEnum.Visible
            sheets.append(_sheet(source, hidden))
    except PasswordError as locked:
        raise Unreadable(
            f"“{name}” is protected with a password. Open it, save a copy without the"
            " password, and choose the copy."
        ) from locked
    except (CalamineError, OSError, ValueError) as broken:
        raise Unreadable(
            f"“{name}” is damaged and cannot be read. Open it in the program that made"
            " it, save it again, and choose the new file."
        ) from broken
    return Workbook(name, tuple(sheets), (_WITHOUT_LOOKS,))


def _sheet(source: CalamineSheet, hidden: bool) -> Sheet:
    rows: dict[int, dict[int, Cell]] = {}
    first_row, first_column = source.start or (0, 0)
    for row, values in enumerate(source.to_python(), first_row + 1):
        for column, value in enumerate(values, first_column + 1):
            text, kind = text_of(value)
            if text:
                rows.setdefault(row, {})[column] = Cell(row, column, text, kind)
    merged = [
        f"{letters(b + 1)}{a + 1}:{letters(d + 1)}{c + 1}"
        for (a, b), (c, d) in source.merged_cell_ranges or []
    ]
    return Sheet(source.name, rows, hidden, merged=tuple(sorted(merged)))
