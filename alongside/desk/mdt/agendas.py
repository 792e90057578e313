"""The agendas of a session: what each agency's copy shows, on paper and by a link."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import log_list, open_record
from alongside.access.request import Request
from alongside.desk.mdt.answers import paper_answer
from alongside.kernel.refusal import NotFound
from alongside.meetings.agenda import Copy, Line, copies, on_paper, where_and_when
from alongside.meetings.jobs import agenda_links
from alongside.meetings.models import Meeting
from alongside.meetings.reading import agenda
from alongside.web.pages import page
from alongside.web.papers import pdf

_OF_MEETING = Meeting.objects.select_related("unit")


@requires(Permission.MEETING_PLAN)
def agendas(request: Request, ref: UUID) -> HttpResponse:
    """Which items each invited agency's copy shows, and which it only numbers."""
    meeting = open_record(request, _OF_MEETING, ref)
    turns = agenda(meeting)
    log_list(request, "agendas", {turn.item.youth_id for turn in turns})
    made = copies(meeting, turns)
    return page(
        request,
        "desk/mdt/agendas.html",
        {
            "meeting": meeting,
            "copies": made,
            "count": sum(turn.number is not None for turn in turns),
            "may_tell": any(copy.invitation.email for copy in made),
        },
    )


@requires(Permission.MEETING_PLAN)
def agency_paper(request: Request, ref: UUID, agency: UUID) -> HttpResponse:
    """One agency's agenda as a PDF; the unit's own when the agency is the unit's."""
    meeting = open_record(request, _OF_MEETING, ref)
    copy = next(
        (one for one in copies(meeting) if one.invitation.agency.ref == agency), None
    )
    if copy is None:
        raise NotFound
    return _paper(request, meeting, copy.lines, agency=copy.invitation.agency_id)


@requires(Permission.MEETING_PLAN)
def own_paper(request: Request, ref: UUID) -> HttpResponse:
    """The unit's own agenda as a PDF, with everybody on it."""
    meeting = open_record(request, _OF_MEETING, ref)
    turns = agenda(meeting)
    lines = [Line(turn.number, turn.item) for turn in turns if turn.number]
    return _paper(request, meeting, lines)


@requires(Permission.MEETING_PLAN)
@require_POST
def tell(request: Request, ref: UUID) -> HttpResponse:
    """Send each agency a link to its own agenda; the email holds no names."""
    meeting = open_record(request, _OF_MEETING, ref)
    told = [copy for copy in copies(meeting) if copy.invitation.email]
    agenda_links.later(
        request.actor.user_id, once=f"agenda-{meeting.pk}", meeting_id=meeting.pk
    )
    messages.success(request, _told(told))
    return HttpResponseRedirect(reverse("mdt_agendas", args=[meeting.ref]), status=303)


def _paper(
    request: Request, meeting: Meeting, lines: list[Line], **detail: int
) -> HttpResponse:
    where = where_and_when(
        meeting.unit.name,
        meeting.day,
        meeting.starts_at,
        meeting.ends_at,
        meeting.place,
        request.actor,
    )
    values = on_paper(lines, where=where, at=request.at, by=request.actor)
    made = pdf("meetings/agenda.typ", values, title="Agenda")
    youth = {line.item.youth_id for line in lines if line.item is not None}
    return paper_answer(request, made, "agenda", meeting.day, youth, **detail)


def _told(told: list[Copy]) -> str:
    names = [copy.invitation.agency.name for copy in told]
    return f"A link is on its way to {', '.join(names)}. It holds no names."
