"""What the cells of a caseload say, on the screen and in the sheet alike."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from alongside.cases.caseload import Row
from alongside.cases.due import Due
from alongside.cases.filters import GROUPS, MINE, NOBODY, TOWN, Filter
from alongside.cases.rules import DueState
from alongside.desk.caseload.listing import Shown
from alongside.kernel.dates import Precision
from alongside.kernel.dates_in_words import short_day, vague_day

_KNOWN_BY_PLACE = {"juvenile_hall", "camp"}

_ORDERS = {
    "name": "By name",
    "support": "By support",
    "where": "By where they stay",
    "officer": "By officer",
    "mdt": "Longest since an MDT first, who needs none last",
    "contact": "Longest since a contact first",
    "court": "Next court date first",
    "due": "What is due first",
}
_TURNED = {
    "mdt": "Latest MDT first, who needs none last",
    "contact": "Latest contact first",
    "court": "Latest court date first",
    "due": "What is due last first",
}


def names_apart(rows: Iterable[Row]) -> dict[int, str]:
    """How the list names each; twins of a name get their year of birth."""
    rows = list(rows)
    count = Counter(row.name for row in rows)
    return {
        row.youth_id: f"{row.name} (b. {row.birth_date.year})"
        if count[row.name] > 1 and row.birth_date
        else row.name
        for row in rows
    }


def person_line(row: Row) -> str:
    """Beneath the name: "16, he/him"."""
    age = "" if row.age is None else str(row.age)
    return ", ".join(filter(None, (age, row.pronouns)))


def where(row: Row) -> str:
    """Where somebody stays: "Resource home, Delgado family", "Camp Alder"."""
    if row.place and row.stay_kind in _KNOWN_BY_PLACE:
        return row.place
    return ", ".join(filter(None, (row.staying, row.place)))


def since(row: Row, today: date) -> str:
    """Beneath where one stays: "Eastfield, since Aug 28"."""
    if row.stay_since is None:
        return row.town
    precision = Precision(row.stay_precision)
    day = (
        short_day(row.stay_since, today)
        if precision is Precision.DAY
        else vague_day(row.stay_since, precision, today)
    )
    return ", ".join(filter(None, (row.town, f"since {day}")))


def due_when(due: Due, today: date) -> str:
    """Beneath what is due next: "Was due Nov 17", "Booked Nov 24", "2 of 4, by ..."."""
    if due.state is DueState.BOOKED and due.booked_day:
        return f"Booked {short_day(due.booked_day, today)}"
    days = (due.due_on - today).days
    if days in (0, 1):
        return ("Due today", "Due tomorrow")[days]
    day = short_day(due.due_on, today)
    return f"Was due {day}" if days < 0 else f"Due {day}"


def due_name(due: Due) -> str:
    """What is due, at the start of a cell."""
    return due.what[:1].upper() + due.what[1:]


def order_in_words(order: str) -> str:
    """How the list is ordered, as the sentence beneath the heading says it."""
    key = order.removeprefix("-")
    if not order.startswith("-"):
        return _ORDERS[key]
    return _TURNED.get(key, f"{_ORDERS[key]}, from the end")


def filters_in_words(found: Shown) -> list[str]:
    """What narrows the list, each in a few words."""
    asked, words = found.filter, found.words
    said = {
        "q": f"“{asked.q}”",
        "officer": _officer(found),
        "support": words.name("support_level", asked.support),
        "where": _place(asked, found),
        "legal": words.name("legal_status", asked.legal),
        "court": words.name("court", asked.court),
        "contact": f"no contact in {asked.contact} days",
        "turning": f"turning {asked.turning} this school year",
    }
    return [text for name, text in said.items() if getattr(asked, name)]


def _officer(found: Shown) -> str:
    asked = found.filter.officer
    if asked == MINE:
        return "mine and covering"
    if asked == NOBODY:
        return "no officer"
    carried = (row.officer for row in found.everybody if str(row.officer_ref) == asked)
    return f"carried by {next(carried, 'nobody here')}"


def _place(asked: Filter, found: Shown) -> str:
    if asked.where.startswith(TOWN):
        return asked.where.removeprefix(TOWN)
    if asked.where in GROUPS:
        return GROUPS[asked.where][0]
    return found.words.name("stay_kind", asked.where)
