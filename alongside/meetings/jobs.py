"""Telling agencies that an agenda is ready: an email with a link, and no names."""

from django.core.mail import EmailMessage
from django.db.models import Q

from alongside.access.actor import Actor
from alongside.kernel.dates_in_words import clock_time, long_day
from alongside.meetings.models import Invitation, Meeting

_BODY = """The agenda of the team meeting on {day}, {time}, is ready.

Sign in to read it: {link}

It shows what is shared with your agency at the moment you open it.
"""


def send_links(meeting_id: int, link: str, *, by: Actor) -> int:
    """Send each invited agency its link; how many were sent."""
    meeting = Meeting.objects.get(pk=meeting_id)
    starts = meeting.starts_at.astimezone(by.zone)
    day, time = long_day(meeting.day), clock_time(starts)
    invited = Invitation.objects.filter(
        Q(ends=None) | Q(ends__gte=meeting.day),
        unit_id=meeting.unit_id,
        starts__lte=meeting.day,
    ).exclude(email="")
    sent = 0
    for address in invited.order_by("email").values_list("email", flat=True):
        body = _BODY.format(day=day, time=time, link=link)
        sent += EmailMessage(f"Agenda for {day}", body, to=[address]).send()
    return sent
