"""The summary: what a colleague who covers understands in one minute."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpResponse
from django.utils.text import capfirst

from alongside.access.door import requires
from alongside.access.models import Grant
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.cases.due import Due, due_list
from alongside.cases.models import Case, CoverNote
from alongside.desk.youth.ahead import booked_rows, due_rows
from alongside.desk.youth.header import (
    compartments,
    header,
    parts_in_words,
    parts_seen,
)
from alongside.desk.youth.one_minute import Facts, one_minute
from alongside.desk.youth.standing import facts_on, since
from alongside.desk.youth.wording import called, staying
from alongside.forms.vocabulary import Vocabulary, vocabulary_for
from alongside.kernel.dates import Precision
from alongside.kernel.dates_in_words import vague_day
from alongside.people.models import OwnWords, Person, Youth
from alongside.plans.models import ActionStep, Goal
from alongside.plans.rules import GoalStatus, StepStatus
from alongside.referrals.look_up import look_up_notices
from alongside.referrals.models import LookUpNotice
from alongside.web.pages import page
from alongside.web.templatetags.web import short_day

_SAFETY_PLAN = "safety_plan"
_SHOWN_CONTACTS = 3
_SHOWN_PEOPLE = 6
_WEEKS_AHEAD = 6
_OPEN_STEPS = (StepStatus.OPEN, StepStatus.PARTLY)


@requires(Permission.RECORD_READ)
def summary(request: Request, ref: UUID) -> HttpResponse:
    """Everything that matters first, on one page."""
    youth = open_record(request, Youth, ref, part="summary")
    words = vocabulary_for(request.actor)
    zone = request.actor.zone
    today = request.at.astimezone(zone).date()
    facts = facts_on(youth, today)
    grants = parts_seen(request, youth)
    goals = list(_goals(youth, today))
    contacts = list(Activity.objects.filter(youth=youth).contacts().for_list()[:12])
    booked, case = list(_booked(youth)), _case(request, youth)
    brief: dict[str, Any] = {"contacts": contacts, "now": request.at}
    brief["ahead"] = [one for one in booked if one.day >= today]
    brief["past_due"] = _past_due(goals, today)
    brief["closed_on"] = case.closed_on if case else None
    return page(
        request,
        "desk/youth/summary.html",
        {
            **header(request, youth, "summary", words=words),
            "who": called(youth),
            "brief": one_minute(youth, facts, words=words, zone=zone, **brief),
            "note": CoverNote.objects.filter(youth=youth).select_related("by").first(),
            "works": OwnWords.objects.filter(youth=youth, kind="what_works").first(),
            "coming": [
                *booked_rows(booked, today, request.actor),
                *due_rows(_due(request, youth, words, today), request.actor),
            ],
            "goals": [_goal_line(goal) for goal in goals],
            "contacts": contacts[:_SHOWN_CONTACTS],
            "facts": list(_facts(youth, facts, words, today, compartments(grants))),
            "asked_about": _asked_about(request, youth),
            **_people(youth),
            "safety_plan": _safety_plan(youth),
            "case": case,
            **_why(grants),
            **_may(request, youth),
        },
    )


def _asked_about(request: Request, youth: Youth) -> list[LookUpNotice]:
    """Units with a referral in hand that ask about this young person: one query."""
    if not request.actor.may(Permission.REFERRAL_LOOK_UP):
        return []
    return list(look_up_notices(request, youth))


def _booked(youth: Youth) -> Any:
    return (
        Activity.objects.filter(youth=youth, status=Status.SCHEDULED)
        .select_related("kind", "officer", "item")
        .order_by("day", "starts_at", "pk")[:8]
    )


def _due(request: Request, youth: Youth, words: Vocabulary, today: date) -> list[Due]:
    """What the unit's policies expect within the next weeks, if it supports them."""
    if request.actor.unit_id is None or youth.died_on is not None:
        return []
    return due_list(
        unit_id=request.actor.unit_id,
        today=today,
        until=today + timedelta(days=_WEEKS_AHEAD * 7),
        zone=request.actor.zone,
        words=words,
        youth=youth,
    )


def _goals(youth: Youth, today: date) -> Any:
    steps = ActionStep.objects.select_related("user")
    since = today - timedelta(days=30)
    return (
        Goal.objects.filter(youth=youth)
        .exclude(status=GoalStatus.SET_ASIDE)
        .exclude(status=GoalStatus.REACHED, ended_on__lt=since)
        .prefetch_related(Prefetch("steps", queryset=steps))
        .order_by("ended_on", "set_on", "pk")[:6]
    )


