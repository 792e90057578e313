"""Look-up across units: asking, and answering when one's own unit was asked."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import log_list, open_record
from alongside.access.request import Request
from alongside.desk.referrals.queue import tabs
from alongside.desk.referrals.showing import READ, to
from alongside.kernel.refusal import Refused
from alongside.referrals.look_up import (
    SENTENCE,
    answer_notice,
    look_up,
    look_up_notices,
)
from alongside.referrals.models import LookUp, LookUpNotice
from alongside.referrals.rules import NoticeAnswer
from alongside.web.pages import page

_ROWS = 50


@requires(Permission.REFERRAL_LOOK_UP)
def across_units(request: Request) -> HttpResponse:
    """What other units ask of ours, and what ours asked."""
    notices = list(look_up_notices(request)[:_ROWS])
    asked = list(
        LookUp.objects.filter(referral__unit__in=request.actor.units)
        .select_related("youth", "referral", "asked_by")
        .order_by("-asked_at")[:_ROWS]
    )
    log_list(request, "look-ups", (each.youth_id for each in (*notices, *asked)))
    return page(
        request,
        "desk/referrals/look_up.html",
        {
            **tabs(request, "referrals_look_up"),
            "asked_us": notices,
            "asked": asked,
            "sentence": SENTENCE,
            "answers": list(NoticeAnswer),
        },
    )


@requires(Permission.REFERRAL_LOOK_UP)
def ask(request: Request, ref: UUID) -> HttpResponse:
    """Ask other units; the answer is the same page whatever they know."""
    found = open_record(request, READ.all(), ref, log=False)
    if request.method == "POST":
        look_up(found, by=request.actor, at=request.at)
    return to(found)


@requires(Permission.REFERRAL_LOOK_UP)
def answer(request: Request, ref: UUID) -> HttpResponse:
    """Say that they may contact us, or that there is nothing to add."""
    notice = open_record(request, LookUpNotice, ref, log=False)
    if request.method == "POST":
        given = request.POST.get("answer", "")
        if given not in set(NoticeAnswer):
            raise Refused("Nothing was sent. Choose one of the two answers.")
        answer_notice(notice, NoticeAnswer(given), by=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("referrals_look_up"), status=303)
