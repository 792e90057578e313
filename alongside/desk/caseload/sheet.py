"""The caseload as a spreadsheet: the rows, columns and day that the screen shows."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

from alongside.access.request import Request
from alongside.cases.caseload import Row
from alongside.desk.caseload import wording
from alongside.desk.caseload.listing import Shown, dues_of
from alongside.kernel.dates import elapsed
from alongside.web.sheets import Kind, xlsx

Cell = Callable[[Row, Shown], Any]


def columns(found: Shown, *, legal: bool) -> list[tuple[str, Kind, Cell]]:
    """(heading, kind, what the cell holds); without the columns one may not see."""
    names = wording.names_apart(found.everybody)
    said: list[tuple[str, Kind, Cell]] = [
        ("Young person", Kind.TEXT, lambda row, _: names[row.youth_id]),
        ("Age", Kind.NUMBER, lambda row, _: row.age),
        ("Pronouns", Kind.TEXT, lambda row, _: row.pronouns),
        ("Support", Kind.TEXT, lambda row, _: row.support or "Not known"),
        ("Where staying", Kind.TEXT, lambda row, _: wording.where(row)),
        ("Town", Kind.TEXT, lambda row, _: row.town),
        ("Since", Kind.DATE, lambda row, _: row.stay_since),
    ]
    if legal:
        said += [
            ("Legal status", Kind.TEXT, lambda row, _: row.legal or "Not known"),
            ("Child welfare", Kind.TEXT, lambda row, _: row.child_welfare),
            ("Court", Kind.TEXT, lambda row, _: row.court or "Not known"),
            ("Next court date", Kind.DATE, lambda row, _: row.next_court),
        ]
    return [
        *said,
        ("Officer", Kind.TEXT, lambda row, _: row.officer or "No officer"),
        ("Covered by", Kind.TEXT, _covered),
        ("Last MDT", Kind.DATE, lambda row, _: row.last_mdt),
        ("Last MDT, how long ago", Kind.TEXT, _ago("last_mdt")),
        ("Last contact", Kind.DATE, lambda row, _: row.last_contact),
        ("Last contact, how long ago", Kind.TEXT, _ago("last_contact")),
        ("Last contact, how", Kind.TEXT, lambda row, _: row.contact_kind),
        ("Next due", Kind.TEXT, _due),
        ("Next due, when", Kind.TEXT, _due_when),
    ]


def sheet(request: Request, found: Shown, *, legal: bool) -> bytes:
    """The file; two queries at most, however many rows."""
    dues = found.dues or dues_of(request, found.rows, found.day, found.words)
    found.dues.update(dues)
    wanted = columns(found, legal=legal)
    rows = [[cell(row, found) for _, _, cell in wanted] for row in found.rows]
    target = io.BytesIO()
    name = f"Caseload {found.day.isoformat()}"
    xlsx(target, [(name, [(head, kind) for head, kind, _ in wanted], rows)])
    return target.getvalue()


def file_name(day: date) -> str:
    """A date and a neutral word."""
    return f"caseload-{day.isoformat()}.xlsx"


def _covered(row: Row, found: Shown) -> str:
    return found.covered.get(row.officer_id or 0, "")


def _ago(field: str) -> Cell:
    def said(row: Row, found: Shown) -> str:
        day = getattr(row, field)
        return elapsed(day, found.day) if day else "None yet"

    return said


def _due(row: Row, found: Shown) -> str:
    due = found.next_due(row)
    return wording.due_name(due) if due else ""


def _due_when(row: Row, found: Shown) -> str:
    due = found.next_due(row)
    return wording.due_when(due, found.day) if due else ""
