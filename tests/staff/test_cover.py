"""Who covers for whom: refused, set, ended, and what it makes theirs."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from alongside.access.actor import Actor
from alongside.kernel.refusal import Refused
from alongside.staff.actions import end_cover, set_cover
from alongside.staff.cover import carried_by, covers_on
from alongside.staff.models import Cover
from tests import cast

Become = Callable[..., Actor]
TODAY = date(2026, 11, 19)


def _set(become: Become, at: datetime, **changes: object) -> Cover:
    values = {
        "first_day": TODAY,
        "last_day": TODAY + timedelta(days=1),
        "away": "amara",
        "covering": "colleague",
        **changes,
    }
    return set_cover(
        cast.user(str(values.pop("away"))),
        cast.user(str(values.pop("covering"))),
        by=become("supervisor"),
        at=at,
        **values,  # type: ignore[arg-type]
    )


def test_who_covers_carries_both_caseloads_on_those_days(
    become: Become, at: datetime
) -> None:
    _set(become, at)
    amara, rosa = cast.user("amara").pk, cast.user("colleague").pk
    unit = cast.unit().pk
    assert carried_by(rosa, unit, TODAY) == {amara, rosa}
    assert carried_by(rosa, unit, TODAY + timedelta(days=2)) == {rosa}
    assert [cover.away.name for cover in covers_on(unit, TODAY)] == ["Amara Okafor"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"covering": "amara"}, "Somebody else stands in for Amara"),
        ({"covering": "outsider"}, "Both are people of this unit"),
        ({"last_day": TODAY - timedelta(days=1)}, "cannot be before the first"),
        (
            {"first_day": date(2026, 1, 1), "last_day": date(2026, 1, 2)},
            "for today or days to come",
        ),
        ({"covering": "coordinator"}, "Rosa Castellanos stands in for Amara Okafor on"),
        ({"away": "coordinator", "covering": "amara"}, "Amara Okafor is away on some"),
    ],
)
def test_what_cover_cannot_be(
    become: Become, at: datetime, changes: dict[str, object], words: str
) -> None:
    _set(become, at)
    with pytest.raises(Refused, match=words):
        _set(become, at, **changes)


def test_ending_keeps_the_days_it_held(become: Become, at: datetime) -> None:
    cover = _set(become, at, last_day=TODAY + timedelta(days=9))
    end_cover(cover, by=become("colleague"), at=at, last_day=TODAY)
    assert Cover.objects.get().last_day == TODAY


def test_one_that_never_began_is_gone(become: Become, at: datetime) -> None:
    cover = _set(become, at, first_day=TODAY + timedelta(days=1))
    end_cover(cover, by=become("colleague"), at=at, last_day=TODAY)
    assert not Cover.objects.exists()


def test_another_unit_sees_none_of_it(become: Become, at: datetime) -> None:
    _set(become, at)
    become("outsider")
    assert not Cover.objects.exists()
