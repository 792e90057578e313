"""The demo's people: a unit of twelve, a second unit, two partner agencies."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from alongside.access.models import Agency, Unit, User
from alongside.access.setup import add_agency, add_person, add_unit

BRIDGE = "Bridge Unit"
HARBOR = "Harbor Light Youth Services"
MANZANITA = "Manzanita Advocates"
SINCE = timedelta(days=3 * 365)

OFFICERS = {
    "rosa": "Rosa Castellanos",
    "marcus": "Marcus Lee",
    "angela": "Angela Lee",
    "tomas": "Tomas Ybarra",
    "sam": "Sam Kowalczyk",
    "priya": "Priya Raman",
}
# key -> (name, role, sees sensitive details)
_UNIT = {
    **{key: (name, "officer", False) for key, name in OFFICERS.items()},
    "carol": ("Carol Bautista", "supervisor", True),
    "jo": ("Jo Pineda", "coordinator", False),
    "denise": ("Denise Whitlock", "assessment", True),
    "marguerite": ("Marguerite Chu", "director", True),
}


@dataclass(frozen=True)
class People:
    """Everybody by a short key, and where they work."""

    users: dict[str, User]
    unit: Unit
    agencies: dict[str, Agency]


def make(now: datetime) -> People:
    """Everybody, made as the owner and read back as the web login knows them."""
    emails = _make(now)
    by_email = {user.email: user for user in User.objects.all()}
    return People(
        users={key: by_email[email] for key, email in emails.items()},
        unit=Unit.objects.get(name=BRIDGE),
        agencies={
            "harbor": Agency.objects.get(name=HARBOR),
            "manzanita": Agency.objects.get(name=MANZANITA),
        },
    )


@transaction.atomic(using="owner")
def _make(now: datetime) -> dict[str, str]:
    """Agencies, units and people, as whoever runs a server makes them."""
    since = now - SINCE
    probation = add_agency("Larkspur County Probation")
    harbor = add_agency(HARBOR, serves_victims=True)
    manzanita = add_agency(MANZANITA, serves_victims=True)
    bridge = add_unit(probation, BRIDGE)
    south = add_unit(probation, "Field Services South")
    users = {
        key: add_person(
            _address(name, "larkspur"),
            name,
            role,
            since=since,
            unit=bridge,
            in_circle=in_circle,
        )
        for key, (name, role, in_circle) in _UNIT.items()
    }
    others: dict[str, tuple[str, str, dict[str, Any]]] = {
        "dana": ("Dana Cole", "officer", {"unit": south}),
        "keisha": ("Keisha Monroe", "advocate", {"agency": harbor}),
        "ruth": ("Ruth Feldman", "advocate", {"agency": manzanita}),
        "ines": ("Ines Marchetti", "evaluator", {"agency": probation}),
        "wen": ("Wen Li", "administrator", {"agency": probation}),
    }
    for key, (name, role, home) in others.items():
        users[key] = add_person(
            _address(name, "partners"), name, role, since=since, **home
        )
    return {key: user.email for key, user in users.items()}


def _address(name: str, place: str) -> str:
    return f"{name.lower().replace(' ', '.')}@{place}.example"
