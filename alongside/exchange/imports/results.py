"""What a dry run found, as plain data: nothing here has been written anywhere."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from alongside.exchange.imports.problems import Place, Problem, Question


class Outcome(StrEnum):
    """What bringing a youth in would do."""

    NEW = "new"
    MATCHED = "matched"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A field whose value on record is not the workbook's."""

    field: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class YouthRecord:
    """One youth as the desk will bring them in; ``None`` means not known.

    ``stays`` is what the workbook says otherwise, and the record says for a later day.
    """

    key: str
    outcome: Outcome
    given: str
    family: str | None
    suffix: str | None
    other_names: tuple[str, ...]
    places: tuple[Place, ...]
    status: str | None = None
    dob: date | None = None
    pdj: str | None = None
    cw_case: str | None = None
    officer: str | None = None
    support_level: str | None = None
    placement: str | None = None
    placement_words: str | None = None
    in_custody: bool | None = None
    disposition: str | None = None
    child_welfare: str | None = None
    court: str | None = None
    last_mdt: date | None = None
    next_court: date | None = None
    closed_on: date | None = None
    close_reason: str | None = None
    notes: str | None = None
    changes: tuple[Change, ...] = ()
    stays: tuple[Change, ...] = ()
    problems: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether nothing about this youth waits for an answer."""
        return not self.problems and not self.questions


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting as the desk will bring it in; ``youth`` is a record's key."""

    key: str
    place: Place
    date: date | None
    time: time | None
    type: str | None
    status: str | None
    youth: str | None
    officer: str | None = None
    moved_to: str | None = None
    note: str | None = None
    problems: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether this meeting has all it needs and waits for no answer."""
        whole = self.date and self.type and self.status and self.youth
        return bool(whole) and not self.problems and not self.questions


@dataclass(frozen=True, slots=True)
class DryRun:
    """Everything an import would do, everything in its way, and where each cell went.

    ``cells`` maps file and sheet to fates ("imported: dob", "left out: #",
    "furniture: title", "problem: date_impossible", "not read") to cells.
    """

    kept_to: date
    youth: tuple[YouthRecord, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    problems: tuple[Problem, ...] = ()
    settled: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    answered: tuple[Question, ...] = ()
    cells: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """The numbers of the summary: new, matched, changed, ready, asked."""
        outcomes = Counter(one.outcome for one in self.youth)
        return {
            **{outcome.value: outcomes[outcome] for outcome in Outcome},
            "youth": len(self.youth),
            "youth_ready": sum(one.is_ready for one in self.youth),
            "meetings": len(self.meetings),
            "meetings_ready": sum(one.is_ready for one in self.meetings),
            "problems": len(self.problems),
            "questions": len(self.questions),
        }
