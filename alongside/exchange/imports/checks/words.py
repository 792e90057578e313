"""Officers, words of the legend, and the colors of rows."""

from collections.abc import Iterator

from alongside.exchange.imports.checks.registry import Facts, Finding, check, entries
from alongside.exchange.imports.legend import color_name
from alongside.exchange.imports.readings import Shape
from alongside.exchange.imports.rows import Entry
from alongside.exchange.imports.vocabulary import IN_CUSTODY

_LISTED = ("support_level", "disposition", "child_welfare", "court")


def _shaped(facts: Facts, shape: Shape, *names: str) -> Iterator[Finding]:
    for row, entry in entries(facts, *names):
        if entry.reading.shape is shape:
            yield Finding(row, entry, entry.reading.why, entry.reading.candidates)


@check("officer_unknown", "No officer of that name is known.", fields=("officer",))
def officer_unknown(facts: Facts) -> Iterator[Finding]:
    """Not on the staff list of the legend, nor in the unit."""
    for found in _shaped(facts, Shape.UNKNOWN, "officer"):
        yield Finding(found.row, found.entry, "This officer is not on the staff list.")


@check("officer_ambiguous", "Several officers are called that.", fields=("officer",))
def officer_ambiguous(facts: Facts) -> Iterator[Finding]:
    """Two officers share a last name."""
    for found in _shaped(facts, Shape.MANY, "officer"):
        names = " or ".join(found.candidates)
        yield Finding(found.row, found.entry, f"It could be {names}.", found.candidates)


@check("officer_two", "One cell names two officers.", fields=("officer",))
def officer_two(facts: Facts) -> Iterator[Finding]:
    """One officer carries a case."""
    for found in _shaped(facts, Shape.TWO, "officer"):
        why = "There are two officers in one cell; one can carry the case."
        yield Finding(found.row, found.entry, why, found.candidates)


@check(
    "officer_left",
    "The officer of an active youth no longer carries cases.",
    fields=("officer",),
)
def officer_left(facts: Facts) -> Iterator[Finding]:
    """Their cases were to be given to somebody; nobody new is written."""
    for row in facts.tables.people():
        entry = row.entries.get("officer")
        if row.status != "active" or entry is None or entry.word is None:
            continue
        if facts.officers.has_left(entry.word):
            why = f"{entry.word} has left, and nobody new is written."
            yield Finding(row, entry, why)


@check(
    "placement_unclear",
    "The words do not settle on one place.",
    fields=("placement",),
)
def placement_unclear(facts: Facts) -> Iterator[Finding]:
    """Two places and a question mark, or no place at all."""
    yield from _shaped(facts, Shape.UNCLEAR, "placement")


@check("kind_unclear", "The word is not one of the list.", fields=_LISTED)
def kind_unclear(facts: Facts) -> Iterator[Finding]:
    """A level, status or court that neither the legend nor we know."""
    yield from _shaped(facts, Shape.UNCLEAR, *_LISTED)


@check(
    "colour_unknown",
    "The row has a color that the legend does not explain.",
    fields=("row_color",),
    keeps=True,
)
def colour_unknown(facts: Facts) -> Iterator[Finding]:
    """Somebody meant something by it."""
    asked: set[str] = set()
    for row in facts.tables.people():
        if row.fill is None or row.fill in facts.colors:
            continue
        if not facts.colors and row.fill in asked:
            # Without any legend a color is asked about once, not on every row.
            continue
        asked.add(row.fill)
        name = color_name(row.fill)
        entry = Entry("row_color", row.fill, row.fill_ref, "(row color)")
        yield Finding(row, entry, f"The row is {name}; the legend does not say why.")


@check(
    "colour_conflict",
    "The color of the row says one thing and the cell another.",
    fields=("support_level", "placement"),
)
def colour_conflict(facts: Facts) -> Iterator[Finding]:
    """A yellow row is secondary support, and the cell says full."""
    for row in facts.tables.people():
        meaning = facts.colors.get(row.fill or "")
        entry = row.entries.get(meaning.field) if meaning else None
        if meaning is None or entry is None or entry.word is None:
            continue
        in_custody = meaning.code == "in_custody"
        agrees = entry.word in IN_CUSTODY if in_custody else entry.word == meaning.code
        if not agrees:
            said = meaning.code.replace("_", " ")
            why = f"The row is {meaning.name} ({said}) and the cell says otherwise."
            yield Finding(row, entry, why, (entry.word, meaning.code))
