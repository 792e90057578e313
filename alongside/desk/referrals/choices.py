"""Forms of a referral with whom one may choose, by name, already loaded."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from alongside.access.models import Agency, Membership, User
from alongside.access.request import Request
from alongside.cases.models import Assignment
from alongside.desk.referrals.forms import DecisionForm, StepForm
from alongside.desk.referrals.wording import today_of
from alongside.referrals.models import Referral
from alongside.referrals.rules import Step


def decision_form(request: Request, found: Referral, data: Any = None) -> DecisionForm:
    """The form, with the unit's officers by name and how many each carries."""
    return DecisionForm(
        data,
        officers=officers_of(request, found.unit_id),
        initial={"decided_at": request.at, "version": found.version},
    )


def officers_of(request: Request, unit_id: int) -> list[tuple[User, int]]:
    """Who carries cases in a unit, by name, and how many: two queries."""
    today = today_of(request)
    carries = dict(
        Assignment.objects.as_of(today)
        .filter(unit=unit_id)
        .values_list("officer")
        .annotate(number=Count("pk"))
    )
    members = (
        Membership.objects.current(request.at)
        .filter(Q(unit=unit_id), role__carries_cases=True)
        .select_related("user")
        .order_by("user__name")
    )
    return [(one.user, carries.get(one.user_id, 0)) for one in members]


def step_form(
    request: Request, found: Referral, expected: Step, data: Any = None
) -> StepForm:
    """The form of one step; who works at the agency is asked only where one chooses."""
    advocates: list[User] = []
    if expected is Step.ASSIGNED:
        members = (
            Membership.objects.current(request.at)
            .filter(agency=found.agency_id, unit=None)
            .select_related("user")
            .order_by("user__name")
        )
        advocates = list(dict.fromkeys(each.user for each in members))
    return StepForm(data, step=expected, at=request.at, advocates=advocates)


def agencies_for(found: Referral) -> list[Agency]:
    """Every agency but the unit's own: one query."""
    return list(Agency.objects.exclude(pk=found.unit.agency_id).order_by("name"))


def until_now(when: datetime, at: datetime) -> datetime:
    """A form shows whole minutes: what is within one of now is now."""
    return at if abs((when - at).total_seconds()) < 60 else when
