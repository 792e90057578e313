"""A unit at work, made through the application's own actions."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.activities.actions import log_contact, plan
from alongside.activities.models import Activity
from alongside.activities.policies import adopt_pack
from alongside.cases.actions import open_case
from alongside.cases.models import CourtAssignment, LegalStatus
from alongside.people.actions import change_fact, open_youth
from alongside.people.models import Stay, Youth
from tests import cast

Become = Callable[..., Actor]
AT = datetime(2026, 11, 19, 17, 48, tzinfo=UTC)
TODAY = date(2026, 11, 19)


def ago(days: int) -> date:
    """So many days before today."""
    return TODAY - timedelta(days=days)


def young_person(
    by: Actor,
    given: str = "Dulce",
    family: str = "Serrano",
    *,
    officer: str | None = "amara",
    level: str = "full",
    opened: int = 200,
    stay: str = "home",
    place: str = "",
    legal: str = "home_on_probation",
    **names: Any,
) -> Youth:
    """Somebody the unit supports, with the facts a caseload shows."""
    youth = open_youth(
        by=by,
        at=AT,
        because=Grant.Because.ENROLMENT,
        given_name=given,
        family_name=family,
        birth_date=names.pop("birth_date", date(2010, 3, 2)),
        birth_precision="day",
        **names,
    )
    acting = {"by": by, "at": AT}
    open_case(
        youth,
        day=ago(opened),
        level=level,
        officer=cast.user(officer) if officer else None,
        **acting,  # type: ignore[arg-type]
    )
    change_fact(Stay, youth, ago(opened), kind=stay, place=place, **acting)  # type: ignore[arg-type]
    if legal:
        change_fact(LegalStatus, youth, ago(opened), status=legal, **acting)  # type: ignore[arg-type]
        change_fact(CourtAssignment, youth, ago(opened), court="dept_14", **acting)  # type: ignore[arg-type]
    return youth


def held(youth: Youth, kind: str, days: int, *, by: Actor) -> Activity:
    """A contact or review that took place some days ago."""
    happened = AT - timedelta(days=days)
    return log_contact(youth, kind, by=by, at=AT, happened_at=happened)


def booked(
    youth: Youth, kind: str, days: int, *, by: Actor, hour: int = 18, **more: Any
) -> Activity:
    """Something planned; the hour is UTC, eight hours ahead of the unit's clock."""
    day = TODAY + timedelta(days=days)
    starts = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    officer = cast.user(more.pop("officer", "amara"))
    return plan(
        youth,
        kind,
        by=by,
        at=AT,
        day=day,
        starts_at=starts,
        officer=officer,
        **more,
    )


def with_policies(become: Become) -> None:
    """The unit expects what probation units usually do."""
    supervisor = become("supervisor")
    adopt_pack(cast.unit(), "probation", by=supervisor, at=AT, starts=date(2020, 1, 1))
