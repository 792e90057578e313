"""What can be wrong with a source, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """Every check of a source; the value is its name in reports."""

    UNREADABLE_FILE = "unreadable_file"
    MISSING_TABLE = "missing_table"
    MISSING_COLUMN = "missing_column"
    UNKNOWN_FILE = "unknown_file"
    WRONG_WIDTH = "wrong_number_of_cells"
    EMPTY_TABLE = "empty_table"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_CODE = "unknown_code"
    OUT_OF_RANGE = "out_of_range"
    EMPTY_CELL = "empty_cell"
    REPEATED_KEY = "repeated_key"
    ENDS_BEFORE_START = "ends_before_start"
    UNKNOWN_REFERENCE = "unknown_reference"
    BIRTH_AFTER_ENTRY = "birth_after_entry"
    EXIT_BEFORE_ENTRY = "exit_before_entry"
    SAME_DAY_EXIT = "same_day_exit"
    DROPPED_RECORDS = "dropped_records"
    MISSING_EXIT_REASON = "missing_exit_reason"
    MISSING_BIRTH_DATE = "missing_birth_date"
    MISSING_REMOVAL_DATE = "missing_removal_date"
    FIRST_REMOVALS = "first_removals"
    UNMATCHED_IDS = "unmatched_ids"


# What each check looks for and what happens then; the manual lists these.
RULES: dict[Rule, str] = {
    Rule.UNREADABLE_FILE: "The file cannot be read; its table is not used.",
    Rule.MISSING_TABLE: "A measure needs the table; that measure is not computed.",
    Rule.MISSING_COLUMN: "The column is absent; it counts as empty everywhere.",
    Rule.UNKNOWN_FILE: "The file is not a table of the contract; it is not used.",
    Rule.WRONG_WIDTH: "A row has more or fewer cells than the heading; it is not used.",
    Rule.EMPTY_TABLE: "The file has no rows.",
    Rule.WRONG_TYPE: "The cell cannot be read as its type; it counts as empty.",
    Rule.UNKNOWN_CODE: "The code is not in the column's list; it counts as empty.",
    Rule.OUT_OF_RANGE: "The number is outside its limits; it counts as empty.",
    Rule.EMPTY_CELL: "A cell that must be filled is empty; the row is not used.",
    Rule.REPEATED_KEY: "The key was used by an earlier row; the row is not used.",
    Rule.ENDS_BEFORE_START: "The period ends before it starts; measures leave it out.",
    Rule.UNKNOWN_REFERENCE: "The row refers to a row that is not there; it is kept.",
    Rule.BIRTH_AFTER_ENTRY: "More than 5% of removals begin before the birth date.",
    Rule.EXIT_BEFORE_ENTRY: "More than 5% of removals end before they begin.",
    Rule.SAME_DAY_EXIT: "More than 5% of removals end on the day they begin.",
    Rule.DROPPED_RECORDS: "More than 10% of removals cannot be used.",
    Rule.MISSING_EXIT_REASON: "More than 10% of ended removals have no reason.",
    Rule.MISSING_BIRTH_DATE: "More than 5% of children have no date of birth.",
    Rule.MISSING_REMOVAL_DATE: "More than 5% of removals have no first day.",
    Rule.FIRST_REMOVALS: "More than 95% of removals are the child's first.",
    Rule.UNMATCHED_IDS: "More than 40% of children in care are not in the next file.",
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a source: where, which rule, and a sentence."""

    table: str
    rule: Rule
    sentence: str
    column: str | None = None
    row: int | None = None  # counted from 1, without the heading; the first such row
    rows: int = 1  # how many rows have it

    def __str__(self) -> str:
        return self.sentence


class SourceError(Exception):
    """Nothing can be computed from the source; the message says what to do."""


class UnsoundSource(SourceError):
    """The source has problems, and it was to be refused if it had any."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        first = "\n".join(f"  {problem}" for problem in self.problems[:20])
        rest = f"\n  and {count - 20} more" if count > 20 else ""
        noun = "problem" if count == 1 else "problems"
        super().__init__(f"The source has {count} {noun}:\n{first}{rest}")
