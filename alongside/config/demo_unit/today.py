"""What makes today a day: appointments, cover, a hand-over, a draft, an emergency."""

from datetime import timedelta

from alongside.access import actions as access
from alongside.activities import actions as activities
from alongside.cases import actions as cases
from alongside.cases.models import Assignment
from alongside.config.demo_unit.lives import material
from alongside.config.demo_unit.telling import Telling
from alongside.kernel.refusal import Refused
from alongside.meetings.actions.places import book
from alongside.people.models import Stay, Youth
from alongside.referrals import actions as referrals
from alongside.staff.actions import set_cover

# hour, minute, kind, what, where
_PLANNED = [
    (8, 15, "contact_call", "With the grandmother", ""),
    (9, 0, "contact_in_person", "", "Northgate Library, study room 2"),
    (13, 15, "family_visit", "With the grandmother", "At home"),
    (15, 0, "school_meeting", "With Ms. Idris", "Eastfield High"),
]
_CALLS = {
    "rosa": "They texted each other last night. Wants to come in.",
    "marcus": "All is well at home; the visit on Saturday stands.",
    "sam": "Asks for a ride to school on Thursday.",
}


def set_up_today(told: Telling) -> None:
    """A morning like any other, as each persona will find it."""
    _appointments(told)
    _reviews_today(told)
    _cover(told)
    _hand_over(told)
    _draft(told)
    _emergency(told)


def _carried(told: Telling, who: str) -> list[Youth]:
    with told.as_(who, told.now):
        mine = Assignment.objects.as_of(told.today).filter(officer=told.team.users[who])
        return list(Youth.objects.filter(pk__in=mine.values("youth")).by_name())


def _is_free(told: Telling, youth: Youth) -> bool:
    """Whether somebody can be met at the library or at school today."""
    with told.as_("jo", told.now):
        stay = Stay.objects.filter(youth=youth).as_of(told.today).first()
    return stay is not None and stay.kind not in ("juvenile_hall", "camp", "away")


def _appointments(told: Telling) -> None:
    for who in ("rosa", "marcus", "sam"):
        carried = [youth for youth in _carried(told, who) if _is_free(told, youth)]
        for youth, (hour, minute, kind, title, place) in zip(
            carried, _PLANNED, strict=False
        ):
            with told.as_(who, told.now - timedelta(days=3)) as (by, at):
                starts = told.at(told.today, hour, minute)
                planned = activities.plan(
                    youth,
                    kind,
                    by=by,
                    at=at,
                    day=told.today,
                    starts_at=starts,
                    officer=told.team.users[who],
                    title=title,
                    place=place,
                )
            if hour == 8 and starts < told.now:
                # While Marcus is away, Rosa makes his calls.
                caller = "rosa" if who == "marcus" else who
                with told.as_(caller, starts + timedelta(minutes=7)) as (by, at):
                    activities.complete(planned, by=by, at=at, note=_CALLS[who])


def _reviews_today(told: Telling) -> None:
    meeting = told.session_from(told.today)
    for youth in [*_carried(told, "marcus")[:2], *_carried(told, "priya")[:2]]:
        with told.as_("jo", told.now - timedelta(days=7)) as (by, at):
            try:
                book(youth, "mdt_ongoing", meeting, by=by, at=at)
            except Refused:  # has a place already
                continue


def _cover(told: Telling) -> None:
    with told.as_("carol", told.now - timedelta(days=1)) as (by, at):
        set_cover(
            told.team.users["marcus"],
            told.team.users["rosa"],
            by=by,
            at=at,
            first_day=told.today - timedelta(days=1),
            last_day=told.today + timedelta(days=3),
            note="Text first, please.",
        )


def _hand_over(told: Telling) -> None:
    (youth, *_) = _carried(told, "tomas")
    with told.as_("tomas", told.now - timedelta(hours=20)) as (by, at):
        cases.offer_hand_over(
            [youth],
            told.team.users["rosa"],
            by=by,
            at=at,
            from_day=told.today + timedelta(days=7),
            reason=material()["reasons"][0],
        )


def _draft(told: Telling) -> None:
    with told.as_("tomas", told.now - timedelta(days=1)) as (by, at):
        referrals.start(
            by=by,
            at=at,
            names={},
            route="hotline",
            note="About fifteen. Lacks a school and a phone number.",
            reported_at=at,
        )


def _emergency(told: Telling) -> None:
    (youth, *_) = _carried(told, "sam")
    with told.as_("dana", told.now - timedelta(days=2)) as (by, _):
        access.break_glass(
            youth.ref,
            "Called our line at night and asked for the officer’s number.",
            by=by,
        )
