"""Names and case numbers: whose row it is."""

from collections import defaultdict
from collections.abc import Iterator

from alongside.exchange.imports.caseload import NAME_FIELDS
from alongside.exchange.imports.checks.registry import (
    Facts,
    Finding,
    Phase,
    check,
    entries,
)
from alongside.exchange.imports.likeness import Verdict, compare
from alongside.exchange.imports.names import Name
from alongside.exchange.imports.people import Person
from alongside.exchange.imports.readings import Shape
from alongside.exchange.imports.rows import MeetingRow, YouthRow

_NUMBERS = ("pdj", "cw_case")


def _person(row: YouthRow) -> Person:
    name = row.name or Name(None, "")
    numbers = row.identifiers
    return Person(row.key, name, row.other_names, row.day("dob"), numbers)


@check(
    "identifier_malformed",
    "The case number does not have its usual shape.",
    fields=_NUMBERS,
)
def identifier_malformed(facts: Facts) -> Iterator[Finding]:
    """The letter O among digits."""
    for row, entry in entries(facts, *_NUMBERS):
        if entry.reading.shape is Shape.UNCLEAR:
            yield Finding(row, entry, entry.reading.why)


@check(
    "identifier_shared",
    "Two different youth carry the same case number.",
    fields=_NUMBERS,
)
def identifier_shared(facts: Facts) -> Iterator[Finding]:
    """A number pasted a row too far; neither is believed."""
    for name in _NUMBERS:
        owners: dict[str, list[YouthRow]] = defaultdict(list)
        for row in facts.tables.people():
            if number := row.word(name):
                owners[number].append(row)
        for rows in owners.values():
            for row in rows:
                others = tuple(one.key for one in rows if _apart(row, one))
                if others:
                    why = "Two different youth carry this number."
                    yield Finding(row, row.entries[name], why, (row.key, *others))


def _apart(row: YouthRow, other: YouthRow) -> bool:
    if row is other:
        return False
    return compare(_person(row), _person(other)).verdict is Verdict.APART


@check(
    "identifier_name_disagree",
    "The case number belongs to somebody else on record.",
    fields=_NUMBERS,
)
def identifier_name_disagree(facts: Facts) -> Iterator[Finding]:
    """The number is one youth's and the name another's."""
    owners = {
        (name, number): youth
        for youth in facts.roster.youth
        for name, number in youth.identifiers.items()
    }
    for row in facts.tables.people():
        for name, number in row.identifiers.items():
            youth = owners.get((name, number))
            if youth is None:
                continue
            known = Person(
                youth.id,
                Name(youth.family, youth.given),
                youth.other_names,
                youth.dob,
                youth.identifiers,
            )
            if compare(known, _person(row)).verdict is Verdict.APART:
                why = f"On record this number is {known.name.full}'s."
                found = (f"known:{youth.id}",)
                yield Finding(row, row.entries[name], why, found)


@check(
    "name_order_unclear",
    "Without a comma, either word may be the last name.",
    fields=("name_last_first",),
    keeps=True,
)
def name_order_unclear(facts: Facts) -> Iterator[Finding]:
    """“Jordan Taylor” under “Last, First”."""
    for row, entry in entries(facts, "name_last_first"):
        if entry.reading.shape is Shape.UNCLEAR:
            why = "There is no comma: either word may be the last name."
            yield Finding(row, entry, why)


@check(
    "name_missing",
    "A row needs the young person's name.",
    fields=("youth", *NAME_FIELDS),
)
def name_missing(facts: Facts) -> Iterator[Finding]:
    """A row about nobody cannot stand."""
    for row in facts.tables.people():
        if row.name is None:
            entry = next(
                (row.entries[name] for name in NAME_FIELDS if name in row.entries),
                next(iter(row.entries.values())),
            )
            yield Finding(row, entry, "There is no name.")
    for meeting in facts.tables.meetings:
        entry = meeting.entries["youth"]
        if entry.reading.shape is Shape.MISSING:
            yield Finding(meeting, entry, "There is no name.")


def _looked_up(facts: Facts, shape: Shape) -> Iterator[Finding]:
    for meeting in facts.tables.meetings:
        entry = meeting.entries["youth"]
        if entry.reading.shape is shape:
            yield Finding(meeting, entry, "", entry.reading.candidates)


@check(
    "name_ambiguous",
    "Several youth are called that.",
    fields=("youth",),
    phase=Phase.MEETINGS,
)
def name_ambiguous(facts: Facts) -> Iterator[Finding]:
    """Two youth are known as Jay."""
    for found in _looked_up(facts, Shape.MANY):
        why = f"It could be {_named(facts, found.candidates, 'or')}."
        yield Finding(found.row, found.entry, why, found.candidates)


@check(
    "name_no_exact_match",
    "No youth is spelt this way, but one nearly is.",
    fields=("youth",),
    phase=Phase.MEETINGS,
)
def name_no_exact_match(facts: Facts) -> Iterator[Finding]:
    """A letter too many is a question, not a match."""
    for found in _looked_up(facts, Shape.NEAR):
        nearest = _named(facts, found.candidates, "or")
        why = f"Nobody is spelt this way; the nearest is {nearest}."
        yield Finding(found.row, found.entry, why, found.candidates)


@check(
    "name_unknown",
    "No youth in the unit or in these files is called that.",
    fields=("youth",),
    phase=Phase.MEETINGS,
)
def name_unknown(facts: Facts) -> Iterator[Finding]:
    """A name that fits nobody."""
    for found in _looked_up(facts, Shape.UNKNOWN):
        yield Finding(found.row, found.entry, "Nobody we know is called that.")


@check(
    "two_youth_in_one",
    "One line names two youth.",
    fields=("youth",),
    phase=Phase.MEETINGS,
)
def two_youth_in_one(facts: Facts) -> Iterator[Finding]:
    """Each youth has their own meeting."""
    for found in _looked_up(facts, Shape.TWO):
        who = _named(facts, found.candidates, "and")
        why = f"One line names two youth: {who}."
        yield Finding(found.row, found.entry, why, found.candidates)


def _named(facts: Facts, keys: tuple[str, ...], between: str) -> str:
    people = facts.identities.people
    names = [people[one].name.full if one in people else one for one in keys]
    return f" {between} ".join(dict.fromkeys(names))


def meetings_of(facts: Facts) -> Iterator[MeetingRow]:
    """The meetings that count: not the second of a pair."""
    return (one for one in facts.tables.meetings if one.duplicate_of is None)
