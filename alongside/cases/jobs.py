"""The morning email: how many things wait, and a link; no names, no reasons."""

from datetime import datetime, timedelta

from django.conf import settings

from alongside.access.actor import Actor
from alongside.access.jobs import LETTER, every, task
from alongside.access.letters import letter
from alongside.access.models import Membership, Unit, User
from alongside.access.permissions import Permission
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.cases.due import due_list
from alongside.cases.models import Assignment
from alongside.cases.rules import DueState
from alongside.forms.vocabulary import vocabulary_for
from alongside.staff.cover import carried_by

MORNING = 7  # on the unit's own clock
_COMING = timedelta(days=7)
_BODY = """{count} on your Today.

Open it: {link}

You get this on days when something waits. It never says about whom.
"""


@every("0 * * * *", "cases.mornings")
def mornings(at: datetime) -> None:
    """Each hour: units where it is seven have their emails put off, one a person."""
    for unit in Unit.objects.all():
        there = at.astimezone(unit.zone)
        if there.hour != MORNING:
            continue
        members = (
            Membership.objects.current(at)
            .filter(unit=unit, user__is_active=True)
            .filter(role__permissions__contains=[Permission.TODAY_READ])
        )
        for user_id in members.values_list("user_id", flat=True).distinct():
            once = f"digest-{user_id}-{there.date()}"
            if not digest.was_put_off(once):
                digest.later(user_id, once=once)


@task("cases.digest", again=LETTER)
def digest(*, by: Actor, at: datetime) -> None:
    """Tell one person how many things wait today; with nothing, no email."""
    count = waiting(by, at)
    if count == 0:
        return
    things = "One thing waits" if count == 1 else f"{count} things wait"
    reader = User.objects.get(pk=by.user_id)
    body = _BODY.format(count=things, link=f"{settings.ADDRESS}/today/")
    day = at.astimezone(by.zone).date()
    letter("Today", body, to=reader.email, mark=f"today-{reader.ref}-{day}").send()


def waiting(by: Actor, at: datetime) -> int:
    """Planned for today, or due within a week and not booked: five queries."""
    if by.unit_id is None:
        return 0
    today = at.astimezone(by.zone).date()
    mine = carried_by(by.user_id, by.unit_id, today)
    planned = Activity.objects.filter(
        officer__in=mine, day=today, status=Status.SCHEDULED
    ).count()
    carried = Assignment.objects.filter(officer__in=mine, unit_id=by.unit_id)
    dues = due_list(
        unit_id=by.unit_id,
        today=today,
        until=today + _COMING,
        zone=by.zone,
        words=vocabulary_for(by),
        youth=list(carried.as_of(today).values_list("youth_id", flat=True)),
    )
    return planned + sum(due.state is not DueState.BOOKED for due in dues)
