"""Meetings: their kind, whether they took place, and the same one twice."""

from collections.abc import Iterator

from alongside.exchange.imports.checks.registry import Facts, Finding, Phase, check
from alongside.exchange.imports.readings import Shape
from alongside.exchange.imports.rows import MeetingRow


@check("type_missing", "The kind of review is not written.", fields=("type",))
def type_missing(facts: Facts) -> Iterator[Finding]:
    """A meeting needs one of the four kinds."""
    for row in facts.tables.meetings:
        entry = row.entries["type"]
        if entry.reading.shape is Shape.MISSING:
            yield Finding(row, entry, "The kind of review is not written.")


@check("type_unclear", "The word fits none or several kinds.", fields=("type",))
def type_unclear(facts: Facts) -> Iterator[Finding]:
    """“Review” may be an ongoing or a 90-day one."""
    for row in facts.tables.meetings:
        entry = row.entries["type"]
        if entry.reading.shape is Shape.UNCLEAR:
            yield Finding(
                row,
                entry,
                "It is not one of the four kinds of review.",
                entry.reading.candidates,
            )


@check(
    "status_unclear",
    "A question mark on a past day: it may not have been held.",
    fields=("status",),
    phase=Phase.MEETINGS,
)
def status_unclear(facts: Facts) -> Iterator[Finding]:
    """Only the unit knows."""
    for row in facts.tables.meetings:
        entry = row.entries["status"]
        if row.doubt and entry.value == "held":
            why = "There is a question mark and the day has passed: was it held?"
            yield Finding(row, entry, why, ("held", "cancelled"))


@check(
    "duplicate_row",
    "The same youth, day and kind are written twice.",
    fields=("youth",),
    phase=Phase.TOGETHER,
    keeps=True,
)
def duplicate_row(facts: Facts) -> Iterator[Finding]:
    """The second is left out unless somebody says it is another meeting."""
    first: dict[tuple[object, ...], MeetingRow] = {}
    for row in facts.tables.meetings:
        day, youth, kind = row.day("date"), row.word("youth"), row.word("type")
        if day is None or youth is None or kind is None:
            continue
        known = first.setdefault((day, youth, kind, row.word("status")), row)
        if known is not row:
            sheet = "" if known.sheet == row.sheet else f"sheet {known.sheet}, "
            why = f"The same day, youth and kind as {sheet}row {known.number}."
            yield Finding(row, row.entries["youth"], why, (known.key,))
