"""The demo's doors: who one can look around as, and what awaits there."""

from dataclasses import dataclass

from django.db.models import Q

from alongside.access.models import Membership

# What a person is good for seeing, in the order of the page; they are made in
# config.demo_unit. Whoever is not named here is told by their role.
_TRY = {
    "rosa.castellanos": "Carries young people, and covers for Marcus Lee. Start here.",
    "carol.bautista": "Sees the whole unit, and what waits for a decision.",
    "jo.pineda": "Keeps the calendar of meetings, and brings workbooks in.",
    "denise.whitlock": "Takes a referral from the first word to a recommendation.",
    "marguerite.chu": "Sees the unit as a whole, and reads emergency openings.",
    "sam.kowalczyk": "One of his records was opened by another unit at night.",
    "tomas.ybarra": "Offers Rosa a hand-over, and left a referral half written.",
    "marcus.lee": "Is away, and finds every note from his cover when he is back.",
    "angela.lee": "Another caseload; lists tell her apart from Marcus Lee.",
    "priya.raman": "Has young people on the agenda of the next MDT.",
    "dana.cole": "Belongs to another unit, and opened one record in an emergency.",
    "keisha.monroe": "Sees the young people who chose to share with her agency.",
    "ruth.feldman": "Nobody shares with her agency: see what “not found” looks like.",
}
_BY_ROLE = {
    "officer": "Carries young people: a calendar, a due list, plans and contacts.",
    "supervisor": "Sees the whole unit, and what waits for a decision or a reading.",
    "coordinator": "Keeps the calendar of meetings, and brings workbooks in.",
    "assessment": "Takes new referrals from the first word to the recommendation.",
    "director": "Sees the unit as a whole, and reads emergency openings.",
    "advocate": "Sees the young people who chose to share with this agency, no others.",
    "evaluator": "Sees no names. Measures come to this role.",
    "administrator": "Runs the system and can open no record.",
}
_ORDER = list(_TRY)


@dataclass(frozen=True, slots=True)
class Door:
    """One card of the sign-in page."""

    ref: str
    name: str
    line: str
    words: str
    order: int

    @property
    def first_name(self) -> str:
        """Whom the button names."""
        return self.name.split()[0]


def doors(at: object) -> list[tuple[str, list[Door]]]:
    """The cards in their two groups, the demo's own unit first: one query."""
    rows = list(
        Membership.objects.filter(Q(ends=None) | Q(ends__gt=at))
        .select_related("user", "role", "unit", "agency")
        .order_by("user_id")
    )
    own = next((row.unit_id for row in rows if row.unit_id), None)
    inside = [_door(row) for row in rows if row.unit_id == own]
    beside = [_door(row, more=True) for row in rows if row.unit_id != own]
    groups = (
        ("In the unit", inside),
        ("At partner agencies and beside the unit", beside),
    )
    return [
        (name, sorted(found, key=lambda door: door.order))
        for name, found in groups
        if found
    ]


def _door(row: Membership, *, more: bool = False) -> Door:
    known = row.user.email.partition("@")[0]
    where = (row.unit or row.agency).name
    return Door(
        ref=str(row.user.ref),
        name=row.user.name,
        line=f"{row.role.name}, {where}" if more else row.role.name,
        words=_TRY.get(known) or _BY_ROLE.get(row.role.code, ""),
        order=_ORDER.index(known) if known in _ORDER else len(_ORDER),
    )
