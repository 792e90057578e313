"""What is in the way, what is asked, and what the user answered; all plain data."""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a file, and the line in it where a calendar has several."""

    file: str
    sheet: str
    row: int
    cell: str
    column: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in one cell that nobody should guess."""

    id: str
    code: str
    message: str
    place: Place
    field: str
    value: str
    youth: str | None = None
    candidates: tuple[str, ...] = ()
    label: bool = False


class Act(StrEnum):
    """What to do about one problem."""

    LEAVE_EMPTY = "leave_empty"
    KEEP = "keep"
    USE = "use"


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one problem: leave it empty, keep what is read, or use a value.

    Dates and times are written as ISO, officers by full name, youth by key, other
    fields by their code.
    """

    act: Act
    value: str | None = None


class Decision(StrEnum):
    """The answer to “one person or two?”."""

    ONE = "one"
    TWO = "two"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that may be one person: a row, or somebody on record."""

    key: str
    name: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One person or two? With what speaks for either."""

    id: str
    a: Side
    b: Side
    alike: tuple[str, ...]
    different: tuple[str, ...]
    suggestion: Decision | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything the user decided, by question, by problem, and by word.

    ``words`` says what a text means wherever it stands in a field:
    ``{"placement": {"see KB": "home"}, "youth": {"Jay": "…key…"}}``. ``officers`` says
    who of the unit an officer of the workbook is.
    """

    questions: dict[str, Decision] = field(default_factory=dict)
    problems: dict[str, Reply] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    officers: dict[str, str] = field(default_factory=dict)
