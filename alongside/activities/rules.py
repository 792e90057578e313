"""What may become of an activity."""

from enum import StrEnum


class Status(StrEnum):
    """How an activity stands."""

    SCHEDULED = "scheduled"
    COMPLETED = "completed"
    MISSED = "missed"
    CANCELED = "canceled"

    @property
    def label(self) -> str:
        """The words a page shows."""
        return _LABELS[self]


_LABELS = {
    Status.SCHEDULED: "Booked",
    Status.COMPLETED: "Done",
    Status.MISSED: "Did not happen",
    Status.CANCELED: "Canceled",
}

MOVES = {
    Status.SCHEDULED: {Status.COMPLETED, Status.MISSED, Status.CANCELED},
    Status.COMPLETED: {Status.SCHEDULED},
    Status.MISSED: {Status.COMPLETED, Status.SCHEDULED},
    Status.CANCELED: {Status.SCHEDULED},
}
