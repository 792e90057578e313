"""Who is acting, and how the database is told, for the length of a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pghistory
from django.db import connection, transaction

from alongside.access.models import Membership, User
from alongside.access.permissions import Permission
from alongside.access.reference import permission_sentences
from alongside.kernel.refusal import NotPermitted

# It begins with a remark on purpose: the history's library puts the request of its
# ``context`` before what is no plain select, and so a function that writes has it too.
_SET = (
    "-- who acts\n"
    "select set_config('alongside.actor', %s, true),"
    " set_config('alongside.holders', %s, true),"
    " set_config('alongside.units', %s, true),"
    " set_config('alongside.at', %s, true),"
    " set_config('alongside.request', %s, true)"
)


@dataclass(frozen=True, slots=True)
class Actor:
    """One person, what their roles allow, and what they hold, at one instant."""

    user_id: int
    name: str
    role: str
    permissions: frozenset[Permission]
    holders: tuple[int, ...]
    units: tuple[int, ...]
    unit_id: int | None
    unit_name: str | None
    agency_id: int | None
    agency_name: str | None
    in_circle: bool = False
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("America/Los_Angeles"))

    def may(self, permission: Permission) -> bool:
        """Whether their role allows this kind of act."""
        return permission in self.permissions

    @property
    def place(self) -> str:
        """Where they work, as a paper says it."""
        return self.unit_name or self.agency_name or ""

    @property
    def own_unit(self) -> int:
        """The key of the unit they work in; refused for those who work in none."""
        if self.unit_id is None:
            raise NotPermitted("A unit keeps this, and you belong to none.")
        return self.unit_id

    def must(self, permission: Permission) -> None:
        """Refuse unless their role allows this kind of act."""
        if not self.may(permission):
            raise NotPermitted(
                f"Your role, {self.role}, does not include this:"
                f" {permission_sentences()[permission]} Ask a supervisor of your unit."
            )


def actor_for(user: User, at: datetime) -> Actor:
    """Load what a person may do at this instant: one query."""
    rows = list(
        Membership.objects.current(at)
        .filter(user=user, user__is_active=True)
        .select_related("role", "unit", "agency")
        .order_by("starts")
    )
    # Who has left holds nothing, not even what was theirs alone.
    holders = {user.holder_id} if user.is_active else set()
    for row in rows:
        holders.add(row.agency.holder_id)
        if row.unit:
            holders.add(row.unit.holder_id)
            if row.in_circle:
                holders.add(row.unit.circle_id)
    home = next((row for row in rows if row.unit), rows[0] if rows else None)
    unit = home.unit if home else None
    return Actor(
        user_id=user.pk,
        name=user.name,
        role=home.role.name if home else "no role",
        permissions=frozenset(
            Permission(code) for row in rows for code in row.role.permissions
        ),
        holders=tuple(sorted(holders)),
        units=tuple(sorted({row.unit_id for row in rows if row.unit_id})),
        unit_id=unit.pk if unit else None,
        unit_name=unit.name if unit else None,
        agency_id=home.agency_id if home else None,
        agency_name=home.agency.name if home else None,
        in_circle=any(row.in_circle for row in rows),
        **({"zone": unit.zone} if unit else {}),
    )


def set_actor(actor: Actor | None, at: datetime, request_id: UUID) -> None:
    """Tell the database who acts and when; it forgets when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SET,
            [
                str(actor.user_id) if actor else "",
                _array(actor.holders if actor else ()),
                _array(actor.units if actor else ()),
                at.isoformat() if actor else "",
                str(request_id),
            ],
        )


@contextmanager
def acting(actor: Actor, at: datetime) -> Iterator[UUID]:
    """A transaction in which the actor acts: jobs, commands, tests, the demo."""
    request_id = uuid4()
    with (
        transaction.atomic(),
        pghistory.context(
            user=actor.user_id, request=str(request_id), at=at.isoformat()
        ),
    ):
        set_actor(actor, at, request_id)
        yield request_id


@contextmanager
def acting_as(user: User, at: datetime) -> Iterator[Actor]:
    """The same, from a user: loads what they may do first."""
    actor = actor_for(user, at)
    with acting(actor, at):
        yield actor


def _array(ids: tuple[int, ...]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"
