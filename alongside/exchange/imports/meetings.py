"""Meetings from lists and from calendar grids, read but not yet judged."""

from alongside.exchange.imports.accounts import Account
from alongside.exchange.imports.fields import LEAVE_OUT
from alongside.exchange.imports.grids import DayCell, day_cell, day_of
from alongside.exchange.imports.mapping import Mapping
from alongside.exchange.imports.meeting_words import (
    Line,
    LineReader,
    Outcome,
    is_note,
    take_outcome,
)
from alongside.exchange.imports.readings import (
    MISSING,
    Reading,
    Shape,
    is_missing,
    known,
)
from alongside.exchange.imports.rows import Entry, MeetingRow
from alongside.exchange.imports.sections import Column, Section
from alongside.exchange.imports.values import Tools, read_value
from alongside.exchange.imports.workbook import Cell, letters


def read_meeting_list(
    section: Section, mapping: Mapping, tools: Tools, account: Account
) -> list[MeetingRow]:
    """One meeting for every record row; some lists date only a day's first line."""
    fields = {
        column.number: mapping.field_of(column.letter) for column in section.columns
    }
    headings = {column.number: column.heading for column in section.columns}
    rows = []
    above: Entry | None = None
    first_line_only = _dates_on_first_line_only(section, fields)
    for number, cells in section.records():
        row = MeetingRow(section.file, section.sheet.name, number, month=section.month)
        for column, name in fields.items():
            if name != LEAVE_OUT:
                cell = section.sheet.at(number, column)
                row.entries[name] = _entry(name, cell, number, column, headings, tools)
        _read_outcome(row, cells)
        if first_line_only and not row.entries["date"].text.strip() and above:
            row.entries["date"] = above
        above = row.entries["date"]
        for cell in cells:
            name = fields.get(cell.column, LEAVE_OUT)
            if name == LEAVE_OUT:
                heading = headings.get(cell.column, "")
                account.left_out(section.file, section.sheet.name, cell.ref, heading)
            else:
                account.imported(section.file, section.sheet.name, cell.ref, name)
        rows.append(row)
    return rows


def _dates_on_first_line_only(section: Section, fields: dict[int, str]) -> bool:
    """Whether this list writes a day's date once, on the first of its lines."""
    column = next((n for n, name in fields.items() if name == "date"), None)
    if column is None:
        return False
    blank = repeated = 0
    last = None
    for number in section.rows:
        cell = section.sheet.at(number, column)
        written = cell.words if cell else ""
        blank += not written
        repeated += bool(written) and written == last
        last = written
    return blank > repeated and blank > 1


def _entry(
    name: str,
    cell: Cell | None,
    number: int,
    column: int,
    headings: dict[int, str],
    tools: Tools,
) -> Entry:
    ref = f"{letters(column)}{number}"
    if cell is None or not cell.text.strip():
        return Entry(name, "", ref, headings[column])
    reading = MISSING
    if name == "type":
        reading = _kind(take_outcome(cell.text)[0], tools)
    elif name == "youth":
        words = take_outcome(cell.text)[0]
        # Who it is gets looked up later, when everybody in these files is known.
        reading = MISSING if is_missing(words) else known(words)
    else:
        reading = read_value(name, cell, tools)
    return Entry(name, cell.text.strip(), ref, headings[column], reading)


def _read_outcome(row: MeetingRow, cells: list[Cell]) -> None:
    """Cancelled, moved or in doubt, from any of the row's words and lines through."""
    outcomes = [
        take_outcome(row.entries[name].text)[1]
        for name in ("youth", "type", "notes")
        if name in row.entries
    ]
    outcome = Outcome(
        any(one.cancelled for one in outcomes),
        next((one.moved_to for one in outcomes if one.moved_to), None),
        # A note may end in a question mark of its own.
        any(one.doubt for one in outcomes[:2]),
    )
    key_refs = {row.entries[name].ref for name in ("youth", "type")}
    row.struck = any(cell.is_struck() for cell in cells if cell.ref in key_refs)
    _apply(row, outcome)
    note = row.entries.get("notes")
    comments = [f"{c.comment} (comment on {c.ref})" for c in cells if c.comment]
    row.note = "; ".join(filter(None, (note.word if note else None, *comments))) or None


