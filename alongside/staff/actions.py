"""Setting who covers for whom, and ending it."""

from datetime import date, datetime

from django.db import transaction

from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.models import Membership, User
from alongside.access.permissions import Permission
from alongside.kernel.refusal import NotFound, refuse_if
from alongside.staff import rules
from alongside.staff.models import Cover


@transaction.atomic
def set_cover(
    away: User,
    covering: User,
    *,
    by: Actor,
    at: datetime,
    first_day: date,
    last_day: date,
    note: str = "",
) -> Cover:
    """A colleague stands in, first and last day included; anybody may set it."""
    by.must(Permission.STAFF_COVER)
    if by.unit_id is None:
        raise NotFound
    refuse_if(_refusal(away, covering, first_day, last_day, by=by, at=at))
    cover = Cover.objects.create(
        unit_id=by.unit_id,
        away=away,
        covering=covering,
        first_day=first_day,
        last_day=last_day,
        note=note,
        set_by_id=by.user_id,
        set_at=at,
    )
    record(
        Event.COVER_SET,
        by=by,
        at=at,
        about=cover,
        away=away.pk,
        covering=covering.pk,
        first_day=first_day,
        last_day=last_day,
    )
    return cover


def _refusal(
    away: User,
    covering: User,
    first_day: date,
    last_day: date,
    *,
    by: Actor,
    at: datetime,
) -> str | None:
    during = Cover.objects.filter(
        unit__in=by.units, first_day__lte=last_day, last_day__gte=first_day
    ).select_related("covering")
    other = during.filter(away=away).first()
    team = Membership.objects.current(at).filter(
        unit__in=by.units, user__in=[away, covering]
    )
    return rules.refusal_to_cover(
        same_person=away == covering,
        on_the_team=team.values("user_id").distinct().count() == 2,
        first_day=first_day,
        last_day=last_day,
        today=at.astimezone(by.zone).date(),
        covered_by=other.covering.name if other else None,
        covering_is_away=during.filter(away=covering).exists(),
        names=(away.name, covering.name),
    )


@transaction.atomic
def end_cover(cover: Cover, *, by: Actor, at: datetime, last_day: date) -> None:
    """The colleague is back: cover holds through ``last_day``, or never began."""
    by.must(Permission.STAFF_COVER)
    record(Event.COVER_ENDED, by=by, at=at, about=cover, last_day=last_day)
    if last_day < cover.first_day:
        cover.delete()
        return
    cover.last_day = min(last_day, cover.last_day)
    cover.save(update_fields=["last_day"])
