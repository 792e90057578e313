"""Agencies that come to sessions: whom a unit invites, and what their people see."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.access.door import requires
from alongside.access.models import Agency
from alongside.access.permissions import Permission
from alongside.access.records import log_list
from alongside.access.request import Request
from alongside.desk.mdt.answers import paper_answer
from alongside.desk.mdt.forms import InvitationForm, sent
from alongside.kernel.refusal import NotFound
from alongside.meetings import actions
from alongside.meetings.agenda import (
    Invited,
    Line,
    invited,
    on_paper,
    own_lines,
    where_and_when,
)
from alongside.meetings.models import Invitation
from alongside.web.pages import page
from alongside.web.papers import pdf


def invited_sessions(request: Request) -> HttpResponse:
    """Somebody of a partner agency: the sessions it is invited to."""
    today = request.at.astimezone(request.actor.zone).date()
    sessions = invited(today)
    return page(
        request,
        "desk/mdt/invited.html",
        {
            "coming": [one for one in sessions if one.day >= today],
            "past": [one for one in reversed(sessions) if one.day < today],
        },
    )


@requires(Permission.MEETING_READ)
def own_agenda(request: Request, ref: UUID) -> HttpResponse:
    """The agenda as one's own agency gets it; row security decides what it names."""
    today = request.at.astimezone(request.actor.zone).date()
    session = next((one for one in invited(today) if one.ref == ref), None)
    if session is None:
        raise NotFound
    lines = own_lines(ref)
    log_list(request, "agenda", _named(lines))
    if "paper" in request.GET:
        return _own_paper(request, session, lines)
    context = {
        "session": session,
        "lines": lines,
        "kept": sum(line.item is None for line in lines),
    }
    return page(request, "desk/mdt/own_agenda.html", context)


@requires(Permission.MEETING_PLAN)
def agencies(request: Request) -> HttpResponse:
    """Which agencies come to the sessions, and where their links are sent."""
    today = request.at.astimezone(request.actor.zone).date()
    known = list(Agency.objects.order_by("name"))
    form = InvitationForm(sent(request), agencies=known)
    if form.is_valid():
        actions.invite(
            form.chosen,
            by=request.actor,
            at=request.at,
            starts=today,
            email=form.cleaned_data["email"],
        )
        messages.success(request, f"{form.chosen.name} gets an agenda of its own.")
        return HttpResponseRedirect(reverse("mdt_agencies"), status=303)
    return page(
        request,
        "desk/mdt/agencies.html",
        {"form": form, "invitations": _invitations(request, today)},
        status=422 if form.is_bound else 200,
    )


@requires(Permission.MEETING_PLAN)
@require_POST
def end_invitation(request: Request, ref: UUID) -> HttpResponse:
    """An agency does not come any more; today is its last day."""
    today = request.at.astimezone(request.actor.zone).date()
    for invitation in _invitations(request, today):
        if invitation.agency.ref == ref:
            actions.uninvite(
                invitation, by=request.actor, at=request.at, last_day=today
            )
    return HttpResponseRedirect(reverse("mdt_agencies"), status=303)


def _invitations(request: Request, today: date) -> list[Invitation]:
    return list(
        Invitation.objects.filter(
            Q(ends=None) | Q(ends__gt=today), unit_id=request.actor.unit_id or 0
        )
        .select_related("agency")
        .order_by("agency__name")
    )


def _own_paper(request: Request, session: Invited, lines: list[Line]) -> HttpResponse:
    where = where_and_when(
        session.unit_name,
        session.day,
        session.starts_at,
        session.ends_at,
        session.place,
        request.actor,
    )
    values = on_paper(lines, where=where, at=request.at, by=request.actor)
    made = pdf("meetings/agenda.typ", values, title="Agenda")
    return paper_answer(request, made, "agenda", session.day, _named(lines))


def _named(lines: list[Line]) -> set[int]:
    return {line.item.youth_id for line in lines if line.item is not None}
