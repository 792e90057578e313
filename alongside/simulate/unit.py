"""A simulated unit: young people, staff and the daily work, in the contract's tables.

Nothing in it is calibrated to anything: it is there so that every program measure has
rows to run on.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from alongside.measures.answers import LEADERSHIP
from alongside.simulate.book import Book, Luck, days_after, every
from alongside.simulate.unit_answers import answers
from alongside.simulate.unit_life import health, life, school
from alongside.simulate.unit_work import work

AS_OF = date(2024, 7, 1)
OPENED = date(2021, 7, 1)  # when the unit began
UNIT = "North"
TRAININGS = {"csec_101": 8, "csec_102": 8, "harm_reduction": 6, "culture": 4}
YOUTH_PER_WORKER = 12


def write_unit(out: Path, *, youth: int, seed: int) -> None:
    """Write every table of one unit of so many young people."""
    book = Book(AS_OF, Luck(seed))
    workers = [_staff(book, "worker") for _ in range(max(2, youth // YOUTH_PER_WORKER))]
    advocates = [_staff(book, "advocate") for _ in range(max(1, len(workers) // 3))]
    for _ in range(youth):
        person = life(book, UNIT, OPENED, workers, advocates)
        work(book, person)
        health(book, person)
        school(book, person)
        answers(book, person)
    _wellness(book, len(workers) + len(advocates))
    _staff_survey(book, len(workers) + len(advocates))
    book.write(out)


def _staff(book: Book, role: str) -> str:
    luck = book.luck
    start = days_after(OPENED, -luck.between(0, 900))
    staff = book.add("staff", unit=UNIT, role=role, start_date=start)
    for topic, hours in TRAININGS.items():
        for day in every(days_after(OPENED, luck.between(0, 200)), AS_OF, 365):
            if luck.chance(0.8):
                book.add(
                    "training",
                    staff_id=staff,
                    topic=topic,
                    hours=float(hours),
                    completed_date=day,
                )
    return staff


def _wellness(book: Book, staff: int) -> None:
    """Monthly, without saying who."""
    luck = book.luck
    for month in every(OPENED, AS_OF, 30):
        for _ in range(staff):
            kind = luck.pick(
                {"goal": 5, "no_goal": 3, "individual": 2, "organization": 1}
            )
            progress = float(luck.between(1, 5)) if kind == "goal" else None
            book.add("wellness", kind=kind, report_date=month, progress=progress)


def _staff_survey(book: Book, staff: int) -> None:
    items = (*LEADERSHIP, "harm_reduction")
    for quarter in every(OPENED, AS_OF, 91):
        for _ in range(staff):
            response = f"staff-{len(book.rows['form_answer'])}"
            for item in items:
                book.add(
                    "form_answer",
                    response_id=response,
                    form="staff_survey",
                    item=item,
                    answered_date=quarter,
                    value=float(book.luck.between(2, 5)),
                    respondent="staff",
                )
