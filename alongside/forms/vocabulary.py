"""The words of a unit, loaded once for a page: codes in records, names on screens."""

from collections.abc import Iterator

from django.db.models import Q

from alongside.access.actor import Actor
from alongside.forms.models import Term


class Vocabulary:
    """Every term an actor's unit may choose from; one query, then none."""

    def __init__(self, terms: Iterator[Term] | list[Term], *, sees_full: bool) -> None:
        self._terms: dict[str, dict[str, Term]] = {}
        self._sees_full = sees_full
        for term in terms:
            self._terms.setdefault(term.vocabulary, {})[term.code] = term

    def name(self, vocabulary: str, code: str) -> str:
        """The neutral name, fit for every list, export and email."""
        term = self._terms.get(vocabulary, {}).get(code)
        return term.name if term else code.replace("_", " ")

    def full(self, vocabulary: str, code: str) -> str:
        """The full name for those who see sensitive details; neutral for others."""
        term = self._terms.get(vocabulary, {}).get(code)
        if term and term.full_name and self._sees_full:
            return term.full_name
        return self.name(vocabulary, code)

    def choices(self, vocabulary: str, *, keep: str = "") -> list[tuple[str, str]]:
        """What may be chosen now, and ``keep``, the code a record already has."""
        return [
            (code, term.name)
            for code, term in self._terms.get(vocabulary, {}).items()
            if term.retired_on is None or code == keep
        ]

    def has(self, vocabulary: str, code: str) -> bool:
        """Whether the code is one of the vocabulary's."""
        return code in self._terms.get(vocabulary, {})


def vocabulary_for(actor: Actor) -> Vocabulary:
    """The terms of everybody and of the actor's unit: one query."""
    terms = Term.objects.filter(Q(unit=None) | Q(unit__in=actor.units))
    return Vocabulary(list(terms), sees_full=actor.in_circle)
