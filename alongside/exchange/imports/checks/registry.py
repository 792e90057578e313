"""What a check is: one requirement, its code, its sentence, the fields it looks at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from alongside.exchange.imports.identity import Identities
from alongside.exchange.imports.legend import ColorMeaning
from alongside.exchange.imports.officers import OfficerIndex
from alongside.exchange.imports.roster import Roster
from alongside.exchange.imports.rows import Entry, Row, Tables


@dataclass(frozen=True)
class Facts:
    """Everything a check may look at; checks change nothing."""

    tables: Tables
    kept_to: date
    officers: OfficerIndex
    roster: Roster = field(default_factory=Roster)
    colors: dict[str, ColorMeaning] = field(default_factory=dict)
    identities: Identities = field(default_factory=lambda: Identities({}))


@dataclass(frozen=True, slots=True)
class Finding:
    """One entry at fault, why, and what it may have meant.

    ``also`` are entries that the same answer settles, such as the other row's.
    """

    row: Row
    entry: Entry
    why: str
    candidates: tuple[str, ...] = ()
    also: tuple[Entry, ...] = ()


class Phase(StrEnum):
    """When a check runs: each phase sees what the one before has settled."""

    CELLS = "cells"
    MEETINGS = "meetings"
    TOGETHER = "together"


Finder = Callable[[Facts], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """One requirement of an import."""

    code: str
    says: str
    fields: tuple[str, ...]
    phase: Phase
    keeps: bool
    find: Finder


CHECKS: list[Check] = []


def check(
    code: str,
    says: str,
    *,
    fields: tuple[str, ...],
    phase: Phase = Phase.CELLS,
    keeps: bool = False,
) -> Callable[[Finder], Finder]:
    """Register a check; ``keeps`` means the value stays until somebody answers."""

    def register(find: Finder) -> Finder:
        CHECKS.append(Check(code, says, fields, phase, keeps, find))
        return find

    return register


def entries(facts: Facts, *names: str) -> Iterator[tuple[Row, Entry]]:
    """Every entry of some fields, a shared one once."""
    seen: set[int] = set()
    rows: list[Row] = [*facts.tables.youth, *facts.tables.meetings]
    for row in rows:
        for name in names:
            entry = row.entries.get(name)
            if entry is not None and id(entry) not in seen:
                seen.add(id(entry))
                yield row, entry
