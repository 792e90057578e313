"""Who is known before a workbook is read: youth and officers, as plain data."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who carries cases, and the last day if that is past."""

    name: str
    initials: str | None = None
    role: str | None = None
    left_on: date | None = None
    left: bool = False


@dataclass(frozen=True, slots=True)
class KnownYouth:
    """A youth who is on record: what is compared, and what a workbook may change.

    ``newer`` names what was recorded for a day after the workbook's.
    """

    id: str
    given: str
    family: str | None = None
    other_names: tuple[str, ...] = ()
    dob: date | None = None
    identifiers: dict[str, str] = field(default_factory=dict)
    status: str | None = None
    last_meeting: date | None = None
    values: dict[str, str] = field(default_factory=dict)
    newer: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody a name in a workbook may stand for."""

    youth: tuple[KnownYouth, ...] = ()
    officers: tuple[Officer, ...] = ()
