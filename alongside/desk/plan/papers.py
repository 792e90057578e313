"""The plan on paper for court, and as a spreadsheet."""

import io
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from alongside.access.door import requires
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.forms.vocabulary import vocabulary_for
from alongside.kernel.dates_in_words import long_day, short_day
from alongside.people.models import Youth
from alongside.plans.models import ActionStep
from alongside.plans.reading import SMART, GoalRow, plan_of
from alongside.plans.rules import GoalStatus, SetBy, StepStatus
from alongside.web.papers import pdf
from alongside.web.sheets import Kind, xlsx

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = [
    ("Goal", Kind.TEXT),
    ("Part of life", Kind.TEXT),
    ("Set by", Kind.TEXT),
    ("Set on", Kind.DATE),
    ("Stands", Kind.TEXT),
    *((label, Kind.TEXT) for _, label in SMART),
    ("Harm reduction", Kind.TEXT),
]
_STEP_COLUMNS = [
    ("Goal", Kind.TEXT),
    ("Step", Kind.TEXT),
    ("Who", Kind.TEXT),
    ("By", Kind.DATE),
    ("Stands", Kind.TEXT),
    ("Settled on", Kind.DATE),
    ("Note", Kind.TEXT),
]


@requires(Permission.PLAN_READ)
def pdf_for_court(request: Request, ref: UUID) -> HttpResponse:
    """The plan as a tagged PDF; its file name is a date and a neutral word."""
    youth = open_record(request, Youth, ref, log=False)
    words, today = vocabulary_for(request.actor), _today(request)
    plan = plan_of(youth, words)
    values = {
        "name": youth.court_name or youth.name,
        "called": youth.called,
        "born": short_day(youth.birth_date, today) if youth.birth_date else "",
        "day": long_day(today),
        "by": f"{request.actor.name}, {request.actor.place}",
        "goals": [_goal(row, youth, today, request.actor.zone) for row in plan.rows],
        "foot": f"Plan of {long_day(today)}",
    }
    content = pdf("plans/plan.typ", values, title="SMART plan")
    record(
        Event.EXPORT_MADE, by=request.actor, at=request.at, about=youth, what="plan_pdf"
    )
    return _file(content, "application/pdf", f"plan-{today.isoformat()}.pdf")


@requires(Permission.PLAN_READ)
def sheet(request: Request, ref: UUID) -> HttpResponse:
    """Goals and steps as a spreadsheet."""
    youth = open_record(request, Youth, ref, log=False)
    words, today = vocabulary_for(request.actor), _today(request)
    plan = plan_of(youth, words)
    goals = [_goal_cells(row) for row in plan.rows]
    steps = [_step_cells(row.goal.words, s) for row in plan.rows for s in row.steps]
    steps += [_step_cells("", step) for step in plan.loose]
    out = io.BytesIO()
    xlsx(out, [("Goals", _COLUMNS, goals), ("Steps", _STEP_COLUMNS, steps)])
    record(
        Event.EXPORT_MADE,
        by=request.actor,
        at=request.at,
        about=youth,
        what="plan_sheet",
        rows=len(goals) + len(steps),
    )
    return _file(out.getvalue(), _XLSX, f"plan-{today.isoformat()}.xlsx")


def _goal(row: GoalRow, youth: Youth, today: date, zone: ZoneInfo) -> dict[str, Any]:
    goal = row.goal
    who = youth.called_name if goal.set_by == SetBy.YOUTH else SetBy(goal.set_by).label
    said = f"Set by {who}" + (f" with {goal.set_with}" if goal.set_with else "")
    return {
        "number": row.number,
        "category": row.category,
        "stands": _stands(row, today),
        "words": goal.words,
        "said": f"{said}, {short_day(goal.set_on, today)}",
        "parts": [list(part) for part in row.parts],
        "harm_reduction": goal.harm_reduction,
        "steps": [
            [
                step.text,
                step.who,
                short_day(step.due_on, today) if step.due_on else "",
                _step_stands(step, today),
            ]
            for step in row.steps
        ],
        "notes": [
            f"{short_day(note.at.astimezone(zone).date(), today)}: {note.text}"
            f" ({note.by.name})"
            for note in row.notes
        ],
    }


def _stands(row: GoalRow, today: date) -> str:
    status = GoalStatus(row.goal.status)
    if status is GoalStatus.UNDER_WAY:
        return f"Under way, {row.done} of {row.counted} steps done"
    ended = row.goal.ended_on
    return f"{status.label} {short_day(ended, today)}" if ended else status.label


def _step_stands(step: ActionStep, today: date) -> str:
    said = StepStatus(step.status).label
    if step.settled_on:
        said += f" {short_day(step.settled_on, today)}"
    return f"{said}. {step.status_note}" if step.status_note else said


def _goal_cells(row: GoalRow) -> list[Any]:
    goal = row.goal
    return [
        goal.words,
        row.category,
        SetBy(goal.set_by).label,
        goal.set_on,
        GoalStatus(goal.status).label,
        *(getattr(goal, name) for name, _ in SMART),
        goal.harm_reduction,
    ]


def _step_cells(goal: str, step: ActionStep) -> list[Any]:
    return [
        goal,
        step.text,
        step.who,
        step.due_on,
        StepStatus(step.status).label,
        step.settled_on,
        step.status_note,
    ]


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _today(request: Request) -> date:
    return request.at.astimezone(request.actor.zone).date()
