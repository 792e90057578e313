"""What of a caseload is shown and in which order; all of it lives in the address."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from alongside.cases.caseload import Row
from alongside.kernel.dates import add_months
from alongside.kernel.names import fold

# Several kinds of stay that one asks about together: (name, kinds).
GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "family": ("Home or relative", frozenset({"home", "relative"})),
    "detained": (
        "Juvenile Hall, camp or custody",
        frozenset({"juvenile_hall", "camp", "custody_not_named"}),
    ),
}
TOWN = "town:"
MINE, NOBODY = "mine", "none"
FIELDS = (
    *("q", "officer", "support", "where", "legal", "court", "contact", "turning"),
    "as_of",
)
SCHOOL_YEAR_ENDS = 6  # June


@dataclass(frozen=True, slots=True)
class Filter:
    """What a caseload is narrowed to; an empty text narrows nothing."""

    q: str = ""
    officer: str = ""
    support: str = ""
    where: str = ""
    legal: str = ""
    court: str = ""
    contact: str = ""
    turning: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Filter":
        """From an address; what it does not know, it leaves out."""
        said = {
            name: given.get(name, "")[:100].strip() for name in cls.__dataclass_fields__
        }
        for name in ("contact", "turning"):
            number = said[name]
            if not (number.isdecimal() and 0 < int(number) < 3_650):
                said[name] = ""
        return cls(**said)

    def is_empty(self) -> bool:
        """Whether everybody is shown."""
        return self == Filter()

    def keep(self, rows: Iterable[Row], day: date, mine: set[int]) -> list[Row]:
        """The rows it shows; ``mine`` are the officers one looks after."""
        tests = list(self._tests(day, mine))
        return [row for row in rows if all(test(row) for test in tests)]

    def _tests(self, day: date, mine: set[int]) -> Iterable[Callable[[Row], bool]]:
        if sought := fold(self.q).split():
            yield lambda row: all(part in row.search_text for part in sought)
        if self.officer == MINE:
            yield lambda row: row.officer_id in mine
        elif self.officer == NOBODY:
            yield lambda row: row.officer_id is None
        elif self.officer:
            yield lambda row: str(row.officer_ref) == self.officer
        if self.support:
            yield lambda row: row.level == self.support
        if self.where:
            yield lambda row: _is_there(row, self.where)
        if self.legal:
            yield lambda row: row.legal_code == self.legal
        if self.court:
            yield lambda row: row.court_code == self.court
        if self.contact:
            before = day - timedelta(days=int(self.contact))
            yield lambda row: row.last_contact is None or row.last_contact < before
        if self.turning:
            years, last = int(self.turning), end_of_school_year(day)
            yield lambda row: _turns(row, years, day, last)


def end_of_school_year(day: date) -> date:
    """The June 30 that ends the school year a day is in."""
    return date(day.year + (day.month > SCHOOL_YEAR_ENDS), SCHOOL_YEAR_ENDS, 30)


def _is_there(row: Row, where: str) -> bool:
    if where.startswith(TOWN):
        return row.town == where.removeprefix(TOWN)
    if where in GROUPS:
        return row.stay_kind in GROUPS[where][1]
    return row.stay_kind == where


def _turns(row: Row, years: int, day: date, last: date) -> bool:
    if row.birth_date is None or row.age is None or years > 100:
        return False
    return day < add_months(row.birth_date, years * 12) <= last


# Each order of the list; without a date comes first where "longest ago" does.
_ORDERS: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: row.sort_key,
    "support": lambda row: (row.support, row.sort_key),
    "where": lambda row: (row.staying, row.place, row.sort_key),
    "officer": lambda row: (row.officer.casefold(), row.sort_key),
    "mdt": lambda row: (row.last_mdt or date.min, row.sort_key),
    "contact": lambda row: (row.last_contact or date.min, row.sort_key),
    "court": lambda row: (row.next_court or date.max, row.sort_key),
}
DEFAULT_ORDER = "mdt"


def order_of(asked: str, *, more: Iterable[str] = ()) -> str:
    """The order an address asks for, or the usual one."""
    known = {*_ORDERS, *more}
    return asked if asked.removeprefix("-") in known else DEFAULT_ORDER


def in_order(rows: list[Row], order: str) -> list[Row]:
    """The rows in an order of ``_ORDERS``; a leading ``-`` turns it."""
    name = order.removeprefix("-")
    ordered = sorted(rows, key=_ORDERS[name], reverse=order.startswith("-"))
    if name == "mdt":
        # Either way round: who needs no review waits for none.
        ordered.sort(key=lambda row: not row.needs_mdt)
    return ordered
