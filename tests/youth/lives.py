"""An invented young person, and a few days of a life, made through the actions."""

from datetime import date, datetime, timedelta
from typing import Any

from alongside.access.actor import Actor
from alongside.access.models import Grant, User
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

TODAY = date(2026, 11, 19)


def begin(officer: User, *, by: Actor, at: datetime) -> Youth:
    """Joaquín, whom the unit supports since September 2025."""
    youth = open_youth(
        by=by,
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
    since = date(2025, 9, 22)
    open_case(youth, by=by, at=at, day=since, level="full", officer=officer)
    return youth


def live(youth: Youth, *, by: Actor, at: datetime) -> None:
    """People, facts, contacts, a goal and something booked."""
    acting: dict[str, Any] = {"by": by, "at": at}
    before: dict[str, Any] = {"kind": "strtp", "place": "Bright Harbor"}
    change_fact(Stay, youth, date(2026, 3, 1), **before, **acting)
    now: dict[str, Any] = {"kind": "resource_family", "place": "the Delgado family"}
    change_fact(Stay, youth, date(2026, 8, 28), town="Eastfield", **now, **acting)
    school: dict[str, Any] = {"school": "Eastfield High", "grade": "11th grade"}
    change_fact(Schooling, youth, date(2026, 8, 17), **school, **acting)
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
    said: dict[str, Any] = {"kind": "what_works", "said_on": TODAY}
    add_own_words(youth, "Text me first.", "on what works", **said, **acting)
    for days, kind in ((6, "contact_in_person"), (2, "contact_text")):
        log_contact(
            youth,
            kind,
            happened_at=at - timedelta(days=days),
            note="Showed the engine he is rebuilding.",
            present=[youth, uncle],
            **acting,
        )
    soon: dict[str, Any] = {
        "day": TODAY,
        "starts_at": at + timedelta(hours=1),
        "place": "Room B",
    }
    plan(youth, "school_meeting", **soon, **acting)
    words = "I want to graduate with my class."
    goal = set_goal(
        youth,
        words=words,
        category="education",
        set_by=SetBy.YOUTH,
        set_on=date(2026, 9, 1),
        **acting,
    )
    step: dict[str, Any] = {
        "text": "Meet the auto-shop teacher",
        "who": "Keisha Monroe",
    }
    add_step(youth, goal=goal, due_on=date(2026, 10, 15), **step, **acting)
