"""What the slow engine computes from, and what each measure hands back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from alongside.kernel.dates import add_months
from alongside.measures.example import Row, Rows
from alongside.measures.options import Options


@dataclass(frozen=True)
class Part:
    """What one child or one record adds to a measure."""

    child_id: str | None
    day: date
    numerator: float
    denominator: float
    unknown: float = 0
    part: str = ""  # which piece, of a measure that has several
    time: int | None = None  # days of follow-up, for survival


@dataclass(frozen=True)
class Extract:
    """Rows of the contract as known just before a date, under some options."""

    rows: Rows
    as_of: date
    options: Options

    @cached_property
    def children(self) -> dict[str, Row]:
        """Child records by identifier."""
        return {child["child_id"]: child for child in self.rows["child"]}

    def birth(self, child_id: str) -> date | None:
        """The date of birth, when there is a record and it holds one."""
        born: date | None = self.children.get(child_id, {}).get("birth_date")
        return born

    def adult_on(self, child_id: str) -> date | None:
        """The eighteenth birthday (G6)."""
        born = self.birth(child_id)
        return None if born is None else add_months(born, 216)

    def within(self, day: date, start: date, months: int) -> bool:
        """Whether a day is within so many months of another (G5)."""
        last = add_months(start, months)
        return day <= last if self.options.anniversary_inclusive else day < last
