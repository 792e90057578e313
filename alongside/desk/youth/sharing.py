"""Who can see a record and why; sharing a part of it, and ending that."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.access import actions
from alongside.access.door import requires
from alongside.access.models import Grant, Holder, Membership, User
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.desk.youth.form_page import form_page
from alongside.desk.youth.header import compartments, header, parts_seen
from alongside.desk.youth.sharing_forms import PARTS, ShareForm
from alongside.desk.youth.sharing_words import (
    OPENED,
    everybody_of,
    opened_in_words,
    standing_in_words,
    until_in_words,
    why_in_words,
)
from alongside.desk.youth.wording import called
from alongside.kernel.compartments import Compartment
from alongside.kernel.dates_in_words import short_day
from alongside.kernel.refusal import NotFound, NotPermitted
from alongside.people.models import Youth
from alongside.web.pages import page

_OPENED = 20
_NOT_OURS = (
    "Nothing was shared. Who sees this record is for the unit that keeps it to say; ask"
    " there."
)


@requires(Permission.GRANT_SHARE)
def who_can_see(request: Request, ref: UUID) -> HttpResponse:
    """Everybody who can, why, which parts, until when; on this day or another."""
    youth = open_record(request, Youth, ref, part="list of who can see")
    zone = request.actor.zone
    today = request.at.astimezone(zone).date()
    day = _day(request) or today
    at = request.at if day == today else _noon(day, zone)
    grants = grants_of(youth)
    holders = everybody_of(grants, request.at)
    now = [one for one in grants if _holds(one, at)]
    return page(
        request,
        "desk/youth/access.html",
        {
            **header(request, youth, "access"),
            "who": called(youth),
            "day": day,
            "is_today": day == today,
            "summary": standing_in_words(now, holders),
            "parts": [name for _, name in PARTS],
            "rows": [_row(one, holders, youth, today, zone) for one in now],
            "ended": [
                _ended(one, holders, youth, today, zone)
                for one in reversed(grants)
                if one.ends and one.ends <= at
            ],
            "opened": list(islice(_opened(youth, request), _OPENED)),
            "may_end": request.actor.may(Permission.GRANT_END),
            "may_share": any(g.keeps for g in parts_seen(request, youth)),
        },
    )


@requires(Permission.GRANT_SHARE)
def share(request: Request, ref: UUID) -> HttpResponse:
    """Let an agency or one of its people see parts, by choice or a release."""
    youth = open_record(request, Youth, ref, part="list of who can see")
    today = request.at.astimezone(request.actor.zone).date()
    parts = compartments(g for g in parts_seen(request, youth) if g.keeps)
    if not parts:
        raise NotPermitted(_NOT_OURS)
    form = ShareForm(
        request.POST or None,
        holders=_others(request),
        parts=parts,
        today=today,
        called=called(youth).name,
        initial={"parts": ["record"], "signed_on": today, "why": "choice"},
    )
    if form.is_valid():
        given = form.cleaned_data
        actions.share(
            youth.pk,
            given["holder"],
            [Compartment(part) for part in given["parts"]],
            because=Grant.Because(given["why"]),
            source=form.source,
            until=_end_of(given["until"], request.actor.zone),
            by=request.actor,
        )
        return _back(youth)
    return form_page(
        request,
        youth,
        form,
        heading="Share with somebody",
        lead="They see the parts you choose, until the day you choose, or until it is"
        " taken back.",
        save="Share",
        section="access",
        back="youth_access",
    )


@requires(Permission.GRANT_END)
def end(request: Request, ref: UUID, grant: UUID) -> HttpResponse:
    """End a sharing now."""
    youth = open_record(request, Youth, ref, part="list of who can see")
    found = next((one for one in grants_of(youth) if one.ref == grant), None)
    if found is None or not may_be_ended(found):
        raise NotFound
    if request.method == "POST":
        actions.end_grant(found, by=request.actor)
        return _back(youth)
    holders = everybody_of([found], request.at)
    return page(
        request,
        "desk/youth/share_end.html",
        {
            **header(request, youth, "access"),
            "who": called(youth),
            "name": holders[found.holder_id]["name"],
            "back_url": reverse("youth_access", args=[youth.ref]),
        },
    )


def grants_of(youth: Youth) -> list[Grant]:
    """Every grant there is or was, by the database's own function: one query."""
    return list(Grant.objects.raw("select * from access_grants_of(%s)", [youth.pk]))


def may_be_ended(grant: Grant) -> bool:
    """A sharing can be; the unit that keeps a record goes on seeing it."""
    return not grant.keeps


def _row(
    grant: Grant,
    holders: dict[int, dict[str, Any]],
    youth: Youth,
    today: date,
    zone: ZoneInfo,
) -> dict[str, Any]:
    holder = holders[grant.holder_id]
    return {
        "grant": grant,
        "name": holder["name"],
        "about": holder["about"],
        "why": why_in_words(grant, called(youth)),
        "source": grant.source,
        "since": grant.starts.astimezone(zone).date(),
        "sees": [part in grant.compartments for part, _ in PARTS],
        "until": until_in_words(grant, today, zone),
        "may_end": may_be_ended(grant),
    }


def _ended(
    grant: Grant,
    holders: dict[int, dict[str, Any]],
    youth: Youth,
    today: date,
    zone: ZoneInfo,
) -> dict[str, Any]:
    first = grant.starts.astimezone(zone).date()
    last = grant.ends.astimezone(zone).date() if grant.ends else first
    reviewed = grant.reviewed_at.astimezone(zone).date() if grant.reviewed_at else None
    return {
        "name": holders[grant.holder_id]["name"],
        "when": short_day(first, today)
        if first == last
        else f"{short_day(first, today)} to {short_day(last, today)}",
        "why": why_in_words(grant, called(youth)),
        "source": grant.source,
        "reviewed": reviewed,
    }


def _opened(youth: Youth, request: Request) -> Iterator[dict[str, Any]]:
    """Who opened it lately: two queries, and nothing of what they typed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select at, actor_id, event, detail ->> 'part' from access_log_of(%s, %s)",
            [youth.pk, _OPENED * 4],
        )
        rows = [row for row in cursor.fetchall() if row[2] in OPENED]
    names = dict(
        User.objects.filter(pk__in={row[1] for row in rows}).values_list("pk", "name")
    )
    told: set[tuple[date, int, str]] = set()
    for at, actor_id, event, part in rows:
        what = opened_in_words(event, part)
        once_a_day = (at.astimezone(request.actor.zone).date(), actor_id, what)
        if once_a_day not in told:
            told.add(once_a_day)
            yield {"at": at, "who": names.get(actor_id, "The system"), "what": what}


def _others(request: Request) -> Any:
    """Agencies and people outside the actor's own unit."""
    own = Membership.objects.current(request.at).filter(unit=request.actor.unit_id)
    return (
        Holder.objects.filter(kind__in=[Holder.Kind.AGENCY, Holder.Kind.USER])
        .exclude(user__in=own.values("user"))
        .exclude(agency=request.actor.agency_id)
        .order_by("kind", "name")
    )


def _holds(grant: Grant, at: datetime) -> bool:
    return grant.starts <= at and (grant.ends is None or grant.ends > at)


def _day(request: Request) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def _noon(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(12), zone)


def _end_of(day: date | None, zone: ZoneInfo) -> datetime | None:
    """A sharing lasts through its last day."""
    return None if day is None else datetime.combine(day + timedelta(1), time(), zone)


def _back(youth: Youth) -> HttpResponse:
    return HttpResponseRedirect(reverse("youth_access", args=[youth.ref]), status=303)
