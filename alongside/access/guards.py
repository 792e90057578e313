"""How each table is guarded; every model of ours states one, or a check fails."""

from dataclasses import dataclass

from alongside.kernel.compartments import Compartment


@dataclass(frozen=True, slots=True)
class ByYouth:
    """Rows about a youth: seen by holders of a current grant of the compartment.

    ``compartment`` is None when each row carries its own, in a column of that name.
    """

    compartment: Compartment | None = Compartment.RECORD
    column: str = "youth_id"


@dataclass(frozen=True, slots=True)
class ByUnit:
    """Rows a unit keeps about its own work: seen by the people of that unit."""

    column: str = "unit_id"


@dataclass(frozen=True, slots=True)
class ByOwner:
    """Rows one person keeps: seen by nobody else."""

    column: str = "user_id"


@dataclass(frozen=True, slots=True)
class Reference:
    """Rows that hold nothing about a youth: seen by everybody who is signed in."""

    writable: bool = False


@dataclass(frozen=True, slots=True)
class Sealed:
    """Rows that only definer functions read or write."""

    may_insert: bool = False
    may_read_own: bool = False


Guard = ByYouth | ByUnit | ByOwner | Reference | Sealed
