"""What happens once a case is open: contacts, goals, reviews, court, own words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from alongside.activities import actions as activities
from alongside.cases.cover_notes import leave_cover_note
from alongside.cases.models import Case
from alongside.config.demo_unit.lives import Life, material
from alongside.config.demo_unit.upkeep import Upkeep
from alongside.kernel.refusal import Refused
from alongside.meetings.actions.minutes import (
    Present,
    Recommendation,
    Standing,
    save_item,
)
from alongside.meetings.actions.places import book
from alongside.meetings.models import Item
from alongside.people import actions as people
from alongside.people.models import Person, Youth
from alongside.plans import actions as plans
from alongside.plans.models import ActionStep, Goal
from alongside.plans.rules import SETTLED, GoalStatus, SetBy, StepStatus

if TYPE_CHECKING:
    from alongside.config.demo_unit.telling import Telling

_CLOSELY = timedelta(days=100)  # before that, a contact every other week is told


class Reviews:
    """The working life of one case, told in the order of its days."""

    def __init__(self, telling: Telling, life: Life, youth: Youth) -> None:
        self.told, self.life, self.youth = telling, life, youth
        self.dice, self.texts = life.dice, material()
        self.end = life.closed or telling.today

    def tell(self, case: Case) -> None:
        """Goals, contacts and reviews, then what is booked ahead."""
        self.opened = case.opened_on
        self._goals()
        self._contacts()
        if self.life.level != "tracking":
            self._reviews()
            upkeep = Upkeep(self.told, self.life, self.youth)
            upkeep.tell(case.opened_on, self._court())
        self._settle_steps()
        self._own_words()

    def _settle_steps(self) -> None:
        """Most of what was to be done was; now and then a goal was reached."""
        late = self.told.today - timedelta(days=25)
        for step in ActionStep.objects.filter(youth=self.youth, due_on__lt=late):
            lately = step.due_on is None or (late - step.due_on).days < 21
            still_open = lately and self.dice.random() < 0.3
            if step.status in SETTLED or still_open:
                continue
            day = min(step.due_on or self.end, self.end)
            with self.told.as_(self.life.officer, self.told.at(day, 15)) as (by, at):
                plans.settle_step(step, StepStatus.DONE, by=by, at=at, day=day)
        goal = Goal.objects.filter(
            youth=self.youth, set_on__lt=self.end - timedelta(days=120)
        ).first()
        if goal is not None and self.dice.random() < 0.4:
            day = goal.set_on + timedelta(days=100)
            with self.told.as_(self.life.officer, self.told.at(day, 15)) as (by, at):
                plans.end_goal(goal, GoalStatus.REACHED, by=by, at=at, day=day)

    def _day(self, after: int) -> date:
        return min(self.opened + timedelta(days=after), self.end)

    def _goals(self) -> None:
        day = self._day(self.dice.randint(5, 25))
        with self.told.as_(self.life.officer, self.told.at(day, 15)) as (by, at):
            for goal in self.dice.sample(self.texts["goals"], self.dice.randint(1, 3)):
                parts = {k: v for k, v in goal.items() if k not in ("steps", "words")}
                category = parts.pop("category")
                made = plans.set_goal(
                    self.youth,
                    by=by,
                    at=at,
                    words=goal["words"],
                    category=category,
                    set_by=SetBy.YOUTH,
                    set_on=day,
                    set_with=self.told.team.users[self.life.officer].name,
                    **parts,
                )
                for number, (text, who) in enumerate(goal["steps"]):
                    plans.add_step(
                        self.youth,
                        by=by,
                        at=at,
                        text=text,
                        goal=made,
                        due_on=day + timedelta(days=21 * (number + 2)),
                        **self._who(who),
                    )

    def _who(self, who: str) -> dict[str, Any]:
        officer = self.told.team.users[self.life.officer]
        match who:
            case "officer":
                return {"who": officer.name, "user": officer}
            case "youth":
                return {"who": self.youth.called_name}
        relation = {"school": "school_counselor", "family": "grandmother"}.get(
            who, "advocate"
        )
        person = Person.objects.filter(youth=self.youth, relation=relation).first()
        if person is None:
            return {"who": officer.name, "user": officer}
        return {"who": person.name, "person": person}

    def _contacts(self) -> None:
        day = self.opened + timedelta(days=2)
        while day < self.end:
            lately = self.told.today - day < _CLOSELY
            kind = self.dice.choices(
                ["contact_in_person", "contact_text", "contact_call", "contact_video"],
                [75, 12, 10, 3] if self.life.level == "full" else [40, 30, 25, 5],
            )[0]
            if day.weekday() < 5:
                self._contact(kind, day)
            busy = self.life.level == "full" and lately
            day += timedelta(
                days=self.dice.randint(4, 9) if busy else self.dice.randint(14, 30)
            )

    def _contact(self, kind: str, day: date) -> None:
        """As it can be where they stay that day."""
        stays = [stay for stay in self.life.stays if stay.starts <= day]
        where = stays[-1] if stays else None
        notes, place = self.texts["contacts"][kind], ""
        if kind == "contact_in_person":
            place = "Northgate Library"
        if where is not None and where.kind in ("juvenile_hall", "camp"):
            kind, place = "contact_in_person", where.place
            notes = self.texts["contacts"]["detained"]
        elif where is not None and where.kind == "away":
            kind, place, notes = "contact_tried", "", self.texts["contacts"]["away"]
        self._log(kind, day, self.dice.choice(notes), place)

    def _log(self, kind: str, day: date, note: str, place: str) -> None:
        hour, minute = self.dice.randint(9, 17), self.dice.choice([0, 15, 30, 45])
        who = self.life.officer if self.dice.random() < 0.85 else "rosa"
        happened = self.told.at(day, hour, minute)
        if happened > self.told.now:
            return
        with self.told.as_(who, happened + timedelta(minutes=20)) as (by, at):
            activities.log_contact(
                self.youth,
                kind,
                by=by,
                at=at,
                happened_at=happened,
                note=note,
                place=place,
            )

    def _reviews(self) -> None:
        day, kind = (
            self.opened + timedelta(days=self.dice.randint(8, 14)),
            "mdt_initial",
        )
        while day < self.end + timedelta(days=20):
            meeting = self.told.session_from(day)
            if self.life.closed and meeting.day >= self.life.closed:
                return
            try:
                item = self._book(kind, meeting.day)
            except Refused:  # that session is full; the next one, then
                day = meeting.day + timedelta(days=1)
                continue
            if meeting.day < self.told.today:
                self._hold(item, meeting.day)
            day = meeting.day + timedelta(days=self.dice.randint(70, 96))
            kind = self.dice.choice(["mdt_90_day", "mdt_90_day", "mdt_ongoing"])

    def _book(self, kind: str, day: date) -> Item:
        meeting = self.told.session_from(day)
        planned = self.told.at(max(self.opened, day - timedelta(days=12)), 11)
        with self.told.as_("jo", planned) as (by, at):
            return book(self.youth, kind, meeting, by=by, at=at)

    def _hold(self, item: Item, day: date) -> None:
        steps = list(ActionStep.objects.filter(youth=self.youth).select_related("goal"))
        waiting = [step for step in steps if step.status not in SETTLED]
        goals = Goal.objects.filter(youth=self.youth, status=GoalStatus.UNDER_WAY)
        with self.told.as_("jo", self.told.at(day, 11)) as (by, at):
            text, who = self.dice.choice(self.texts["recommendations"])
            item.refresh_from_db()
            save_item(
                item,
                item.version,
                by=by,
                at=at,
                own_words=self.dice.choice(self.texts["for_review"]),
                summary=self.dice.choice(self.texts["summaries"]),
                for_court=self.dice.choice(self.texts["court_words"]),
                attendance=self._present(),
                standings=[
                    Standing(
                        step,
                        self.dice.choices(
                            [StepStatus.DONE, StepStatus.PARTLY, StepStatus.OPEN],
                            [6, 2, 2],
                        )[0],
                    )
                    for step in waiting
                    if step.due_on and step.due_on <= day
                ],
                changes={goal: "Moved a little further." for goal in goals[:1]},
                recommendations=[
                    Recommendation(
                        text=text,
                        due_on=day + timedelta(days=self.dice.randint(20, 60)),
                        goal=next(iter(goals), None),
                        **self._who(who),
                    )
                ],
            )

    def _present(self) -> list[Present]:
        officer = self.told.team.users[self.life.officer]
        there = [
            Present(
                self.youth.called_name, is_youth=True, present=self.dice.random() < 0.8
            ),
            Present(officer.name, "Bridge Unit", user=officer),
        ]
        for person in Person.objects.filter(youth=self.youth)[:4]:
            there.append(
                Present(
                    person.name,
                    person.organization,
                    present=self.dice.random() < 0.8,
                    how=self.dice.choice(["in_person", "in_person", "phone"]),
                    person=person,
                )
            )
        return there

    def _court(self) -> list[date]:
        """Hearings every three months or so; the days they are on."""
        hearings: list[date] = []
        day = self.opened + timedelta(days=self.dice.randint(20, 60))
        while day < self.told.today + timedelta(days=120):
            if self.life.closed and day >= self.life.closed:
                break
            if day.weekday() >= 5:
                day += timedelta(days=7 - day.weekday())
            before = max(self.opened, min(day - timedelta(days=40), self.told.today))
            with self.told.as_(self.life.officer, self.told.at(before, 14)) as (by, at):
                hearing = activities.plan(
                    self.youth,
                    "court_hearing",
                    by=by,
                    at=at,
                    day=day,
                    starts_at=self.told.at(day, 13, 15),
                    officer=self.told.team.users[self.life.officer],
                    title="Review hearing",
                )
            if day < self.told.today:
                with self.told.as_(self.life.officer, self.told.at(day, 15)) as (
                    by,
                    at,
                ):
                    activities.complete(hearing, by=by, at=at)
            hearings.append(day)
            day += timedelta(days=self.dice.randint(80, 120))
        return hearings

    def _own_words(self) -> None:
        said = max(self._day(30), self.end - timedelta(days=70))
        with self.told.as_(
            self.life.officer, self.told.at(min(said, self.end), 12)
        ) as (
            by,
            at,
        ):
            people.add_own_words(
                self.youth,
                self.dice.choice(self.texts["what_works"]),
                "On what works",
                by=by,
                at=at,
                said_on=said,
                kind="what_works",
            )
        if self.life.outcome == "active" and self.dice.random() < 0.7:
            day = self.told.today - timedelta(days=self.dice.randint(1, 12))
            day = max(day, self.opened)
            with self.told.as_(self.life.officer, self.told.at(day, 17)) as (by, at):
                leave_cover_note(
                    self.youth,
                    self.dice.choice(self.texts["cover_notes"]),
                    by=by,
                    at=at,
                )
