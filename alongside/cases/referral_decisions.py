"""What the team decided about a referral; some decisions open a case at once."""

from dataclasses import dataclass
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
from alongside.kernel.refusal import refuse_if
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
    said = _Said(decision, decided_at or at, note, officer, look_again_on)
    day = said.when.astimezone(by.zone).date()
    refuse_if(_refusal(referral, said, day, at))
    _write(referral, said, read or referral.version, by=by, at=at)
    record(Event.REFERRAL_DECIDED, by=by, at=at, about=referral, decision=decision)
    if not decision.opens_case:
        return None
    return open_case(
        referral.youth,
        by=by,
        at=at,
        day=day,
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


@dataclass(frozen=True, slots=True)
class _Said:
    """What the team said, and when."""

    decision: Decision
    when: datetime
    note: str
    officer: User | None
    look_again_on: date | None


def _refusal(referral: Referral, said: _Said, day: date, at: datetime) -> str | None:
    return rules.refusal_to_decide(
        Stage(referral.stage),
        said.decision,
        note=said.note,
        has_officer=said.officer is not None,
        look_again_on=said.look_again_on,
        today=day,
        open_case=supports_already(referral, day),
    ) or rules.refusal_of_order({**stamps(referral), Step.DECIDED: said.when}, at)


def _write(
    referral: Referral, said: _Said, read: int, *, by: Actor, at: datetime
) -> None:
    referral.decision, referral.decision_note = said.decision, said.note
    referral.decided_at, referral.decided_by_id = said.when, by.user_id
    referral.officer, referral.look_again_on = said.officer, said.look_again_on
    referral.stage = Stage.DECIDED
    if said.decision is not Decision.ADVOCACY:
        referral.stage, referral.closed_at = Stage.CLOSED, at
    if said.officer is not None:
        referral.assigned_at = said.when
    referral.save_changes(
        read,
        *("decision", "decision_note", "decided_at", "decided_by_id"),
        *("officer", "look_again_on", "stage", "closed_at", "assigned_at"),
    )
