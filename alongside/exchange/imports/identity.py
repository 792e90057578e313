"""Look up: which rows are people on record, which may be one person, and who asks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

from alongside.exchange.imports.likeness import Likeness, Verdict, compare
from alongside.exchange.imports.names import Name, key
from alongside.exchange.imports.people import PeopleIndex, Person
from alongside.exchange.imports.problems import (
    Answers,
    Decision,
    Place,
    Question,
    Side,
)
from alongside.exchange.imports.roster import KnownYouth, Roster
from alongside.exchange.imports.rows import YouthRow

_LARGEST_BLOCK = 200


@dataclass
class Identities:
    """Who is who: each row's person, what is asked, and what waits for an answer."""

    people: dict[str, Person]
    person_of: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    answered: list[Question] = field(default_factory=list)
    maybe: dict[str, str] = field(default_factory=dict)

    def group_of(self, row_key: str) -> str:
        """The person of a row, or the group that an open question may make one."""
        person = self.person_of.get(row_key, row_key)
        return _root(self.maybe, person)

    def waits(self, person: str) -> tuple[str, ...]:
        """The open questions that a person's rows wait for."""
        group = _root(self.maybe, person)
        return tuple(
            one.id for one in self.questions if self.group_of(one.a.key) == group
        )

    def index(self, meant: dict[str, str]) -> PeopleIndex:
        """Everybody by name, an open question's two counted as one until answered."""
        return PeopleIndex(
            (
                Person(
                    _root(self.maybe, person.key),
                    person.name,
                    person.other_names,
                    person.dob,
                    person.identifiers,
                )
                for person in self.people.values()
            ),
            meant,
        )


def identify(rows: Iterable[YouthRow], roster: Roster, answers: Answers) -> Identities:
    """Match rows to people on record and ask about the pairs that may be one."""
    by_key = {row.key: row for row in rows if row.name is not None}
    on_record = [_known(one) for one in roster.youth]
    written = [_written(row) for row in by_key.values()]
    found = Identities({one.key: one for one in on_record})
    joined: dict[str, str] = {}
    pairs = list(_pairs(on_record, written))
    matches = Counter(b.key for a, b, likeness in pairs if _is_certain(a, likeness))
    for a, b, likeness in pairs:
        # Two on record who both fit are asked about like anybody else.
        if _is_certain(a, likeness) and matches[b.key] == 1:
            joined[b.key] = a.key
    asked = [
        (_question(a, b, likeness, by_key), (a.key, b.key))
        for a, b, likeness in pairs
        if likeness.verdict is not Verdict.APART
        and _root(joined, a.key) != _root(joined, b.key)
    ]
    apart = _decide(found, joined, asked, by_key, answers)
    _leave_open(found, joined, asked, apart, answers)
    _settle_people(found, written, by_key, joined)
    return found


def _is_certain(a: Person, likeness: Likeness) -> bool:
    """Only a row and somebody on record become one without being asked about."""
    return likeness.verdict is Verdict.SAME and a.key.startswith("known:")


def _question(
    a: Person, b: Person, likeness: Likeness, rows: dict[str, YouthRow]
) -> Question:
    return Question(
        f"one_or_two|{a.key}|{b.key}",
        _side(a, rows),
        _side(b, rows),
        likeness.alike,
        likeness.different,
        Decision.ONE if likeness.verdict is Verdict.SAME else None,
    )


def _decide(
    found: Identities,
    joined: dict[str, str],
    asked: list[tuple[Question, tuple[str, str]]],
    rows: dict[str, YouthRow],
    answers: Answers,
) -> set[frozenset[str]]:
    """Apply what was answered; the pairs that are two people."""
    apart: set[frozenset[str]] = set()
    for question, (a, b) in asked:
        decision = answers.questions.get(question.id)
        if decision is None:
            continue
        found.answered.append(question)
        if decision is Decision.ONE and _root(joined, a) != _root(joined, b):
            joined[_root(joined, b)] = _root(joined, a)
        elif decision is Decision.TWO:
            apart.add(frozenset((_root(joined, a), _root(joined, b))))
        elif decision is Decision.LEAVE_OUT:
            for row in (rows[side] for side in (a, b) if side in rows):
                row.left_out = True
    return apart


def _leave_open(
    found: Identities,
    joined: dict[str, str],
    asked: list[tuple[Question, tuple[str, str]]],
    apart: set[frozenset[str]],
    answers: Answers,
) -> None:
    """Ask about the rest, once for any two people."""
    for question, (a, b) in asked:
        one, other = _root(joined, a), _root(joined, b)
        settled = one == other or frozenset((one, other)) in apart
        if settled or question.id in answers.questions:
            continue
        one, other = _root(found.maybe, one), _root(found.maybe, other)
        if one != other:
            found.questions.append(question)
            found.maybe[other] = one


def _settle_people(
    found: Identities,
    written: list[Person],
    rows: dict[str, YouthRow],
    joined: dict[str, str],
) -> None:
    """A person on several rows is found by the names of all of them."""
    kept = [person for person in written if not rows[person.key].left_out]
    for person in kept:
        root = _root(joined, person.key)
        found.person_of[person.key] = root
        whole = found.people.get(root)
        if whole is None:
            found.people[root] = replace(person, key=root)
            continue
        names = (*whole.other_names, *person.other_names, person.name.given)
        found.people[root] = Person(
            root,
            whole.name,
            tuple(dict.fromkeys(n for n in names if n != whole.name.given)),
            whole.dob or person.dob,
            person.identifiers | whole.identifiers,
        )


def _pairs(
    on_record: list[Person], written: list[Person]
) -> Iterator[tuple[Person, Person, Likeness]]:
    """Pairs with something in common; blocks keep 5,000 rows from being 12 million."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    people = on_record + written
    for at, person in enumerate(people):
        for block in _blocks(person):
            blocks[block].append(at)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        # A column filled down by mistake would make millions of pairs; neighbors do.
        small = len(members) <= _LARGEST_BLOCK
        for one, other in combinations(members, 2) if small else pairwise(members):
            if other >= len(on_record):
                seen.add((one, other))
    for one, other in sorted(seen):
        yield people[one], people[other], compare(people[one], people[other])


def _blocks(person: Person) -> Iterator[tuple[str, str]]:
    yield from person.identifiers.items()
    if person.dob is not None:
        yield "dob", person.dob.isoformat()
    for form in set(person.wholes()):
        yield "name", form
    if person.name.family is None:
        yield "name", "".join(sorted(key(person.name.given)))


def _known(youth: KnownYouth) -> Person:
    return Person(
        f"known:{youth.id}",
        Name(youth.family, youth.given),
        youth.other_names,
        youth.dob,
        dict(youth.identifiers),
    )


def _written(row: YouthRow) -> Person:
    name = row.name or Name(None, "")
    return Person(row.key, name, row.other_names, row.day("dob"), row.identifiers)


def _side(person: Person, rows: dict[str, YouthRow]) -> Side:
    row = rows.get(person.key)
    if row is None:
        return Side(person.key, person.name.full)
    entry = next(iter(row.entries.values()))
    place = Place(row.file, row.sheet, row.number, entry.ref, entry.heading)
    return Side(person.key, person.name.full, place)


def _root(joined: dict[str, str], person: str) -> str:
    while person in joined:
        person = joined[person]
    return person
