"""A section: one table or calendar found on a sheet, and what else stands there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from alongside.exchange.imports.fields import Subject
from alongside.exchange.imports.legend import Legend
from alongside.exchange.imports.months import MonthFound
from alongside.exchange.imports.workbook import Cell, Sheet, letters


class Layout(StrEnum):
    """How a sheet is laid out."""

    LIST = "list"
    GRID = "grid"
    LEGEND = "legend"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list or one weekday of a calendar."""

    number: int
    heading: str
    group: str = ""
    hidden: bool = False
    weekday: int | None = None

    @property
    def letter(self) -> str:
        """The column's letter on the sheet."""
        return letters(self.number)


@dataclass(frozen=True, slots=True)
class Section:
    """One sheet as recognised; ``furniture`` are cells that are no record."""

    file: str
    sheet: Sheet
    layout: Layout
    subject: Subject | None = None
    heading_rows: tuple[int, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[int, ...] = ()
    furniture: dict[str, str] = field(default_factory=dict)
    status: str | None = None
    month: MonthFound | None = None
    title_cell: str | None = None
    legend: Legend = field(default_factory=Legend)

    @property
    def name(self) -> str:
        """File and sheet, as a sentence names them."""
        sheet = f", sheet {self.sheet.name}" if self.sheet.name else ""
        return f"{self.file}{sheet}"

    def records(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each row that may hold a record, with its filled cells."""
        for number in self.rows:
            yield number, self.sheet.filled(number)
