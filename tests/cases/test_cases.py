"""Opening, supporting, handing over and closing: refused, changed, recorded."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.activities.actions import plan
from alongside.activities.models import Activity
from alongside.cases import actions
from alongside.cases.models import Assignment, Case, HandOver, Support
from alongside.kernel.refusal import NotFound, Refused
from alongside.people.actions import open_youth
from alongside.people.models import Youth
from tests import cast

Become = Callable[..., Actor]
TODAY = date(2026, 11, 19)


@pytest.fixture
def youth(become: Become, at: datetime) -> Youth:
    """A youth the Bridge Unit opened a record for."""
    return open_youth(
        by=become("amara"),
        at=at,
        because=Grant.Because.ENROLMENT,
        given_name="Joaquín",
        family_name="Ramos",
    )


@pytest.fixture
def case(youth: Youth, become: Become, at: datetime) -> Case:
    """His case, carried by Amara for 20 days."""
    return actions.open_case(
        youth,
        by=become("amara"),
        at=at,
        day=TODAY - timedelta(days=20),
        level="full",
        officer=cast.user("amara"),
    )


def officers(youth: Youth) -> list[tuple[str, date, date | None]]:
    """Who carried the case, from when until when."""
    return list(
        Assignment.objects.filter(youth=youth)
        .order_by("starts")
        .values_list("officer__name", "starts", "ends")
    )


def test_opening_begins_support_and_assignment(case: Case, youth: Youth) -> None:
    assert Support.objects.get(youth=youth).level == "full"
    assert officers(youth) == [("Amara Okafor", case.opened_on, None)]


def test_a_unit_opens_only_one_case_at_a_time(
    case: Case, youth: Youth, become: Become, at: datetime
) -> None:
    with pytest.raises(Refused, match="has supported this young person since Oct 30"):
        actions.open_case(youth, by=become("amara"), at=at, day=TODAY, level="early")


def test_a_change_of_support_ends_one_level_and_begins_the_next(
    case: Case, youth: Youth, become: Become, at: datetime
) -> None:
    actions.set_support(youth, "secondary", by=become("amara"), at=at, day=TODAY)
    levels = Support.objects.filter(youth=youth).order_by("starts")
    assert [(fact.level, fact.ends) for fact in levels] == [
        ("full", TODAY),
        ("secondary", None),
    ]


def test_closing_ends_everything_that_was_running(
    case: Case, youth: Youth, become: Become, at: datetime
) -> None:
    amara = become("amara")
    booked = plan(youth, "mdt_90_day", by=amara, at=at, day=TODAY + timedelta(days=5))
    actions.offer_hand_over(
        [youth],
        cast.user("colleague"),
        by=amara,
        at=at,
        from_day=TODAY + timedelta(days=3),
        reason="Closer to his school.",
    )
    actions.close_case(case, by=amara, at=at, day=TODAY, reason="moved")
    assert Case.objects.get().closed_on == TODAY
    assert Support.objects.get().ends == TODAY
    assert officers(youth) == [("Amara Okafor", case.opened_on, TODAY)]
    assert Activity.objects.get(pk=booked.pk).status == "canceled"
    assert HandOver.objects.get().accepted is False


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY + timedelta(days=1), "It cannot end after today"),
        (TODAY - timedelta(days=40), "It cannot end before it began"),
    ],
)
def test_a_case_ends_between_its_beginning_and_today(
    case: Case, become: Become, at: datetime, day: date, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        actions.close_case(case, by=become("amara"), at=at, day=day, reason="moved")


def test_a_case_is_closed_once(case: Case, become: Become, at: datetime) -> None:
    amara = become("amara")
    actions.close_case(case, by=amara, at=at, day=TODAY, reason="moved")
    with pytest.raises(Refused, match="closed on Nov 19, 2026 already"):
        actions.close_case(case, by=amara, at=at, day=TODAY, reason="moved")


def test_a_hand_over_changes_nothing_until_it_is_accepted(
    case: Case, youth: Youth, become: Become, at: datetime
) -> None:
    from_day = date(2026, 12, 1)
    (offer,) = actions.offer_hand_over(
        [youth],
        cast.user("colleague"),
        by=become("amara"),
        at=at,
        from_day=from_day,
        reason="Moving to his aunt’s.",
    )
    assert officers(youth) == [("Amara Okafor", case.opened_on, None)]
    actions.answer_hand_over(offer, True, by=become("colleague"), at=at)
    assert officers(youth) == [
        ("Amara Okafor", case.opened_on, from_day),
        ("Rosa Castellanos", from_day, None),
    ]
    assert Assignment.objects.get(ends=None).reason == "Moving to his aunt’s."


def test_a_no_leaves_the_case_where_it_is(
    case: Case, youth: Youth, become: Become, at: datetime
) -> None:
    (offer,) = actions.offer_hand_over(
        [youth],
        cast.user("colleague"),
        by=become("amara"),
        at=at,
        from_day=TODAY,
        reason="Long leave.",
    )
    actions.answer_hand_over(
        offer, False, by=become("colleague"), at=at, note="Ask Jo."
    )
    assert officers(youth) == [("Amara Okafor", case.opened_on, None)]
    assert HandOver.objects.get().answer_note == "Ask Jo."


def test_only_the_one_asked_or_a_supervisor_answers_and_once(
    case: Case, youth: Youth, become: Become, at: datetime
) -> None:
    (offer,) = actions.offer_hand_over(
        [youth],
        cast.user("colleague"),
        by=become("amara"),
        at=at,
        from_day=TODAY,
        reason="Long leave.",
    )
    with pytest.raises(Refused, match="Rosa Castellanos or a supervisor answers"):
        actions.answer_hand_over(offer, True, by=become("coordinator"), at=at)
    actions.answer_hand_over(offer, True, by=become("supervisor"), at=at)
    with pytest.raises(Refused, match="answered already"):
        actions.answer_hand_over(offer, True, by=become("colleague"), at=at)


@pytest.mark.parametrize(
    ("to", "day", "words"),
    [
        ("outsider", TODAY, "not on the team of this unit"),
        ("amara", TODAY, "carries this young person’s case already"),
        (
            "colleague",
            TODAY - timedelta(days=1),
            "begins today, Nov 19, 2026, or later",
        ),
    ],
)
def test_what_a_hand_over_cannot_be(
    case: Case,
    youth: Youth,
    become: Become,
    at: datetime,
    to: str,
    day: date,
    words: str,
) -> None:
    with pytest.raises(Refused, match=words):
        actions.offer_hand_over(
            [youth], cast.user(to), by=become("amara"), at=at, from_day=day, reason="x"
        )


def test_a_young_person_is_handed_over_once_at_a_time(
    case: Case, youth: Youth, become: Become, at: datetime
) -> None:
    amara = become("amara")
    offer = {"by": amara, "at": at, "from_day": TODAY, "reason": "Leave."}
    actions.offer_hand_over([youth], cast.user("colleague"), **offer)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="waits for an answer already"):
        actions.offer_hand_over([youth], cast.user("coordinator"), **offer)  # type: ignore[arg-type]


def test_an_advocate_opens_no_case(become: Become, youth: Youth, at: datetime) -> None:
    with pytest.raises(Refused, match="Your role"):
        actions.open_case(youth, by=become("advocate"), at=at, day=TODAY, level="full")


def test_no_unit_no_case(become: Become, youth: Youth, at: datetime) -> None:
    with pytest.raises((NotFound, Refused)):
        actions.open_case(youth, by=become("evaluator"), at=at, day=TODAY, level="full")
