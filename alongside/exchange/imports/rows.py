"""The rows of the sections while they are checked: every field with where it stands."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time

from alongside.exchange.imports.months import MonthFound
from alongside.exchange.imports.names import Name
from alongside.exchange.imports.readings import MISSING, Reading


@dataclass(slots=True)
class Entry:
    """One field of one row: as written, as read, and as settled so far.

    Meetings that share a date cell share its entry, so it is asked about once.
    """

    field: str
    text: str
    ref: str
    heading: str
    reading: Reading = MISSING
    line: int | None = None
    value: date | time | str | None = None
    open: list[str] = dataclasses.field(default_factory=list)

    def __post_init__(self) -> None:
        self.value = self.reading.value

    @property
    def day(self) -> date | None:
        """The value of a date field."""
        return self.value if isinstance(self.value, date) else None

    @property
    def word(self) -> str | None:
        """The value of any other field."""
        return self.value if isinstance(self.value, str) else None


@dataclass(slots=True)
class Row:
    """One record of a sheet."""

    file: str
    sheet: str
    number: int
    entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Where the row stands, the same in every dry run of the same file."""
        return f"{self.file}!{self.sheet}!{self.number}"

    def day(self, name: str) -> date | None:
        """The settled date of a field."""
        entry = self.entries.get(name)
        return entry.day if entry else None

    def word(self, name: str) -> str | None:
        """The settled word of a field."""
        entry = self.entries.get(name)
        return entry.word if entry else None

    def open(self) -> Iterator[str]:
        """The problems that still stand on this row."""
        for entry in self.entries.values():
            yield from entry.open


@dataclass(slots=True)
class YouthRow(Row):
    """One youth as one sheet of the caseload has them."""

    status: str = "active"
    name: Name | None = None
    other_names: tuple[str, ...] = ()
    fill: str | None = None
    fill_ref: str = ""
    left_out: bool = False

    @property
    def identifiers(self) -> dict[str, str]:
        """The settled case numbers."""
        found = {name: self.word(name) for name in ("pdj", "cw_case")}
        return {name: number for name, number in found.items() if number}


@dataclass(slots=True)
class MeetingRow(Row):
    """One meeting as one line of a calendar or one row of a list has it."""

    month: MonthFound | None = None
    struck: bool = False
    status: str | None = None
    doubt: bool = False
    moved_to: str | None = None
    note: str | None = None
    duplicate_of: str | None = None

    @property
    def ref(self) -> str:
        """The cell that names the youth."""
        return self.entries["youth"].ref

    @property
    def line(self) -> int | None:
        """The line of that cell, in a calendar."""
        return self.entries["youth"].line


@dataclass(slots=True)
class SheetFact:
    """Something that is true of a whole sheet and may be asked about."""

    row: Row
    section_month: MonthFound | None = None


@dataclass(slots=True)
class Tables:
    """Everything read from the sections of one import."""

    kept_to: date
    youth: list[YouthRow] = field(default_factory=list)
    meetings: list[MeetingRow] = field(default_factory=list)
    sheets: list[SheetFact] = field(default_factory=list)

    def people(self) -> Iterator[YouthRow]:
        """The youth rows that are not left out."""
        return (row for row in self.youth if not row.left_out)
