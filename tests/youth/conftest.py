"""A youth of the Bridge Unit with a case, an officer, a stay and a few days of life."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.activities.actions import log_contact, plan
from alongside.cases.actions import open_case
from alongside.people.actions import (
    add_identifier,
    add_own_words,
    add_person,
    change_fact,
    open_youth,
)
from alongside.people.models import Schooling, Stay, Youth
from alongside.plans.actions import add_step, set_goal
from alongside.plans.rules import SetBy
from tests import cast

Become = Callable[..., Actor]


@pytest.fixture
def today(at: datetime) -> date:
    """The unit's calendar day."""
    return date(2026, 11, 19)


@pytest.fixture
def youth(become: Become, at: datetime, today: date) -> Youth:
    """Joaquín, whom the unit supports since September 2025."""
    amara = become("amara")
    made = open_youth(
        by=amara,
        at=at,
        because=Grant.Because.ENROLMENT,
        given_name="Joaquín",
        family_name="Ramos",
        called="Quino",
        pronouns="he/him",
        birth_date=date(2010, 7, 3),
        birth_precision="day",
        phone="555-0142",
    )
    open_case(
        made,
        by=amara,
        at=at,
        day=date(2025, 9, 22),
        level="full",
        officer=cast.user("amara"),
    )
    return made


@pytest.fixture
def lived(youth: Youth, become: Become, at: datetime, today: date) -> Youth:
    """The same, with people, facts, contacts, a goal and something booked."""
    acting = {"by": become("amara"), "at": at}
    change_fact(
        Stay, youth, date(2026, 3, 1), kind="strtp", place="Bright Harbor", **acting
    )
    change_fact(
        Stay,
        youth,
        date(2026, 8, 28),
        kind="resource_family",
        place="the Delgado family",
        town="Eastfield",
        **acting,
    )
    change_fact(
        Schooling,
        youth,
        date(2026, 8, 17),
        school="Eastfield High",
        grade="11th grade",
        **acting,
    )
    uncle = add_person(
        youth,
        name="Rafael Ramos",
        relation="uncle",
        phone="555-0177",
        is_family=True,
        first_call=True,
        **acting,
    )
    add_identifier(youth, "pdj", "104 418", **acting)
    add_own_words(
        youth,
        "Text me first.",
        "on what works",
        kind="what_works",
        said_on=today,
        **acting,
    )
    for days, kind in ((6, "contact_in_person"), (2, "contact_text")):
        log_contact(
            youth,
            kind,
            happened_at=at - timedelta(days=days),
            note="Showed the engine he is rebuilding.",
            present=[youth, uncle],
            **acting,
        )
    plan(
        youth,
        "school_meeting",
        day=today,
        starts_at=at + timedelta(hours=1),
        place="Room B",
        **acting,
    )
    goal = set_goal(
        youth,
        words="I want to graduate with my class.",
        category="education",
        set_by=SetBy.YOUTH,
        set_on=date(2026, 9, 1),
        **acting,
    )
    add_step(
        youth,
        text="Meet the auto-shop teacher",
        who="Keisha Monroe",
        goal=goal,
        due_on=date(2026, 10, 15),
        **acting,
    )
    return youth
