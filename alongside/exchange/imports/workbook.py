"""A workbook as plain data: each filled cell with its text, color and struck words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum


class Kind(StrEnum):
    """What the file itself says a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    YES_NO = "yes_no"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text (dates as ISO, numbers as typed) and how it looks."""

    row: int
    column: int
    text: str
    kind: Kind = Kind.TEXT
    fill: str | None = None
    struck: tuple[tuple[int, int], ...] = ()
    comment: str | None = None
    formula: bool = False

    @property
    def ref(self) -> str:
        """The cell's address as the sheet shows it, such as ``B4``."""
        return f"{letters(self.column)}{self.row}"

    @property
    def words(self) -> str:
        """The text on one line, without spare blanks."""
        return " ".join(self.text.split())

    @property
    def day(self) -> date | None:
        """The date of a date cell."""
        return date.fromisoformat(self.text[:10]) if self.kind is Kind.DATE else None

    @property
    def clock(self) -> time | None:
        """The time of a time cell."""
        return time.fromisoformat(self.text) if self.kind is Kind.TIME else None

    def is_struck(self, start: int = 0, end: int | None = None) -> bool:
        """Whether a line goes through most of the text between two positions."""
        last = len(self.text) if end is None else end
        inked = sum(not mark.isspace() for mark in self.text[start:last])
        gone = sum(
            not self.text[at].isspace()
            for a, b in self.struck
            for at in range(max(a, start), min(b, last))
        )
        return inked > 0 and gone * 2 > inked


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tab: its filled cells by row and column, and what is hidden or merged."""

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden: bool = False
    hidden_columns: tuple[int, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()

    def cells(self) -> Iterator[Cell]:
        """Every cell with text or a comment, row by row."""
        for row in self.rows.values():
            for cell in row.values():
                if cell.text.strip() or cell.comment:
                    yield cell

    def at(self, row: int, column: int) -> Cell | None:
        """The cell there, if it holds anything."""
        return self.rows.get(row, {}).get(column)

    def filled(self, row: int) -> list[Cell]:
        """The cells of one row that have text, left to right."""
        return [cell for cell in self.rows.get(row, {}).values() if cell.text.strip()]


@dataclass(frozen=True, slots=True)
class Workbook:
    """One file as read, with sentences about what its format could not carry."""

    name: str
    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...] = ()
    saved_on: date | None = None


def letters(column: int) -> str:
    """Column 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """Column A is 1, AA is 27."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


def text_of(value: object) -> tuple[str, Kind]:
    """What a reader library calls a value, as our text and kind."""
    if value is None:
        return "", Kind.TEXT
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), Kind.YES_NO
    if isinstance(value, int | float):
        return number_text(value), Kind.NUMBER
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return (value.date() if midnight else value).isoformat(), Kind.DATE
    if isinstance(value, date):
        return value.isoformat(), Kind.DATE
    if isinstance(value, time):
        return value.isoformat(), Kind.TIME
    return writable(str(value)), Kind.TEXT


def writable(text: str) -> str:
    """Text a database can keep: without the signs that stand for no letter."""
    if text.isascii():
        return text.replace("\0", "")
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "")


def number_text(value: float | int) -> str:
    """A number as a person would type it: no ``.0``, no exponent for whole ones."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def split_ref(ref: str) -> tuple[int, int]:
    """``B4`` is row 4, column 2."""
    match = re.fullmatch(r"([A-Z]+)(\d+)", ref)
    if match is None:
        raise ValueError(ref)
    return int(match[2]), column_number(match[1])
