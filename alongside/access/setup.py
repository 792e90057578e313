"""Agencies, units and people, set up by whoever runs the server, as the owner."""

from datetime import datetime
from uuid import uuid4

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Greatest

from alongside.access.events import Event
from alongside.access.models import (
    Agency,
    Grant,
    Holder,
    LogEntry,
    Membership,
    Role,
    Unit,
    User,
)


def add_agency(
    name: str, *, serves_victims: bool = False, using: str = "owner"
) -> Agency:
    """An organisation, and the holder its people share."""
    with transaction.atomic(using=using):
        holder = Holder.objects.using(using).create(kind=Holder.Kind.AGENCY, name=name)
        return Agency.objects.using(using).create(
            name=name, holder=holder, serves_victims=serves_victims
        )


def add_unit(
    agency: Agency,
    name: str,
    *,
    time_zone: str = "America/Los_Angeles",
    using: str = "owner",
) -> Unit:
    """A team, the holder it shares, and its circle for sensitive details."""
    with transaction.atomic(using=using):
        holders = Holder.objects.using(using)
        return Unit.objects.using(using).create(
            agency=agency,
            name=name,
            time_zone=time_zone,
            holder=holders.create(kind=Holder.Kind.UNIT, name=name),
            circle=holders.create(
                kind=Holder.Kind.CIRCLE, name=f"Named people of {name}"
            ),
        )


def add_person(
    email: str,
    name: str,
    role: str,
    *,
    since: datetime,
    unit: Unit | None = None,
    agency: Agency | None = None,
    in_circle: bool = False,
    password: str | None = None,
    using: str = "owner",
) -> User:
    """Somebody who signs in, with their first role in a unit or an agency."""
    home = unit.agency if unit else agency
    if home is None:
        raise ValueError("A person belongs to a unit or to an agency.")
    with transaction.atomic(using=using):
        user = User.objects.db_manager(using).create_user(email, password, name=name)
        Membership.objects.using(using).create(
            user=user,
            agency=home,
            unit=unit,
            role=Role.objects.using(using).get(code=role),
            in_circle=in_circle,
            starts=since,
        )
        return user


def end_person(email: str, *, at: datetime, using: str = "owner") -> User:
    """Somebody leaves: from this instant they hold nothing and sign in nowhere.

    Their account and what they wrote stay; ``User.DoesNotExist`` if nobody has it.
    """
    with transaction.atomic(using=using):
        user = User.objects.using(using).select_for_update().get(email__iexact=email)
        user.is_active = False
        user.save(using=using, update_fields=["is_active"])
        _end_memberships(user, at, using)
        _end_own_grants(user, at, using)
        _end_sessions(user, using)
        return user


def _end_memberships(user: User, at: datetime, using: str) -> None:
    theirs = Membership.objects.using(using).filter(user=user)
    theirs.current(at).filter(starts__lt=at).update(ends=at)
    # One that has not begun by then has never held.
    theirs.filter(starts__gte=at).delete()


def _end_own_grants(user: User, at: datetime, using: str) -> None:
    """What they opened in an emergency or were let in on; their unit keeps its own."""
    request = uuid4()
    mine = Grant.objects.using(using).filter(holder=user.holder_id)
    for grant in mine.filter(Q(ends=None) | Q(ends__gt=at)):
        mine.filter(pk=grant.pk).update(ends=Greatest("starts", at))
        LogEntry.objects.using(using).create(
            at=at,
            day=at.date(),
            event=Event.GRANT_ENDED.value,
            youth_ids=[grant.youth_id],
            detail={"grant": grant.pk, "holder": grant.holder_id},
            request_id=request,
        )


def _end_sessions(user: User, using: str) -> None:
    """What a session holds is not a column: each is read to see whose it is."""
    theirs = [
        session.pk
        for session in Session.objects.using(using).iterator()
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.using(using).filter(pk__in=theirs).delete()
