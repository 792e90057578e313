"""Recognise: which sheets hold what, where headings end and records begin."""

import re
from dataclasses import replace

from alongside.exchange.imports.fields import (
    LEAVE_OUT,
    Subject,
    field_for,
    known_headings,
)
from alongside.exchange.imports.grids import recognise_grid
from alongside.exchange.imports.legend import Legend, is_legend, read_legend
from alongside.exchange.imports.months import month_in, settle_month
from alongside.exchange.imports.sections import Column, Layout, Section
from alongside.exchange.imports.vocabulary import plain
from alongside.exchange.imports.workbook import Cell, Sheet, Workbook, split_ref

_FIRST_ROWS = 40
_TOTAL = re.compile(r"(sub)?totals?\b|grand total|average|count\b|sum\b", re.IGNORECASE)
_RULE = re.compile(r"[-–—*=~#_.]{2,}|\*")
# What makes a list one of ours: without these headings it is some other log.
_NEEDED = {
    Subject.CASELOAD: (
        {"name_last_first", "name_first_last", "family"},
        {"placement", "support_level", "closed_on", "disposition", "last_mdt"},
    ),
    Subject.MDT: ({"youth"}, {"date"}, {"type"}),
}


def recognise(workbook: Workbook) -> list[Section]:
    """Every sheet of a workbook as a section, the ones we cannot read included."""
    legend = Legend()
    for sheet in workbook.sheets:
        if is_legend(sheet):
            legend = legend.plus(read_legend(sheet))
    return [
        replace(_section(workbook.name, sheet), legend=legend)
        for sheet in workbook.sheets
        if any(True for _ in sheet.cells())
    ]


def _section(file: str, sheet: Sheet) -> Section:
    if is_legend(sheet):
        furniture = {cell.ref: "legend" for cell in sheet.cells()}
        return Section(file, sheet, Layout.LEGEND, furniture=furniture)
    grid = recognise_grid(file, sheet)
    return grid or _list(file, sheet) or Section(file, sheet, Layout.UNREAD)


def _list(file: str, sheet: Sheet) -> Section | None:
    heading_row = _heading_row(sheet)
    if heading_row is None:
        return None
    columns = _columns(sheet, heading_row)
    subject = _subject(columns)
    if subject is None:
        return None
    above = [number for number in sheet.rows if number < heading_row]
    groups = [number for number in above if _is_group_row(sheet, number)]
    furniture = {
        cell.ref: "heading" if number in groups else "title"
        for number in above
        for cell in sheet.filled(number)
    }
    furniture |= {cell.ref: "heading" for cell in sheet.filled(heading_row)}
    rows: list[int] = []
    for number in sorted(n for n in sheet.rows if n > heading_row):
        filled = sheet.filled(number)
        what = _furniture(filled, sheet, columns)
        if what is None and filled:
            rows.append(number)
        furniture |= {cell.ref: what for cell in filled if what}
    titles = [sheet.filled(number)[0] for number in above if sheet.filled(number)]
    section = Section(
        file, sheet, Layout.LIST, subject, (*groups, heading_row), columns, tuple(rows)
    )
    return _dated(replace(section, furniture=furniture), titles)


def _dated(section: Section, titles: list[Cell]) -> Section:
    """With the month of an MDT list, or whether a caseload is active or closed."""
    if section.subject is Subject.CASELOAD:
        closed = any(column_means(one, "closed_on") for one in section.columns)
        return replace(section, status="closed" if closed else "active")
    title = next((cell for cell in titles if month_in(cell.text)), None)
    month = settle_month(
        month_in(section.sheet.name), month_in(title.text) if title else None, ()
    )
    return replace(section, month=month, title_cell=title.ref if title else None)


def column_means(column: Column, name: str) -> bool:
    """Whether a caseload column's heading is the usual one for a field."""
    return field_for(Subject.CASELOAD, column.heading) == name


def _heading_row(sheet: Sheet) -> int | None:
    """The row with the most headings we know; the first of equals."""
    best, most = None, 1
    for number in sorted(sheet.rows)[:_FIRST_ROWS]:
        known = _known(sheet.filled(number))
        if known > most:
            best, most = number, known
    return best


def _known(cells: list[Cell]) -> int:
    words = {plain(cell.text) for cell in cells if len(cell.text) < 60}
    return max(len(words & known_headings(subject).keys()) for subject in Subject)


def _columns(sheet: Sheet, heading_row: int) -> tuple[Column, ...]:
    groups = _groups(sheet, heading_row - 1)
    last = max((max(row) for row in sheet.rows.values() if row), default=0)
    used = {
        cell.column
        for row in sheet.rows
        if row > heading_row
        for cell in sheet.filled(row)
    }
    return tuple(
        Column(
            number,
            cell.words if cell else "",
            groups.get(number, ""),
            number in sheet.hidden_columns,
        )
        for number in range(1, last + 1)
        if (cell := sheet.at(heading_row, number)) or number in used
    )


def _groups(sheet: Sheet, row: int) -> dict[int, str]:
    """Headings merged across several columns, for each column they span."""
    spans: dict[int, str] = {}
    for merged in sheet.merged:
        first, _, last = merged.partition(":")
        (top, left), (_, right) = split_ref(first), split_ref(last)
        cell = sheet.at(top, left)
        if top == row and cell is not None:
            spans |= {column: cell.words for column in range(left, right + 1)}
    return spans


def _is_group_row(sheet: Sheet, number: int) -> bool:
    return len(sheet.filled(number)) > 1


def _subject(columns: tuple[Column, ...]) -> Subject | None:
    for subject, needed in _NEEDED.items():
        found = {field_for(subject, one.heading) for one in columns} - {LEAVE_OUT}
        if all(found & one_of for one_of in needed):
            return subject
    return None


def _furniture(
    cells: list[Cell], sheet: Sheet, columns: tuple[Column, ...]
) -> str | None:
    """What a row is if no record: a total, a dividing line, the headings again."""
    if not cells:
        return None
    first = cells[0]
    if _TOTAL.match(first.words):
        return "total"
    headings = {plain(one.heading) for one in columns if one.heading}
    if len(cells) > 1 and all(plain(cell.text) in headings for cell in cells):
        return "heading"
    alone = len(cells) == 1
    spread = any(merged.startswith(f"{first.ref}:") for merged in sheet.merged)
    if alone and (spread or _RULE.match(first.words)):
        return "section line"
    return None
