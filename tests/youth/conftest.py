"""A youth of the Bridge Unit: newly known, and with a few days of a life."""

from collections.abc import Callable
from datetime import datetime

import pytest

from alongside.access.actor import Actor
from alongside.people.models import Youth
from tests import cast
from tests.youth.lives import begin, live

Become = Callable[..., Actor]


@pytest.fixture
def youth(become: Become, at: datetime) -> Youth:
    """Joaquín, with a case and an officer."""
    return begin(cast.user("amara"), by=become("amara"), at=at)


@pytest.fixture
def lived(youth: Youth, become: Become, at: datetime) -> Youth:
    """The same, with people, facts, contacts, a goal and something booked."""
    live(youth, by=become("amara"), at=at)
    return youth
