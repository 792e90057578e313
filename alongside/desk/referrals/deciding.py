"""Recording what the team decided about a referral."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.access.versions import ChangedMeanwhile
from alongside.cases import referral_decisions
from alongside.desk.referrals.choices import decision_form, until_now
from alongside.desk.referrals.showing import READ, show, to
from alongside.kernel.refusal import Refused
from alongside.referrals.models import Referral
from alongside.referrals.rules import Decision


@requires(Permission.REFERRAL_DECIDE)
def decide(request: Request, ref: UUID) -> HttpResponse:
    """Record it; what the same rule would refuse is said beside the form instead."""
    found = open_record(request, READ.all(), ref, log=request.method == "POST")
    if request.method != "POST":
        return to(found)
    if found.decided_at is not None:
        return _decided_already(request, found)
    form = decision_form(request, found, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            referral_decisions.decide(
                found,
                Decision(given["decision"]),
                by=request.actor,
                at=request.at,
                decided_at=until_now(given["decided_at"], request.at),
                note=given["note"],
                officer=given["officer"],
                look_again_on=given["look_again_on"],
                read=given["version"],
            )
        except ChangedMeanwhile:
            return _changed(request, READ.get(pk=found.pk))
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            return to(found)
    fresh = READ.get(pk=found.pk)
    return show(request, fresh, decision=form, status=422)


def _decided_already(request: Request, found: Referral) -> HttpResponse:
    """Somebody was quicker: what they recorded stands, and what was typed is said."""
    said = "Somebody recorded a decision before you, so nothing was changed."
    if note := request.POST.get("note", "").strip():
        said = f"{said} You had written: “{note}”"
    messages.warning(request, said)
    return to(found)


def _changed(request: Request, fresh: Referral) -> HttpResponse:
    """Somebody changed something else about it: the form as it was filled in."""
    again = request.POST.copy()
    again["version"] = str(fresh.version)
    form = decision_form(request, fresh, again)
    form.add_error(
        None,
        "Somebody changed this referral since you opened it. It is shown as it is now:"
        " look it over, and record the decision again.",
    )
    return show(request, fresh, decision=form, status=409)
