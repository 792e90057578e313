"""The steps of a referral, in the order their clocks run."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a referral stands: what was last done."""

    DRAFT = "draft"
    RECEIVED = "received"
    ASSESSED = "assessed"
    DECIDED = "decided"
    SENT = "sent"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The words a page shows."""
        return _STAGES[self]


class Decision(StrEnum):
    """What the team decided."""

    FULL = "full"
    SECONDARY = "secondary"
    TRACKING = "tracking"
    ADVOCACY = "advocacy"
    NOT_ACCEPTED = "not_accepted"

    @property
    def label(self) -> str:
        """The words a page shows."""
        return _DECISIONS[self]


_STAGES = {
    Stage.DRAFT: "Draft",
    Stage.RECEIVED: "Received",
    Stage.ASSESSED: "Assessed",
    Stage.DECIDED: "Decided",
    Stage.SENT: "Sent",
    Stage.CLOSED: "Closed",
}

_DECISIONS = {
    Decision.FULL: "Full support",
    Decision.SECONDARY: "Secondary support",
    Decision.TRACKING: "Tracking",
    Decision.ADVOCACY: "Referred to advocacy",
    Decision.NOT_ACCEPTED: "Not accepted",
}

MOVES = {
    Stage.DRAFT: {Stage.RECEIVED, Stage.CLOSED},
    Stage.RECEIVED: {Stage.ASSESSED, Stage.DECIDED, Stage.CLOSED},
    Stage.ASSESSED: {Stage.DECIDED, Stage.CLOSED},
    Stage.DECIDED: {Stage.SENT, Stage.CLOSED},
    Stage.SENT: {Stage.CLOSED},
    Stage.CLOSED: set(),
}
