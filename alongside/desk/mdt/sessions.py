"""One session: its agenda, its times and places, and how it stands."""

from datetime import date, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import log_list, open_record
from alongside.access.request import Request
from alongside.access.versions import ChangedMeanwhile, version_read
from alongside.desk.mdt.calendar import closed_days
from alongside.desk.mdt.forms import SeriesForm, SessionForm, sent
from alongside.kernel.dates_in_words import spoken_day
from alongside.kernel.refusal import NotFound
from alongside.meetings import actions, rules
from alongside.meetings.models import Meeting
from alongside.meetings.reading import Turn, agenda, times_differ
from alongside.meetings.rules import MeetingStatus
from alongside.web.pages import page
from alongside.web.templatetags.web import in_words

_STARTS, _ENDS, _PLACES = time(9), time(12), 10
_ENDINGS = (MeetingStatus.HELD, MeetingStatus.PLANNED, MeetingStatus.CANCELED)
_FIELDS = ("day", "starts_at", "ends_at", "place", "capacity")


@requires(Permission.MEETING_READ)
def session(request: Request, ref: UUID) -> HttpResponse:
    """The agenda of a session, in the order it is taken."""
    meeting = open_record(request, Meeting, ref)
    turns = agenda(meeting)
    log_list(request, "mdt agenda", {turn.item.youth_id for turn in turns})
    today = request.at.astimezone(request.actor.zone).date()
    taken = [turn for turn in turns if turn.number]
    still_open = [turn for turn in taken if turn.status == "scheduled"]
    status = MeetingStatus(meeting.status)
    return page(
        request,
        "desk/mdt/session.html",
        {
            "meeting": meeting,
            "turns": turns,
            "left": meeting.capacity - len(taken),
            "summary": _summary(meeting, taken, today),
            "move_all_to": _takes_all(request, meeting, len(still_open)),
            "still_open": len(still_open),
            "first_open": still_open[0].item if still_open else None,
            "times_differ": times_differ(turns),
            "may_plan": request.actor.may(Permission.MEETING_PLAN),
            "may_run": request.actor.may(Permission.MEETING_RUN),
            "stands": {
                then.value: rules.refusal_to_become(
                    status,
                    then,
                    day=meeting.day,
                    today=today,
                    still_open=len(still_open),
                )
                for then in _ENDINGS
                if then in rules.MOVES[status]
            },
        },
    )


@requires(Permission.MEETING_PLAN)
def plan(request: Request) -> HttpResponse:
    """Plan one session, or the same one every week."""
    today = request.at.astimezone(request.actor.zone).date()
    last = (
        Meeting.objects.filter(unit_id=request.actor.unit_id or 0)
        .order_by("-starts_at")
        .first()
    )
    form = SeriesForm(sent(request), initial=_as_last_time(request, last))
    if form.is_valid():
        planned = _plan(request, form)
        messages.success(request, _planned_words(planned, today))
        first = planned[0].day if planned else today
        return HttpResponseRedirect(f"{reverse('mdt')}?month={first:%Y-%m}", status=303)
    return page(
        request,
        "desk/mdt/plan.html",
        {"form": form, "heading": "Plan sessions", "act": "Plan"},
        status=422 if form.is_bound else 200,
    )


@requires(Permission.MEETING_PLAN)
def change(request: Request, ref: UUID) -> HttpResponse:
    """Change a session; whoever is booked moves along."""
    meeting = open_record(request, Meeting, ref)
    now = {**_as_last_time(request, meeting), "day": meeting.day}
    form = SessionForm(sent(request), initial=now)
    meanwhile: Meeting | None = None
    if form.is_valid():
        values = {**form.cleaned_data, **form.instants(request.actor)}
        read = version_read(request.POST.get("version"), meeting.version)
        try:
            actions.change_meeting(
                meeting,
                read,
                by=request.actor,
                at=request.at,
                **{name: values[name] for name in _FIELDS},
            )
        except ChangedMeanwhile as changed:
            meanwhile = changed.current  # type: ignore[assignment]  # of the meeting that was saved
        else:
            return HttpResponseRedirect(
                reverse("mdt_meeting", args=[meeting.ref]), status=303
            )
    return page(
        request,
        "desk/mdt/plan.html",
        {
            "form": form,
            "meeting": meeting,
            "meanwhile": meanwhile,
            "version": (meanwhile or meeting).version,
            "heading": "Change the session",
            "act": "Save the session",
        },
        status=409 if meanwhile else 422 if form.is_bound else 200,
    )


