"""Look-up across units: the searcher learns nothing, the unit that knows is told."""

from collections.abc import Callable
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.cases.actions import close_case, open_case
from alongside.kernel.refusal import NotFound, NotPermitted, Refused
from alongside.people.actions import add_identifier, open_youth
from alongside.people.models import Youth
from alongside.referrals.actions import start
from alongside.referrals.look_up import (
    answer_notice,
    answers,
    asked,
    look_up,
    look_up_notices,
)
from alongside.referrals.models import LookUpNotice, Referral
from alongside.referrals.rules import NoticeAnswer
from tests import cast

Become = Callable[..., Actor]
Given = Callable[..., Referral]
Known = Callable[..., Youth]

NOOR: dict[str, Any] = {
    "given_name": "Nour",
    "family_name": "Haidari",
    "called": "Noor",
    "birth_date": date(2011, 5, 2),
    "birth_precision": "day",
}


@pytest.fixture
def known(become: Become, at: datetime) -> Known:
    """A youth with a case at Field Services South."""

    def make(closed: bool = False, **names: Any) -> Youth:
        outsider = become("outsider")
        youth = open_youth(
            by=outsider, at=at, because=Grant.Because.ENROLMENT, **(NOOR | names)
        )
        case = open_case(
            youth, by=outsider, at=at, day=at.date().replace(day=1), level="full"
        )
        if closed:
            close_case(case, by=outsider, at=at, day=at.date(), reason="moved")
        return youth

    return make


def notices(become: Become, who: str = "outsider") -> list[LookUpNotice]:
    """What somebody's unit is asked, as they see it."""
    return list(look_up_notices(SimpleNamespace(actor=become(who))))  # type: ignore[arg-type]


@pytest.mark.parametrize("closed", [False, True])
def test_a_unit_that_knows_or_knew_the_young_person_is_told(
    given: Given,
    known: Known,
    become: Become,
    at: datetime,
    closed: bool,
) -> None:
    theirs = known(closed=closed)
    referral = given("received")
    look_up(referral, by=become("assessor"), at=at)
    (notice,) = notices(become)
    assert (notice.youth, notice.asking_unit, notice.asked_by) == (
        theirs,
        cast.unit(),
        cast.user("assessor"),
    )


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ({}, True),
        ({"given_name": "Haidari", "family_name": "Noor", "called": ""}, True),
        ({"given_name": "Noör"}, True),
        ({"birth_date": date(2011, 5, 3)}, False),
        ({"birth_precision": "year"}, False),
        ({"given_name": "Salma", "called": ""}, False),
        ({"given_name": "Nour", "called": "", "family_name": "Haidar"}, False),
    ],
)
def test_a_birth_date_and_two_words_of_a_name_are_one_person(
    given: Given,
    known: Known,
    become: Become,
    at: datetime,
    names: dict[str, Any],
    told: bool,
) -> None:
    known(**names)
    look_up(given("received"), by=become("assessor"), at=at)
    assert bool(notices(become)) == told


def test_a_shared_number_is_one_person_whatever_the_name(
    given: Given, known: Known, become: Become, at: datetime
) -> None:
    theirs = known(given_name="Other", family_name="Name", called="", birth_date=None)
    outsider = become("outsider")
    add_identifier(theirs, "pdj", "PDJ-00 4711", by=outsider, at=at)
    add_identifier(theirs, "other", "4711", by=outsider, at=at)
    referral = given("received")
    assessor = become("assessor")
    add_identifier(referral.youth, "other", "4711", by=assessor, at=at)
    look_up(referral, by=assessor, at=at)
    assert not notices(become)
    add_identifier(referral.youth, "pdj", "pdj004711", by=become("assessor"), at=at)
    look_up(referral, by=become("assessor"), at=at)
    assert len(notices(become)) == 1


def test_one_word_names_match_by_their_one_word(
    given: Given, known: Known, become: Become, at: datetime
) -> None:
    names = {"given_name": "Thảo", "family_name": "", "called": ""}
    known(**names)
    look_up(given("received", names=names), by=become("assessor"), at=at)
    assert len(notices(become)) == 1


def test_records_held_only_by_agencies_that_serve_victims_are_never_matched(
    south_serves_victims: None,
    given: Given,
    known: Known,
    become: Become,
    at: datetime,
) -> None:
    known()
    look_up(given("received"), by=become("assessor"), at=at)
    assert not notices(become)


def test_an_agency_that_serves_victims_does_not_ask_either(
    south_serves_victims: None, become: Become, at: datetime
) -> None:
    outsider = become("outsider")
    referral = start(by=outsider, at=at, names=NOOR)
    with pytest.raises(DatabaseError), transaction.atomic():
        look_up(referral, by=outsider, at=at)


def test_asking_again_tells_a_unit_once_until_it_answers(
    given: Given, known: Known, become: Become, at: datetime
) -> None:
    known()
    referral = given("received")
    look_up(referral, by=become("assessor"), at=at)
    look_up(referral, by=become("amara"), at=at)
    (notice,) = notices(become)
    answer_notice(notice, NoticeAnswer.NOTHING_TO_ADD, by=become("outsider"), at=at)
    look_up(referral, by=become("amara"), at=at)
    assert len(notices(become)) == 1
    become("amara")
    assert len(asked(referral)) == 3


def test_the_unit_that_asked_learns_only_what_the_other_chose_to_say(
    given: Given, known: Known, become: Become, at: datetime
) -> None:
    known()
    referral = given("received")
    look_up(referral, by=become("assessor"), at=at)
    assert answers(referral) == []
    (notice,) = notices(become)
    outsider = become("outsider")
    answer_notice(notice, NoticeAnswer.CONTACT_US, by=outsider, at=at)
    with pytest.raises(Refused, match="answered this one already"):
        answer_notice(notice, NoticeAnswer.NOTHING_TO_ADD, by=outsider, at=at)
    assert answers(referral) == []  # the answer is for the unit that asked
    become("amara")
    (told,) = answers(referral)
    assert (told.unit, told.person) == (cast.SOUTH, "Tomas Ybarra")
    assert not LookUpNotice.objects.exists()  # the notice itself stays with them


def test_who_may_not_ask_or_has_no_referral_in_hand_is_refused(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("sent")
    with pytest.raises(NotPermitted):
        look_up(referral, by=become("advocate"), at=at)
    with pytest.raises(NotFound):
        look_up(referral, by=become("outsider"), at=at)
    become("outsider")
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select look_up(%s)", [referral.pk])


def test_no_code_writes_a_notice_or_a_look_up_itself(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("received")
    become("assessor")
    with pytest.raises(DatabaseError), transaction.atomic():
        LookUpNotice.objects.create(
            youth=referral.youth,
            look_up_id=1,
            told_unit=cast.unit(),
            asking_unit=cast.unit(cast.SOUTH),
            asked_by=cast.user("amara"),
            asked_at=at,
        )
