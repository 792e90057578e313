"""The order of an agenda, and how a meeting stands."""

from enum import StrEnum


class Section(StrEnum):
    """The parts of an agenda, in the order they are taken."""

    NEW_REFERRAL = "new_referral"
    COURT = "court"
    CRISIS = "crisis"
    ONGOING = "ongoing"
    TRACKING = "tracking"

    @property
    def label(self) -> str:
        """The words an agenda shows."""
        return _SECTIONS[self]


class MeetingStatus(StrEnum):
    """How a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELED = "canceled"

    @property
    def label(self) -> str:
        """The words a page shows."""
        return self.value.capitalize()


_SECTIONS = {
    Section.NEW_REFERRAL: "New referrals",
    Section.COURT: "Upcoming court dates",
    Section.CRISIS: "Crises and transitions",
    Section.ONGOING: "Ongoing reviews",
    Section.TRACKING: "Young people being tracked",
}

ORDER = tuple(Section)
