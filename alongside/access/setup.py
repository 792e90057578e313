"""Agencies, units and people, set up by whoever runs the server, as the owner."""

from datetime import datetime

from django.db import transaction

from alongside.access.models import Agency, Holder, Membership, Role, Unit, User


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
