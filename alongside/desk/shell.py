"""What stands around every page: sections, who is signed in, where they are."""

from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from alongside.access.actor import Actor
from alongside.access.drafts import draft_for
from alongside.access.middleware import is_locked
from alongside.access.permissions import Permission
from alongside.access.request import Request
from alongside.kernel import clock

# (name, address, icon, who may open it); only what exists and may be opened is shown.
SECTIONS = (
    ("Today", "today", "calendar-today", Permission.TODAY_READ),
    ("Referrals", "referrals", "send", Permission.REFERRAL_READ),
    ("MDT", "mdt", "groups", Permission.MEETING_READ),
    ("Caseload", "caseload", "list", Permission.CASELOAD_READ),
    ("Unit", "unit", "settings", Permission.STAFF_READ),
)
OWN = (
    ("Second step of signing in", "mfa_index"),
    ("Change the password", "account_change_password"),
)


def shell(request: Request) -> dict[str, Any]:
    """The context base.html documents. One query: what was typed here and not sent."""
    actor: Actor | None = getattr(request, "actor", None)
    at = getattr(request, "at", None) or clock.now()
    context: dict[str, Any] = {
        "now": at,
        "demo": settings.DEMO,
        "exit_url": _url("quick_exit"),
        "at_the_lock": actor is not None and is_locked(request),
    }
    if actor is None or context["at_the_lock"]:
        return context
    return context | {
        "zone": actor.zone,
        "today": at.astimezone(actor.zone).date(),
        "actor": actor,
        "sections": _sections(request, actor),
        "me": {
            "name": actor.name,
            "line": ", ".join(
                filter(None, (actor.role, actor.unit_name or actor.agency_name))
            ),
            "links": [{"name": name, "url": _url(route)} for name, route in OWN],
        },
        "place": ", ".join(filter(None, (actor.unit_name, actor.agency_name))),
        "find_url": _url("find") if actor.may(Permission.RECORD_READ) else None,
        "draft_url": _url("draft"),
        "lock_url": _url("lock"),
        "sign_out_url": _url("account_logout"),
        "lock_after": int(settings.IDLE_LOCK.total_seconds()),
        "draft": draft_for(request) if not request.htmx else None,
    }


def _sections(request: Request, actor: Actor) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "url": url,
            "icon": icon,
            "current": request.path.startswith(url),
        }
        for name, route, icon, permission in SECTIONS
        if actor.may(permission) and (url := _url(route))
    ]


def _url(route: str) -> str | None:
    try:
        return reverse(route)
    except NoReverseMatch:
        return None
