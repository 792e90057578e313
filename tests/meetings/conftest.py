"""Sessions and young people of the Bridge Unit, made by its people's own actions."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.meetings import actions
from alongside.meetings.models import Meeting
from alongside.people.actions import open_youth
from alongside.people.models import Youth

Become = Callable[..., Actor]
NewYouth = Callable[..., Youth]
NewSession = Callable[..., Meeting]

TODAY = date(2026, 11, 19)


@pytest.fixture
def new_youth(become: Become, at: datetime) -> NewYouth:
    """``new_youth("Joaquín", "Ramos")``: a young person the unit supports."""

    def make(given: str = "Joaquín", family: str = "Ramos", **names: str) -> Youth:
        return open_youth(
            by=become("coordinator"),
            at=at,
            because=Grant.Because.ENROLMENT,
            given_name=given,
            family_name=family,
            **names,
        )

    return make


@pytest.fixture
def new_session(become: Become, at: datetime) -> NewSession:
    """``new_session(5, capacity=2)``: a session so many days from today."""

    def plan(days: int = 0, capacity: int = 10, hour: int = 9) -> Meeting:
        coordinator = become("coordinator")
        day = TODAY + timedelta(days=days)
        starts_at = datetime.combine(day, time(hour), coordinator.zone).astimezone(UTC)
        return actions.plan_meeting(
            by=coordinator,
            at=at,
            day=day,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            place="Room B",
            capacity=capacity,
        )

    return plan
