"""Running a meeting: the minutes of one young person, saved as one form."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from alongside.access.door import requires
from alongside.access.models import Membership, User
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.access.versions import ChangedMeanwhile, version_read
from alongside.activities.rules import Status
from alongside.desk.mdt.minutes_form import MinutesForm, written_initial
from alongside.desk.mdt.places import OF_ITEM, session_or_month
from alongside.desk.mdt.table import Table, agenda_around, lay, others_who_opened
from alongside.desk.mdt.two_versions import BASE, Merged, base_of, merge, settled
from alongside.desk.mdt.written import read_only
from alongside.forms.vocabulary import vocabulary_for
from alongside.kernel.dates_in_words import spoken_day
from alongside.meetings import actions, rules
from alongside.meetings.models import Item
from alongside.meetings.rules import MeetingStatus
from alongside.web.pages import page

_OPEN_NOW = timedelta(minutes=15)
_OF_ITEM = OF_ITEM.select_related("activity__unit", "saved_by")


@requires(Permission.MEETING_READ)
def item(request: Request, ref: UUID) -> HttpResponse:
    """The minutes of one young person: a form for who may run the meeting."""
    found = open_record(request, _OF_ITEM, ref, part="minutes")
    if not request.actor.may(Permission.MEETING_RUN) or request.actor.unit_id is None:
        return read_only(request, found)
    table, form = _drawn(request, found)
    if request.method != "POST":
        actions.note_opening(found, by=request.actor, at=request.at)
        return _shown(request, table, form)
    sent = _form(request, table, settled(request.POST, form))
    if not sent.is_valid():
        return _shown(request, table, sent, status=422)
    read = version_read(request.POST.get("version"), found.version)
    try:
        actions.save_item(
            found, read, by=request.actor, at=request.at, **sent.minutes()
        )
    except ChangedMeanwhile:
        return _both_versions(request, ref)
    return _onward(request, table, sent)


def _drawn(request: Request, found: Item) -> tuple[Table, MinutesForm]:
    """What lies on the table, and the form as it is now."""
    today = request.at.astimezone(request.actor.zone).date()
    table = lay(found, by=request.actor, today=today)
    table.turns = agenda_around(found)
    table.team = _team(found.activity.unit_id, request)
    since = request.at - _OPEN_NOW
    table.openings = others_who_opened(found, by=request.actor, since=since)
    return table, _form(request, table, None)


def _form(request: Request, table: Table, sent: QueryDict | None) -> MinutesForm:
    initial = written_initial(table, _suggested(table))
    return MinutesForm(sent, table=table, initial=initial)


def _both_versions(request: Request, ref: UUID) -> HttpResponse:
    """Somebody saved meanwhile: show both, and lose nothing that was typed."""
    current = _OF_ITEM.get(ref=ref)
    table, now = _drawn(request, current)
    merged = merge(request.POST, now)
    form = _form(request, table, merged.data)
    return _shown(request, table, form, now=now, merged=merged, status=409)


def _shown(
    request: Request,
    table: Table,
    form: MinutesForm,
    *,
    now: MinutesForm | None = None,
    merged: Merged | None = None,
    status: int = 200,
) -> HttpResponse:
    today = request.at.astimezone(request.actor.zone).date()
    kept = request.POST.get(BASE) if now is None else None
    return page(
        request,
        "desk/mdt/item.html",
        {
            "form": form,
            "base": kept or base_of(now or _form(request, table, None)),
            "table": table,
            "item": table.item,
            "youth": table.item.youth,
            "age": table.item.youth.age(today),
            "merged": merged,
            "asked": merged.names if merged else set(),
            "words": vocabulary_for(request.actor),
            "version": request.POST.get("version") if kept else table.item.version,
            "refusal": _refusal(table.item, today),
            "suggested": _next_words(table, today),
            "may_plan": request.actor.may(Permission.MEETING_PLAN),
        },
        status=status,
    )


def _onward(request: Request, table: Table, form: MinutesForm) -> HttpResponse:
    """To the next young person, or back to the session."""
    today = request.at.astimezone(request.actor.zone).date()
    next_on: date | None = form.cleaned_data["next_review_on"]
    messages.success(request, _saved_words(table, next_on, today))
    following = table.next_open if "next" in request.POST else None
    if following is None:
        return HttpResponseRedirect(session_or_month(table.item), status=303)
    actions.start_item(following, by=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("mdt_item", args=[following.ref]), status=303)


def _saved_words(table: Table, next_on: date | None, today: date) -> str:
    said = f"Saved what was said about {table.item.youth.name}."
    if next_on is None or table.is_family:
        return said
    when = spoken_day(next_on, today)
    if any(session.day == next_on for session in table.sessions):
        return f"{said} The next review is booked for {when}."
    return f"{said} No session is planned for {when} yet; they wait for a place."


def _team(unit_id: int, request: Request) -> list[User]:
    """The people of the unit, by name: one query."""
    rows = (
        Membership.objects.current(request.at)
        .filter(unit_id=unit_id, user__is_active=True)
        .select_related("user")
        .order_by("user__name")
    )
    return list({row.user_id: row.user for row in rows}.values())


def _suggested(table: Table) -> date | None:
    """The last session with a place within the days of the rule."""
    return table.sessions[-1].day if table.sessions else None


def _next_words(table: Table, today: date) -> str:
    if table.is_family:
        by = spoken_day(table.item.activity.day + rules.NEXT_WITHIN, today)
        return f"A follow-up within 90 days, so by {by}."
    if not table.sessions:
        return "No later session has a place yet. A day can be chosen all the same."
    last = table.sessions[-1]
    days = (last.day - table.item.activity.day).days
    taken: int = last.taken  # type: ignore[attr-defined]  # from with_taken()
    left = last.capacity - taken
    places = "1 place" if left == 1 else f"{left} places"
    return f"{spoken_day(last.day, today)}: in {days} days, {places} open."


def _refusal(found: Item, today: date) -> str | None:
    return rules.refusal_to_save(
        Status(found.activity.status),
        MeetingStatus(found.meeting.status) if found.meeting else None,
        day=found.activity.day,
        today=today,
    )
