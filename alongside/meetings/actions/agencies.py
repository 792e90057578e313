"""Which agencies come to a unit's sessions and get an agenda of their own."""

from datetime import date, datetime

from django.db import transaction

from alongside.access.actor import Actor
from alongside.access.apart import one_at_a_time
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.models import Agency
from alongside.access.permissions import Permission
from alongside.kernel.refusal import Refused
from alongside.meetings.models import Invitation


@transaction.atomic
def invite(
    agency: Agency, *, by: Actor, at: datetime, starts: date, email: str = ""
) -> Invitation:
    """An agency comes to the sessions from a day on; saying so again changes the email.

    An invitation shares nothing: the agency sees whom a grant lets it see.
    """
    by.must(Permission.MEETING_PLAN)
    if by.unit_id is None:
        raise Refused("Only the people of a unit invite agencies to its sessions.")
    one_at_a_time("meetings.invitations", by.unit_id)
    current = Invitation.objects.filter(
        unit_id=by.unit_id, agency=agency, ends=None
    ).first()
    if current is None:
        current = Invitation(unit_id=by.unit_id, agency=agency, starts=starts)
    current.email = email
    current.save()
    record(Event.MEETING_CHANGED, by=by, at=at, invited=agency.pk)
    return current


@transaction.atomic
def uninvite(
    invitation: Invitation, *, by: Actor, at: datetime, last_day: date
) -> None:
    """The last day an agency comes; it gets no agenda after that."""
    by.must(Permission.MEETING_PLAN)
    invitation.ends = max(last_day, invitation.starts)
    invitation.save(update_fields=["ends"])
    record(Event.MEETING_CHANGED, by=by, at=at, uninvited=invitation.agency_id)
