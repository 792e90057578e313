"""Telling agencies that an agenda is ready: an email with a link, and no names."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q

from alongside.access.actor import Actor
from alongside.access.jobs import task
from alongside.access.permissions import Permission
from alongside.kernel.dates_in_words import clock_time, long_day
from alongside.meetings.models import Invitation, Meeting

_BODY = """The agenda of the team meeting on {day}, {time}, is ready.

Sign in to read it: {link}

It shows what is shared with your agency at the moment you open it.
"""


@task("meetings.agenda_links")
def agenda_links(*, by: Actor, at: datetime, meeting_id: int) -> None:
    """Send each invited agency the link to its own agenda."""
    by.must(Permission.MEETING_PLAN)
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    if meeting is None:
        return  # the sender is no longer of the unit
    day = long_day(meeting.day)
    body = _BODY.format(
        day=day,
        time=clock_time(meeting.starts_at.astimezone(by.zone)),
        link=f"{settings.ADDRESS}/mdt/{meeting.ref}/agenda/",
    )
    invited = Invitation.objects.filter(
        Q(ends=None) | Q(ends__gte=meeting.day),
        unit_id=meeting.unit_id,
        starts__lte=meeting.day,
    ).exclude(email="")
    for address in invited.order_by("email").values_list("email", flat=True):
        # One each: no agency learns from it which others are invited.
        EmailMessage(f"Agenda for {day}", body, to=[address]).send()
