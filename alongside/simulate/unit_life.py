"""One young person's time with the unit: facts, homes, health and school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.measures.codelists import DISPOSITION, VITAL_DOCUMENT
from alongside.simulate.assumptions import ASSUMED
from alongside.simulate.book import Book, at, days_after, every
from alongside.simulate.places import COUNTIES


@dataclass(frozen=True)
class Person:
    """A young person while with the unit."""

    child: str
    birth: date
    start: date
    end: date  # the end of the time with the unit, or the day of the extract
    worker: str


def life(
    book: Book,
    unit: str,
    opened: date,
    workers: Sequence[str],
    advocates: Sequence[str],
) -> Person:
    """Enrolment and everything that is true for a period."""
    luck = book.luck
    start = days_after(opened, luck.between(0, (book.as_of - opened).days - 30))
    birth = days_after(start, -luck.between(12 * 365, 17 * 365 + 300))
    child = book.add(
        "child",
        birth_date=birth,
        county=luck.one(COUNTIES[:3]),
        race_ethnicity=luck.pick(ASSUMED.race_ethnicity),
        gender=luck.pick(ASSUMED.concern_gender),
    )
    end = days_after(start, luck.between(90, 900))
    person = Person(child, birth, start, min(end, book.as_of), luck.one(workers))
    book.fact(child, "unit", start, end, unit)
    _support(book, person, workers, advocates)
    _concerns(book, person)
    _legal(book, person)
    _papers(book, person)
    _homes(book, person)
    return person


def _support(
    book: Book, person: Person, workers: Sequence[str], advocates: Sequence[str]
) -> None:
    luck, child = book.luck, person.child
    first, second = luck.one(
        (("at_risk", "full"), ("full", "secondary"), ("full",) * 2)
    )
    middle = days_after(person.start, luck.between(30, 200))
    book.fact(child, "support_level", person.start, middle, first)
    book.fact(child, "support_level", middle, person.end, second)
    change = days_after(person.start, luck.between(100, 700))
    book.fact(child, "worker", person.start, min(change, person.end), person.worker)
    if change < person.end:
        book.fact(child, "worker", change, person.end, luck.one(workers))
    if luck.chance(0.8):
        met = days_after(person.start, luck.between(0, 60))
        book.fact(child, "advocate", met, person.end, luck.one(advocates))


def _concerns(book: Book, person: Person) -> None:
    luck, child = book.luck, person.child
    status = luck.pick({"at_risk": 4, "suspected": 3, "confirmed": 3})
    book.add("concern", child_id=child, kind=status, identified_date=person.start)
    screened = luck.chance(0.65)
    book.add(
        "report",
        child_id=child,
        report_date=days_after(person.start, -luck.between(0, 30)),
        allegation="cse",
        screened_in=screened,
        disposition=luck.one(tuple(DISPOSITION)) if screened else None,
    )
    if luck.chance(0.3):
        protocol(book, child, "first_responder", person.start)
    day = person.start
    while day < person.end:
        until = min(days_after(day, luck.between(60, 240)), person.end)
        book.fact(child, "exploitation", day, until, status)
        status = luck.pick({"none": 4, status: 4, "unknown": 1, "suspected": 1})
        day = until
    if luck.chance(0.25):
        again = days_after(person.start, luck.between(30, 500))
        if again < person.end:
            book.add(
                "concern",
                child_id=child,
                kind="confirmed",
                identified_date=again,
                incident_date=days_after(again, -luck.between(0, 20)),
            )


def _legal(book: Book, person: Person) -> None:
    luck, child = book.luck, person.child
    book.fact(child, "supervision", person.start, person.end, "court")
    opened = days_after(person.start, -luck.between(0, 400))
    book.add(
        "case_open",
        child_id=child,
        open_date=opened,
        close_date=book.past(days_after(opened, luck.between(300, 1_200))),
    )
    if luck.chance(0.3):
        begun = days_after(person.start, luck.between(10, 90))
        book.fact(child, "court", begun, person.end, luck.one(("star", "dream")))
    for day in every(days_after(person.start, luck.between(5, 90)), person.end, 200):
        if luck.chance(0.4):
            days = luck.between(2, 25)
            book.fact(child, "detention", day, days_after(day, days), "hall")
            protocol(book, child, "detention", day)
            kind = luck.one(("violation", "status", "other", "exploitation_related"))
            book.add("arrest", child_id=child, arrest_date=day, kind=kind)
    if luck.chance(0.2):
        book.fact(
            child,
            "record_relief",
            person.start,
            None,
            luck.one(("eligible", "filed", "granted")),
        )


def _papers(book: Book, person: Person) -> None:
    luck, child = book.luck, person.child
    for document in luck.some(list(VITAL_DOCUMENT), 0.6):
        got = days_after(person.start, luck.between(-300, 300))
        book.fact(child, "document", got, None, document)
    planned = days_after(person.start, luck.between(2, 40))
    for day in every(planned, person.end, 180):
        done = luck.one(("complete", "complete", "complete", "incomplete"))
        book.fact(
            child, "safety_plan", day, min(days_after(day, 180), person.end), done
        )
    plan = luck.one(
        ("goals_and_strategies", "goals_and_strategies", "goals", "neither")
    )
    book.fact(child, "case_plan", planned, person.end, plan)
    if luck.chance(0.3):
        book.fact(child, "iep", person.start, None)
    if luck.chance(0.15):
        book.fact(child, "expecting_or_parenting", person.start, None, "parenting")
        together = luck.one(("wanted_and_together", "wanted_and_apart"))
        book.fact(child, "with_own_child", person.start, None, together)
        for support in luck.some(("parenting_plan", "child_care", "housing"), 0.5):
            book.fact(child, "family_support", person.start, None, support)


def _homes(book: Book, person: Person) -> None:
    """In care with homes one after another, or at home; sometimes away from either."""
    luck, child = book.luck, person.child
    in_care = luck.chance(0.6)
    day = days_after(person.start, -luck.between(10, 300)) if in_care else person.start
    removal = None
    if in_care:
        is_over = person.end < book.as_of
        removal = book.add(
            "removal",
            child_id=child,
            entry_date=day,
            exit_date=person.end if is_over else None,
            exit_reason="reunification" if is_over else None,
            agency="probation",
        )
    else:
        book.fact(child, "living", day, person.end, f"home-{luck.between(1, 40)}")
    home, away = f"home-{luck.between(1, 40)}", False
    while day < person.end:
        length = luck.between(2, 20) if away else luck.between(20, 200)
        until = min(days_after(day, length), person.end)
        _home(book, person, removal, day, until, None if away else home)
        if away and luck.chance(0.5):
            home = f"home-{luck.between(1, 40)}"
        away = not away
        day = until


def _home(
    book: Book,
    person: Person,
    removal: str | None,
    start: date,
    end: date,
    home: str | None,
) -> None:
    luck = book.luck
    if home is None:
        book.fact(person.child, "away", max(start, person.start), end)
        _missing(book, person, start, end)
    if removal is not None:
        kinds = ("kin", "foster_home", "group_home", "strtp", "shelter")
        book.add(
            "placement",
            removal_id=removal,
            child_id=person.child,
            start_date=start,
            end_date=book.past(end),
            setting="absent" if home is None else luck.one(kinds),
            home_id=home,
        )


def _missing(book: Book, person: Person, start: date, end: date) -> None:
    luck = book.luck
    knew = at(start, luck)
    told = knew + timedelta(hours=luck.between(1, 40))
    back = at(end, luck) if end < book.as_of else None
    book.add(
        "protocol_event",
        child_id=person.child,
        protocol="locate",
        occurred_at=knew,
        started_at=told if luck.chance(0.9) else None,
        law_notified_at=told if luck.chance(0.9) else None,
        center_notified_at=told if luck.chance(0.8) else None,
        returned_at=back,
        debriefed_at=back + timedelta(days=luck.between(0, 6)) if back else None,
        steps_complete=luck.chance(0.8),
    )


def protocol(book: Book, child: str, name: str, day: date) -> None:
    """An event that called for a protocol, and how far it went."""
    luck = book.luck
    knew, accepted = at(day, luck), luck.chance(0.8)
    minutes, hours = luck.between(20, 140), luck.between(4, 100)
    book.add(
        "protocol_event",
        child_id=child,
        protocol=name,
        occurred_at=knew,
        started_at=knew + timedelta(hours=1) if luck.chance(0.85) else None,
        advocate_at=knew + timedelta(minutes=minutes),
        exam_at=knew + timedelta(hours=hours) if accepted else None,
        exam_accepted=accepted,
        steps_complete=luck.chance(0.8),
    )


def health(book: Book, person: Person) -> None:
    """Examinations, what was treated, wants that were met, and medicines."""
    luck = book.luck
    kinds = {
        "medical_exam": 300,
        "dental_exam": 180,
        "visit": 60,
        "illness": 200,
        "injury": 250,
        "emergency_visit": 300,
        "psychiatric_hold": 700,
        "hospital_stay": 900,
        "reproductive_care": 200,
        "sti_screen": 180,
    }
    for kind, step in kinds.items():
        first = days_after(person.start, luck.between(0, step))
        for day in every(first, person.end, step):
            treated = book.past(days_after(day, luck.between(0, 25)))
            book.add(
                "health_event",
                child_id=person.child,
                kind=kind,
                identified_date=day,
                treated_date=treated if luck.chance(0.85) else None,
                days=float(luck.between(1, 6)) if kind == "hospital_stay" else None,
                wanted=luck.chance(0.7),
                provider=luck.one(("clinic", "hospital", "school nurse")),
            )
    for drug in luck.some(("sertraline", "fluoxetine", "aripiprazole"), 0.12):
        book.add(
            "medication",
            child_id=person.child,
            drug=drug,
            drug_class="antipsychotic" if drug == "aripiprazole" else "psychotropic",
            start_date=person.start,
            end_date=book.past(days_after(person.start, luck.between(60, 500))),
        )


def school(book: Book, person: Person) -> None:
    """Terms, weeks, and steps toward work."""
    luck, better = book.luck, 0.0
    for day in every(person.start, person.end, 126):
        end = min(days_after(day, 110), person.end)
        if end <= day or luck.chance(0.15):
            continue
        setting = luck.one(("community", "community", "community", "detention"))
        book.add(
            "school_term",
            child_id=person.child,
            start_date=day,
            end_date=book.past(end),
            enrolled_days=float((end - day).days * 5 // 7),
            credits=float(luck.between(0, 30)),
            exclusions=float(luck.between(0, 1)),
            setting=setting,
        )
        for monday in every(days_after(day, -day.weekday()), end, 7):
            better = min(better + 0.05, 2.0)
            attended = min(5.0, max(0.0, luck.between(0, 4) + round(better)))
            book.add(
                "school_week",
                child_id=person.child,
                week_start=monday,
                days_attended=float(attended),
                setting=setting,
            )
    day = days_after(person.start, luck.between(0, 200))
    for step in range(luck.between(0, 5)):
        if day < person.end:
            book.add("work_step", child_id=person.child, step=step, reached_date=day)
        day = days_after(day, luck.between(20, 150))
