"""Who stands in for whom on a day, and whose young people that makes theirs."""

from datetime import date

from alongside.staff.models import Cover


def covers_on(unit_id: int, day: date) -> list[Cover]:
    """The covers of a unit that hold on a day, with both names: one query."""
    return list(
        Cover.objects.filter(
            unit_id=unit_id, first_day__lte=day, last_day__gte=day
        ).select_related("away", "covering")
    )


def carried_by(user_id: int, unit_id: int, day: date) -> set[int]:
    """The officers whose young people somebody looks after: themselves, and others."""
    return carried_with(user_id, covers_on(unit_id, day))


def carried_with(user_id: int, covers: list[Cover]) -> set[int]:
    """The same from covers that are at hand: no query."""
    return {user_id} | {
        cover.away_id for cover in covers if cover.covering_id == user_id
    }
