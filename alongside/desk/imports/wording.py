"""How a workbook's words are shown: by neutral names, whoever wrote them."""

import re
from dataclasses import dataclass
from datetime import date

from alongside.exchange.imports import FIELDS, LEAVE_OUT, Subject
from alongside.exchange.imports.fields import DATES
from alongside.exchange.words import to_ours, to_sheet
from alongside.forms.vocabulary import Vocabulary
from alongside.kernel.dates_in_words import short_day

VOCABULARIES = {
    "placement": "stay_kind",
    "support_level": "support_level",
    "disposition": "legal_status",
    "child_welfare": "child_welfare",
    "court": "court",
}
KINDS = {
    "initial": "Initial review",
    "ongoing": "Ongoing review",
    "90_day": "90-day review",
    "as_needed": "As-needed review",
}
STATUSES = {
    "active": "Active",
    "closed": "Closed",
    "held": "Held",
    "cancelled": "Called off",
    "moved": "Moved to another day",
    "scheduled": "Still to come",
}
_LABELS = {
    "status": "Status",
    "row_color": "Color of the row",
    "month": "Month of the sheet",
    **{one.name: one.label for fields in FIELDS.values() for one in fields},
    "notes": "Note",
    "last_mdt": "Last MDT",
}
_DATE_CELL = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T[\d:]+)?$")
# Words that alone would tell why somebody is here, as a workbook may have them.
_TELLING = (
    (re.compile(r"\bat[\s_-]*risk\b|\bAR\b", re.IGNORECASE), "early"),
    (re.compile(r"\bSTAR\b|\bstar (?=c(?:our)?t)"), "Calendar A"),
    (re.compile(r"\bDREAM\b|\bdream (?=c(?:our)?t)"), "Calendar B"),
)


def neutral(text: str) -> str:
    """A text from a workbook without the words that are labels themselves."""
    for telling, name in _TELLING:
        text = telling.sub(name, text)
    return text


def label(name: str) -> str:
    """What the screen calls a field."""
    return _LABELS.get(name, name.replace("_", " ").capitalize())


def choices(subject: Subject | None) -> list[tuple[str, str]]:
    """Where a column may go."""
    if subject is None:
        return [(LEAVE_OUT, "Leave out")]
    fields = [(one.name, one.label) for one in FIELDS[subject]]
    return [*fields, (LEAVE_OUT, "Leave out")]


@dataclass(frozen=True)
class Wording:
    """The unit's words and today, with which values are shown."""

    words: Vocabulary
    today: date

    def value(self, name: str, code: str | None) -> str:
        """A value of a field as a person says it."""
        if code is None:
            return "Nothing yet"
        if name in DATES:
            try:
                return short_day(date.fromisoformat(code), self.today)
            except ValueError:
                return code
        if name in VOCABULARIES:
            shown = self.words.name(VOCABULARIES[name], to_ours(name, code))
            return shown[:1].upper() + shown[1:]
        if name == "type":
            return KINDS.get(code, code)
        if name == "status":
            return STATUSES.get(code, code)
        return neutral(code)

    def coded(self, name: str) -> list[tuple[str, str]]:
        """What a field of fixed words may be, by the workbook's code."""
        if name == "type":
            return list(KINDS.items())
        if name not in VOCABULARIES:
            return []
        known = self.words.choices(VOCABULARIES[name])
        return [(to_sheet(name, code), shown) for code, shown in known]

    def written(self, name: str, text: str, code: str | None, is_label: bool) -> str:
        """What a cell says; a label by its neutral name."""
        if is_label:
            return self.value(name, code) if code else "(a label)"
        if match := _DATE_CELL.match(text):
            # A cell that holds a date has no writing of its own.
            return f"{int(match[2])}/{int(match[3])}/{match[1]}"
        return neutral(" ".join(text.split()))[:200]
