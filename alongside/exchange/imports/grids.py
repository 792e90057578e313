"""Calendars drawn as a grid: weekdays across, a day's number on top of its cell."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.exchange.imports.dates import WEEKDAYS
from alongside.exchange.imports.fields import Subject
from alongside.exchange.imports.months import MonthFound, month_in, settle_month
from alongside.exchange.imports.sections import Column, Layout, Section
from alongside.exchange.imports.workbook import Cell, Sheet

_DAY = re.compile(r"\s*(\d{1,2})(?:st|nd|rd|th)?\s*(?:\n|$)")
_FEWEST_WEEKDAYS = 4


@dataclass(frozen=True, slots=True)
class DayCell:
    """One filled cell of a calendar: its day's number, and where its lines begin."""

    cell: Cell
    number: int | None
    first_line: int


def recognise_grid(file: str, sheet: Sheet) -> Section | None:
    """A month's calendar, if one row names at least four weekdays."""
    heading_row = next((n for n in sorted(sheet.rows) if _weekdays(sheet, n)), None)
    if heading_row is None:
        return None
    weekdays = _weekdays(sheet, heading_row)
    columns = tuple(
        Column(number, cell.words, hidden=number in sheet.hidden_columns, weekday=day)
        for number, (cell, day) in weekdays.items()
    )
    rows = _week_rows(sheet, heading_row, {column.number for column in columns})
    titles = [c for n in sheet.rows if n < heading_row for c in sheet.filled(n)]
    title = next((cell for cell in titles if month_in(cell.text)), None)
    tab, said = month_in(sheet.name), month_in(title.text) if title else None
    return Section(
        file,
        sheet,
        Layout.GRID,
        Subject.MDT,
        (heading_row,),
        columns,
        rows,
        _furniture(sheet, heading_row, rows),
        month=settle_month(tab, said, _fits(sheet, columns, rows)),
        title_cell=title.ref if title else None,
    )


def _furniture(
    sheet: Sheet, heading_row: int, weeks: tuple[int, ...]
) -> dict[str, str]:
    """What the cells outside the weeks are."""
    found: dict[str, str] = {}
    for row in sheet.rows:
        if row in weeks:
            continue
        below = "heading" if row == heading_row else "footnote"
        what = "title" if row < heading_row else below
        found |= {cell.ref: what for cell in sheet.filled(row)}
    return found


def _fits(
    sheet: Sheet, columns: tuple[Column, ...], weeks: tuple[int, ...]
) -> list[tuple[int, int]]:
    """Each day's number with the weekday it stands under."""
    return [
        (column.weekday, day.number)
        for column in columns
        for row in weeks
        if column.weekday is not None
        and (day := day_cell(sheet, row, column.number)) is not None
        and day.number is not None
    ]


def _weekdays(sheet: Sheet, row: int) -> dict[int, tuple[Cell, int]]:
    found = {
        cell.column: (cell, day)
        for cell in sheet.filled(row)
        if (day := WEEKDAYS.get(cell.words.casefold().rstrip("."))) is not None
    }
    return found if len(found) >= _FEWEST_WEEKDAYS else {}


def _week_rows(sheet: Sheet, heading_row: int, columns: set[int]) -> tuple[int, ...]:
    """Rows with a day's number, and rows of text directly beneath such a row."""
    rows: list[int] = []
    for row in sorted(n for n in sheet.rows if n > heading_row):
        cells = [cell for cell in sheet.filled(row) if cell.column in columns]
        if any(_DAY.match(cell.text) for cell in cells) or (
            cells and rows and rows[-1] == row - 1
        ):
            rows.append(row)
    return tuple(rows)


def day_cell(sheet: Sheet, row: int, column: int) -> DayCell | None:
    """A cell with its day's number, which may stand in the row above it."""
    cell = sheet.at(row, column)
    if cell is None or not cell.text.strip():
        return None
    if match := _DAY.match(cell.text):
        return DayCell(cell, int(match[1]), 1)
    above = sheet.at(row - 1, column)
    numbers_here = any(_DAY.match(one.text) for one in sheet.filled(row))
    if above is not None and not numbers_here and (match := _DAY.match(above.text)):
        return DayCell(cell, int(match[1]), 0)
    return DayCell(cell, None, 0)


def day_of(month: MonthFound, number: int, first_week: bool, last_week: bool) -> date:
    """The date of a day's number; big ones open, small ones close, a month's grid."""
    first = date(month.year, month.number, 1)
    if first_week and number > 20:
        first = (first - timedelta(days=1)).replace(day=1)
    elif last_week and number < 10:
        first = (first + timedelta(days=31)).replace(day=1)
    return first.replace(day=number)
