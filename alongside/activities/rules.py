"""What may become of an activity, and what is refused."""

from datetime import date, datetime
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

# The group of contacts, and the one of them that is with a family in any case.
CONTACT = "contact"
WITH_FAMILY = "family_visit"

NO_UNIT = (
    "Nothing was saved: it is not clear which unit this is for. Ask somebody of the"
    " unit that supports this young person to save it."
)


def refusal_to_become(now: Status, then: Status) -> str | None:
    """Why an activity cannot come to stand this way, if so."""
    if then in MOVES[now]:
        return None
    return (
        f"This is “{now.label}” already and was not changed. Open it again to see how"
        " it stands now."
    )


def refusal_to_reopen(now: Status, *, answered: bool, planned: bool) -> str | None:
    """Why it cannot be taken back how something went, if so."""
    if now not in (Status.COMPLETED, Status.MISSED):
        return f"This is “{now.label}”, so there is nothing to take back."
    if answered:
        return "Its questions are answered, and answers stay. Change the note instead."
    if not planned:
        return "This was logged as it happened and was never booked. Change the note."
    return None


def refusal_to_plan(day: date, *, died_on: date | None) -> str | None:
    """Why nothing can be put on a young person's calendar for this day, if so."""
    if died_on is not None and day >= died_on:
        return (
            "Nothing was planned: the record says that this young person has died."
            " Correct the record if that is wrong."
        )
    return None


def refusal_to_have_happened(happened_at: datetime, now: datetime) -> str | None:
    """Why something cannot have taken place at this instant, if so.

    Both instants are in the unit's own zone, so that the sentence names its day.
    """
    if happened_at > now:
        return (
            f"A contact cannot be after now, {now:%b} {now.day}. Choose an earlier day"
            " or time, or plan it instead."
        )
    return None


def refusal_to_settle(day: date, today: date) -> str | None:
    """Why nobody can say yet how an activity went, if so."""
    if day > today:
        return (
            f"It is booked for {day:%b} {day.day}, which is still to come. Move it"
            " first if it took place earlier."
        )
    return None
