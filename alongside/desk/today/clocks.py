"""How long referrals took lately, each duration named by both ends."""

from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Q

from alongside.referrals.models import Referral
from alongside.referrals.rules import Stage

LATELY = timedelta(days=30)
_STEPS = (
    ("Received to assessed", "received_at", "assessed_at"),
    ("Assessed to decided", "assessed_at", "decided_at"),
    ("Sent to agency to received by it", "sent_at", "agency_received_at"),
)


def clocks(unit_id: int, at: datetime) -> dict[str, Any]:
    """Typical waits of the last 30 days, and the longest one still running."""
    since = at - LATELY
    rows = list(
        Referral.objects.filter(unit_id=unit_id)
        .filter(
            Q(received_at__gte=since)
            | Q(assessed_at__gte=since)
            | Q(decided_at__gte=since)
            | Q(stage__in=[Stage.RECEIVED, Stage.ASSESSED, Stage.SENT])
        )
        .values_list(
            *("stage", "received_at", "assessed_at", "decided_at", "sent_at"),
            "agency_received_at",
            named=True,
        )
    )
    waiting = [row for row in rows if row.stage in (Stage.RECEIVED, Stage.ASSESSED)]
    return {
        "facts": [
            (words, _typical(rows, begins, ends, at)) for words, begins, ends in _STEPS
        ],
        "count": len(rows),
        "queue": len(waiting),
    }


def _typical(rows: list[Any], begins: str, ends: str, at: datetime) -> str:
    done = [
        getattr(row, ends) - getattr(row, begins)
        for row in rows
        if getattr(row, begins) and getattr(row, ends)
    ]
    running = [
        at - getattr(row, begins)
        for row in rows
        if getattr(row, begins) and not getattr(row, ends) and row.stage != Stage.CLOSED
    ]
    said = f"Typically {_days(median(done))}" if done else "None in this time"
    if running and done and max(running) > median(done):
        said += f"; one has waited {_days(max(running))} so far"
    return said


def _days(time: timedelta) -> str:
    days = round(time / timedelta(days=1))
    if days < 1:
        return "less than a day"
    return "1 day" if days == 1 else f"{days} days"
