"""Today: one's own calendar, what is due and why, and saying how something went."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from alongside.access.door import requires
from alongside.access.models import Role
from alongside.access.permissions import Permission
from alongside.access.records import log_list, open_record
from alongside.access.request import Request
from alongside.access.versions import ChangedMeanwhile
from alongside.activities import actions
from alongside.activities.models import Activity
from alongside.activities.policies import policies_on
from alongside.activities.rules import Status
from alongside.cases import reasons
from alongside.cases.due import Due, due_list
from alongside.cases.models import Assignment
from alongside.cases.rules import Clock, DueState
from alongside.desk.today import beside, due
from alongside.desk.today.calendar import (
    HAPPENED,
    MISSED,
    Day,
    HowForm,
    day_of,
    on_calendar,
)
from alongside.desk.youth.ahead import meeting_url, what_of
from alongside.desk.youth.calendar import may_take_back
from alongside.forms.vocabulary import Vocabulary, vocabulary_for
from alongside.kernel.dates_in_words import spoken_day
from alongside.kernel.refusal import NotFound
from alongside.meetings.models import Meeting
from alongside.people.models import Youth
from alongside.staff.cover import carried_with, covers_on
from alongside.staff.models import Cover
from alongside.web.pages import page
from alongside.web.templatetags.web import in_words as number_in_words

COMING = timedelta(days=14)
LATER = timedelta(days=45)
_THEIR_OWN = {"officer"}  # told of the young people they carry, and of no others


@requires(Permission.TODAY_READ)
@require_GET
def today(request: Request) -> HttpResponse:
    """One's own day."""
    return _today(request)


@requires(Permission.CONTACT_LOG)
@require_POST
def settle(request: Request, ref: UUID) -> HttpResponse:
    """Say in place how something went."""
    source = Activity.objects.select_related("youth", "kind", "item")
    activity = open_record(request, source, ref)
    words = vocabulary_for(request.actor)
    form = HowForm(activity, request.POST, words=words, today=_day(request))
    if not form.is_valid():
        return _today(request, bound=form, words=words, status=422)
    try:
        if form.cleaned_data["version"] != activity.version:
            raise ChangedMeanwhile(activity)
        _settle(request, activity, form)
    except ChangedMeanwhile:
        # The page that has room for both versions, with what was typed here.
        note = form.cleaned_data["note"]
        messages.warning(
            request,
            "Somebody saved this since you opened it, so nothing was changed. You had"
            f" written: “{note}”"
            if note
            else "Somebody saved this already.",
        )
        return HttpResponseRedirect(
            due.url("activity_settle", ref) or reverse("today"), status=303
        )
    if request.htmx:
        answer = _today(request, words=words)
        answer.headers["HX-Trigger"] = json.dumps({"toast": _toast(activity)})
        return answer
    return HttpResponseRedirect(reverse("today"), status=303)


@requires(Permission.CONTACT_LOG)
@require_POST
def take_back(request: Request, ref: UUID) -> HttpResponse:
    """That was a slip: what was said in place of how something went is undone."""
    source = Activity.objects.select_related("youth", "kind", "item")
    activity = open_record(request, source, ref)
    if meeting_url(activity) is not None:
        raise NotFound
    actions.reopen(activity, by=request.actor, at=request.at)
    messages.success(request, f"{_what(activity)} is open again.")
    return HttpResponseRedirect(reverse("today"), status=303)


@requires(Permission.TODAY_READ)
@require_GET
def explained(request: Request) -> HttpResponse:
    """How due dates are worked out: each policy of the unit as a sentence."""
    unit_id = request.actor.unit_id
    found = policies_on(unit_id, _day(request)) if unit_id else []
    words = vocabulary_for(request.actor)
    context = {
        "policies": [in_words(policy, words) for policy in found],
        "may_change": request.actor.may(Permission.POLICY_CHANGE),
    }
    return page(request, "desk/today/explained.html", context)


def _toast(activity: Activity) -> dict[str, str]:
    """What was just saved, and the way to take it back where there is one."""
    told = {
        Status.COMPLETED: "is done",
        Status.MISSED: "did not happen",
        Status.SCHEDULED: "has moved",
    }
    said = {"words": f"{_what(activity)} {told[Status(activity.status)]}."}
    if may_take_back(activity):
        said["undo"] = reverse("today_take_back", args=[activity.ref])
    return said


