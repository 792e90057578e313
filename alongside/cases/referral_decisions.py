"""What the team decided about a referral; some decisions open a case at once."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.cases.actions import open_case
from alongside.cases.models import Case
from alongside.kernel.refusal import Refused, refuse_if
from alongside.referrals import rules
from alongside.referrals.actions import must_be_ours, stamps
from alongside.referrals.models import Referral
from alongside.referrals.rules import Decision, Stage, Step


@transaction.atomic
def decide(
    referral: Referral,
    decision: Decision,
    *,
    by: Actor,
    at: datetime,
    decided_at: datetime | None = None,
    note: str = "",
    officer: User | None = None,
    look_again_on: date | None = None,
    read: int | None = None,
) -> Case | None:
    """Record the team's decision; full, secondary and tracking open a case.

    Referred to advocacy waits for its hand-off; every other decision closes it.
    """
    by.must(Permission.REFERRAL_DECIDE)
    must_be_ours(referral, by)
    when = decided_at or at
    today = when.astimezone(by.zone).date()
    refuse_if(
        rules.refusal_to_decide(
            Stage(referral.stage),
            decision,
            note=note,
            look_again_on=look_again_on,
            today=today,
            open_case=supports_already(referral, today),
        )
    )
    refuse_if(rules.refusal_of_order({**stamps(referral), Step.DECIDED: when}, at))
    if officer is not None and not decision.opens_case:
        raise Refused(
            "The decision was not recorded. An officer is chosen only where the unit"
            " itself supports; leave the officer empty."
        )
    _write(
        referral,
        decision,
        when,
        at=at,
        by=by,
        note=note,
        officer=officer,
        look_again_on=look_again_on,
        read=read,
    )
    record(Event.REFERRAL_DECIDED, by=by, at=at, about=referral, decision=decision)
    if not decision.opens_case:
        return None
    return open_case(
        referral.youth,
        by=by,
        at=at,
        day=today,
        level=decision.value,
        officer=officer,
        referral=referral,
    )


def supports_already(referral: Referral, day: date) -> bool:
    """Whether the unit has an open case for the young person: one query."""
    return Case.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=day),
        youth=referral.youth_id,
        unit=referral.unit_id,
    ).exists()


def _write(
    referral: Referral,
    decision: Decision,
    when: datetime,
    *,
    at: datetime,
    by: Actor,
    note: str,
    officer: User | None,
    look_again_on: date | None,
    read: int | None,
) -> None:
    referral.decision, referral.decision_note = decision, note
    referral.decided_at, referral.decided_by_id = when, by.user_id
    referral.officer = officer
    referral.look_again_on = look_again_on
    referral.stage = Stage.DECIDED
    if decision is not Decision.ADVOCACY:
        referral.stage, referral.closed_at = Stage.CLOSED, at
    if officer is not None:
        referral.assigned_at = when
    referral.save_changes(
        read or referral.version,
        *("decision", "decision_note", "decided_at", "decided_by_id"),
        *("officer", "look_again_on", "stage", "closed_at", "assigned_at"),
    )
