"""What one young person, and those who rate, answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from alongside.measures.answers import (
    CULTURE,
    ENGAGEMENT,
    OWN_ITEMS,
    RESOURCES,
    TEAM,
    VOICE,
)
from alongside.simulate.book import Book, days_after, every
from alongside.simulate.unit_life import Person

CANS = tuple(map(str, range(1, 41)))
SURVEY = tuple(
    dict.fromkeys((*ENGAGEMENT, *TEAM, *VOICE, *RESOURCES, *CULTURE, *OWN_ITEMS))
)
SKIPPED = 0.07
BEHAVIORS = ("leaving", "substance_use", "school")
USE_REASONS = ("coercion", "coping", "dissociation", "peer", "other")
NEEDS = ("food", "shelter", "clothing", "own_needs")
HARMS = ("partner_violence", "recruitment")
SUFFICIENCY = ("housing", "income", "documents", "accounts")
FELT = ("in_control", "can_leave_unhealthy_ties", "knows_where_to_go", "belongs")


def answers(book: Book, person: Person) -> None:
    """Ratings every six months, a check-in every month, a survey nobody can trace."""
    luck = book.luck
    better = 0.0
    for day in every(days_after(person.start, luck.between(5, 40)), person.end, 182):
        better += 0.3
        cans = {
            item: float(max(0, min(3, round(luck.rng.normal(1.6 - better, 1)))))
            for item in CANS
        }
        _answer(book, person, "cans", day, cans, respondent="worker")
        stress = {"total": float(max(0, round(luck.rng.normal(24 - 6 * better, 8))))}
        _answer(book, person, "cats2", day, stress)
        _survey(book, person, days_after(day, luck.between(0, 60)))
        stages = {name: float(luck.between(0, 5)) for name in BEHAVIORS}
        _answer(book, person, "stage_of_change", day, stages)
    for day in every(days_after(person.start, 15), person.end, 30):
        use = {"days_per_30": float(luck.between(0, 12))}
        reason = {"reason": luck.one(USE_REASONS)}
        _answer(book, person, "use_report", day, use, choices=reason)
        _review(book, person, days_after(day, 3))
    for days in (182, 365):
        _follow_up(book, person, days_after(person.end, days + luck.between(-20, 20)))


def _review(book: Book, person: Person, day: date) -> None:
    luck = book.luck
    cells = {name: float(luck.chance(0.85)) for name in NEEDS}
    cells |= {"adults_outside_unit": float(luck.between(0, 3))}
    cells |= {name: float(luck.chance(0.1)) for name in HARMS}
    _answer(book, person, "review", day, cells, respondent="worker")


def _follow_up(book: Book, person: Person, day: date) -> None:
    """Answered by some of those who left."""
    luck = book.luck
    if person.end < book.as_of and luck.chance(0.6):
        yes_or_no = (*SUFFICIENCY, "education_or_work", "unmet_health_need")
        cells = {name: float(luck.chance(0.6)) for name in yes_or_no}
        cells |= {"knows_where_to_get_care": float(luck.chance(0.8))}
        cells |= {"adults_outside_unit": float(luck.between(0, 3))}
        cells |= {name: float(luck.between(2, 5)) for name in FELT}
        _answer(book, person, "follow_up", day, cells)


def _survey(book: Book, person: Person, day: date) -> None:
    """Mostly anonymous: it then carries no identifier of anybody."""
    luck = book.luck
    if day >= book.as_of:
        return
    cells = {item: float(min(5, luck.between(2, 6))) for item in SURVEY}
    contact = {"contact_amount": luck.one(("too_little", "just_right", "too_much"))}
    named = person if luck.chance(0.2) else None
    _answer(book, named, "youth_survey", day, cells, choices=contact)


def _answer(
    book: Book,
    person: Person | None,
    form: str,
    day: date,
    cells: Mapping[str, float],
    *,
    choices: Mapping[str, str] | None = None,
    respondent: str = "youth",
) -> None:
    if day >= book.as_of:
        return
    response = f"response-{len(book.rows['form_answer']) + 1}"
    for item, choice in (choices or {}).items():
        book.add(
            "form_answer",
            response_id=response,
            child_id=person.child if person else None,
            form=form,
            item=item,
            answered_date=day,
            choice=choice,
            respondent=respondent,
        )
    for item, value in cells.items():
        book.add(
            "form_answer",
            response_id=response,
            child_id=person.child if person else None,
            form=form,
            item=item,
            answered_date=day,
            value=None if book.luck.chance(SKIPPED) else value,
            respondent=respondent,
        )
