"""What stands beside the calendar: referrals, hand-overs, steps, and what is new."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from alongside.access.models import Membership
from alongside.access.request import Request
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.cases.models import HandOver
from alongside.desk.today.calendar import midnight
from alongside.desk.today.due import url
from alongside.kernel.dates_in_words import spoken_day
from alongside.plans.models import ActionStep
from alongside.plans.rules import StepStatus
from alongside.referrals.models import Referral
from alongside.referrals.rules import Stage

SHOWN = 5


def new_referrals(request: Request, today: date) -> dict[str, Any]:
    """Referrals that wait for the next step here: one query."""
    actor = request.actor
    if actor.unit_id is not None:
        waiting = Referral.objects.filter(
            unit_id=actor.unit_id,
            stage__in=[Stage.DRAFT, Stage.RECEIVED, Stage.ASSESSED],
        )
    elif actor.agency_id is not None:
        waiting = Referral.objects.filter(
            agency_id=actor.agency_id, stage=Stage.SENT, agency_accepted_at=None
        )
    else:
        waiting = Referral.objects.none()
    found = list(
        waiting.select_related("youth", "started_by", "taken_by").order_by(
            F("received_at").desc(nulls_first=True), "-started_at"
        )[: SHOWN + 1]
    )
    return {
        "rows": [_referral(each, request, today) for each in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "youth": [each.youth_id for each in found[:SHOWN]],
    }


def _referral(each: Referral, request: Request, today: date) -> dict[str, Any]:
    age = each.youth.age(today)
    named = each.youth.name + ("" if age is None else f", {age}")
    return {
        "name": named,
        "url": url("referral", each.ref),
        "said": _standing(each, request, today),
    }


def _standing(each: Referral, request: Request, today: date) -> str:
    def said(at: Any) -> str:
        return spoken_day(at.astimezone(request.actor.zone).date(), today)

    match Stage(each.stage):
        case Stage.SENT if each.sent_at:
            if each.agency_received_at:
                return f"Received {said(each.agency_received_at)}; not yet answered."
            return f"Sent {said(each.sent_at)}; say when it has arrived."
        case Stage.ASSESSED if each.assessed_at:
            return f"Assessed {said(each.assessed_at)}; waits for a decision."
        case Stage.RECEIVED if each.received_at:
            taken = f"{each.taken_by.name} assesses" if each.taken_by else "not taken"
            return f"Received {said(each.received_at)}; {taken}."
        case _:
            return (
                f"A draft of {said(each.started_at)} by {each.started_by.name};"
                " anyone can finish it."
            )


def hand_overs(request: Request) -> list[HandOver]:
    """Hand-overs that wait for the actor's answer: one query."""
    return list(
        HandOver.objects.filter(to_officer=request.actor.user_id, answered_at=None)
        .select_related("youth", "from_officer", "offered_by")
        .order_by("offered_at")
    )


def steps(officers: Iterable[int]) -> list[ActionStep]:
    """Open steps these officers carry, the next due first: two queries."""
    return list(
        ActionStep.objects.filter(
            user__in=list(officers), status__in=[StepStatus.OPEN, StepStatus.PARTLY]
        )
        .prefetch_related("youth")
        .order_by(F("due_on").asc(nulls_last=True), "pk")[: SHOWN + 3]
    )


def since_yesterday(
    request: Request, youth: Iterable[int], today: date
) -> list[dict[str, Any]]:
    """What others did for these young people since yesterday began: five queries."""
    ids = list(youth)
    if not ids:
        return []
    began = midnight(today - timedelta(days=1), request.actor.zone)
    settled = _settled(ids, began, today).exclude(settled_by=request.actor.user_id)
    if request.actor.unit_id is None:
        settled = settled.exclude(kind__group="court")  # for partners, the unit's alone
    done = list(settled[:SHOWN])
    homes = _homes({each.settled_by_id for each in done}, request)
    said = [_done(each, homes) for each in done]
    finished = ActionStep.objects.filter(
        youth__in=ids, status=StepStatus.DONE, settled_on__gte=today - timedelta(days=1)
    ).prefetch_related("youth")[:SHOWN]
    said += [
        {
            "who": f"{step.who} finished a step for",
            "youth": step.youth,
            "what": f"“{step.text}”",
            "day": step.settled_on,
        }
        for step in finished
    ]
    return said[: SHOWN + 2]


def _settled(ids: list[int], began: Any, today: date) -> QuerySet[Activity]:
    # The day bounds the index; what was written down late is still found.
    return (
        Activity.objects.filter(
            Q(status=Status.COMPLETED) | Q(status=Status.MISSED),
            youth__in=ids,
            day__gte=today - timedelta(days=30),
            settled_at__gte=began,
        )
        .select_related("kind", "settled_by")
        .prefetch_related("youth")
        .order_by("-settled_at")
    )


def _homes(users: set[int | None], request: Request) -> dict[int, str]:
    """The agencies of people from elsewhere, by person."""
    rows = Membership.objects.current(request.at).filter(
        user__in=[user for user in users if user]
    )
    return {
        row.user_id: row.agency.name
        for row in rows.select_related("agency")
        if row.agency_id != request.actor.agency_id
    }


def _done(each: Activity, homes: dict[int, str]) -> dict[str, Any]:
    who = each.settled_by.name if each.settled_by else ""
    if home := homes.get(each.settled_by_id or 0):
        who = f"{who} ({home})"
    name = each.kind.name[:1].lower() + each.kind.name[1:]
    happened = "" if each.status == Status.COMPLETED else " did not happen,"
    return {
        "who": f"{who}: {name}{happened} with",
        "youth": each.youth,
        "what": "",
        "at": each.settled_at,
    }
