"""Logging a contact: filled in with what is likeliest, so that two taps are enough."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.access.door import requires
from alongside.access.models import Unit
from alongside.access.permissions import Permission
from alongside.access.records import log_list, open_record
from alongside.access.request import Request
from alongside.activities.actions import log_contact
from alongside.activities.models import Activity, Kind
from alongside.activities.rules import Status, refusal_to_have_happened
from alongside.cases.models import Assignment, Case
from alongside.desk.youth.calendar_forms import MAIN_KINDS, YOUTH, ContactForm
from alongside.desk.youth.form_page import is_done, seen
from alongside.desk.youth.wording import called
from alongside.forms.vocabulary import vocabulary_for
from alongside.people.models import OwnWords, Person, Youth
from alongside.people.search import find_youth
from alongside.staff.cover import carried_by
from alongside.web.pages import page
from alongside.web.sought import searches, words_sought

_SHOWN = 3
_LISTED = 40


@requires(Permission.CONTACT_LOG)
def log(request: Request, ref: UUID) -> HttpResponse:
    """How, when, with whom, and a note."""
    youth = open_record(request, Youth, ref, part="contact form")
    form = _form(request, youth)
    if (
        form.is_valid()
        and _has_happened(request, form)
        and is_done(form, lambda: _log(request, youth, form))
    ):
        messages.success(request, f"Contact with {youth.called_name} saved.")
        if request.POST.get("then") == "plan":
            return seen("activity_plan", youth)
        if request.POST.get("then") == "another":
            return HttpResponseRedirect(reverse("contact_start"), status=303)
        return seen("youth", youth)
    return page(
        request,
        "desk/youth/contact.html",
        {
            "form": form,
            "youth": youth,
            "who": called(youth),
            "words": vocabulary_for(request.actor),
            "kinds": _split(form),
            "met": _this_month(request, youth),
            "contacts": list(
                Activity.objects.filter(youth=youth).contacts().for_list()[:_SHOWN]
            ),
            "works": OwnWords.objects.filter(youth=youth, kind="what_works").first(),
            "may_plan": request.actor.may(Permission.ACTIVITY_PLAN),
        },
        status=422 if form.is_bound else 200,
    )


def _log(request: Request, youth: Youth, form: ContactForm) -> None:
    log_contact(
        youth,
        form.cleaned_data["kind"],
        by=request.actor,
        at=request.at,
        happened_at=form.happened_at(request.at, request.actor.zone),
        note=form.cleaned_data["note"],
        present=form.present,
        unit=unit_of(request, youth),
    )


@requires(Permission.CONTACT_LOG)
@searches
def whom(request: Request) -> HttpResponse:
    """With whom it was: those one carries first, or whoever is found."""
    text = words_sought(request)
    today = request.at.astimezone(request.actor.zone).date()
    found = find_youth(text, limit=_LISTED) if text else _mine(request, today)
    log_list(request, "contact", (one.pk for one in found))
    return page(
        request,
        "desk/youth/contact_whom.html",
        {"found": found, "text": text, "is_mine": not text},
    )


def unit_of(request: Request, youth: Youth) -> Unit | None:
    """The unit a contact is for when the actor is in none: whose case is open."""
    if request.actor.unit_id is not None:
        return None
    case = Case.objects.filter(youth=youth, closed_on=None).select_related("unit")
    found = case.order_by("-opened_on").first()
    return found.unit if found else None


def people_now(youth: Youth, today: date) -> list[Person]:
    """Whoever is around a young person today."""
    people = Person.objects.filter(Q(ends=None) | Q(ends__gt=today), youth=youth)
    return list(people)


def _form(request: Request, youth: Youth) -> ContactForm:
    now = request.at.astimezone(request.actor.zone)
    return ContactForm(
        request.POST or None,
        youth=youth,
        people=people_now(youth, now.date()),
        kinds=list(Kind.objects.filter(group="contact")),
        initial={
            "kind": request.GET.get("kind", "contact_in_person"),
            "when": "now",
            "day": now.date(),
            "time": now.time().replace(second=0, microsecond=0),
            "who": [YOUTH],
        },
    )


def _has_happened(request: Request, form: ContactForm) -> bool:
    """Say at the field of the day, by the action's own rule, what is still to come."""
    zone = request.actor.zone
    refusal = refusal_to_have_happened(
        form.happened_at(request.at, zone).astimezone(zone), request.at.astimezone(zone)
    )
    if refusal:
        form.add_error("day", refusal)
    return refusal is None


def _split(form: ContactForm) -> dict[str, Any]:
    """The four usual ways as tiles, the others behind a fold."""
    options = list(form["kind"].subwidgets)
    chosen = form["kind"].value()
    return {
        "usual": [one for one in options if one.data["value"] in MAIN_KINDS],
        "other": [one for one in options if one.data["value"] not in MAIN_KINDS],
        "open": [
            one for one in options if one.data["value"] == chosen not in MAIN_KINDS
        ],
    }


def _this_month(request: Request, youth: Youth) -> int:
    """How often somebody has met them in person this calendar month: one query."""
    today = request.at.astimezone(request.actor.zone).date()
    return Activity.objects.filter(
        youth=youth,
        status=Status.COMPLETED,
        kind__in_person=True,
        without_youth=False,
        day__gte=today.replace(day=1),
        day__lte=today,
    ).count()


def _mine(request: Request, today: date) -> list[Youth]:
    """The young people one carries, and those of whoever one covers for."""
    actor = request.actor
    if actor.unit_id is None:
        return list(Youth.objects.by_name()[:_LISTED])
    officers = carried_by(actor.user_id, actor.unit_id, today)
    carried = Assignment.objects.as_of(today).filter(officer__in=officers)
    return list(
        Youth.objects.filter(pk__in=carried.values("youth")).by_name()[:_LISTED]
    )
