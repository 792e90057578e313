"""Everybody a name may stand for, found by any form in which names are written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz, process

from alongside.exchange.imports.dates import read_date
from alongside.exchange.imports.names import Name, birth_hint, key, tidy
from alongside.exchange.imports.readings import (
    MISSING,
    Reading,
    Shape,
    is_missing,
    known,
)
from alongside.exchange.imports.workbook import Cell

_SEVERAL = re.compile(r"\s*(?:\bx\s?\d\b|&|\+|/|\band\b)\s*", re.IGNORECASE)
_NEAR = 86


@dataclass(frozen=True, slots=True)
class Person:
    """One person, on record or on a row of these files, with what tells them apart."""

    key: str
    name: Name
    other_names: tuple[str, ...] = ()
    dob: date | None = None
    identifiers: dict[str, str] = field(default_factory=dict)

    def forms(self) -> Iterator[str]:
        """Each way this name is written, in its compared form."""
        yield from _forms(key(self.name.given), key(self.name.family or ""))
        for other in self.other_names:
            yield from _forms(key(other), key(self.name.family or ""))
        if self.name.family is None:
            words = self.name.given.split()
            if len(words) > 1:
                yield from _forms(key(words[0]), key(" ".join(words[1:])))
                yield from _forms(key(words[-1]), key(" ".join(words[:-1])))

    def wholes(self) -> Iterator[str]:
        """The full forms, against which misspellings are weighed."""
        family = key(self.name.family or "")
        for given in (self.name.given, *self.other_names):
            yield key(given) + family


def _forms(given: str, family: str) -> Iterator[str]:
    yield given
    if family:
        yield family
        yield given + family
        yield family + given
        yield given + family[:1]
        yield given[:1] + family
        yield family + given[:1]


class PeopleIndex:
    """Looks names up among the people of the roster and of these files."""

    def __init__(self, people: Iterable[Person], meant: dict[str, str]) -> None:
        self.people: dict[str, Person] = {}
        self._forms: dict[str, set[str]] = {}
        self._wholes: dict[str, set[str]] = {}
        self._meant = {key(text): person for text, person in meant.items()}
        self._read: dict[str, Reading] = {}
        for person in people:
            self.people[person.key] = person
            for form in person.forms():
                self._forms.setdefault(form, set()).add(person.key)
            for whole in person.wholes():
                self._wholes.setdefault(whole, set()).add(person.key)

    def read(self, text: str, kept_to: date) -> Reading:
        """The key of the one person who fits, or how the name does not settle it."""
        if text not in self._read:
            self._read[text] = self._look_up(text, kept_to)
        return self._read[text]

    def _look_up(self, text: str, kept_to: date) -> Reading:
        if is_missing(text) or not key(text):
            return MISSING
        if meant := self._meant.get(key(text)):
            return known(meant)
        words, born = birth_hint(text)
        found = self._named(words)
        if born and found:
            day = read_date(Cell(1, 1, born), kept_to, born=True).value
            found = {one for one in found if self.people[one].dob in (day, None)}
        if len(found) == 1:
            return known(next(iter(found)))
        if found:
            return Reading(Shape.MANY, candidates=tuple(sorted(found)))
        return self._several(words) or self._near(words)

    def _named(self, words: str) -> set[str]:
        spoken = _spoken(words)
        return self._forms.get(key(spoken), set())

    def _several(self, words: str) -> Reading | None:
        parts = [part for part in _SEVERAL.split(words) if key(part)]
        if not _SEVERAL.search(words):
            return None
        found = set().union(*(self._named(part) for part in parts))
        if not found:
            return None
        return Reading(Shape.TWO, candidates=tuple(sorted(found)))

    def _near(self, words: str) -> Reading:
        best = process.extract(
            key(_spoken(words)),
            list(self._wholes),
            scorer=fuzz.ratio,
            score_cutoff=_NEAR,
            limit=3,
        )
        if not best:
            return Reading(Shape.UNKNOWN)
        top = best[0][1]
        near = set().union(
            *(self._wholes[form] for form, score, _ in best if score == top)
        )
        return Reading(Shape.NEAR, candidates=tuple(sorted(near)))


def _spoken(words: str) -> str:
    """“Last, First” as “First Last”; a nickname in quotes left out."""
    words = re.sub(r"[(\"“].*?[)\"”]", " ", tidy(words))
    before, comma, after = words.partition(",")
    if comma and key(after):
        return f"{after} {before}"
    return before
