"""Of two who act at one instant the first is kept, and the second told who it was."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from alongside.access.actor import Actor, acting_as
from alongside.access.models import Grant
from alongside.cases.actions import offer_hand_over, open_case
from alongside.cases.models import HandOver
from alongside.people.actions import open_youth
from alongside.people.models import Youth
from alongside.referrals.actions import receive, start
from alongside.referrals.look_up import answer_notice, look_up
from alongside.referrals.models import LookUpNotice
from alongside.referrals.rules import NoticeAnswer
from alongside.staff.actions import set_cover
from alongside.staff.models import Cover
from tests import cast
from tests.at_once import Act, second_of_two

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TODAY = date(2026, 11, 19)
NOOR: dict[str, Any] = {
    "given_name": "Noor",
    "family_name": "Haidari",
    "birth_date": date(2011, 5, 2),
    "birth_precision": "day",
}


def supported(by: Actor, at: datetime) -> Youth:
    """Somebody the actor's unit supports."""
    youth = open_youth(by=by, at=at, because=Grant.Because.ENROLMENT, **NOOR)
    open_case(youth, by=by, at=at, day=TODAY - timedelta(days=90), level="full")
    return youth


@pytest.fixture
def noor(at: datetime) -> Youth:
    """Somebody the Bridge Unit supports."""
    with acting_as(cast.user("amara"), at) as by:
        return supported(by, at)


def test_of_two_hand_overs_the_first_waits_for_its_answer(
    noor: Youth, at: datetime
) -> None:
    def offer_to(key: str) -> Act:
        def offer(by: Actor) -> None:
            to = cast.user(key)
            offer_hand_over([noor], to, by=by, at=at, from_day=TODAY, reason="Leave.")

        return offer

    told = second_of_two(
        at, ("amara", offer_to("colleague")), ("supervisor", offer_to("coordinator"))
    )
    assert told == [
        "A hand-over of Noor Haidari waits for an answer already: Amara Okafor asked"
        " Rosa Castellanos on Nov 19, 2026. Nobody else was asked; once that one is"
        " answered, you can offer another."
    ]
    with acting_as(cast.user("amara"), at):
        (kept,) = HandOver.objects.all()
    assert kept.to_officer == cast.user("colleague")


def test_of_two_covers_of_somebody_the_first_stands(at: datetime) -> None:
    def cover_from(day: date) -> Act:
        away, covering = cast.user("amara"), cast.user("colleague")
        last = day + timedelta(days=3)
        return lambda by: set_cover(
            away, covering, by=by, at=at, first_day=day, last_day=last
        )

    told = second_of_two(
        at,
        ("supervisor", cover_from(TODAY)),
        ("coordinator", cover_from(TODAY + timedelta(days=3))),
    )
    assert told == [
        "Rosa Castellanos stands in for Amara Okafor on some of these days already:"
        " Nov 19, 2026 through Nov 22, 2026, set by Carol Bautista. End that cover"
        " first, or choose other days."
    ]
    with acting_as(cast.user("amara"), at):
        assert Cover.objects.get().first_day == TODAY
    assert second_of_two(
        at,
        ("supervisor", cover_from(TODAY + timedelta(days=10))),
        ("coordinator", cover_from(TODAY + timedelta(days=14))),
    ) == ["saved"]


def test_of_two_answers_to_another_unit_the_first_holds(
    noor: Youth, at: datetime
) -> None:
    with acting_as(cast.user("outsider"), at) as by:
        referral = start(by=by, at=at, names=NOOR, route="hotline")
        receive(referral, by=by, at=at)
        look_up(referral, by=by, at=at)

    def say(what: NoticeAnswer) -> Act:
        return lambda by: answer_notice(LookUpNotice.objects.get(), what, by=by, at=at)

    told = second_of_two(
        at,
        ("colleague", say(NoticeAnswer.CONTACT_US)),
        ("assessor", say(NoticeAnswer.NOTHING_TO_ADD)),
    )
    assert told == [
        "Your unit has answered this one already: Rosa Castellanos said “Contact us” on"
        " Nov 19, 2026, and that holds. Nothing was changed."
    ]
    with acting_as(cast.user("amara"), at):
        assert LookUpNotice.objects.get().answer == NoticeAnswer.CONTACT_US
