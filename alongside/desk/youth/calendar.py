"""Planning something, and saying how something planned went."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from alongside.access.door import requires
from alongside.access.models import Membership, User
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.access.versions import ChangedMeanwhile
from alongside.activities import actions
from alongside.activities.models import Activity, Kind
from alongside.activities.rules import Status, refusal_to_reopen
from alongside.cases.models import Assignment
from alongside.desk.youth.ahead import meeting_url, name_of
from alongside.desk.youth.calendar_forms import YOUTH, PlanForm, SettleForm, span
from alongside.desk.youth.contact import people_now, unit_of
from alongside.desk.youth.form_page import form_page, is_done, seen
from alongside.desk.youth.header import compartments, header, parts_seen
from alongside.desk.youth.wording import called
from alongside.forms.actions import answer
from alongside.forms.models import FormVersion
from alongside.forms.reading import latest_version
from alongside.forms.rendering import AnswerForm, form_for
from alongside.forms.vocabulary import vocabulary_for
from alongside.kernel.refusal import Refused
from alongside.people.models import Youth
from alongside.web.pages import page

_HAPPENED, _MISSED, _MOVED, _CALLED_OFF = "completed", "missed", "moved", "canceled"
_NOTED = "noted"
_TAKEN_BACK = "taken_back"


@requires(Permission.ACTIVITY_PLAN)
def plan(request: Request, ref: UUID) -> HttpResponse:
    """Put something on a young person's calendar."""
    youth = open_record(request, Youth, ref, part="calendar")
    today = request.at.astimezone(request.actor.zone).date()
    parts = compartments(parts_seen(request, youth))
    form = PlanForm(
        request.POST or None,
        kinds=list(Kind.objects.filter(compartment__in=parts)),
        team=_team(request),
        today=today,
        initial={"kind": request.GET.get("kind", ""), "day": today},
    )
    if form.is_valid() and is_done(form, lambda: _plan(request, youth, form)):
        messages.success(request, "It is on the calendar.")
        return seen("youth", youth)
    return form_page(
        request, youth, form, heading="Plan something", save="Put it on the calendar"
    )


def _plan(request: Request, youth: Youth, form: PlanForm) -> None:
    given = form.cleaned_data
    starts_at, ends_at = form.instants(request.actor.zone)
    actions.plan(
        youth,
        given["kind"],
        by=request.actor,
        at=request.at,
        day=given["day"],
        starts_at=starts_at,
        ends_at=ends_at,
        officer=given["officer"] or _officer(youth, request),
        title=given["title"],
        place=given["place"],
        unit=unit_of(request, youth),
    )


@requires(Permission.RECORD_READ)
def settle(request: Request, ref: UUID) -> HttpResponse:
    """How it went: it took place, it did not, it moves, or it is called off."""
    activity = open_record(request, _with_all(), ref)
    if (elsewhere := meeting_url(activity)) is not None:
        return HttpResponseRedirect(elsewhere)
    if request.method != "POST":
        return _page(request, activity, _form(request, activity))
    if request.POST.get("version") != str(activity.version):
        return _meanwhile(request, activity)
    form, questions = _form(request, activity), _questions(request, activity)
    if form.is_valid() and _answered(form, questions):
        try:
            done = is_done(form, lambda: _settle(request, activity, form, questions))
        except ChangedMeanwhile:
            return _meanwhile(request, _with_all().get(pk=activity.pk))
        if done:
            messages.success(request, "Saved.")
            return seen("youth", activity.youth)
    return _page(request, activity, form, status=422)


def _form(
    request: Request, activity: Activity, data: QueryDict | None = None
) -> SettleForm:
    today = request.at.astimezone(request.actor.zone).date()
    return SettleForm(
        data or request.POST or None,
        youth=activity.youth,
        people=people_now(activity.youth, today),
        ways=_ways(request, activity),
        words=vocabulary_for(request.actor),
        today=today,
        initial=_initial(activity, request),
    )


def _meanwhile(request: Request, activity: Activity) -> HttpResponse:
    """Somebody saved it since it was opened: how it stands now, with what was typed."""
    again = request.POST.copy()
    again["version"] = str(activity.version)
    form = _form(request, activity, again)
    return _page(request, activity, form, status=409, meanwhile=True)


def _with_all() -> Any:
    return Activity.objects.select_related("youth", "kind__form", "officer", "item")


def _page(
    request: Request,
    activity: Activity,
    form: SettleForm,
    *,
    status: int = 200,
    meanwhile: bool = False,
) -> HttpResponse:
    ways: Any = form.fields["how"]
    return page(
        request,
        "desk/youth/settle.html",
        {
            **header(request, activity.youth, "timeline"),
            "who": called(activity.youth),
            "activity": activity,
            "status": Status(activity.status),
            "what": name_of(activity),
            "form": form,
            "questions": _questions(request, activity),
            "has_ways": bool(ways.choices),
            "present": [one.name for one in activity.presences.all()],
            "meanwhile": meanwhile,
            "back_url": reverse("youth", args=[activity.youth.ref]),
        },
        status=status,
    )