def _what(activity: Activity) -> str:
    name = activity.youth.called_name
    return f"{name}’s {what_of(activity)}"


def in_words(policy: Any, words: Vocabulary) -> dict[str, Any]:
    """A policy as a sentence, with where it comes from."""
    rule = reasons.rhythm(policy.days, policy.working_days, policy.per_month)
    clock = Clock(policy.clock)
    if policy.per_month is None:
        if clock is Clock.LAST_HELD or policy.repeats:
            rule = f"every {policy.days} days, counted from {clock.label}"
        elif policy.days is not None and policy.days < 0:
            rule = f"{rule} {clock.label}"
        else:
            rule = f"{rule} of {clock.label}"
    levels = [words.name("support_level", code) for code in policy.support_levels]
    stays = [words.name("stay_kind", code) for code in policy.stay_kinds]
    return {
        "code": policy.code,
        "name": policy.name,
        "rule": rule,
        "levels": levels,
        "stays": stays,
        "source": policy.source,
    }


def _settle(request: Request, activity: Activity, form: HowForm) -> None:
    given = form.cleaned_data
    acting: dict[str, Any] = {"by": request.actor, "at": request.at}
    read = given["version"]
    match given["went"]:
        case went if went == HAPPENED:
            present = [activity.youth]
            actions.complete(
                activity, note=given["note"], present=present, read=read, **acting
            )
        case went if went == MISSED:
            actions.miss(
                activity, given["reason"], note=given["note"], read=read, **acting
            )
        case _:
            starts_at = form.new_start(request.actor.zone)
            actions.move(activity, given["day"], starts_at, read=read, **acting)