def _past_due(goals: list[Goal], today: date) -> list[ActionStep]:
    steps = [
        step
        for goal in goals
        for step in goal.steps.all()
        if step.status in _OPEN_STEPS and step.due_on and step.due_on < today
    ]
    return sorted(steps, key=lambda step: (step.due_on or today, step.pk))


def _goal_line(goal: Goal) -> dict[str, Any]:
    steps = [step for step in goal.steps.all() if step.status != StepStatus.DROPPED]
    still = [step for step in steps if step.status in _OPEN_STEPS]
    return {
        "goal": goal,
        "reached": goal.status == GoalStatus.REACHED,
        "done": len(steps) - len(still),
        "steps": len(steps),
        "next": min(still, key=lambda s: (s.due_on or date.max, s.pk), default=None),
    }


def _facts(
    youth: Youth, facts: Facts, words: Vocabulary, today: date, seen: set[str]
) -> Iterator[dict[str, Any]]:
    """Label, value and since when; the part one does not see is left out, unsaid."""
    stay, support, school = facts["stay"], facts["support"], facts["school"]
    yield _fact(
        "Staying",
        stay and capfirst(staying(stay["kind"], stay["place"], stay["town"], words)),
        stay and since(stay, today, short=True),
        stay and stay["place"] and words.name("stay_kind", stay["kind"]),
    )
    yield _fact(
        "Support",
        support and words.name("support_level", support["level"]),
        support and since(support, today, short=True),
    )
    if "legal" in seen:
        for label, key, vocabulary, column in (
            ("Court", "court", "court", "court"),
            ("Legal status", "legal", "legal_status", "status"),
            ("Child welfare", "child_welfare", "child_welfare", "status"),
        ):
            fact = facts[key]
            yield _fact(label, fact and words.full(vocabulary, fact[column]))
    grade = school and ", ".join(filter(None, (school["school"], school["grade"])))
    yield _fact("School", grade)
    yield _fact("Born", vague_birth(youth, today))
    for number in youth.identifiers.order_by("kind", "pk"):
        yield _fact(words.name("identifier", number.kind), number.value)
    for label, value in (
        ("On court papers", youth.court_name if "legal" in seen else ""),
        ("Languages", youth.languages),
        ("Phone", youth.phone),
    ):
        if value:
            yield _fact(label, value)


def vague_birth(youth: Youth, today: date) -> Any:
    """When somebody was born, as far as it is known; never with a weekday."""
    if youth.birth_date is None:
        return None
    if youth.birth_precision == "day":
        return short_day(youth.birth_date, date(1, 1, 1))
    precision = Precision(youth.birth_precision)
    return vague_day(youth.birth_date, precision, today)


def _fact(label: str, value: Any, began: Any = None, also: Any = "") -> dict[str, Any]:
    return {"label": label, "value": value, "since": began, "also": also}


def _people(youth: Youth) -> dict[str, Any]:
    people = list(Person.objects.filter(youth=youth, ends=None))
    return {
        "people": people[:_SHOWN_PEOPLE],
        "people_count": len(people),
        "first_calls": [one for one in people if one.first_call and one.phone],
    }


def _safety_plan(youth: Youth) -> Activity | None:
    """What was agreed for when somebody is not where they are expected: one query."""
    agreed = Activity.objects.filter(
        youth=youth, kind=_SAFETY_PLAN, status=Status.COMPLETED
    )
    return agreed.order_by("-day", "-pk").first()


def _case(request: Request, youth: Youth) -> Case | None:
    """The latest case of the actor's unit, open or not."""
    if request.actor.unit_id is None:
        return None
    cases = Case.objects.filter(youth=youth, unit=request.actor.unit_id)
    return cases.order_by("-opened_on").first()


def _why(grants: list[Grant]) -> dict[str, Any]:
    return {
        "grant": grants[-1] if grants else None,
        "grant_why": Grant.Because(grants[-1].because).label if grants else "",
        "parts": parts_in_words(compartments(grants)),
    }


def _may(request: Request, youth: Youth) -> dict[str, Any]:
    may = request.actor.may
    return {
        "may_change": may(Permission.RECORD_CHANGE),
        "may_see_who": may(Permission.GRANT_SHARE),
        "may_plan": may(Permission.ACTIVITY_PLAN) and youth.died_on is None,
    }