def _settle(
    request: Request,
    activity: Activity,
    form: SettleForm,
    questions: AnswerForm | None,
) -> None:
    acting: dict[str, Any] = {"by": request.actor, "at": request.at}
    given = form.cleaned_data
    read = given["version"]
    match given["how"]:
        case "completed":
            response = None
            version = _version(activity)
            if version is not None and questions is not None:
                said, youth_id = questions.answers(), activity.youth_id
                response = answer(version, said, youth_id=youth_id, **acting)
            actions.complete(
                activity,
                note=given["note"],
                present=form.present,
                response=response,
                read=read,
                **acting,
            )
        case "missed":
            actions.miss(
                activity, given["reason"], note=given["note"], read=read, **acting
            )
        case "moved":
            starts_at, _ = span(given["day"], given["time"], None, request.actor.zone)
            actions.move(activity, given["day"], starts_at, read=read, **acting)
        case "taken_back":
            actions.reopen(activity, note=given["note"], read=read, **acting)
        case "noted":
            actions.change_note(activity, given["note"], read=read, **acting)
        case _:
            actions.cancel(
                activity, given["reason"], note=given["note"], read=read, **acting
            )


def _ways(request: Request, activity: Activity) -> list[tuple[str, str]]:
    """What may become of it now, for this actor."""
    today = request.at.astimezone(request.actor.zone).date()
    status, may = Status(activity.status), request.actor.may
    ways: list[tuple[str, str]] = []
    if may(Permission.CONTACT_LOG) and activity.day <= today:
        if status in (Status.SCHEDULED, Status.MISSED):
            ways.append((_HAPPENED, "It took place"))
        if status is Status.SCHEDULED:
            ways.append((_MISSED, "It did not happen"))
    if may(Permission.ACTIVITY_PLAN):
        if status in (Status.SCHEDULED, Status.CANCELED, Status.MISSED):
            ways.append((_MOVED, "It moves to another day"))
        if status is Status.SCHEDULED:
            ways.append((_CALLED_OFF, "It is called off"))
    if may(Permission.CONTACT_LOG) and status is not Status.SCHEDULED:
        ways.append((_NOTED, "Change the note"))
        if may_take_back(activity):
            ways.append((_TAKEN_BACK, "Take it back: it is still open"))
    return ways


def may_take_back(activity: Activity) -> bool:
    """Whether it may be taken back how it went, as the action would say."""
    return (
        refusal_to_reopen(
            Status(activity.status),
            answered=activity.response_id is not None,
            planned=activity.made_at < (activity.settled_at or activity.made_at),
        )
        is None
    )


def _initial(activity: Activity, request: Request) -> dict[str, Any]:
    starts = activity.starts_at
    today = request.at.astimezone(request.actor.zone).date()
    return {
        "how": _likeliest(activity, today),
        "note": activity.note,
        "day": max(activity.day, today),
        "time": starts.astimezone(request.actor.zone).time() if starts else None,
        "who": [YOUTH],
        "version": activity.version,
    }


def _likeliest(activity: Activity, today: date) -> str:
    if activity.status != Status.SCHEDULED:
        return _NOTED
    return _HAPPENED if activity.day <= today else ""


def _questions(request: Request, activity: Activity) -> AnswerForm | None:
    version = _version(activity)
    return form_for(version, request.POST or None) if version else None


def _answered(form: SettleForm, questions: AnswerForm | None) -> bool:
    """Its own form is asked for only when it took place."""
    if questions is None or form.cleaned_data["how"] != _HAPPENED:
        return True
    return questions.is_valid()


def _version(activity: Activity) -> FormVersion | None:
    """The form that finishes it, if its kind has one that is published."""
    if activity.kind.form is None:
        return None
    try:
        return latest_version(activity.kind.form.code, activity.unit_id)
    except Refused:
        return None


def _team(request: Request) -> Any:
    """Whoever of the actor's unit or agency could go."""
    actor = request.actor
    current = Membership.objects.current(request.at).filter(
        **({"unit": actor.unit_id} if actor.unit_id else {"agency": actor.agency_id})
    )
    return User.objects.filter(pk__in=current.values("user")).order_by("name")


def _officer(youth: Youth, request: Request) -> User | None:
    today = request.at.astimezone(request.actor.zone).date()
    found = Assignment.objects.filter(youth=youth).as_of(today)
    current = found.select_related("officer").first()
    return current.officer if current else None
