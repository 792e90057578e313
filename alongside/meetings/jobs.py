"""Telling agencies that an agenda is ready: an email with a link, and no names."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from alongside.access.actor import Actor
from alongside.access.jobs import LETTER, task
from alongside.access.letters import letter
from alongside.access.permissions import Permission
from alongside.kernel.dates_in_words import clock_time, long_day
from alongside.meetings.models import Invitation, Meeting

_BODY = """The agenda of the team meeting on {day}, {time}, is ready.

Sign in to read it: {link}

It shows what is shared with your agency at the moment you open it.
"""


@task("meetings.agenda_links")
def agenda_links(*, by: Actor, at: datetime, meeting_id: int) -> None:
    """Put off one letter to each invited agency: one that fails stops no other."""
    by.must(Permission.MEETING_PLAN)
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    if meeting is None:
        return  # the sender is no longer of the unit
    invited = Invitation.objects.filter(
        Q(ends=None) | Q(ends__gte=meeting.day),
        unit_id=meeting.unit_id,
        starts__lte=meeting.day,
    ).exclude(email="")
    for key in invited.order_by("email").values_list("pk", flat=True):
        agenda_link.later(
            by.user_id,
            meeting_id=meeting_id,
            invitation_id=key,
            told_at=int(at.timestamp()),
        )


@task("meetings.agenda_link", again=LETTER)
def agenda_link(
    *, by: Actor, at: datetime, meeting_id: int, invitation_id: int, told_at: int
) -> None:
    """Send one agency the link to its own agenda; no others are named in it."""
    by.must(Permission.MEETING_PLAN)
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    invitation = Invitation.objects.filter(pk=invitation_id).first()
    if meeting is None or invitation is None:
        return  # the sender is no longer of the unit, or the agency not invited
    day = long_day(meeting.day)
    body = _BODY.format(
        day=day,
        time=clock_time(meeting.starts_at.astimezone(by.zone)),
        link=f"{settings.ADDRESS}/mdt/{meeting.ref}/agenda/",
    )
    mark = f"agenda-{meeting.ref}-{invitation.pk}-{told_at}"
    letter(f"Agenda for {day}", body, to=invitation.email, mark=mark).send()
