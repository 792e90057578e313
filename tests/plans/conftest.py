"""A youth of the Bridge Unit with a goal in his own words."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.people.actions import open_youth
from alongside.people.models import Youth
from alongside.plans import actions
from alongside.plans.models import Goal
from alongside.plans.rules import SetBy


@pytest.fixture
def amara(become: Callable[[str], Actor]) -> Actor:
    """The officer, acting."""
    return become("amara")


@pytest.fixture
def youth(amara: Actor, at: datetime) -> Youth:
    """Quino."""
    return open_youth(
        by=amara,
        at=at,
        because=Grant.Because.ENROLMENT,
        given_name="Joaquín",
        family_name="Ramos",
        called="Quino",
    )


@pytest.fixture
def goal(youth: Youth, amara: Actor, at: datetime) -> Goal:
    """He wants to graduate with his class."""
    return actions.set_goal(
        youth,
        by=amara,
        at=at,
        words="I want to graduate with my class, not after them.",
        category="education",
        set_by=SetBy.YOUTH,
        set_on=date(2026, 9, 22),
        specific="Earn the 12 credits he lacks.",
        harm_reduction="Two full school days a week counts as on track.",
    )