def read_meeting_grid(
    section: Section, mapping: Mapping, tools: Tools, account: Account
) -> list[MeetingRow]:
    """One meeting for every line beneath a day's number in a month's calendar."""
    reader = LineReader(tools.vocabulary)
    rows: list[MeetingRow] = []
    file, sheet = section.file, section.sheet.name
    for week in section.rows:
        for column in section.columns:
            day = day_cell(section.sheet, week, column.number)
            if day is None:
                continue
            if mapping.field_of(column.letter) == LEAVE_OUT:
                account.left_out(file, sheet, day.cell.ref, column.heading)
                continue
            found = _read_day(section, column, day, reader, tools)
            if found:
                account.imported(file, sheet, day.cell.ref, "meetings")
            else:
                account.furniture(file, sheet, day.cell.ref, "day without a meeting")
            rows.extend(found)
        _account_strays(section, week, account)
    return rows


def _account_strays(section: Section, week: int, account: Account) -> None:
    columns = {column.number for column in section.columns}
    for cell in section.sheet.filled(week):
        if cell.column not in columns:
            account.left_out(section.file, section.sheet.name, cell.ref, "")


def _read_day(
    section: Section, column: Column, day: DayCell, reader: LineReader, tools: Tools
) -> list[MeetingRow]:
    date = Entry(
        "date",
        day.cell.text,
        day.cell.ref,
        column.heading,
        _date_reading(section, column, day),
    )
    rows, at = [], 0
    for number, line in enumerate(day.cell.text.split("\n"), 1):
        start, at = at, at + len(line) + 1
        if number <= day.first_line or not line.strip():
            continue
        taken = reader.take(line)
        if not taken.type and is_note(line):
            continue
        row = MeetingRow(
            section.file, section.sheet.name, day.cell.row, month=section.month
        )
        row.entries["date"] = date
        row.entries |= _line_entries(line, taken, number, day, column, tools)
        row.struck = day.cell.is_struck(start, start + len(line))
        row.note = day.cell.comment
        _apply(row, taken.outcome)
        rows.append(row)
    return rows


def _line_entries(
    line: str, taken: Line, number: int, day: DayCell, column: Column, tools: Tools
) -> dict[str, Entry]:
    def entry(name: str, reading: Reading) -> Entry:
        text, ref = line.strip(), day.cell.ref
        return Entry(name, text, ref, column.heading, reading, number)

    time = read_value("time", Cell(1, 1, taken.time), tools) if taken.time else MISSING
    return {
        "time": entry("time", time),
        "youth": entry("youth", known(taken.youth) if taken.youth else MISSING),
        "type": entry("type", _kind(taken.type, tools)),
    }


def _kind(text: str, tools: Tools) -> Reading:
    if not text:
        return MISSING
    return tools.vocabulary.read_word("type", text)


def _apply(row: MeetingRow, outcome: Outcome) -> None:
    row.moved_to, row.doubt = outcome.moved_to, outcome.doubt
    if outcome.moved_to:
        row.status = "moved"
    elif outcome.cancelled or row.struck:
        row.status = "cancelled"


def _date_reading(section: Section, column: Column, day: DayCell) -> Reading:
    if day.number is None:
        return MISSING
    if section.month is None:
        return Reading(Shape.INCOMPLETE, why="The sheet does not say which month.")
    first, last = day.cell.row == section.rows[0], day.cell.row >= section.rows[-1]
    try:
        found = day_of(section.month, day.number, first, last)
    except ValueError:
        return Reading(Shape.IMPOSSIBLE, why="The month has no such day.")
    if found.month != section.month.number:
        return Reading(Shape.TWO, found, why="It belongs to the next sheet's month.")
    if column.weekday is not None and found.weekday() != column.weekday:
        why = f"It stands under {column.heading}, and day {day.number} is another."
        return Reading(Shape.MANY, why=why)
    return known(found)
