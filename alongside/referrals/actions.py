"""Beginning a referral, finishing its draft, taking it in, and who has it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.models import Grant, User
from alongside.access.permissions import Permission
from alongside.kernel.refusal import NotFound, Refused, refuse_if
from alongside.people.actions import (
    add_identifier,
    add_name,
    alone_with,
    change_youth,
    open_youth,
)
from alongside.people.models import Youth
from alongside.referrals import rules
from alongside.referrals.models import Referral
from alongside.referrals.rules import Stage, Step

# What a draft asks; anyone on the team may write any of it.
WRITTEN = (
    *("route", "source", "from_name", "from_organization", "from_phone", "note"),
    *("reported_at", "received_at"),
)


@transaction.atomic
def start(
    *,
    by: Actor,
    at: datetime,
    youth: Youth | None = None,
    names: Mapping[str, Any] | None = None,
    number: tuple[str, str] | None = None,
    **values: Any,
) -> Referral:
    """Begin a draft, for somebody the unit has or with a record of its own."""
    by.must(Permission.REFERRAL_MAKE)
    if by.unit_id is None:
        raise Refused("A referral belongs to a unit. Ask the unit to begin it.")
    if youth is not None:
        alone_with(youth)
        refuse_if(rules.refusal_to_start(in_hand=is_in_hand(youth, by)))
    else:
        youth = open_youth(
            by=by, at=at, because=Grant.Because.REFERRAL, **(names or {})
        )
        if number is not None:
            add_identifier(youth, *number, by=by, at=at)
    referral = Referral.objects.create(
        youth=youth,
        unit_id=by.unit_id,
        started_by_id=by.user_id,
        started_at=at,
        taken_by_id=by.user_id,
        **_written(values),
    )
    record(Event.REFERRAL_STARTED, by=by, at=at, about=referral)
    return referral


@transaction.atomic
def save_draft(
    referral: Referral,
    read: int,
    values: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    names: Mapping[str, Any] | None = None,
    names_read: int | None = None,
) -> None:
    """Keep what is known so far, if it is still the version that was read."""
    by.must(Permission.REFERRAL_MAKE)
    must_be_ours(referral, by)
    for name, value in _written(values).items():
        setattr(referral, name, value)
    referral.save_changes(read, *values)
    youth = referral.youth
    if names and any(getattr(youth, name) != value for name, value in names.items()):
        change_youth(youth, names_read or youth.version, names, by=by, at=at)
    record(Event.REFERRAL_CHANGED, by=by, at=at, about=referral, fields=sorted(values))


@transaction.atomic
def receive(referral: Referral, *, by: Actor, at: datetime) -> None:
    """Take the referral in; from here on its clocks run."""
    by.must(Permission.REFERRAL_MAKE)
    must_be_ours(referral, by)
    referral.received_at = referral.received_at or at
    refuse_if(
        rules.refusal_to_receive(
            Stage(referral.stage),
            named=is_named(referral.youth),
            route=referral.route,
            stamps=stamps(referral),
            now=at,
        )
    )
    referral.stage = Stage.RECEIVED
    referral.received_by_id = by.user_id
    referral.taken_by = None  # a new referral is anyone's until somebody takes it
    referral.save_changes(
        referral.version, "stage", "received_at", "received_by_id", "taken_by"
    )
    record(Event.REFERRAL_RECEIVED, by=by, at=at, about=referral, route=referral.route)


@transaction.atomic
def set_aside(referral: Referral, note: str, *, by: Actor, at: datetime) -> None:
    """Close a draft that will not become a referral, with the reason."""
    by.must(Permission.REFERRAL_MAKE)
    must_be_ours(referral, by)
    if referral.stage != Stage.DRAFT:
        raise Refused(
            "Only a draft can be set aside. Record a decision about this one instead."
        )
    if not note.strip():
        raise Refused("Say why the draft is set aside, in a sentence.")
    referral.stage, referral.closed_at = Stage.CLOSED, at
    referral.decision_note = note
    referral.save_changes(referral.version, "stage", "closed_at", "decision_note")
    record(Event.REFERRAL_CHANGED, by=by, at=at, about=referral, fields=["stage"])


@transaction.atomic
def take(referral: Referral, *, by: Actor, at: datetime) -> None:
    """Take a referral to work on; whoever had it is free of it."""
    by.must(Permission.REFERRAL_MAKE)
    _give(referral, by.user_id, by=by, at=at)


@transaction.atomic
def give(referral: Referral, to: User, *, by: Actor, at: datetime) -> None:
    """Give a referral to a colleague of the unit."""
    by.must(Permission.REFERRAL_MAKE)
    if not to.memberships.current(at).filter(unit=referral.unit_id).exists():
        raise Refused(
            f"Nothing was changed, because {to.name} does not work in this unit."
        )
    _give(referral, to.pk, by=by, at=at)


@transaction.atomic
def merge(referral: Referral, known: Youth, *, by: Actor, at: datetime) -> None:
    """Put a draft's own record together with one the unit has; names are kept."""
    by.must(Permission.RECORD_CHANGE)
    must_be_ours(referral, by)
    alone_with(known)
    begun = referral.youth
    refuse_if(
        rules.refusal_to_merge(
            Stage(referral.stage),
            signed=referral.assessment_id is not None,
            same=begun.pk == known.pk,
            in_hand=is_in_hand(known, by),
        )
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "select merge_empty_youth(%s::bigint, %s::bigint)", [begun.pk, known.pk]
        )
        (in_the_way,) = cursor.fetchone()
    if in_the_way is not None:
        raise Refused(
            "The records were not put together, because both hold more than names by"
            " now. Go on with this one, and tell your supervisor."
        )
    referral.youth = known
    for said in {begun.name, begun.called} - {known.name, known.called, ""}:
        if is_named(begun):
            add_name(known, said, by=by, at=at)


def stamps(referral: Referral) -> dict[Step, datetime | None]:
    """Every clock a referral keeps."""
    return {step: getattr(referral, step.value) for step in Step}


def is_in_hand(youth: Youth, by: Actor) -> bool:
    """Whether the actor's unit has an open referral of the young person: one query."""
    return Referral.objects.open().filter(youth=youth, unit=by.unit_id).exists()


def is_named(youth: Youth) -> bool:
    """Whether there is anything to call the young person by."""
    return any((youth.given_name, youth.family_name, youth.called))


def must_be_ours(referral: Referral, by: Actor) -> None:
    """A referral that was only shared is its own unit's to change."""
    if referral.unit_id not in by.units:
        raise NotFound


def _give(referral: Referral, to_id: int, *, by: Actor, at: datetime) -> None:
    must_be_ours(referral, by)
    refuse_if(
        rules.refusal_to_take(
            Stage(referral.stage), has_it=referral.taken_by_id == to_id
        )
    )
    referral.taken_by_id = to_id
    referral.save_changes(referral.version, "taken_by_id")
    record(Event.REFERRAL_TAKEN, by=by, at=at, about=referral, to=to_id)


def _written(values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(values) - set(WRITTEN):
        raise TypeError(f"a draft does not hold {sorted(unknown)}")
    return dict(values)
