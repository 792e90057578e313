"""Rows of a caseload list, each youth's fields read but not yet judged."""

from collections import Counter

from alongside.exchange.imports.accounts import Account
from alongside.exchange.imports.fields import LEAVE_OUT
from alongside.exchange.imports.legend import ColorMeaning
from alongside.exchange.imports.mapping import Mapping
from alongside.exchange.imports.names import Name, other_names, read_name
from alongside.exchange.imports.readings import MISSING, Shape
from alongside.exchange.imports.rows import Entry, YouthRow
from alongside.exchange.imports.sections import Section
from alongside.exchange.imports.values import Tools, read_value
from alongside.exchange.imports.workbook import Cell, letters

NAME_FIELDS = ("name_last_first", "name_first_last", "family", "given")


def read_caseload(
    section: Section, mapping: Mapping, tools: Tools, account: Account
) -> list[YouthRow]:
    """One youth row for every record row of the section."""
    fields = {
        column.number: mapping.field_of(column.letter) for column in section.columns
    }
    headings = {column.number: column.heading for column in section.columns}
    status = mapping.status or section.status or "active"
    rows = []
    for number, cells in section.records():
        row = YouthRow(section.file, section.sheet.name, number, status=status)
        _read_cells(row, section, fields, headings, tools)
        _read_names(row)
        _read_fill(row, section, fields)
        _account(row, section, cells, fields, headings, account)
        rows.append(row)
    return rows


def fill_from_colors(rows: list[YouthRow], colors: dict[str, ColorMeaning]) -> None:
    """An empty cell on a colored row takes what the legend says of the color."""
    for row in rows:
        meaning = colors.get(row.fill or "")
        entry = row.entries.get(meaning.field) if meaning else None
        if meaning is None or entry is None or entry.reading.shape is not Shape.MISSING:
            continue
        in_custody = meaning.code == "in_custody"
        entry.value = "custody_not_named" if in_custody else meaning.code


def _read_cells(
    row: YouthRow,
    section: Section,
    fields: dict[int, str],
    headings: dict[int, str],
    tools: Tools,
) -> None:
    for column, name in fields.items():
        if name == LEAVE_OUT:
            continue
        cell = section.sheet.at(row.number, column)
        reading = read_value(name, cell, tools) if cell else MISSING
        text = cell.text if cell else ""
        ref = f"{letters(column)}{row.number}"
        entry = Entry(name, text, ref, headings[column], reading)
        if name not in row.entries:
            row.entries[name] = entry
        elif entry.word:
            # Two columns of notes become one note.
            first = row.entries[name]
            first.value = "; ".join(filter(None, (first.word, entry.word)))


def _read_names(row: YouthRow) -> None:
    entries = row.entries
    written = next((entries[f] for f in NAME_FIELDS[:2] if f in entries), None)
    if written is not None and written.value is not None:
        last_first = written.field == "name_last_first"
        row.name = read_name(written.text, last_first=last_first)
    elif family := row.word("family"):
        row.name = Name(family, row.word("given") or "")
    elif given := row.word("given"):
        row.name = Name(None, given)
    also = row.word("other_names")
    extra = row.name.other if row.name else ()
    row.other_names = tuple(dict.fromkeys((*other_names(also or ""), *extra)))


def _read_fill(row: YouthRow, section: Section, fields: dict[int, str]) -> None:
    """The color of a row is the color of most of its cells."""
    cells = section.sheet.rows[row.number].values()
    fills = Counter(cell.fill for cell in cells)
    row.fill_ref = f"{letters(min(fields, default=1))}{row.number}"
    if fills:
        row.fill = fills.most_common(1)[0][0]


def _account(
    row: YouthRow,
    section: Section,
    cells: list[Cell],
    fields: dict[int, str],
    headings: dict[int, str],
    account: Account,
) -> None:
    file, sheet = section.file, section.sheet.name
    for cell in cells:
        name = fields.get(cell.column, LEAVE_OUT)
        if name == LEAVE_OUT:
            account.left_out(file, sheet, cell.ref, headings.get(cell.column, ""))
        else:
            account.imported(file, sheet, cell.ref, name)
    _take_comments(row, section, account)


def _take_comments(row: YouthRow, section: Section, account: Account) -> None:
    """Comments pinned to a row's cells go to its note, if the note is taken."""
    said = [
        f"{cell.comment} (comment on {cell.ref})"
        for cell in section.sheet.rows[row.number].values()
        if cell.comment
    ]
    note = row.entries.get("notes")
    if said and note is not None:
        note.value = "; ".join(filter(None, (note.word, *said)))
    elif said:
        for cell in section.sheet.rows[row.number].values():
            if cell.comment and not cell.text.strip():
                account.left_out(section.file, section.sheet.name, cell.ref, "comment")
