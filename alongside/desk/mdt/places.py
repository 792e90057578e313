"""Booking a place, moving it, and calling it off."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import log_list, open_record
from alongside.access.request import Request
from alongside.activities.models import Kind
from alongside.activities.rules import Status
from alongside.desk.mdt.family import move_family
from alongside.desk.mdt.forms import BookForm, OffForm, PlaceForm, sent
from alongside.forms.vocabulary import vocabulary_for
from alongside.kernel.dates_in_words import spoken_day
from alongside.kernel.refusal import NotFound
from alongside.meetings import actions, rules
from alongside.meetings.models import SECTIONS, Item, Meeting
from alongside.meetings.reading import talks_of
from alongside.meetings.rules import Section
from alongside.people.models import Youth
from alongside.people.search import find_youth
from alongside.referrals.models import Referral
from alongside.web.pages import page
from alongside.web.sought import searches, words_sought

OF_ITEM = Item.objects.select_related(
    "youth", "activity", "activity__kind", "activity__officer", "meeting"
)
_FOUND = 12
_OFFERED = 40


@requires(Permission.MEETING_PLAN)
@searches
def book(request: Request) -> HttpResponse:
    """Choose whom, then what for and when."""
    youth = _youth(request)
    if youth is None:
        return _choose(request)
    today = _today(request)
    sessions = _open_sessions(request, today)
    referral = _referral(youth, request)
    form = BookForm(
        sent(request),
        sessions=sessions,
        at=request.at,
        by=request.actor,
        kinds=_kinds(),
        initial=_suggested(request, sessions, referral),
    )
    if form.is_valid():
        section = form.cleaned_data["section"]
        kind = form.cleaned_data["kind"]
        item = actions.book(
            youth,
            kind,
            form.session,
            by=request.actor,
            at=request.at,
            section=Section(section) if section else None,
            referral=referral if kind == rules.DECISION else None,
        )
        day = item.activity.day
        messages.success(
            request, f"{youth.name} is booked for {spoken_day(day, today)}."
        )
        return HttpResponseRedirect(f"{reverse('mdt')}?month={day:%Y-%m}", status=303)
    booked = list(talks_of([youth.pk], today)[:3])
    context = {"form": form, "youth": youth, "sessions": sessions, "booked": booked}
    status = 422 if form.is_bound else 200
    return page(request, "desk/mdt/book.html", context, status=status)


@requires(Permission.MEETING_PLAN)
def move(request: Request, ref: UUID) -> HttpResponse:
    """Give an item a place in another session; dragging it sends this form."""
    item = open_record(request, OF_ITEM, ref)
    if item.activity.kind_id == rules.FAMILY:
        return move_family(request, item)
    today = _today(request)
    sessions = [
        session
        for session in _open_sessions(request, today)
        if session.pk != item.meeting_id
    ]
    given = _uuid(request.POST.get("meeting", ""))
    if given and given not in {session.ref for session in sessions}:
        # Full or over by now: the action's own sentence says which one is next.
        sessions += Meeting.objects.filter(ref=given).with_taken()
    form = PlaceForm(sent(request), sessions=sessions, at=request.at, by=request.actor)
    if form.is_valid():
        actions.move_item(item, form.session, by=request.actor, at=request.at)
        day = form.session.day
        words = f"The review of {item.youth.name} is now on {spoken_day(day, today)}."
        messages.success(request, words)
        return HttpResponseRedirect(_back(request, day), status=303)
    refusal = rules.refusal_to_move(Status(item.activity.status))
    context = {
        "form": form,
        "item": item,
        "refusal": refusal,
        "sessions": sessions,
        "parts": SECTIONS,
    }
    status = 422 if form.is_bound else 200
    return page(request, "desk/mdt/move.html", context, status=status)


@requires(Permission.MEETING_PLAN)
def off(request: Request, ref: UUID) -> HttpResponse:
    """Call a review off before its day; on the day or after, say it did not happen."""
    item = open_record(request, OF_ITEM, ref)
    today = _today(request)
    is_over = item.activity.day <= today
    form = OffForm(sent(request), words=vocabulary_for(request.actor))
    if form.is_valid():
        act = actions.miss_item if is_over else actions.cancel_item
        act(item, form.cleaned_data["reason"], by=request.actor, at=request.at)
        return HttpResponseRedirect(session_or_month(item), status=303)
    context = {"form": form, "item": item, "is_over": is_over}
    status = 422 if form.is_bound else 200
    return page(request, "desk/mdt/off.html", context, status=status)


@requires(Permission.MEETING_PLAN)
@require_POST
def section(request: Request, ref: UUID) -> HttpResponse:
    """Take an item up in another part of the agenda."""
    item = open_record(request, OF_ITEM, ref)
    given = request.POST.get("section", "")
    if given in set(Section):
        actions.change_section(item, Section(given), by=request.actor, at=request.at)
    return HttpResponseRedirect(session_or_month(item), status=303)


def session_or_month(item: Item) -> str:
    """Where one comes from: its session, or for a family meeting the month."""
    if item.meeting is not None:
        return reverse("mdt_meeting", args=[item.meeting.ref])
    return f"{reverse('mdt')}?month={item.activity.day:%Y-%m}"


def _youth(request: Request) -> Youth | None:
    given = request.GET.get("youth", "")
    ref = _uuid(given)
    if given and ref is None:
        raise NotFound
    return open_record(request, Youth, ref, part="mdt") if ref else None


def _choose(request: Request) -> HttpResponse:
    text = words_sought(request)
    found = find_youth(text, limit=_FOUND) if text else []
    if found:
        log_list(request, "mdt book", {youth.pk for youth in found})
    return page(request, "desk/mdt/choose.html", {"text": text, "found": found})


def _open_sessions(request: Request, today: date) -> list[Meeting]:
    rows = Meeting.objects.open_to_book(request.actor.unit_id or 0)
    return list(rows.filter(day__gte=today)[:_OFFERED])


def _kinds() -> list[Kind]:
    return list(Kind.objects.filter(code__in=rules.TAKES_A_PLACE))


def _referral(youth: Youth, request: Request) -> Referral | None:
    """The one being decided: the latest that has no decision."""
    return (
        Referral.objects.filter(
            youth=youth, unit_id=request.actor.unit_id or 0, decided_at=None
        )
        .order_by("-started_at")
        .first()
    )


def _suggested(
    request: Request, sessions: list[Meeting], referral: Referral | None
) -> dict[str, Any]:
    """What the link asked for, else what usually comes next."""
    kind = request.GET.get("kind") or (rules.DECISION if referral else rules.ONGOING)
    coming = [one for one in sessions if one.ends_at > request.at]
    first = str(coming[0].ref) if coming else ""
    return {"kind": kind, "meeting": request.GET.get("meeting") or first}


def _back(request: Request, day: date) -> str:
    back = request.POST.get("back", "")
    if back and url_has_allowed_host_and_scheme(back, {request.get_host()}):
        return back
    return _month(day)


def _month(day: date) -> str:
    return f"{reverse('mdt')}?month={day:%Y-%m}"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _today(request: Request) -> date:
    return request.at.astimezone(request.actor.zone).date()