def _today(
    request: Request,
    *,
    bound: HowForm | None = None,
    words: Vocabulary | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, day = request.actor, _day(request)
    words = words or vocabulary_for(actor)
    covers = covers_on(actor.unit_id, day) if actor.unit_id else []
    covering = [cover for cover in covers if cover.covering_id == actor.user_id]
    mine = carried_with(actor.user_id, covering)
    covered = {cover.away_id: cover.away.name for cover in covering}
    activities = on_calendar(mine, day)
    calendar = day_of(request, activities, covered, words, bound=bound)
    youth = _youth_of(request, mine, day)
    dues = _dues(request, youth, day, words)
    referrals = beside.new_referrals(request, day)
    steps = beside.steps(mine)
    offers = beside.hand_overs(request)
    _log(request, activities, dues, [*referrals["youth"]], steps, offers)
    context = {
        "tabs": tabs(request, "today"),
        "calendar": calendar,
        "covering": _covering(covering, youth),
        "referrals": referrals if _has_referrals(request) else None,
        "offers": offers,
        "steps": [(step, covered.get(step.user_id or 0, "")) for step in steps],
        "news": beside.since_yesterday(request, [*youth], day),
        "may": _may(request),
        **_due_part(request, dues, day, covered),
    }
    if context["may"]["records"]:
        context["summary"] = _summary(calendar, context["due"], day)
    return page(request, "desk/today/today.html", context, status=status)


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """Mine, and for those who see the unit's day, the unit."""
    if not (request.actor.may(Permission.UNIT_READ) and request.actor.unit_id):
        return []
    return [
        {"name": name, "url": reverse(route), "current": route == current}
        for name, route in (("Mine", "today"), ("The unit", "today_unit"))
    ]


def _youth_of(request: Request, mine: set[int], day: date) -> dict[int, int]:
    """Whose case is mine, by youth: for a partner, everybody shared with them."""
    if request.actor.unit_id is None:
        if request.actor.agency_id is None:
            return {}
        return dict.fromkeys(Youth.objects.values_list("pk", flat=True)[:500], 0)
    rows = Assignment.objects.filter(officer__in=mine, unit_id=request.actor.unit_id)
    return dict(rows.as_of(day).values_list("youth_id", "officer_id"))


def _dues(
    request: Request, youth: dict[int, int], day: date, words: Vocabulary
) -> list[Due]:
    """What is due for the young people one looks after, or that one is told of."""
    actor = request.actor
    if actor.unit_id is None:
        return []
    found = due_list(
        unit_id=actor.unit_id,
        today=day,
        until=day + LATER,
        zone=actor.zone,
        words=words,
        youth=youth or None,
    )
    if youth:
        return found
    codes = set(Role.objects.filter(name=actor.role).values_list("code", flat=True))
    return [
        one
        for one in found
        if codes & (set(one.tells) - _THEIR_OWN) and one.state is not DueState.BOOKED
    ]


def _due_part(
    request: Request, dues: list[Due], day: date, covered: dict[int, str]
) -> dict[str, Any]:
    now = [one for one in dues if one.due_on <= day + COMING]
    all_of_it = "later" in request.GET
    sessions = _sessions(request, dues)
    rows = due.rows(
        dues if all_of_it else now,
        request.actor,
        day,
        sessions=sessions,
        covered=covered,
    )
    return {
        "due": rows,
        "has_due": request.actor.unit_id is not None,
        "later": 0 if all_of_it else len(dues) - len(now),
        "later_until": day + LATER,
        "coming_until": day + COMING,
    }


def _sessions(request: Request, dues: list[Due]) -> list[Meeting]:
    if not request.actor.unit_id or not any(one.act == "book" for one in dues):
        return []
    sessions = Meeting.objects.open_to_book(request.actor.unit_id)
    return list(sessions.not_over(request.at).order_by("starts_at")[:30])


def _covering(covers: list[Cover], youth: dict[int, int]) -> list[dict[str, Any]]:
    return [
        {
            "name": cover.away.name,
            "until": cover.last_day,
            "note": cover.note,
            "url": f"{reverse('caseload')}?officer={cover.away.ref}",
            "count": sum(officer == cover.away_id for officer in youth.values()),
        }
        for cover in covers
    ]


def _summary(calendar: Day, rows: list[dict[str, Any]], day: date) -> str:
    left = sum(one.activity.day == day for one in calendar.after if not one.is_past)
    asked = sum(one.asks for one in calendar.entries)
    said = [_count(left, "is still on your calendar", "are still on your calendar")]
    if left == 0:
        said = ["Nothing more is on your calendar today"]
    if asked:
        how = "waits for a word on how it went", "wait for a word on how they went"
        said.append(_count(asked, *how))
    was = sum(row["kind"] == "was" for row in rows)
    coming = sum(row["kind"] in ("today", "soon") for row in rows)
    if was:
        said.append(_count(was, "was due before today", "were due before today"))
    if coming:
        until = spoken_day(day + COMING, day)
        said.append(_count(coming, f"comes due by {until}", f"come due by {until}"))
    return " ".join(f"{text}." for text in said)


def _count(count: int, one: str, more: str) -> str:
    number = number_in_words(count).capitalize()
    return f"{number} {'thing ' + one if count == 1 else 'things ' + more}"


def _may(request: Request) -> dict[str, Any]:
    may = request.actor.may
    return {
        "records": may(Permission.RECORD_READ),
        "log": due.url("contact_start") if may(Permission.CONTACT_LOG) else None,
        "find": due.url("find") if may(Permission.RECORD_READ) else None,
        "month": due.url("mdt") if may(Permission.MEETING_READ) else None,
        "queue": due.url("referrals") if may(Permission.REFERRAL_READ) else None,
        "units": due.url("unit") if may(Permission.STAFF_READ) else None,
    }


def _has_referrals(request: Request) -> bool:
    return request.actor.may(Permission.REFERRAL_READ)


def _log(
    request: Request,
    activities: list[Activity],
    dues: list[Due],
    others: list[int],
    steps: list[Any],
    offers: list[Any],
) -> None:
    youth = {one.youth_id for one in (*activities, *dues, *steps, *offers)}
    log_list(request, "today", youth | set(others))


def _day(request: Request) -> date:
    return request.at.astimezone(request.actor.zone).date()


def only_units(request: Request) -> int:
    """The actor's unit, or not found for those who have none."""
    if request.actor.unit_id is None:
        raise NotFound
    return request.actor.unit_id
