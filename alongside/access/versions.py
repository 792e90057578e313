"""Two people editing one record: the second sees both versions, and loses nothing."""

from django.db import models

from alongside.kernel.refusal import Refused

_GONE = (
    "Nothing was saved, because this is not there any more: a colleague has put it away"
    " since you opened it."
)
_DIGITS = 10  # more than the column holds


class ChangedMeanwhile(Refused):
    """Somebody saved this record since it was opened; ``current`` is as it is now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(
            "Somebody saved this since you opened it. Both versions are shown: keep"
            " yours, keep theirs, or put them together, and save again."
        )
        self.current = current


def version_read(sent: str | None, now: int) -> int:
    """Which version a form was filled in from; words in its place are none of them."""
    if not sent:
        return now
    return int(sent) if sent.isdecimal() and len(sent) < _DIGITS else 0


class Versioned(models.Model):
    """A record that says which version of it was read."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def save_changes(self, read: int, *fields: str) -> None:
        """Save these fields if the record is still the version that was read."""
        rows = type(self)._default_manager.filter(pk=self.pk, version=read)
        values = {name: getattr(self, name) for name in fields}
        if not rows.update(**values, version=read + 1):
            now = type(self)._default_manager.filter(pk=self.pk).first()
            raise ChangedMeanwhile(now) if now else Refused(_GONE)
        self.version = read + 1
