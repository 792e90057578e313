"""The timeline: what is ahead, then month by month what was, with its gaps named."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.desk.youth.entries import Entry, ahead_entries, entries, page_start
from alongside.desk.youth.header import header
from alongside.desk.youth.lanes import lanes
from alongside.desk.youth.wording import called
from alongside.forms.vocabulary import vocabulary_for
from alongside.people.models import Youth
from alongside.web.pages import page

PAGE = 40
GAP_DAYS = 15  # fewer days without an entry are no gap
_SHOW = (
    ("everything", "Everything"),
    ("contacts", "Contacts"),
    ("meetings", "Meetings and court"),
    ("plan", "Plan and goals"),
    ("facts", "Changes of fact"),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without any entry; stated, and nobody's fault."""

    first: date
    last: date
    days: int
    is_gap: bool = True


@requires(Permission.RECORD_READ)
def timeline(request: Request, ref: UUID) -> HttpResponse:
    """Lanes, what is ahead, and what was."""
    youth = open_record(request, Youth, ref, part="timeline")
    words = vocabulary_for(request.actor)
    today = request.at.astimezone(request.actor.zone).date()
    show = request.GET.get("show", "everything")
    show = show if show in dict(_SHOW) else "everything"
    since, before = _day(request, "since"), _day(request, "before")
    until = min(before or today + timedelta(1), today + timedelta(1))
    start = page_start(youth, show, until, today, PAGE)
    first = max(filter(None, (start, since)), default=None)
    found = entries(youth, show, first, until, today, words)
    more = start if start and (since is None or start > since) else None
    return page(
        request,
        "desk/youth/timeline.html",
        {
            **header(request, youth, "timeline", words=words),
            "who": called(youth),
            "lanes": None if before else lanes(youth, today, words),
            "ahead": [] if before or since else ahead_entries(youth, show, today),
            "months": _months(found, until, today, show, whole=before is None),
            "chips": _chips(request, show),
            "show": show,
            "since": since,
            "before": before,
            "earlier": more,
            "may_plan": request.actor.may(Permission.ACTIVITY_PLAN),
        },
    )


def _months(
    found: list[Entry], until: date, today: date, show: str, *, whole: bool
) -> list[dict[str, Any]]:
    lines: list[Entry | Gap] = []
    above = until if whole else None
    for entry in found:
        if above is not None and show in ("everything", "contacts"):
            days = (above - entry.day).days - 1
            if days >= GAP_DAYS:
                one = timedelta(1)
                lines.append(Gap(entry.day + one, above - one, days))
        lines.append(entry)
        above = entry.day
    return [
        {
            "name": f"{month:%B}" if month.year == today.year else f"{month:%B %Y}",
            "entries": list(group),
        }
        for month, group in groupby(lines, key=_month)
    ]


def _month(line: Entry | Gap) -> date:
    return (line.last if isinstance(line, Gap) else line.day).replace(day=1)


def _chips(request: Request, show: str) -> list[dict[str, Any]]:
    since = request.GET.get("since", "")
    tail = f"&since={since}" if _day(request, "since") else ""
    return [
        {"name": name, "url": f"?show={key}{tail}", "current": key == show}
        for key, name in _SHOW
    ]


def _day(request: Request, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
