"""Propose mapping: which column goes where, how sure that is, and what it holds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import process

from alongside.exchange.imports.fields import (
    DATES,
    LEAVE_OUT,
    Subject,
    field_for,
    known_headings,
)
from alongside.exchange.imports.officers import OfficerIndex
from alongside.exchange.imports.readings import Reading, Shape
from alongside.exchange.imports.sections import Column, Layout, Section
from alongside.exchange.imports.values import Tools, read_value
from alongside.exchange.imports.vocabulary import Vocabulary, is_label, plain
from alongside.exchange.imports.workbook import Cell

MEETINGS = "meetings"
_SAMPLES = 3
_LIKELY_HEADING = 85
_NUMBERS = frozenset({"pdj", "cw_case"})
_FREE_TEXT = frozenset({"notes", "close_reason"})


class Sure(StrEnum):
    """How sure a proposal is; the last asks the user to look."""

    CERTAIN = "certain"
    LIKELY = "likely"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Sample:
    """A first value; a label is shown by its code's neutral name, with the cell."""

    cell: str
    text: str
    code: str | None = None
    label: bool = False


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Where one column goes."""

    column: str
    heading: str
    field: str
    sure: Sure
    why: str
    group: str = ""
    hidden: bool = False
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptMapping:
    """A mapping kept for the next workbook with the same headings."""

    signature: str
    fields: tuple[str, ...]
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where every column of one section goes; the user may change any of it."""

    file: str
    sheet: str
    signature: str
    columns: tuple[ColumnMapping, ...]
    subject: Subject | None = None
    layout: Layout = Layout.LIST
    status: str | None = None
    left_out: bool = False

    def field_of(self, column: str) -> str:
        """The field a column goes to."""
        return next(
            (one.field for one in self.columns if one.column == column), LEAVE_OUT
        )

    def corrected(self, column: str, field: str) -> "Mapping":
        """The mapping with one column sent elsewhere, as its user said."""
        changed = tuple(
            replace(one, field=field, sure=Sure.CERTAIN, why="You chose this.")
            if one.column == column
            else one
            for one in self.columns
        )
        return replace(self, columns=changed)

    def kept(self) -> KeptMapping:
        """What is worth keeping for the next workbook."""
        fields = tuple(one.field for one in self.columns)
        return KeptMapping(self.signature, fields, self.status)


def signature(section: Section) -> str:
    """The headings in their order: the key under which a mapping is kept."""
    return "|".join(plain(one.heading) or "#" for one in section.columns)


def propose(section: Section, kept: Iterable[KeptMapping] = ()) -> Mapping:
    """Send each column where its heading, or the last import, says it goes."""
    sign = signature(section)
    last = next((one for one in kept if one.signature == sign), None)
    tools = Tools(
        vocabulary=Vocabulary().with_words(section.legend.words),
        officers=OfficerIndex(section.legend.officers),
    )
    columns: list[ColumnMapping] = []
    for at, column in enumerate(section.columns):
        again = last.fields[at] if last and at < len(last.fields) else None
        taken = {one.field for one in columns} - {LEAVE_OUT, MEETINGS, "notes"}
        columns.append(_column(section, column, again, taken, tools))
    return Mapping(
        section.file,
        section.sheet.name,
        sign,
        tuple(columns),
        section.subject,
        section.layout,
        last.status if last and last.status else section.status,
    )


def _column(
    section: Section, column: Column, again: str | None, taken: set[str], tools: Tools
) -> ColumnMapping:
    if section.layout is Layout.GRID:
        field, sure, why = again or MEETINGS, Sure.CERTAIN, "A day of the week."
    elif again is not None:
        field, sure, why = again, Sure.CERTAIN, "Same heading as last time."
    else:
        field, sure, why = _guess(section, column)
    if field in taken:
        field, sure, why = LEAVE_OUT, Sure.LOOK, "Another column goes there already."
    cells = [
        cell
        for row in section.rows
        if (cell := section.sheet.at(row, column.number)) and cell.text.strip()
    ]
    readings = [(cell, read_value(field, cell, tools)) for cell in cells]
    if again is None and section.layout is Layout.LIST:
        sure, why = _weigh(field, sure, why, readings, column.hidden)
    samples = tuple(_sample(field, *pair) for pair in readings[:_SAMPLES])
    return ColumnMapping(
        column.letter,
        column.heading,
        field,
        sure,
        why,
        column.group,
        column.hidden,
        samples,
    )


def _guess(section: Section, column: Column) -> tuple[str, Sure, str]:
    subject = section.subject
    if subject is None or not column.heading:
        return LEAVE_OUT, Sure.LOOK, "It has no heading."
    if field := field_for(subject, column.heading):
        return field, Sure.CERTAIN, ""
    headings = list(known_headings(subject))
    near = process.extractOne(
        plain(column.heading), headings, score_cutoff=_LIKELY_HEADING
    )
    if near is None:
        return LEAVE_OUT, Sure.LOOK, "We do not know this heading."
    return known_headings(subject)[near[0]], Sure.LIKELY, "The heading is much like it."


def _weigh(
    field: str, sure: Sure, why: str, readings: list[tuple[Cell, Reading]], hidden: bool
) -> tuple[Sure, str]:
    """How sure the values themselves make it, said in a few words."""
    if field == LEAVE_OUT:
        return sure, why or "A running number."
    if not readings:
        return sure, why or "The column is empty."
    if field in _FREE_TEXT:
        return Sure.LOOK, f"{len(readings)} cells of free text."
    good = sum(one.shape in (Shape.KNOWN, Shape.MISSING) for _, one in readings)
    bad = len(readings) - good
    what = "dates" if field in DATES else "numbers" if field in _NUMBERS else "known"
    said = f"All but {bad} are {what}." if bad else f"All are {what}."
    if hidden:
        said = f"A hidden column; it is read. {said}"
    if bad * 2 > len(readings):
        return Sure.LOOK, said
    return sure, f"{why} {said}".strip()


def _sample(field: str, cell: Cell, reading: Reading) -> Sample:
    code = reading.value if isinstance(reading.value, str) else None
    return Sample(cell.ref, cell.words[:200], code, is_label(field, reading.value))
