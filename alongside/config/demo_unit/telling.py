"""Telling a life through the application's own actions, as the people who did it."""

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from alongside.access import actions as access
from alongside.access.actor import Actor, acting, actor_for
from alongside.access.models import Grant
from alongside.activities.policies import adopt_pack
from alongside.cases import actions as cases
from alongside.cases.models import (
    Case,
    ChildWelfareStatus,
    CourtAssignment,
    LegalStatus,
)
from alongside.cases.referral_decisions import decide
from alongside.config.demo_unit.lives import Life, material
from alongside.config.demo_unit.reviews import Reviews
from alongside.config.demo_unit.team import HARBOR, People
from alongside.desk.mdt.calendar import closed_days
from alongside.forms.reading import latest_version
from alongside.kernel.compartments import Compartment
from alongside.kernel.dates import Precision
from alongside.meetings.actions import agencies, sessions
from alongside.meetings.models import Meeting
from alongside.people import actions as people
from alongside.people.models import Schooling, Stay, Youth
from alongside.referrals import actions as referrals
from alongside.referrals.assessing import sign_assessment
from alongside.referrals.models import Referral
from alongside.referrals.rules import Decision

BACK = timedelta(days=560)
AHEAD = timedelta(days=75)
_HAS_OFFICER = 0.85
_RELATIVES = ["uncle", "father", "brother"]


