"""The cast: one of each kind of person, in two units and a partner agency.

Made once by the owner and kept between tests, as people and units are in life;
everything about young people is made inside each test and rolled back.
"""

from datetime import UTC, datetime

from alongside.access.models import Agency, Unit, User
from alongside.access.setup import add_agency, add_person, add_unit

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
DOMAIN = "example.org"

BRIDGE = "Bridge Unit"
SOUTH = "Field Services South"
PROBATION = "Larkspur County Probation"
HARBOR = "Harbor Light Youth Services"

# key -> (name, role, unit or agency, in the circle)
PEOPLE = {
    "amara": ("Amara Okafor", "officer", BRIDGE, False),
    "colleague": ("Rosa Castellanos", "officer", BRIDGE, False),
    "supervisor": ("Carol Bautista", "supervisor", BRIDGE, True),
    "director": ("Helen Oyelaran", "director", BRIDGE, True),
    "coordinator": ("Jo Pineda", "coordinator", BRIDGE, False),
    "assessor": ("Denise Whitlock", "assessment", BRIDGE, True),
    "outsider": ("Tomas Ybarra", "officer", SOUTH, False),
    "advocate": ("Keisha Monroe", "advocate", HARBOR, False),
    "evaluator": ("Ines Duarte", "evaluator", PROBATION, False),
    "administrator": ("Sam Kowalczyk", "administrator", PROBATION, False),
}


def make(using: str) -> None:
    """Put everybody in place; whoever is there already stays."""
    if User.objects.using(using).filter(email=address("amara")).exists():
        return
    probation = add_agency(PROBATION, using=using)
    harbor = add_agency(HARBOR, serves_victims=True, using=using)
    units = {
        BRIDGE: add_unit(probation, BRIDGE, using=using),
        SOUTH: add_unit(probation, SOUTH, using=using),
    }
    agencies = {PROBATION: probation, HARBOR: harbor}
    for key, (name, role, home, in_circle) in PEOPLE.items():
        add_person(
            address(key),
            name,
            role,
            since=SINCE,
            unit=units.get(home),
            agency=agencies.get(home),
            in_circle=in_circle,
            password=PASSWORD,
            using=using,
        )


def address(key: str) -> str:
    """Somebody's email."""
    return f"{key}@{DOMAIN}"


def user(key: str) -> User:
    """One of the cast."""
    return User.objects.get(email=address(key))


def unit(name: str = BRIDGE) -> Unit:
    """One of the two units."""
    return Unit.objects.get(name=name)


def agency(name: str = HARBOR) -> Agency:
    """One of the two agencies."""
    return Agency.objects.get(name=name)