@requires(Permission.MEETING_READ)
@require_POST
def stand(request: Request, ref: UUID) -> HttpResponse:
    """Finish a session, open it again, or call it off."""
    meeting = open_record(request, Meeting, ref)
    acts: dict[str, Any] = {
        MeetingStatus.HELD: actions.finish_meeting,
        MeetingStatus.PLANNED: actions.reopen_meeting,
        MeetingStatus.CANCELED: actions.cancel_meeting,
    }
    act = acts.get(request.POST.get("status", ""))
    if act is not None:
        act(meeting, by=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("mdt_meeting", args=[meeting.ref]), status=303)


@requires(Permission.MEETING_PLAN)
@require_POST
def move_all(request: Request, ref: UUID) -> HttpResponse:
    """Move everybody still booked to the next session that takes them all."""
    meeting = open_record(request, Meeting, ref)
    to = open_record(request, Meeting, _session_named(request))
    moved = actions.move_all(meeting, to, by=request.actor, at=request.at)
    today = request.at.astimezone(request.actor.zone).date()
    are = "young person is" if moved == 1 else "young people are"
    words = f"{in_words(moved).capitalize()} {are} now on {spoken_day(to.day, today)}."
    messages.success(request, words)
    return HttpResponseRedirect(reverse("mdt_meeting", args=[meeting.ref]), status=303)


@requires(Permission.MEETING_PLAN)
@require_POST
def times(request: Request, ref: UUID) -> HttpResponse:
    """Give the turns the order of the agenda."""
    meeting = open_record(request, Meeting, ref)
    moved = actions.set_times_in_order(meeting, by=request.actor, at=request.at)
    count = "One time was" if moved == 1 else f"{moved} times were"
    messages.success(request, f"{count} changed. Tell those who know another time.")
    return HttpResponseRedirect(reverse("mdt_meeting", args=[meeting.ref]), status=303)


def _takes_all(request: Request, meeting: Meeting, count: int) -> Meeting | None:
    """The next session that has a place for each of them: one query, if any."""
    may = request.actor.may(Permission.MEETING_PLAN)
    if not count or not may or meeting.status != MeetingStatus.PLANNED:
        return None
    rows = Meeting.objects.open_to_book(meeting.unit_id).not_over(request.at)
    enough = rows.filter(capacity__gte=F("taken") + count).exclude(pk=meeting.pk)
    return enough.filter(day__gte=meeting.day).order_by("starts_at").first()


def _session_named(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("meeting", ""))
    except ValueError:
        raise NotFound from None


def _plan(request: Request, form: SeriesForm) -> list[Meeting]:
    given, when = form.cleaned_data, form.instants(request.actor)
    if given["until"] is None:
        return [
            actions.plan_meeting(
                by=request.actor,
                at=request.at,
                day=given["day"],
                place=given["place"],
                capacity=given["capacity"],
                starts_at=when["starts_at"],
                ends_at=when["ends_at"],
            )
        ]
    closed = {**closed_days(given["day"].year), **closed_days(given["until"].year)}
    return actions.plan_weekly(
        by=request.actor,
        at=request.at,
        first=given["day"],
        until=given["until"],
        starts=given["starts"],
        ends=given["ends"],
        place=given["place"],
        capacity=given["capacity"],
        closed=set(closed),
    )


def _as_last_time(request: Request, last: Meeting | None) -> dict[str, Any]:
    if last is None:
        return {"starts": _STARTS, "ends": _ENDS, "capacity": _PLACES}
    zone = request.actor.zone
    return {
        "starts": last.starts_at.astimezone(zone).time(),
        "ends": last.ends_at.astimezone(zone).time(),
        "place": last.place,
        "capacity": last.capacity,
    }


def _planned_words(planned: list[Meeting], today: date) -> str:
    if not planned:
        return "These sessions were planned already; nothing was added."
    if len(planned) == 1:
        return f"A session on {spoken_day(planned[0].day, today)} was planned."
    first, last = planned[0].day, planned[-1].day
    return (
        f"{len(planned)} sessions were planned, from {spoken_day(first, today)}"
        f" to {spoken_day(last, today)}."
    )


def _summary(meeting: Meeting, taken: list[Turn], today: date) -> str:
    left = meeting.capacity - len(taken)
    places = "1 place" if left == 1 else f"{left} places"
    match meeting.status:
        case MeetingStatus.CANCELED:
            return "This session was canceled."
        case MeetingStatus.HELD:
            held = sum(turn.status == "completed" for turn in taken)
            return f"Held; {held} of {len(taken)} talked about."
    booked = "Nobody is booked yet" if not taken else f"{len(taken)} booked"
    return f"{booked}, {places} left."
