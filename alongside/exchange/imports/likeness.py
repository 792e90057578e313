"""Whether two entries may be one person: what is alike, what differs, never a guess."""

from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from alongside.exchange.imports.names import key
from alongside.exchange.imports.people import Person

_NEAR = 90
_NUMBERS = {"pdj": "PDJ number", "cw_case": "child-welfare number"}


class Verdict(StrEnum):
    """What two entries look like."""

    SAME = "same"
    ASK = "ask"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Likeness:
    """A verdict with both sides of the case for it, as short phrases."""

    verdict: Verdict
    alike: tuple[str, ...] = ()
    different: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Facts:
    shared: tuple[str, ...]
    differing: tuple[str, ...]
    same_birth: bool
    other_birth: bool
    same_name: bool
    near_name: bool
    same_family: bool


def compare(a: Person, b: Person) -> Likeness:
    """Same, worth asking, or apart; names alone never make two people one."""
    facts = _facts(a, b)
    return Likeness(_verdict(facts), _alike(facts), _different(facts, a, b))


def _verdict(facts: _Facts) -> Verdict:
    named = facts.same_name or facts.near_name or facts.same_family
    if facts.differing:
        both = facts.same_name and facts.same_birth
        return Verdict.ASK if both else Verdict.APART
    if facts.shared:
        if facts.same_name or (facts.same_birth and named):
            return Verdict.ASK if facts.other_birth else Verdict.SAME
        return Verdict.ASK if facts.same_birth else Verdict.APART
    if facts.same_birth:
        if facts.same_name:
            return Verdict.SAME
        return Verdict.ASK if named else Verdict.APART
    if facts.same_name:
        return Verdict.ASK
    return Verdict.APART


def _facts(a: Person, b: Person) -> _Facts:
    both = a.identifiers.keys() & b.identifiers.keys()
    shared = tuple(sorted(n for n in both if a.identifiers[n] == b.identifiers[n]))
    births = a.dob is not None and b.dob is not None
    family_a, family_b = key(a.name.family or ""), key(b.name.family or "")
    full_a, full_b = key(a.name.given) + family_a, key(b.name.given) + family_b
    return _Facts(
        shared,
        tuple(sorted(both - set(shared))),
        births and a.dob == b.dob,
        births and a.dob != b.dob,
        full_a == full_b or full_a == family_b + key(b.name.given),
        fuzz.ratio(full_a, full_b, score_cutoff=_NEAR) > 0,
        bool(family_a) and family_a == family_b,
    )


def _alike(facts: _Facts) -> tuple[str, ...]:
    said = [f"the same {_NUMBERS.get(one, one)}" for one in facts.shared]
    if facts.same_birth:
        said.append("the same birth date")
    if facts.same_name:
        said.append("the same name")
    elif facts.same_family:
        said.append("the same last name")
    elif facts.near_name:
        said.append("nearly the same name")
    return tuple(said)


def _different(facts: _Facts, a: Person, b: Person) -> tuple[str, ...]:
    said = [f"another {_NUMBERS.get(one, one)}" for one in facts.differing]
    if facts.other_birth:
        said.append("another birth date")
    if not facts.same_name:
        said.append("another first name" if facts.same_family else "another name")
    said += [
        f"only one has a {words}"
        for name, words in _NUMBERS.items()
        if (name in a.identifiers) != (name in b.identifiers)
    ]
    if (a.dob is None) != (b.dob is None):
        said.append("only one has a birth date")
    return tuple(said)