class Telling:
    """Who acts, when it is now, and the sessions reviews are booked in."""

    def __init__(self, team: People, now: datetime) -> None:
        self.team, self.now = team, now
        self.zone = team.unit.zone
        self.today = now.astimezone(self.zone).date()
        self.actors = {key: actor_for(user, now) for key, user in team.users.items()}
        self.meetings: list[Meeting] = []

    @contextmanager
    def as_(self, who: str, at: datetime) -> Iterator[tuple[Actor, datetime]]:
        """Somebody acts at an instant, which is never after now."""
        at = min(at, self.now)
        actor = self.actors[who]
        with acting(actor, at):
            yield actor, at

    def at(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """An instant of the unit's own day."""
        return datetime.combine(day, time(hour, minute), self.zone)

    def sessions(self) -> None:
        """Two sessions a week for eighteen months, and the ones to come."""
        first = self.today - BACK
        with self.as_("carol", self.at(first)) as (by, at):
            adopt_pack(self.team.unit, "probation", by=by, at=at, starts=first)
        with self.as_("jo", self.at(first)) as (by, at):
            for agency in self.team.agencies.values():
                agencies.invite(agency, by=by, at=at, starts=first)
            day = first
            while day < self.today + AHEAD:
                open_day = day.weekday() in (1, 3) and day not in closed_days(day.year)
                if open_day or day == self.today:
                    self.meetings.append(
                        sessions.plan_meeting(
                            by=by,
                            at=at,
                            day=day,
                            starts_at=self.at(day),
                            ends_at=self.at(day, 14),
                            place="Room B",
                            capacity=10,
                        )
                    )
                day += timedelta(days=1)
        self._days = [meeting.day for meeting in self.meetings]

    def session_from(self, day: date) -> Meeting:
        """The first session on or after a day."""
        return self.meetings[min(bisect_left(self._days, day), len(self._days) - 1)]

    @transaction.atomic
    def tell(self, life: Life) -> Youth:
        """One life, in the order it happened."""
        referral = self._refer(life)
        youth = referral.youth
        if life.outcome == "queue":
            self._leave_in_queue(life, referral)
            return youth
        self._look_into(life, referral)
        case = self._decide(life, referral)
        if case is None:
            return youth
        self._settle_in(life, youth, case)
        Reviews(self, life, youth).tell(case)
        if life.closed:
            with self.as_(life.officer, self.at(life.closed, 16)) as (by, at):
                case = Case.objects.get(pk=case.pk)
                reason = life.dice.choice(["goals_reached", "moved", "youth_choice"])
                cases.close_case(case, by=by, at=at, day=life.closed, reason=reason)
        return youth

    def _refer(self, life: Life) -> Referral:
        starts = self.at(life.received, 9, life.dice.randint(0, 59))
        taker = life.dice.choice(["denise", "tomas", "carol"])
        names: dict[str, Any] = {
            "given_name": life.given,
            "family_name": life.family,
            "called": life.called,
            "pronouns": life.pronouns,
            "birth_date": life.born,
            "birth_precision": Precision.DAY,
        }
        with self.as_(taker, starts) as (by, at):
            referral = referrals.start(
                by=by,
                at=at,
                names=names,
                number=("pdj", life.number),
                route=life.route,
                from_name="Intake desk",
                from_phone="555-0100",
                reported_at=at - timedelta(hours=life.dice.randint(3, 70)),
                received_at=at,
            )
            referrals.receive(referral, by=by, at=at)
        return Referral.objects.select_related("youth").get(pk=referral.pk)

    def _leave_in_queue(self, life: Life, referral: Referral) -> None:
        waited = (self.today - life.received).days
        if waited < 2:
            return
        with self.as_("denise", self.at(self.today - timedelta(days=1))) as (by, at):
            referrals.take(referral, by=by, at=at)
        if waited >= 7:
            self._sign(life, referral, self.today - timedelta(days=1))

    def _look_into(self, life: Life, referral: Referral) -> None:
        taken = life.received + timedelta(days=1)
        with self.as_("denise", self.at(taken)) as (by, at):
            referrals.take(referral, by=by, at=at)
        assessed = life.received + timedelta(days=life.dice.randint(3, 9))
        self._sign(life, referral, min(assessed, self.today - timedelta(days=5)))

    def _sign(self, life: Life, referral: Referral, day: date) -> None:
        texts = material()
        with self.as_("denise", self.at(day, 16)) as (by, at):
            version = latest_version("unit_assessment", by.unit_id)
            referral.refresh_from_db()
            answers = {
                "wish": life.dice.choice(texts["wishes"]),
                "would_like": "One person to text; help with school.",
                "talks": "Two talks at school, one with family.",
                "goes_well": "Drawing, an aunt, two close friends.",
                "adults": life.dice.choice(texts["adults"]),
                "help_areas": life.dice.sample(["school", "work", "sleep", "rides"], 2),
                "told": "yes",
            }
            sign_assessment(
                referral,
                version,
                answers,
                by=by,
                at=at,
                recommendation=_recommended(life),
            )

    def _decide(self, life: Life, referral: Referral) -> Case | None:
        meeting = self.session_from(life.received + timedelta(days=11))
        if meeting.day >= self.today:
            meeting = self.session_from(self.today - timedelta(days=4))
        at_table = self.at(meeting.day, 10)
        decision = _recommended(life)
        with self.as_("carol", at_table) as (by, at):
            referral.refresh_from_db()
            return decide(
                referral,
                decision,
                by=by,
                at=at,
                note="As recommended.",
                officer=self.team.users[life.officer]
                if decision is Decision.FULL
                else None,
                look_again_on=meeting.day + timedelta(days=90)
                if decision is Decision.TRACKING
                else None,
            )

    def _settle_in(self, life: Life, youth: Youth, case: Case) -> None:
        start = case.opened_on + timedelta(days=1)
        with self.as_(life.officer, self.at(min(start, self.today))) as (by, at):
            youth.refresh_from_db()
            people.change_fact(
                Schooling,
                youth,
                life.received,
                by=by,
                at=at,
                school=life.school,
                grade=life.grade,
            )
            legal: list[tuple[Any, dict[str, Any]]] = [
                (LegalStatus, {"status": life.legal}),
                (CourtAssignment, {"court": life.court}),
                (ChildWelfareStatus, {"status": life.child_welfare}),
            ]
            for model, values in legal:
                people.change_fact(model, youth, life.received, by=by, at=at, **values)
            if life.level != "full" and life.dice.random() < _HAS_OFFICER:
                officer = self.team.users[life.officer]
                cases.assign(
                    youth, officer, by=by, at=at, day=case.opened_on, reason=""
                )
            if life.level == "early":
                cases.set_support(youth, "early", by=by, at=at, day=case.opened_on)
            self._people_around(life, youth, by, at)
        self._stays(life, youth)
        if life.with_advocate:
            self._share(life, youth)

    def _stays(self, life: Life, youth: Youth) -> None:
        for stay in life.stays:
            with self.as_(life.officer, self.at(stay.starts, 17)) as (by, at):
                people.change_fact(
                    Stay,
                    youth,
                    stay.starts,
                    by=by,
                    at=at,
                    kind=stay.kind,
                    place=stay.place,
                    town=stay.town,
                )

    def _people_around(self, life: Life, youth: Youth, by: Actor, at: datetime) -> None:
        family = life.family or life.given
        dice = life.dice
        known = [
            (
                f"Amparo {family}",
                "grandmother",
                {"is_family": True, "first_call": True},
            ),
            (f"Rafael {family}", dice.choice(_RELATIVES), {"is_family": True}),
            ("Samira Idris", "school_counselor", _on_team(life.school)),
            ("Tasha Greer", "attorney", _on_team("Public Defender")),
        ]
        if life.with_advocate:
            known.append(("Keisha Monroe", "advocate", _on_team(HARBOR)))
        for number, (name, relation, more) in enumerate(known):
            people.add_person(
                youth,
                by=by,
                at=at,
                name=name,
                relation=relation,
                phone=f"555-01{(int(life.number) + number) % 90 + 10}",
                chosen_for_meetings=dice.random() < 0.5,
                **more,
            )

    def _share(self, life: Life, youth: Youth) -> None:
        day = min(life.received + timedelta(days=30), self.today)
        with self.as_(life.officer, self.at(day)) as (by, at):
            access.share(
                youth.pk,
                self.team.agencies["harbor"].holder,
                [Compartment.RECORD],
                because=Grant.Because.CHOICE,
                source=f"Release of {day:%b} {day.day}, {day.year}, for advocacy",
                until=self.now + timedelta(days=life.dice.randint(20, 300)),
                by=by,
            )


def _on_team(organization: str) -> dict[str, Any]:
    return {"is_team": True, "organization": organization}


def _recommended(life: Life) -> Decision:
    if life.outcome == "not_accepted":
        return Decision.NOT_ACCEPTED
    return {
        "full": Decision.FULL,
        "early": Decision.FULL,
        "secondary": Decision.SECONDARY,
    }.get(life.level, Decision.TRACKING)
