"""The plan of one youth: seen, changed, carried forward, and taken along on paper."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.access.versions import ChangedMeanwhile, version_read
from alongside.desk.plan.forms import (
    SMART,
    EndForm,
    GoalForm,
    ProgressForm,
    StandingForm,
    StepForm,
)
from alongside.desk.youth.header import header
from alongside.forms.vocabulary import vocabulary_for
from alongside.people.models import Youth
from alongside.plans import actions
from alongside.plans.models import ActionStep, Goal
from alongside.plans.reading import plan_of, same_wishes
from alongside.plans.rules import GoalStatus, SetBy, StepStatus
from alongside.web.pages import page

_OF_GOAL = Goal.objects.select_related("youth", "agency")
_OF_STEP = ActionStep.objects.select_related("youth", "goal")


@requires(Permission.PLAN_READ)
def plan(request: Request, ref: UUID) -> HttpResponse:
    """Goals, steps and progress; the first open goal unfolded."""
    youth = open_record(request, Youth, ref, part="plan")
    words = vocabulary_for(request.actor)
    found = plan_of(youth, words)
    return page(
        request,
        "desk/plan/plan.html",
        {
            **header(request, youth, "plan", words=words),
            "plan": found,
            "same": same_wishes(found),
            "reached": found.count(GoalStatus.REACHED),
            "progress": ProgressForm(),
            "may_write": request.actor.may(Permission.PLAN_WRITE),
        },
    )


@requires(Permission.PLAN_WRITE)
def add_goal(request: Request, ref: UUID) -> HttpResponse:
    """Write down a goal."""
    youth = open_record(request, Youth, ref, part="plan")
    words = vocabulary_for(request.actor)
    form = GoalForm(
        request.POST or None,
        words_of=words,
        initial={"set_on": _today(request), "set_by": SetBy.YOUTH},
    )
    if form.is_valid():
        given = {**form.cleaned_data, "set_by": SetBy(form.cleaned_data["set_by"])}
        if request.actor.unit_id is None:
            given["agency_id"] = request.actor.agency_id
        actions.set_goal(youth, by=request.actor, at=request.at, **given)
        return _back(youth)
    context = {
        **header(request, youth, "plan", words=words),
        "form": form,
        "heading": "Add a goal",
    }
    return page(request, "desk/plan/goal.html", context, status=_status(form))


@requires(Permission.PLAN_WRITE)
def change_goal(request: Request, ref: UUID) -> HttpResponse:
    """Change a goal; the second of two editors sees both versions."""
    goal = open_record(request, _OF_GOAL, ref)
    words = vocabulary_for(request.actor)
    fields = ["words", "category", *SMART, "harm_reduction", "set_by", "set_with"]
    fields += ["set_on", "due_on"]
    now = {name: getattr(goal, name) for name in fields}
    form = GoalForm(request.POST or None, words_of=words, initial=now)
    meanwhile: Goal | None = None
    if form.is_valid():
        read = version_read(request.POST.get("version"), goal.version)
        try:
            actions.change_goal(
                goal, read, by=request.actor, at=request.at, **form.cleaned_data
            )
        except ChangedMeanwhile as changed:
            meanwhile = changed.current  # type: ignore[assignment]  # of the goal that was saved
        else:
            return _back(goal.youth)
    shown = meanwhile or goal
    context = {
        **header(request, goal.youth, "plan", words=words),
        "form": form,
        "goal": goal,
        "version": shown.version,
        "theirs": _differences(form, meanwhile) if meanwhile else [],
        "heading": "Change a goal",
    }
    status = 409 if meanwhile else _status(form)
    return page(request, "desk/plan/goal.html", context, status=status)


@requires(Permission.PLAN_WRITE)
def end_goal(request: Request, ref: UUID) -> HttpResponse:
    """Say that a goal is reached, or set aside for now."""
    goal = open_record(request, _OF_GOAL, ref)
    form = EndForm(request.POST or None, initial={"status": "reached"})
    if form.is_valid():
        actions.end_goal(
            goal,
            GoalStatus(form.cleaned_data["status"]),
            by=request.actor,
            at=request.at,
            day=_today(request),
            note=form.cleaned_data["note"],
        )
        return _back(goal.youth)
    context = {**header(request, goal.youth, "plan"), "form": form, "goal": goal}
    return page(request, "desk/plan/end.html", context, status=_status(form))


@requires(Permission.PLAN_WRITE)
def add_step(request: Request, ref: UUID) -> HttpResponse:
    """Add a step to a goal."""
    goal = open_record(request, _OF_GOAL, ref)
    form = StepForm(
        request.POST or None, youth=goal.youth, unit_id=request.actor.unit_id
    )
    if form.is_valid():
        actions.add_step(
            goal.youth,
            by=request.actor,
            at=request.at,
            goal=goal,
            text=form.cleaned_data["text"],
            due_on=form.cleaned_data["due_on"],
            **form.doer(),
        )
        return _back(goal.youth)
    context = {**header(request, goal.youth, "plan"), "form": form, "goal": goal}
    return page(request, "desk/plan/step.html", context, status=_status(form))


@requires(Permission.PLAN_WRITE)
def settle_step(request: Request, ref: UUID) -> HttpResponse:
    """Say where a step stands."""
    step = open_record(request, _OF_STEP, ref)
    form = StandingForm(
        request.POST or None,
        initial={"status": step.status, "note": step.status_note},
    )
    if form.is_valid():
        actions.settle_step(
            step,
            StepStatus(form.cleaned_data["status"]),
            by=request.actor,
            at=request.at,
            day=_today(request),
            note=form.cleaned_data["note"],
        )
        return _back(step.youth)
    context = {**header(request, step.youth, "plan"), "form": form, "step": step}
    return page(request, "desk/plan/standing.html", context, status=_status(form))


@requires(Permission.PLAN_WRITE)
def add_note(request: Request, ref: UUID) -> HttpResponse:
    """Note what moved, or what got in the way."""
    goal = open_record(request, _OF_GOAL, ref)
    form = ProgressForm(request.POST or None)
    if form.is_valid():
        actions.note_progress(
            goal, by=request.actor, at=request.at, **form.cleaned_data
        )
        return _back(goal.youth)
    context = {**header(request, goal.youth, "plan"), "form": form, "goal": goal}
    return page(request, "desk/plan/note.html", context, status=_status(form))


@requires(Permission.PLAN_WRITE)
def same_wish(request: Request, ref: UUID, other: UUID) -> HttpResponse:
    """Two goals side by side; saying that they are one keeps both texts."""
    goal = open_record(request, _OF_GOAL, ref)
    second = open_record(request, _OF_GOAL.filter(youth=goal.youth_id), other)
    if request.method == "POST":
        actions.change_goal(
            second, second.version, by=request.actor, at=request.at, same_as=goal
        )
        return _back(goal.youth)
    context = {
        **header(request, goal.youth, "plan"),
        "both": [goal, second],
    }
    return page(request, "desk/plan/same.html", context)


def _back(youth: Youth) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("youth_plan", args=[youth.ref]), status=303)


def _status(form: GoalForm | StepForm | StandingForm | ProgressForm | EndForm) -> int:
    return 422 if form.is_bound else 200


def _today(request: Request) -> date:
    return request.at.astimezone(request.actor.zone).date()


def _differences(form: GoalForm, theirs: Goal) -> list[dict[str, object]]:
    return [
        {"label": form.fields[name].label, "text": getattr(theirs, name)}
        for name in form.fields
        if str(form.cleaned_data.get(name) or "") != str(getattr(theirs, name) or "")
    ]
