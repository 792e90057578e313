"""The unit's people and what they carry, cover, and what the unit expects."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from alongside.access.door import requires
from alongside.access.models import Membership, Unit
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.activities.models import Policy
from alongside.activities.policies import (
    adopt_pack,
    change_policy,
    end_policy,
    policies_on,
)
from alongside.cases.models import Assignment, Case
from alongside.desk.caseload.hand_over import team_of
from alongside.desk.today.due import url
from alongside.desk.today.views import in_words, only_units
from alongside.desk.unit.forms import CoverForm, PackForm, PolicyForm
from alongside.forms.vocabulary import vocabulary_for
from alongside.kernel.refusal import NotFound, Refused
from alongside.staff.actions import end_cover, set_cover
from alongside.staff.cover import covers_on
from alongside.staff.models import Cover
from alongside.web.pages import page


@requires(Permission.STAFF_READ)
@require_GET
def unit(request: Request) -> HttpResponse:
    """The people of the unit, what they carry, who covers, and where to go next."""
    today = _today(request)
    found = _unit(request)
    members = _members(request, found, today) if found else []
    context = {
        "unit": found,
        "units": [] if found else _units(request),
        "members": members,
        "covers": _covers(found, today) if found else [],
        "links": _links(request, found),
        "may_cover": request.actor.may(Permission.STAFF_COVER),
    }
    return page(request, "desk/unit/unit.html", context)


@requires(Permission.STAFF_COVER)
def cover(request: Request) -> HttpResponse:
    """Say who stands in for whom, from when until when."""
    unit_id = only_units(request)
    today = _today(request)
    team = team_of(request)
    form = CoverForm(
        request.POST or None,
        team=team,
        initial={
            "away": request.GET.get("away"),
            "first_day": today,
            "last_day": today,
        },
    )
    if form.is_valid():
        try:
            set_cover(by=request.actor, at=request.at, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            return HttpResponseRedirect(reverse("cover"), status=303)
    context = {
        "form": form,
        "covers": list(
            Cover.objects.filter(unit_id=unit_id, last_day__gte=today).select_related(
                "away", "covering"
            )
        ),
    }
    status = 422 if form.is_bound else 200
    return page(request, "desk/unit/cover.html", context, status=status)


@requires(Permission.STAFF_COVER)
@require_POST
def cover_end(request: Request, ref: UUID) -> HttpResponse:
    """The colleague is back: cover holds through yesterday, or never began."""
    found = open_record(request, Cover, ref, log=False)
    day = date.fromordinal(_today(request).toordinal() - 1)
    end_cover(found, by=request.actor, at=request.at, last_day=day)
    return HttpResponseRedirect(reverse("cover"), status=303)


@requires(Permission.STAFF_READ)
def policies(request: Request) -> HttpResponse:
    """What the unit expects, by when; a ready-made set can be taken."""
    found = _unit(request)
    if found is None:
        raise NotFound
    today = _today(request)
    form = PackForm(request.POST or None, initial={"starts": today})
    if form.is_valid():
        given = form.cleaned_data
        acting: dict[str, Any] = {"by": request.actor, "at": request.at}
        adopt_pack(found, given["pack"], starts=given["starts"], **acting)
        return HttpResponseRedirect(_policies_url(request), status=303)
    words = vocabulary_for(request.actor)
    held = policies_on(found.pk, today)
    coming = Policy.objects.filter(unit=found, starts__gt=today)
    context = {
        "unit": found,
        "policies": [
            {**in_words(one, words), "url": _policy_url(request, one)} for one in held
        ],
        "coming": [
            {**in_words(one, words), "starts": one.starts}
            for one in coming.order_by("starts", "pk")
        ],
        "form": form,
        "may_change": request.actor.may(Permission.POLICY_CHANGE),
    }
    status = 422 if form.is_bound else 200
    return page(request, "desk/unit/policies.html", context, status=status)


@requires(Permission.POLICY_CHANGE)
def policy(request: Request, code: str) -> HttpResponse:
    """Change one policy from a day on, or expect it no more."""
    found = _unit(request)
    today = _today(request)
    held = policies_on(found.pk, today) if found else []
    current = next((one for one in held if one.code == code), None)
    if current is None:
        raise NotFound
    words = vocabulary_for(request.actor)
    if request.method == "POST" and "end" in request.POST:
        end_policy(current, by=request.actor, at=request.at, day=today)
        return HttpResponseRedirect(_policies_url(request), status=303)
    initial = {
        name: getattr(current, name) for name in PolicyForm.base_fields if name != "day"
    }
    form = PolicyForm(
        request.POST or None,
        policy=current,
        words=words,
        initial={**initial, "day": today},
    )
    if form.is_valid():
        values = dict(form.cleaned_data)
        day = values.pop("day")
        change_policy(current, by=request.actor, at=request.at, day=day, **values)
        return HttpResponseRedirect(_policies_url(request), status=303)
    context = {
        "form": form,
        "policy": in_words(current, words),
        "since": current.starts,
        "back": _policies_url(request),
    }
    status = 422 if form.is_bound else 200
    return page(request, "desk/unit/policy.html", context, status=status)


def _unit(request: Request) -> Unit | None:
    """The actor's own unit; for who sets units up, one of their agency's."""
    if request.actor.unit_id is not None:
        return Unit.objects.get(pk=request.actor.unit_id)
    chosen = _ref(request.GET.get("unit", ""))
    return Unit.objects.filter(agency=request.actor.agency_id or 0, ref=chosen).first()


def _units(request: Request) -> list[Unit]:
    return list(
        Unit.objects.filter(agency=request.actor.agency_id or 0).order_by("name")
    )


def _members(request: Request, found: Unit, today: date) -> list[dict[str, Any]]:
    """Everybody of the unit, by name, with how many they carry: two queries."""
    rows = (
        Membership.objects.current(request.at)
        .filter(unit=found)
        .select_related("user", "role")
    )
    open_now = Case.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=today), unit=found, opened_on__lte=today
    )
    counts = dict(
        Assignment.objects.filter(unit=found, youth__in=open_now.values("youth_id"))
        .as_of(today)
        .values_list("officer_id")
        .annotate(count=Count("pk"))
    )
    return [
        {
            "name": row.user.name,
            "ref": row.user.ref,
            "role": row.role.name,
            "phone": row.user.phone,
            "email": row.user.email,
            "in_circle": row.in_circle,
            "carries": counts.get(row.user_id, 0),
            "since": row.starts,
        }
        for row in sorted(rows, key=lambda row: row.user.name.casefold())
    ]


def _covers(found: Unit, today: date) -> list[Cover]:
    return covers_on(found.pk, today)


def _links(request: Request, found: Unit | None) -> list[dict[str, Any]]:
    """Where the unit's own affairs are looked after; only what one may open."""
    offered = [
        (
            "Who covers for whom",
            url("cover"),
            Permission.STAFF_COVER,
            "Set cover before somebody is away, or end it when they are back.",
        ),
        (
            "What the unit expects, by when",
            url("policies"),
            Permission.STAFF_READ,
            "Reviews, visits, reports: every due date comes from here.",
        ),
        (
            "Bring in a workbook",
            url("imports"),
            Permission.IMPORT_RUN,
            "The running caseload and the meetings, from the unit’s own files.",
        ),
        (
            "Emergency openings",
            url("emergencies"),
            Permission.ACCESS_REVIEW,
            "Records opened in an emergency, with the reason, to be read.",
        ),
    ]
    return [
        {"name": name, "url": address, "about": about}
        for name, address, permission, about in offered
        if address and request.actor.may(permission) and found is not None
    ]


def _policies_url(request: Request) -> str:
    return reverse("policies") + _asked(request)


def _policy_url(request: Request, one: Policy) -> str:
    return reverse("policy", args=[one.code]) + _asked(request)


def _asked(request: Request) -> str:
    chosen = _ref(request.GET.get("unit", ""))
    return "" if chosen == _NOBODY else f"?unit={chosen}"


_NOBODY = UUID(int=0)


def _ref(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return _NOBODY


def _today(request: Request) -> date:
    return request.at.astimezone(request.actor.zone).date()
