"""Sending a referral to a partner agency, and what it says, each with its time."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from alongside.access import actions as access
from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.models import Agency, Grant, User
from alongside.access.permissions import Permission
from alongside.kernel.compartments import Compartment
from alongside.kernel.refusal import NotFound, Refused, refuse_if
from alongside.referrals import rules
from alongside.referrals.actions import stamps
from alongside.referrals.models import Referral
from alongside.referrals.rules import Stage, Step

REASONS = (Grant.Because.CHOICE, Grant.Because.RELEASE)


@transaction.atomic
def send(
    referral: Referral,
    agency: Agency,
    *,
    by: Actor,
    at: datetime,
    because: Grant.Because,
    source: str,
    until: datetime,
    note: str = "",
    parts: Iterable[Compartment] = (Compartment.RECORD,),
) -> None:
    """Send a referral to a partner agency, and share what the young person chose."""
    by.must(Permission.REFERRAL_MAKE)
    refuse_if(refusal_to_send(referral, by=by, at=at))
    if because not in REASONS or not source.strip():
        raise Refused(
            "The referral was not sent. Say how the young person chose it, or name the"
            " signed release: without one the agency cannot see the record."
        )
    if until <= at:
        raise Refused("The sharing would end before it begins. Choose a later day.")
    access.share(
        referral.youth_id,
        agency.holder,
        parts,
        because=because,
        source=source,
        until=until,
        by=by,
    )
    referral.agency, referral.agency_note = agency, note
    referral.stage, referral.sent_at = Stage.SENT, at
    referral.save_changes(referral.version, "agency", "agency_note", "stage", "sent_at")
    _clock(referral, Step.SENT, by=by, at=at)


def refusal_to_send(referral: Referral, *, by: Actor, at: datetime) -> str | None:
    """Why the actor cannot send a referral they see, if so: one query."""
    theirs = Grant.objects.filter(youth_id=referral.youth_id, starts__lte=at).filter(
        Q(ends=None) | Q(ends__gt=at), compartments__contains=[Compartment.RECORD]
    )
    return rules.refusal_to_send(
        Stage(referral.stage),
        referral.decision,
        keeps=referral.unit_id in by.units and any(one.keeps for one in theirs),
    )


@transaction.atomic
def answer_step(
    referral: Referral,
    step: Step,
    when: datetime,
    *,
    by: Actor,
    at: datetime,
    advocate: User | None = None,
) -> None:
    """Say when the agency received, accepted, assigned or first met; anyone of the
    agency may, and anyone of the unit who was told by phone."""
    _must_be_party(referral, by)
    refuse_if(
        rules.refusal_to_answer(Stage(referral.stage), step, when, stamps(referral), at)
    )
    fields = ["stage", step.value]
    if step is Step.ASSIGNED:
        _must_work_there(referral, advocate, at)
        referral.advocate = advocate
        fields.append("advocate")
    setattr(referral, step.value, when)
    if step is Step.FIRST_CONTACT:
        referral.stage, referral.closed_at = Stage.CLOSED, at
        fields.append("closed_at")
    referral.save_changes(referral.version, *fields)
    _clock(referral, step, by=by, at=at)


@transaction.atomic
def decline(referral: Referral, note: str, *, by: Actor, at: datetime) -> None:
    """Say that the agency cannot take it on; the unit has it back, and sends it on."""
    _must_be_party(referral, by)
    refuse_if(rules.refusal_to_move(Stage(referral.stage), Stage.DECIDED))
    if referral.agency_accepted_at is not None:
        raise Refused(
            "Nothing was saved, because the agency has accepted by now. Call the unit"
            " about what changed."
        )
    agency, sent_at = referral.agency, referral.sent_at
    referral.stage, referral.agency = Stage.DECIDED, None
    referral.sent_at = referral.agency_received_at = None
    referral.agency_note = ""
    told = f"{agency}: {note.strip()}" if note.strip() else f"{agency} could not."
    referral.note = f"{referral.note}\n{told}".strip()
    referral.save_changes(
        referral.version,
        *("stage", "agency", "sent_at", "agency_received_at", "agency_note", "note"),
    )
    record(Event.REFERRAL_CHANGED, by=by, at=at, about=referral, fields=["agency"])
    # Last: an agency that gives its sharing back does not see the referral any more.
    _end_sharing(referral, agency, sent_at, by=by, at=at)


def is_party(referral: Referral, by: Actor) -> bool:
    """Whether this is the agency's referral to answer, or the unit's to follow."""
    at_agency = referral.agency_id is not None and referral.agency_id == by.agency_id
    if by.unit_id is None:
        return at_agency and by.may(Permission.REFERRAL_ANSWER)
    return referral.unit_id in by.units and by.may(Permission.REFERRAL_MAKE)


def _must_be_party(referral: Referral, by: Actor) -> None:
    by.must(
        Permission.REFERRAL_ANSWER if by.unit_id is None else Permission.REFERRAL_MAKE
    )
    if not is_party(referral, by):
        raise NotFound


def _must_work_there(referral: Referral, advocate: User | None, at: datetime) -> None:
    if (
        advocate is None
        or not advocate.memberships.current(at)
        .filter(agency=referral.agency_id)
        .exists()
    ):
        raise Refused("Choose the advocate of the agency who will support them.")


def _end_sharing(
    referral: Referral,
    agency: Agency | None,
    sent_at: datetime | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """What was shared for this hand-off ends with it; an earlier sharing stays."""
    if agency is None or sent_at is None:
        return
    for grant in Grant.objects.raw(
        "select * from access_grants_of(%s::bigint)", [referral.youth_id]
    ):
        current = grant.ends is None or grant.ends > at
        of_theirs = grant.holder_id == agency.holder_id
        if current and of_theirs and grant.starts >= sent_at:
            access.end_grant(grant, by=by)


def _clock(referral: Referral, step: Step, *, by: Actor, at: datetime) -> None:
    record(Event.REFERRAL_CLOCK_SET, by=by, at=at, about=referral, step=step.value)
