"""The only reader of the clock; everything else is told what time it is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 (the one place)


def today(zone: ZoneInfo) -> date:
    """The calendar day it is now in ``zone``, a unit's own time zone."""
    return now().astimezone(zone).date()
