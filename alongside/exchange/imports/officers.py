"""Officers as the unit spells them: initials, last names, one letter wrong."""

import re
from collections.abc import Mapping

from rapidfuzz.distance import OSA

from alongside.exchange.imports.names import key, read_name
from alongside.exchange.imports.readings import (
    MISSING,
    Reading,
    Shape,
    is_missing,
    known,
)
from alongside.exchange.imports.roster import Officer

_SHORTEST_TO_MISSPELL = 5


class OfficerIndex:
    """Finds the officer whom a text names; reads each text once."""

    def __init__(
        self, officers: tuple[Officer, ...], meant: Mapping[str, str] | None = None
    ) -> None:
        self.officers = {key(officer.name): officer for officer in officers}
        self._forms: dict[str, set[str]] = {}
        self._families: dict[str, set[str]] = {}
        self._read = {text: known(name) for text, name in (meant or {}).items()}
        for number, officer in self.officers.items():
            self._learn(number, officer)

    def read(self, text: str) -> Reading:
        """The officer's full name, or why the text does not settle on one."""
        if text not in self._read:
            self._read[text] = self._look_up(text)
        return self._read[text]

    def has_left(self, name: str) -> bool:
        """Whether this officer no longer carries cases."""
        officer = self.officers.get(key(name))
        return officer is not None and (officer.left or officer.left_on is not None)

    def _learn(self, number: str, officer: Officer) -> None:
        name = read_name(officer.name, last_first=False)
        if name is None:
            return
        family, given = key(name.family or name.given), key(name.given)
        forms = {given + family, family + given, given[:1] + family, family + given[:1]}
        initials = officer.initials or given[:1] + family[:1]
        for form in forms | {family, key(initials)}:
            self._forms.setdefault(form, set()).add(number)
        self._families.setdefault(family, set()).add(number)

    def _look_up(self, text: str) -> Reading:
        if is_missing(text):
            return MISSING
        found = self._forms.get(key(text), set()) or self._misspelt(key(text))
        if len(found) == 1:
            return known(self.officers[next(iter(found))].name)
        names = tuple(sorted(self.officers[number].name for number in found))
        if names:
            return Reading(Shape.MANY, candidates=names)
        parts = [part for part in re.split(r"[/&;+]|\band\b", text) if key(part)]
        if len(parts) > 1:
            return self._several(parts)
        return Reading(Shape.UNKNOWN)

    def _several(self, parts: list[str]) -> Reading:
        readings = [self.read(part.strip()) for part in parts]
        names = [str(reading.value) for reading in readings if reading.value]
        return Reading(Shape.TWO, candidates=tuple(names))

    def _misspelt(self, form: str) -> set[str]:
        """Last names one slip away, if the word is long enough to tell."""
        if len(form) < _SHORTEST_TO_MISSPELL:
            return set()
        near = (
            numbers
            for family, numbers in self._families.items()
            if len(family) >= _SHORTEST_TO_MISSPELL
            and OSA.distance(form, family, score_cutoff=1) <= 1
        )
        return set().union(*near)
