"""The demo's doors: who one can look around as, and what awaits there."""

from dataclasses import dataclass

from django.db.models import Q

from alongside.access.models import Membership

# What a role is good for seeing; the demo's people are made in config.demo_unit.
_TRY = {
    "officer": "Carries young people: a calendar, a due list, plans and contacts.",
    "supervisor": "Sees the whole unit, and what waits for a decision or a reading.",
    "coordinator": "Keeps the calendar of meetings, and brings workbooks in.",
    "assessment": "Takes new referrals from the first word to the recommendation.",
    "director": "Sees the unit as a whole, and reads emergency openings.",
    "advocate": "Sees the young people who chose to share with this agency, no others.",
    "evaluator": "Sees no names. Measures come to this role.",
    "administrator": "Runs the system and can open no record.",
}
_IN_UNIT_FIRST = ["officer", "supervisor", "coordinator", "assessment", "director"]


@dataclass(frozen=True, slots=True)
class Door:
    """One card of the sign-in page."""

    ref: str
    name: str
    line: str
    words: str

    @property
    def first_name(self) -> str:
        """Whom the button names."""
        return self.name.split()[0]


def doors(at: object) -> list[tuple[str, list[Door]]]:
    """The cards in their two groups: one query."""
    rows = (
        Membership.objects.filter(Q(ends=None) | Q(ends__gt=at))
        .select_related("user", "role", "unit", "agency")
        .order_by("user_id")
    )
    inside: list[tuple[int, Door]] = []
    beside: list[tuple[int, Door]] = []
    for row in rows:
        door = Door(
            ref=str(row.user.ref),
            name=row.user.name,
            line=row.role.name if row.unit else f"{row.role.name}, {row.agency.name}",
            words=_TRY.get(row.role.code, ""),
        )
        order = row.role.code
        (inside if row.unit else beside).append((_rank(order), door))
    groups = (("In the unit", inside), ("At partner agencies and beside it", beside))
    return [
        (name, [door for _, door in sorted(found, key=lambda pair: pair[0])])
        for name, found in groups
        if found
    ]


def _rank(role: str) -> int:
    return _IN_UNIT_FIRST.index(role) if role in _IN_UNIT_FIRST else 99
