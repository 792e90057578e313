"""What the team decides, and what a partner agency answers."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.cases.models import Assignment, Case, Support
from alongside.cases.referral_decisions import decide
from alongside.kernel.refusal import NotFound, NotPermitted, Refused
from alongside.people.models import Youth
from alongside.referrals import actions
from alongside.referrals.hand_off import answer_step, decline, send
from alongside.referrals.models import Referral
from alongside.referrals.rules import Decision, Stage, Step
from tests import cast
from tests.referrals.conftest import logged

Become = Callable[..., Actor]
Given = Callable[..., Referral]


@pytest.mark.parametrize(
    ("decision", "more"),
    [
        (Decision.FULL, {}),
        (Decision.SECONDARY, {}),
        (Decision.TRACKING, {"look_again": 90}),
    ],
)
def test_support_by_the_unit_opens_a_case_at_its_level(
    given: Given, become: Become, at: datetime, decision: Decision, more: dict[str, int]
) -> None:
    referral = given("assessed")
    again = at.date() + timedelta(more["look_again"]) if more else None
    case = decide(
        referral,
        decision,
        by=become("supervisor"),
        at=at,
        officer=cast.user("amara"),
        look_again_on=again,
    )
    assert case == Case.objects.get()
    assert case is not None
    assert case.referral == referral
    assert Support.objects.get().level == decision
    assert Assignment.objects.get().officer == cast.user("amara")
    assert (referral.stage, referral.closed_at) == (Stage.CLOSED, at)
    assert logged(referral.youth) >= Counter(
        ["referral.decided", "case.opened", "fact.changed", "fact.changed"]
    )


def test_what_is_not_accepted_stays_findable_with_its_reason(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("assessed")
    decide(
        referral,
        Decision.NOT_ACCEPTED,
        by=become("supervisor"),
        at=at,
        note="Field Services South supports her.",
    )
    become("colleague")
    found = Referral.objects.get()
    assert found.decision_note == "Field Services South supports her."
    assert not Case.objects.exists()


def test_a_decision_is_refused_twice_and_in_the_future(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("assessed")
    supervisor = become("supervisor")
    with pytest.raises(Refused, match="future"):
        decide(
            referral,
            Decision.FULL,
            by=supervisor,
            at=at,
            decided_at=at + timedelta(hours=1),
        )
    with pytest.raises(Refused, match="cannot be before “Assessed”"):
        decide(
            referral,
            Decision.FULL,
            by=supervisor,
            at=at,
            decided_at=at - timedelta(days=8),
        )
    with pytest.raises(Refused, match="leave the officer empty"):
        decide(
            referral,
            Decision.ADVOCACY,
            by=supervisor,
            at=at,
            officer=cast.user("amara"),
        )
    decide(referral, Decision.FULL, by=supervisor, at=at)
    with pytest.raises(Refused, match="closed by now"):
        decide(referral, Decision.SECONDARY, by=supervisor, at=at)


def test_who_has_a_case_here_is_not_opened_again(
    given: Given, become: Become, at: datetime
) -> None:
    first = given("assessed")
    supervisor = become("supervisor")
    decide(first, Decision.FULL, by=supervisor, at=at)
    second = actions.start(by=supervisor, at=at, youth=first.youth, route="school")
    actions.receive(second, by=supervisor, at=at)
    with pytest.raises(Refused, match="supports the young person already"):
        decide(second, Decision.TRACKING, by=supervisor, at=at)


def test_nothing_is_sent_without_the_young_persons_choice(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("decided")
    more: dict[str, Any] = {"until": at + timedelta(days=90), "at": at}
    amara = become("amara")
    for because, source in (
        (Grant.Because.CHOICE, " "),
        (Grant.Because.ORDER, "An order"),
    ):
        with pytest.raises(Refused, match="Say how the young person chose it"):
            send(
                referral,
                cast.agency(),
                by=amara,
                because=because,
                source=source,
                **more,
            )
    become("advocate")
    assert not Referral.objects.exists()


def test_every_step_at_the_agency_keeps_its_own_time(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("sent")
    advocate = become("advocate", at + timedelta(days=3))
    seen = Referral.objects.get()
    later = at + timedelta(days=3)
    with pytest.raises(Refused, match="The next step is “Received there”"):
        answer_step(seen, Step.AGENCY_ACCEPTED, later, by=advocate, at=later)
    for hours, step in enumerate((Step.AGENCY_RECEIVED, Step.AGENCY_ACCEPTED), start=1):
        answer_step(seen, step, at + timedelta(hours=hours), by=advocate, at=later)
    with pytest.raises(Refused, match="Choose the advocate"):
        answer_step(
            seen,
            Step.ASSIGNED,
            later,
            by=advocate,
            at=later,
            advocate=cast.user("amara"),
        )
    answer_step(
        seen,
        Step.ASSIGNED,
        at + timedelta(hours=3),
        by=advocate,
        at=later,
        advocate=cast.user("advocate"),
    )
    answer_step(seen, Step.FIRST_CONTACT, at + timedelta(days=2), by=advocate, at=later)
    become("amara", later)
    referral.refresh_from_db()
    assert [getattr(referral, step) - at for step in list(Step)[4:]] == [
        timedelta(0),
        timedelta(hours=1),
        timedelta(hours=2),
        timedelta(hours=3),
        timedelta(days=2),
    ]
    assert (referral.stage, referral.closed_at) == (Stage.CLOSED, later)
    assert logged(referral.youth)["referral.clock-set"] == 5


def test_the_unit_writes_down_what_the_agency_said_on_the_phone(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("sent")
    answer_step(referral, Step.AGENCY_RECEIVED, at, by=become("colleague"), at=at)
    assert referral.agency_received_at == at


def test_an_agency_that_cannot_gives_it_back_and_it_is_sent_on(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("sent")
    advocate = become("advocate")
    decline(Referral.objects.get(), "No one speaks Dari.", by=advocate, at=at)
    assert not Youth.objects.exists()  # what was shared for it is given back
    become("amara")
    referral.refresh_from_db()
    assert (referral.stage, referral.agency, referral.sent_at) == (
        Stage.DECIDED,
        None,
        None,
    )
    assert "No one speaks Dari." in referral.note


def test_the_unit_writes_that_an_agency_declined_and_its_sharing_ends(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("sent")
    decline(referral, "", by=become("colleague"), at=at)
    assert f"{cast.HARBOR} could not." in referral.note
    become("advocate")
    assert not Youth.objects.exists()


def test_an_agency_that_accepted_calls_instead(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("sent")
    colleague = become("colleague")
    for step in (Step.AGENCY_RECEIVED, Step.AGENCY_ACCEPTED):
        answer_step(referral, step, at, by=colleague, at=at)
    with pytest.raises(Refused, match="the agency has accepted by now"):
        decline(referral, "", by=colleague, at=at)


def test_only_the_agency_it_was_sent_to_answers(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("sent")
    with pytest.raises(NotPermitted):
        answer_step(referral, Step.AGENCY_RECEIVED, at, by=become("evaluator"), at=at)
    with pytest.raises(NotFound):
        answer_step(referral, Step.AGENCY_RECEIVED, at, by=become("outsider"), at=at)
