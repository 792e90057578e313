"""What practice policies ask for, mostly done in time; a few are left for today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from alongside.activities import actions as activities
from alongside.config.demo_unit.lives import Life
from alongside.people.models import Youth

if TYPE_CHECKING:
    from alongside.config.demo_unit.telling import Telling

_DETAINED = {"juvenile_hall", "camp"}
# Of a hundred things that were due, so many were done; the rest show on Today.
_DONE = 0.96
_FRIDAY = 4
_AGREED = (
    "Text and wait half an hour; most texts are answered. Then the grandmother. By ten"
    " at night without an answer, the on-call line decides with her.",
    "Call once, then text. The cousin on Ninth Street usually knows. Nobody comes to"
    " school in a county car.",
    "Ask the people at home first. A single letter by text is enough of an answer.",
)


class Upkeep:
    """Safety plans, family meetings, welcome-back talks, visits and court reports."""

    def __init__(self, telling: Telling, life: Life, youth: Youth) -> None:
        self.told, self.life, self.youth = telling, life, youth
        self.dice, self.end = life.dice, life.closed or telling.today

    def tell(self, opened: date, hearings: list[date]) -> None:
        """Each kind by its own rhythm."""
        self._every("safety_plan", max(opened, self.life.received) + _days(1), 82)
        self._every("cft", opened + _days(self.dice.randint(20, 60)), 84)
        for before, stay in zip(
            [None, *self.life.stays], self.life.stays, strict=False
        ):
            if before is not None and before.kind == "away":
                self._once("welcome_back", stay.starts + _days(1))
            if stay.kind in _DETAINED:
                self._once("detention_visit", stay.starts + _days(1))
        for hearing in hearings:
            self._once("court_report", hearing - _days(9))

    def _every(self, kind: str, day: date, rhythm: int) -> None:
        while day < self.end:
            self._once(kind, day)
            day += _days(self.dice.randint(rhythm - 10, rhythm))

    def _once(self, kind: str, day: date) -> None:
        if day.weekday() > _FRIDAY:  # offices are closed: on Monday, then
            day += _days(7 - day.weekday())
        if day >= self.end or day < self.life.received or self.dice.random() > _DONE:
            return
        with self.told.as_(self.life.officer, self.told.at(day, 16)) as (by, at):
            done = activities.plan(
                self.youth,
                kind,
                by=by,
                at=at,
                day=day,
                officer=self.told.team.users[self.life.officer],
            )
            note = self.dice.choice(_AGREED) if kind == "safety_plan" else ""
            activities.complete(done, by=by, at=at, note=note)


def _days(count: int) -> timedelta:
    return timedelta(days=count)
