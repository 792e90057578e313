"""Planning and moving a family team meeting."""

from datetime import date, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.desk.mdt.forms import WhenForm, sent
from alongside.kernel.dates_in_words import spoken_day
from alongside.kernel.refusal import NotFound
from alongside.meetings import actions
from alongside.meetings.actions.family import chosen_people
from alongside.meetings.models import Item
from alongside.people.models import Youth
from alongside.web.pages import page

_STARTS, _ENDS = time(15), time(16)


@requires(Permission.MEETING_PLAN)
def plan(request: Request) -> HttpResponse:
    """Plan a meeting with the people a young person chose."""
    try:
        ref = UUID(request.GET.get("youth", ""))
    except ValueError as wrong:
        raise NotFound from wrong
    youth = open_record(request, Youth, ref, part="mdt")
    today = request.at.astimezone(request.actor.zone).date()
    form = WhenForm(sent(request), initial={"starts": _STARTS, "ends": _ENDS})
    if form.is_valid():
        item = actions.plan_family_meeting(
            youth,
            by=request.actor,
            at=request.at,
            day=form.cleaned_data["day"],
            place=form.cleaned_data["place"],
            **form.instants(request.actor),
        )
        _say(request, item, today)
        return HttpResponseRedirect(_month(item.activity.day), status=303)
    context = {
        "form": form,
        "youth": youth,
        "chosen": chosen_people(youth, today),
        "heading": f"Plan a family team meeting for {youth.called_name}",
    }
    return page(request, "desk/mdt/family.html", context, status=_status(form))


def move_family(request: Request, item: Item) -> HttpResponse:
    """Give a family team meeting another day, time or place."""
    zone, activity = request.actor.zone, item.activity
    now: dict[str, Any] = {"day": activity.day, "place": activity.place}
    if activity.starts_at and activity.ends_at:
        now["starts"] = activity.starts_at.astimezone(zone).time()
        now["ends"] = activity.ends_at.astimezone(zone).time()
    form = WhenForm(sent(request), initial=now)
    today = request.at.astimezone(zone).date()
    if form.is_valid():
        actions.move_family_meeting(
            item,
            by=request.actor,
            at=request.at,
            day=form.cleaned_data["day"],
            place=form.cleaned_data["place"],
            **form.instants(request.actor),
        )
        _say(request, item, today)
        return HttpResponseRedirect(_month(item.activity.day), status=303)
    context = {
        "form": form,
        "youth": item.youth,
        "item": item,
        "heading": f"Move the family team meeting of {item.youth.called_name}",
    }
    return page(request, "desk/mdt/family.html", context, status=_status(form))


def _say(request: Request, item: Item, today: date) -> None:
    when = spoken_day(item.activity.day, today)
    name = item.youth.name
    messages.success(request, f"The family team meeting of {name} is on {when}.")


def _month(day: date) -> str:
    return f"{reverse('mdt')}?month={day:%Y-%m}"


def _status(form: WhenForm) -> int:
    return 422 if form.is_bound else 200
