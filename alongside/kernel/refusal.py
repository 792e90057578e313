"""A refusal is a sentence: what was not done, why, and what helps."""


class Refused(Exception):
    """Raised by an action that a rule refuses; the page shows its sentence (409)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotPermitted(Refused):
    """Raised when the actor's role does not allow this kind of act (403)."""


class NotFound(Exception):
    """Raised for what is missing and for what is not shared, alike (404)."""


def refuse_if(reason: str | None) -> None:
    """Raise ``Refused`` when a rule answered with a reason."""
    if reason is not None:
        raise Refused(reason)
