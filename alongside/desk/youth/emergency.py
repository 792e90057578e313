"""Opening a record in an emergency, and a supervisor's review of that."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.access import actions
from alongside.access.door import requires
from alongside.access.models import Grant, User
from alongside.access.permissions import Permission
from alongside.access.records import log_list
from alongside.access.request import Request
from alongside.desk.youth.sharing_forms import EmergencyForm
from alongside.kernel.refusal import NotFound
from alongside.people.models import Youth
from alongside.web.pages import page


@requires(Permission.GRANT_BREAK_GLASS)
def open_now(request: Request, ref: UUID) -> HttpResponse:
    """Asks why, before anything is shown; whether there is a record is not said."""
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        actions.break_glass(ref, form.cleaned_data["reason"], by=request.actor)
        return HttpResponseRedirect(reverse("youth", args=[ref]), status=303)
    return page(
        request,
        "desk/youth/emergency.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )


@requires(Permission.ACCESS_REVIEW)
def review(request: Request) -> HttpResponse:
    """Every emergency opening of the unit: its reason, and whether it was read."""
    grants = list(Grant.objects.raw("select * from access_emergencies()"))
    if request.method == "POST":
        _review(request, grants)
        return HttpResponseRedirect(reverse("emergencies"), status=303)
    youth = Youth.objects.in_bulk({grant.youth_id for grant in grants})
    log_list(request, "emergencies", youth)
    people = _people(grants)
    rows = [_row(grant, youth, people, request) for grant in grants]
    return page(
        request,
        "desk/youth/emergencies.html",
        {
            "waiting": [row for row in rows if not row["reviewed_at"]],
            "read": [row for row in rows if row["reviewed_at"]],
        },
    )


def _review(request: Request, grants: list[Grant]) -> None:
    asked = request.POST.get("opening", "")
    found = next((grant for grant in grants if str(grant.ref) == asked), None)
    if found is None:
        raise NotFound
    actions.review_emergency(found, by=request.actor)


def _people(grants: list[Grant]) -> dict[int, str]:
    ids = {pk for one in grants for pk in (one.given_by_id, one.reviewed_by_id) if pk}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def _row(
    grant: Grant, youth: dict[int, Youth], people: dict[int, str], request: Request
) -> dict[str, Any]:
    about = youth.get(grant.youth_id)
    return {
        "grant": grant,
        "who": people.get(grant.given_by_id or 0, "Somebody"),
        "name": about.name if about else "A young person of another unit",
        "url": reverse("youth", args=[about.ref]) if about else "",
        "reason": grant.source,
        "at": grant.starts,
        "ends": grant.ends,
        "reviewed_at": grant.reviewed_at,
        "reviewer": people.get(grant.reviewed_by_id or 0, ""),
        "is_own": grant.given_by_id == request.actor.user_id,
    }
