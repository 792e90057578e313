"""What a column can go to, and the headings under which units keep it."""

from dataclasses import dataclass
from enum import StrEnum

from alongside.exchange.imports.vocabulary import plain


class Subject(StrEnum):
    """What the rows of a section are about."""

    CASELOAD = "caseload"
    MDT = "mdt"


@dataclass(frozen=True, slots=True)
class Field:
    """One place a column can go to, as the screen calls it."""

    name: str
    label: str
    headings: tuple[str, ...]


LEAVE_OUT = "leave_out"


def _field(name: str, label: str, headings: str) -> Field:
    return Field(name, label, tuple(plain(one) for one in headings.split(";")))


CASELOAD = (
    _field(
        "name_last_first",
        "Name, last name first",
        "last, first; last name, first name; name (last, first); youth (last, first);"
        "minor; last first name",
    ),
    _field("name_first_last", "Name, first name first", "name; youth; youth name"),
    _field("family", "Last name", "last name; last; family name; surname"),
    _field("given", "First name", "first name; first; given name"),
    _field("other_names", "Also called", "aka; also called; nickname; goes by; alias"),
    _field("dob", "Birth date", "dob; birth date; date of birth; birthdate; d o b"),
    _field("pdj", "PDJ number", "pdj; pdj number; pdj no; probation number"),
    _field(
        "cw_case",
        "Child-welfare number",
        "cw case; cw case number; dcfs number; dcfs case; cws number; cw number; cw no",
    ),
    _field(
        "officer",
        "Officer",
        "dpo; officer; po; probation officer; last dpo; assigned dpo; assigned to;"
        "worker; assigned; supervised by; dpo of record",
    ),
    _field(
        "placement",
        "Where staying",
        "placement; where staying; living with; placed at; location; plcmt; living;"
        "current placement",
    ),
    _field(
        "disposition",
        "Legal status",
        "dispo; disposition; legal status; legal; dispo status; probation status",
    ),
    _field(
        "child_welfare",
        "Child-welfare status",
        "dcfs; cps; child welfare; cw; cw status; dependency; dcfs status",
    ),
    _field("court", "Court", "court; ct; dept; department; courtroom"),
    _field("last_mdt", "Last MDT, as the sheet says", "last mdt; last mdt date"),
    _field(
        "next_court",
        "Next court date",
        "next ct; next court; next court date; next hearing; next ct date; court date",
    ),
    _field(
        "support_level",
        "Support",
        "support lvl; support level; support; level; lvl; support lvl at close",
    ),
    _field("notes", "Note on the record", "remarks; notes; comments; note; comment"),
    _field("closed_on", "Closed on", "closed; closed on; date closed; close date"),
    _field("close_reason", "Why closed", "why closed; reason closed; reason; outcome"),
)
MDT = (
    _field("date", "Meeting date", "date; mdt date; date of mdt; meeting date; when"),
    _field("time", "Time", "time; start; start time"),
    _field("youth", "Young person", "youth; name; youth name; minor; last, first"),
    _field("type", "Kind of review", "type; type of mdt; mdt type; kind; review type"),
    _field("officer", "Officer", "dpo; officer; po; probation officer"),
    _field("notes", "Note on the meeting", "notes; comments; remarks; note; comment"),
)
FIELDS = {Subject.CASELOAD: CASELOAD, Subject.MDT: MDT}
DATES = ("dob", "last_mdt", "next_court", "closed_on", "date")
_RUNNING_NUMBER = frozenset({"", "no", "nr", "num", "number", "count"})
_BY_HEADING = {
    subject: {heading: one.name for one in fields for heading in one.headings}
    for subject, fields in FIELDS.items()
}


def field_for(subject: Subject, heading: str) -> str | None:
    """The field a heading usually means."""
    words = plain(heading)
    if words in _RUNNING_NUMBER and heading.strip():
        return LEAVE_OUT
    return _BY_HEADING[subject].get(words)


def known_headings(subject: Subject) -> dict[str, str]:
    """Every heading we know for a subject, in its compared form, with its field."""
    return _BY_HEADING[subject]


def label_of(subject: Subject, name: str) -> str:
    """What the screen calls a field."""
    if name == LEAVE_OUT:
        return "Leave out"
    return next(one.label for one in FIELDS[subject] if one.name == name)
