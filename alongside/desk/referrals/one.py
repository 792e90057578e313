"""One referral: opened, taken, or given to a colleague."""

from uuid import UUID

from django.http import HttpResponse

from alongside.access.door import requires
from alongside.access.models import Membership, User
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.desk.referrals.showing import READ, show, to
from alongside.desk.youth.header import initials
from alongside.referrals import actions
from alongside.web.pages import page


@requires(Permission.REFERRAL_READ)
def referral(request: Request, ref: UUID) -> HttpResponse:
    """The page of one referral; an agency sees what was sent to it and no more."""
    return show(request, open_record(request, READ.all(), ref))


@requires(Permission.REFERRAL_MAKE)
def take(request: Request, ref: UUID) -> HttpResponse:
    """Take it; nothing waits for one person."""
    found = open_record(request, READ.all(), ref, log=False)
    if request.method == "POST":
        actions.take(found, by=request.actor, at=request.at)
    return to(found)


@requires(Permission.REFERRAL_MAKE)
def give(request: Request, ref: UUID) -> HttpResponse:
    """Give it to a colleague of the unit."""
    found = open_record(request, READ.all(), ref)
    actions.must_be_ours(found, request.actor)
    people = list(
        User.objects.filter(
            memberships__in=Membership.objects.current(request.at).filter(
                unit=found.unit_id
            )
        )
        .distinct()
        .order_by("name")
    )
    chosen = next(
        (one for one in people if str(one.ref) == request.POST.get("to")), None
    )
    if request.method == "POST" and chosen:
        actions.give(found, chosen, by=request.actor, at=request.at)
        return to(found)
    return page(
        request,
        "desk/referrals/give.html",
        {
            "referral": found,
            "initials": initials(found.youth),
            "people": people,
            "missing": request.method == "POST",
        },
        status=422 if request.method == "POST" else 200,
    )
