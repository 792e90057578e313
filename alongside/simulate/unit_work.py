"""What the unit does with and about one young person."""

from __future__ import annotations

from datetime import date, timedelta

from alongside.measures.codelists import PLACEMENT_REASON
from alongside.simulate.book import Book, at, days_after, every
from alongside.simulate.unit_life import Person

AGENCIES = ("advocacy", "county_counsel", "mental_health", "school", "police")
# How many days lie between activities of a kind, and how often one is missed.
RHYTHM: dict[str, tuple[int, float]] = {
    "contact": (8, 0.1),
    "caregiver_contact": (20, 0.1),
    "family_visit": (30, 0.25),
    "supportive_adult": (25, 0.1),
    "mdt": (90, 0.15),
    "cft": (120, 0.1),
    "court": (60, 0.1),
    "review": (90, 0.1),
    "empowerment": (60, 0.4),
    "pro_social": (30, 0.3),
    "safety_plan_review": (90, 0.15),
    "need_event": (70, 0.0),
    "disclosure": (120, 0.0),
    "credit_check": (200, 0.1),
    "placement_change": (150, 0.0),
}
REASONS: dict[str, tuple[str, ...]] = {
    "mdt": ("initial", "ongoing", "90_day", "as_needed"),
    "disclosure": ("consent", "notice", "neither"),
    "credit_check": ("clear", "repaired", "error_open"),
    "placement_change": tuple(PLACEMENT_REASON),
}
DOMAINS = ("education", "health", "safety", "work", "relationships")
SERVICES = ("mental_health", "substance_use", "housing", "mentoring", "medical")


def work(book: Book, person: Person) -> None:
    """Referral, activities, goals and services."""
    _referral(book, person)
    for kind in RHYTHM:
        _activities(book, person, kind)
    _testimony(book, person)
    for domain in book.luck.some(DOMAINS, 0.6):
        _goal(book, person, domain)
    for service in book.luck.some(SERVICES, 0.6):
        _service(book, person, service)


def _referral(book: Book, person: Person) -> None:
    luck, referral = book.luck, f"referral-{person.child}"
    reached = at(days_after(person.start, -luck.between(3, 20)), luck)
    outcomes = {"reported": "hotline", "received": "police", "assessed": "enrol"}
    stages = (
        *("reported", "received", "assessed", "decided", "sent"),
        *("agency_received", "accepted", "assigned", "first_contact", "closed"),
    )
    for stage in stages:
        if reached.date() >= book.as_of or luck.chance(0.04):
            break
        book.add(
            "referral_stage",
            referral_id=referral,
            child_id=person.child,
            stage=stage,
            reached_at=reached,
            outcome=outcomes.get(stage, "accepted"),
        )
        reached += timedelta(hours=luck.between(2, 70))


def _activities(book: Book, person: Person, kind: str) -> None:
    luck = book.luck
    step, missed = RHYTHM[kind]
    first = days_after(person.start, luck.between(1, step))
    for due in every(first, person.end, step):
        done = days_after(due, luck.between(-4, 6))
        status = "missed" if luck.chance(missed) else "completed"
        if done >= book.as_of:
            status = "scheduled"
        in_person = kind in ("mdt", "family_visit") or luck.chance(0.7)
        book.add(
            "activity",
            child_id=person.child,
            kind=kind,
            status=status,
            due_date=due,
            activity_date=done,
            channel="in_person" if in_person else luck.one(("phone", "text", "video")),
            initiated_by="youth" if luck.chance(0.15) else "team",
            agency=luck.one(AGENCIES) if luck.chance(0.5) else None,
            staff_id=person.worker,
            wanted=luck.chance(0.85),
            reason=luck.one(REASONS[kind]) if kind in REASONS else None,
            meeting_id=f"mdt-{done:%G-%V}" if kind == "mdt" else None,
        )


def _testimony(book: Book, person: Person) -> None:
    luck = book.luck
    if not luck.chance(0.15):
        return
    day = days_after(person.start, luck.between(20, 300))
    if day >= person.end:
        return
    book.add(
        "activity",
        child_id=person.child,
        kind="testimony",
        status="completed",
        activity_date=day,
        staff_id=person.worker,
    )
    book.add(
        "protocol_event",
        child_id=person.child,
        protocol="witness",
        occurred_at=at(day, luck),
        started_at=at(days_after(day, -luck.between(1, 20)), luck),
        steps_complete=luck.chance(0.7),
    )


def _goal(book: Book, person: Person, domain: str) -> None:
    luck = book.luck
    start = days_after(person.start, luck.between(5, 120))
    if start >= person.end:
        return
    first = luck.between(1, 3)
    goal = book.add(
        "goal",
        child_id=person.child,
        domain=domain,
        origin=luck.pick({"youth": 5, "worker": 2, "team": 2, "court": 1}),
        start_date=start,
        end_date=book.past(days_after(start, luck.between(90, 500))),
        first_rating=float(first),
        latest_rating=float(first + luck.between(-1, 2)),
    )
    for due in every(
        days_after(start, 14), min(days_after(start, 200), person.end), 30
    ):
        _step(book, person, goal, due)


def _step(book: Book, person: Person, goal: str, due: date) -> None:
    luck = book.luck
    done = (
        book.past(days_after(due, luck.between(-10, 10))) if luck.chance(0.75) else None
    )
    dropped = done is None and luck.chance(0.3)
    book.add(
        "action_step",
        goal_id=goal,
        child_id=person.child,
        kind="tie_removal" if luck.chance(0.1) else "other",
        agency=luck.one(AGENCIES) if luck.chance(0.4) else None,
        due_date=due,
        done_date=done,
        status="done" if done else "dropped" if dropped else "open",
    )


def _service(book: Book, person: Person, service: str) -> None:
    luck = book.luck
    need = days_after(person.start, luck.between(0, 90))
    referred = book.past(days_after(need, luck.between(0, 30)))
    referred = referred if luck.chance(0.85) else None
    started = None
    if referred is not None and luck.chance(0.75):
        started = book.past(days_after(referred, luck.between(3, 45)))
    ended = None
    if started is not None:
        ended = book.past(days_after(started, luck.between(20, 300)))
    if need >= book.as_of:
        return
    referral = book.add(
        "service_referral",
        child_id=person.child,
        service=service,
        need_date=need,
        wanted=luck.chance(0.8),
        referred_date=referred,
        started_date=started,
        ended_date=ended,
        outcome=("started" if started else "waiting") if referred else None,
    )
    if started is None:
        return
    for day in every(started, ended or person.end, 7):
        book.add(
            "service",
            child_id=person.child,
            service_referral_id=referral,
            service=service,
            session_date=day,
            status=luck.pick({"kept": 7, "missed": 2, "cancelled": 1}),
        )
