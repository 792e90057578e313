"""Setting who covers for whom, and ending it."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from alongside.access.actor import Actor
from alongside.access.apart import kept_apart
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
    days = (first_day, last_day)
    with kept_apart(Cover.ONCE, lambda: _say_held(away, *days, by=by)):
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
    during = _during(first_day, last_day, by)
    team = Membership.objects.current(at).filter(
        unit__in=by.units, user__in=[away, covering]
    )
    return rules.refusal_to_cover(
        same_person=away == covering,
        on_the_team=team.values("user_id").distinct().count() == 2,
        first_day=first_day,
        last_day=last_day,
        today=at.astimezone(by.zone).date(),
        held=_held(away, first_day, last_day, by=by),
        covering_is_away=during.filter(away=covering).exists(),
        names=(away.name, covering.name),
    )


def _say_held(away: User, first_day: date, last_day: date, *, by: Actor) -> str | None:
    held = _held(away, first_day, last_day, by=by)
    return rules.refusal_of_held(held, away.name) if held else None


def _held(
    away: User, first_day: date, last_day: date, *, by: Actor
) -> rules.Held | None:
    """The cover that stands on some of these days: one query."""
    during = _during(first_day, last_day, by).filter(away=away)
    one = during.select_related("covering", "set_by").first()
    if one is None:
        return None
    return rules.Held(one.covering.name, one.first_day, one.last_day, one.set_by.name)


def _during(first_day: date, last_day: date, by: Actor) -> QuerySet[Cover]:
    return Cover.objects.filter(
        unit__in=by.units, first_day__lte=last_day, last_day__gte=first_day
    )


@transaction.atomic
def end_cover(cover: Cover, *, by: Actor, at: datetime, last_day: date) -> None:
    """The colleague is back: cover holds through ``last_day``, or never began."""
    by.must(Permission.STAFF_COVER)
    now = Cover.objects.select_for_update().filter(pk=cover.pk).first()
    if now is None:
        return  # a colleague has called it off at the same time
    cover = now
    record(Event.COVER_ENDED, by=by, at=at, about=cover, last_day=last_day)
    if last_day < cover.first_day:
        cover.delete()
        return
    cover.last_day = min(last_day, cover.last_day)
    cover.save(update_fields=["last_day"])
