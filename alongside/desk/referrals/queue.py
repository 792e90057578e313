"""Lists of referrals: what comes next, what was decided, who was assessed before."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import log_list
from alongside.access.request import Request
from alongside.desk.referrals.rows import grouped, queue_of, rows_of, sentence
from alongside.desk.referrals.wording import about, came_from, today_of
from alongside.forms.vocabulary import vocabulary_for
from alongside.people.search import matching
from alongside.referrals.look_up import look_up_notices
from alongside.referrals.models import Referral
from alongside.referrals.rules import Decision, Stage
from alongside.web.pages import page
from alongside.web.sought import searches, words_sought

_ROWS = 25
_NAMED = 500


@requires(Permission.REFERRAL_READ)
def queue(request: Request) -> HttpResponse:
    """Everything that waits for somebody, grouped by the step that comes next."""
    words = vocabulary_for(request.actor)
    found = list(queue_of(request).select_related("advocate")[:200])
    rows = rows_of(request, found, words)
    log_list(request, "referrals", (row.referral.youth_id for row in rows))
    return page(
        request,
        "desk/referrals/queue.html",
        {
            **tabs(request, "referrals", count=len(rows)),
            "groups": grouped(rows),
            "summary": sentence(rows, agency=not request.actor.units),
            "in_unit": bool(request.actor.units),
            "may_begin": request.actor.may(Permission.REFERRAL_MAKE),
        },
    )


@requires(Permission.REFERRAL_READ)
def decided(request: Request) -> HttpResponse:
    """What the team decided, newest first; not accepted ones stay, with the reason."""
    chosen = request.GET.get("decision", "")
    found = _closed(request).filter(decided_at__isnull=False)
    if chosen in set(Decision):
        found = found.filter(decision=chosen)
    return _list(
        request,
        found.order_by("-decided_at", "-pk"),
        "desk/referrals/decided.html",
        "referrals_decided",
        chips=_chips(request, chosen) if request.actor.units else [],
        chosen=chosen,
    )


@requires(Permission.REFERRAL_READ)
@searches
def earlier(request: Request) -> HttpResponse:
    """Every signed assessment of the unit, also of those who never joined."""
    text = words_sought(request)
    found = _closed(request).filter(assessment__isnull=False)
    if text:
        named = list(matching(text).values_list("pk", flat=True)[:_NAMED])
        found = found.filter(youth__in=named)
    return _list(
        request,
        found.order_by("-assessed_at", "-pk"),
        "desk/referrals/earlier.html",
        "referrals_earlier",
        text=text,
    )


def tabs(request: Request, current: str, *, count: int | None = None) -> dict[str, Any]:
    """The lists of the section, for those who may open them."""
    names = [("referrals", "Queue"), ("referrals_decided", "Decided")]
    if request.actor.units:
        names.append(("referrals_earlier", "Earlier assessments"))
    if request.actor.may(Permission.REFERRAL_LOOK_UP):
        names.append(("referrals_look_up", "Look-up across units"))
    notices = 0
    if request.actor.units:
        notices = look_up_notices(request).count()
    counts = {"referrals": count, "referrals_look_up": notices or None}
    return {
        "section_tabs": [
            {
                "name": name,
                "url": reverse(route),
                "current": route == current,
                "count": counts.get(route),
            }
            for route, name in names
        ],
        "notices": notices,
    }


def _chips(request: Request, chosen: str) -> list[dict[str, Any]]:
    decisions = [
        ("", "Every decision"),
        *((each.value, each.label) for each in Decision),
    ]
    return [
        {
            "name": name,
            "url": f"?decision={code}" if code else request.path,
            "current": code == chosen,
        }
        for code, name in decisions
    ]


def _closed(request: Request) -> Any:
    actor = request.actor
    referrals = Referral.objects.for_list().select_related(
        "decided_by", "assessment__by", "advocate"
    )
    if actor.units:
        return referrals.filter(unit__in=actor.units)
    return referrals.filter(Q(agency=actor.agency_id), stage=Stage.CLOSED)


def _list(
    request: Request, found: Any, template: str, route: str, **more: Any
) -> HttpResponse:
    words = vocabulary_for(request.actor)
    today = today_of(request)
    shown = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    rows = [
        {
            "referral": each,
            "about": about(each.youth, today),
            "came": came_from(each, words),
        }
        for each in shown
    ]
    log_list(request, route, (each.youth_id for each in shown))
    return page(
        request,
        template,
        {**tabs(request, route), "rows": rows, "page": shown, **more},
    )
