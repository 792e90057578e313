"""The practice policies of a unit: taken from a pack, and changed by its own hands."""

import json
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.db.models import Q

from alongside.access.actor import Actor
from alongside.access.apart import kept_apart, one_at_a_time
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.models import Unit
from alongside.access.permissions import Permission
from alongside.activities.models import Policy
from alongside.kernel.refusal import NotFound, Refused

PACKS = {"probation": "Probation", "child_welfare": "Child welfare"}


def policies_on(unit_id: int, day: date) -> list[Policy]:
    """What a unit expects on a day, in the order it was taken: one query."""
    return list(
        Policy.objects.filter(unit_id=unit_id, starts__lte=day)
        .filter(Q(ends=None) | Q(ends__gt=day))
        .select_related("kind")
        .order_by("pk")
    )


@transaction.atomic
def adopt_pack(
    unit: Unit, name: str, *, by: Actor, at: datetime, starts: date
) -> list[Policy]:
    """Take a ready-made set of policies; those the unit has already stay its own."""
    _must_be_theirs(unit.pk, unit.agency_id, by)
    if name not in PACKS:
        raise Refused("There is no such set of policies. Choose one of the list.")
    given = json.loads(
        files("alongside.activities")
        .joinpath(f"defaults/packs/{name}.json")
        .read_text()
    )
    one_at_a_time("activities.policies", unit.pk)
    known = {policy.code for policy in policies_on(unit.pk, starts)}
    with kept_apart(Policy.ONCE):
        made = [
            Policy.objects.create(
                unit=unit, starts=starts, kind_id=values.pop("kind"), **values
            )
            for values in given
            if values["code"] not in known
        ]
    record(
        Event.POLICY_CHANGED,
        by=by,
        at=at,
        about=unit,
        pack=name,
        policies=[policy.pk for policy in made],
    )
    return made


@transaction.atomic
def change_policy(
    policy: Policy, *, by: Actor, at: datetime, day: date, **values: Any
) -> Policy:
    """From a day on the unit expects something else; what held before stays known."""
    _must_be_theirs(policy.unit_id, policy.unit.agency_id, by)
    policy = _as_it_stands(policy)
    if all(getattr(policy, name) == value for name, value in values.items()):
        return policy
    if policy.starts < day:
        policy.ends = day
        policy.save(update_fields=["ends"])
        policy.pk, policy.starts, policy.ends = None, day, None
        policy._state.adding = True
    for name, value in values.items():
        setattr(policy, name, value)
    policy.save()
    record(
        Event.POLICY_CHANGED,
        by=by,
        at=at,
        about=policy,
        code=policy.code,
        fields=sorted(values),
    )
    return policy


@transaction.atomic
def end_policy(policy: Policy, *, by: Actor, at: datetime, day: date) -> None:
    """From a day on the unit does not expect this any more."""
    _must_be_theirs(policy.unit_id, policy.unit.agency_id, by)
    policy = _as_it_stands(policy)
    policy.ends = max(day, policy.starts)
    policy.save(update_fields=["ends"])
    record(Event.POLICY_CHANGED, by=by, at=at, about=policy, code=policy.code, ends=day)


def _as_it_stands(policy: Policy) -> Policy:
    """The policy, nobody else’s to change until this is over; refused if it ended."""
    rows = Policy.objects.select_for_update(of=("self",)).select_related("unit")
    now = rows.get(pk=policy.pk)
    if now.ends != policy.ends:
        raise Refused(
            "Nothing was changed, because a colleague has changed or ended this since"
            " you opened it. Open it again to see what the unit expects now."
        )
    return now


def _must_be_theirs(unit_id: int, agency_id: int, by: Actor) -> None:
    """Policies hold nothing about anybody, so no grant guards them; this does."""
    by.must(Permission.POLICY_CHANGE)
    sets_up = by.unit_id is None and by.agency_id == agency_id
    if unit_id not in by.units and not sets_up:
        raise NotFound
