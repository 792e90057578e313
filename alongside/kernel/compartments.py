"""The parts of a record that are opened separately."""

from enum import StrEnum


class Compartment(StrEnum):
    """A part of what is known about a youth; each needs its own reason to be seen."""

    RECORD = "record"
    EXPLOITATION = "exploitation"
    HEALTH = "health"
    LEGAL = "legal"
    REPORTER = "reporter"
    STAFF = "staff"

    @property
    def label(self) -> str:
        """The neutral name that pages show."""
        return _LABELS[self]


_LABELS = {
    Compartment.RECORD: "Everyday record",
    Compartment.EXPLOITATION: "Sensitive details",
    Compartment.HEALTH: "Health",
    Compartment.LEGAL: "Court papers",
    Compartment.REPORTER: "Who reported",
    Compartment.STAFF: "Staff’s own",
}

CHOICES = [(part.value, part.label) for part in Compartment]
