"""Sending a referral to a partner agency; the agency's answers, on the same page."""

from datetime import datetime, time
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.access.door import requires
from alongside.access.models import Grant
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.desk.referrals.choices import agencies_for, step_form, until_now
from alongside.desk.referrals.forms import SendForm, WhyForm
from alongside.desk.referrals.showing import READ, show, to
from alongside.desk.referrals.wording import today_of
from alongside.desk.youth.header import initials
from alongside.kernel.refusal import NotFound, Refused
from alongside.referrals import hand_off as acting
from alongside.referrals.actions import stamps
from alongside.referrals.models import Referral
from alongside.referrals.rules import Step, next_step
from alongside.web.pages import page


@requires(Permission.REFERRAL_MAKE)
def send(request: Request, ref: UUID) -> HttpResponse:
    """Send it, with what the young person chose that the agency may see."""
    found = open_record(request, READ.all(), ref)
    refusal = acting.refusal_to_send(found, by=request.actor, at=request.at)
    form = SendForm(
        request.POST or None, agencies=agencies_for(found), today=today_of(request)
    )
    if refusal is None and form.is_valid():
        given = form.cleaned_data
        end = datetime.combine(given["until"], time.max, request.actor.zone)
        acting.send(
            found,
            given["agency"],
            by=request.actor,
            at=request.at,
            because=Grant.Because(given["because"]),
            source=given["source"],
            until=end,
            note=given["note"],
        )
        return to(found)
    return page(
        request,
        "desk/referrals/send.html",
        {
            "form": form,
            "referral": found,
            "refusal": refusal,
            "initials": initials(found.youth),
        },
        status=409 if refusal and form.is_bound else 422 if form.is_bound else 200,
    )


@requires(Permission.REFERRAL_READ)
def step(request: Request, ref: UUID) -> HttpResponse:
    """The agency's next step and its time; the unit may write it for the agency."""
    found = _of_a_party(request, ref)
    if request.method != "POST":
        return to(found)
    expected = next_step(stamps(found))
    if expected is None:
        return to(found)
    form = step_form(request, found, expected, request.POST)
    if form.is_valid():
        when = until_now(form.cleaned_data["when"], request.at)
        try:
            acting.answer_step(
                found,
                Step(form.cleaned_data["step"]),
                when,
                by=request.actor,
                at=request.at,
                advocate=form.cleaned_data.get("advocate"),
            )
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            return to(found)
    fresh = READ.get(pk=found.pk)
    return show(request, fresh, step=form, status=422)


@requires(Permission.REFERRAL_READ)
def decline(request: Request, ref: UUID) -> HttpResponse:
    """The agency cannot take it on; the unit has it back at once."""
    found = _of_a_party(request, ref)
    if request.method == "POST":
        form = WhyForm(request.POST, asked=False, prefix="decline")
        if not form.is_valid():
            return show(request, found, declining=form, status=422)
        note = form.cleaned_data["note"]
        acting.decline(found, note, by=request.actor, at=request.at)
        if not request.actor.units:
            return HttpResponseRedirect(reverse("referrals"), status=303)
    return to(found)


def _of_a_party(request: Request, ref: UUID) -> Referral:
    found = open_record(request, READ.all(), ref, log=False)
    if not acting.is_party(found, request.actor):
        raise NotFound
    return found
