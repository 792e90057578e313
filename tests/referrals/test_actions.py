"""A referral from its draft to its hand-off: refused, changed, recorded."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from alongside.access.actions import share
from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.access.versions import ChangedMeanwhile
from alongside.cases.models import Assignment, Case, Support
from alongside.cases.referral_decisions import decide
from alongside.forms.models import Response
from alongside.forms.reading import latest_version
from alongside.kernel.compartments import Compartment
from alongside.kernel.refusal import NotFound, NotPermitted, Refused
from alongside.people.actions import change_fact
from alongside.people.models import OwnWords, Stay, Youth
from alongside.referrals import actions
from alongside.referrals.assessing import (
    FORM,
    draft_of,
    keep_assessment,
    sign_assessment,
)
from alongside.referrals.hand_off import answer_step, decline, send
from alongside.referrals.models import Referral
from alongside.referrals.rules import Decision, Stage, Step
from tests import cast
from tests.referrals.conftest import ANSWERS

Become = Callable[..., Actor]
Given = Callable[..., Referral]


def logged(youth: Youth) -> Counter[str]:
    """What the log says was done about a youth, and how often."""
    with connection.cursor() as cursor:
        cursor.execute("select event from access_log_of(%s, 100)", [youth.pk])
        return Counter(event for (event,) in cursor.fetchall())


# ---------- drafts ----------


def test_a_draft_begins_a_record_the_whole_unit_sees(
    given: Given, become: Become
) -> None:
    referral = given("draft")
    become("colleague")
    assert Referral.objects.get().youth.name == "Noor Haidari"
    assert set(logged(referral.youth)) == {"youth.opened", "referral.started"}
    become("outsider")
    assert not Referral.objects.exists()


def test_anyone_on_the_team_finishes_a_draft_and_takes_it_in(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("draft", by="colleague")
    amara = become("amara")
    actions.save_draft(
        referral,
        referral.version,
        {"note": "Her counselor called."},
        names={"called": "Noni"},
        by=amara,
        at=at,
    )
    actions.receive(referral, by=amara, at=at)
    referral.refresh_from_db()
    assert (referral.stage, referral.youth.called) == (Stage.RECEIVED, "Noni")
    assert referral.taken_by is None
    assert logged(referral.youth) >= Counter(
        ["record.changed", "referral.changed", "referral.received"]
    )


def test_a_draft_without_a_name_waits(become: Become, at: datetime) -> None:
    referral = actions.start(by=become("amara"), at=at, route="hotline")
    with pytest.raises(Refused, match="Write a name"):
        actions.receive(referral, by=become("amara"), at=at)


def test_the_second_to_save_a_draft_loses_nothing(
    given: Given, become: Become, at: datetime
) -> None:
    theirs = given("draft")
    ours = Referral.objects.get(pk=theirs.pk)
    read = ours.version
    actions.save_draft(theirs, read, {"note": "First"}, by=become("amara"), at=at)
    with pytest.raises(ChangedMeanwhile) as told:
        actions.save_draft(
            ours, read, {"note": "Second"}, by=become("colleague"), at=at
        )
    assert told.value.current.note == "First"  # type: ignore[attr-defined]


def test_another_unit_that_sees_a_referral_may_not_change_it(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("received")
    share(
        referral.youth_id,
        cast.unit(cast.SOUTH).holder,
        [Compartment.RECORD],
        because=Grant.Because.CHOICE,
        source="Her choice",
        until=None,
        by=become("amara"),
    )
    outsider = become("outsider")
    shared = Referral.objects.get(pk=referral.pk)
    with pytest.raises(NotFound):
        actions.take(shared, by=outsider, at=at)
    with pytest.raises(NotFound):
        decide(shared, Decision.FULL, by=outsider, at=at)


def test_a_referral_is_taken_given_and_never_to_a_stranger(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("received")
    amara = become("amara")
    actions.take(referral, by=amara, at=at)
    with pytest.raises(Refused, match="already"):
        actions.take(referral, by=amara, at=at)
    actions.give(referral, cast.user("colleague"), by=amara, at=at)
    assert referral.taken_by == cast.user("colleague")
    with pytest.raises(Refused, match="does not work in this unit"):
        actions.give(referral, cast.user("outsider"), by=amara, at=at)


def test_a_draft_is_set_aside_with_its_reason(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("draft")
    amara = become("amara")
    with pytest.raises(Refused, match="Say why"):
        actions.set_aside(referral, " ", by=amara, at=at)
    actions.set_aside(referral, "A wrong number.", by=amara, at=at)
    assert referral.stage == Stage.CLOSED
    with pytest.raises(Refused, match="Only a draft"):
        actions.set_aside(referral, "Again", by=amara, at=at)


def test_a_second_referral_of_somebody_goes_on_with_the_first(
    given: Given, become: Become, at: datetime
) -> None:
    first = given("received")
    with pytest.raises(Refused, match="Go on with that one"):
        actions.start(by=become("colleague"), at=at, youth=first.youth)


# ---------- assessment ----------


def test_an_assessment_is_written_together_and_signed_once(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("received")
    version = latest_version(FORM, cast.unit().pk)
    keep_assessment(referral, version, 0, {"wish": "Art"}, by=become("amara"), at=at)
    with pytest.raises(ChangedMeanwhile):
        keep_assessment(referral, version, 0, {}, by=become("colleague"), at=at)
    keep_assessment(
        referral, version, 1, {"wish": "Art club"}, by=become("colleague"), at=at
    )
    with pytest.raises(ChangedMeanwhile) as told:
        keep_assessment(
            referral, version, 1, {"wish": "Music"}, by=become("amara"), at=at
        )
    assert told.value.current.answers == {"wish": "Art club"}  # type: ignore[attr-defined]
    response = sign_assessment(
        referral,
        version,
        ANSWERS,
        by=become("assessor"),
        at=at,
        recommendation=Decision.FULL,
        read=2,
    )
    assert (referral.stage, referral.assessment) == (Stage.ASSESSED, response)
    assert draft_of(referral) is None
    assert OwnWords.objects.get().words == ANSWERS["wish"]
    assert logged(referral.youth)["referral.assessed"] == 1


def test_an_unfinished_assessment_is_not_signed(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("received")
    with pytest.raises(Refused), transaction.atomic():
        sign_assessment(
            referral,
            latest_version(FORM, cast.unit().pk),
            {"wish": "Art"},
            by=become("assessor"),
            at=at,
            recommendation=Decision.FULL,
        )
    referral.refresh_from_db()
    assert referral.stage == Stage.RECEIVED
    assert not Response.objects.exists()


def test_a_second_signing_corrects_the_first(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("assessed")
    first, when = referral.assessment, referral.assessed_at
    second = sign_assessment(
        referral,
        latest_version(FORM, cast.unit().pk),
        ANSWERS | {"goes_well": "Drawing and running"},
        by=become("amara"),
        at=at,
        recommendation=Decision.SECONDARY,
    )
    assert second.corrects == first
    assert referral.assessed_at == when  # its clock stays


# ---------- decisions ----------


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


# ---------- hand-off ----------


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
    become("amara")
    referral.refresh_from_db()
    assert (referral.stage, referral.agency, referral.sent_at) == (
        Stage.DECIDED,
        None,
        None,
    )
    assert "No one speaks Dari." in referral.note


def test_only_the_agency_it_was_sent_to_answers(
    given: Given, become: Become, at: datetime
) -> None:
    referral = given("sent")
    with pytest.raises(NotPermitted):
        answer_step(referral, Step.AGENCY_RECEIVED, at, by=become("evaluator"), at=at)
    with pytest.raises(NotFound):
        answer_step(referral, Step.AGENCY_RECEIVED, at, by=become("outsider"), at=at)


# ---------- one record from two ----------


def test_a_draft_is_put_together_with_who_the_unit_knows(
    given: Given, become: Become, at: datetime
) -> None:
    first = given("assessed", names={"given_name": "Nour", "called": "Noni"})
    decide(first, Decision.NOT_ACCEPTED, by=become("amara"), at=at, note="Not now.")
    known = first.youth
    draft = given("draft")
    begun = draft.youth
    amara = become("amara")
    actions.merge(draft, known, by=amara, at=at)
    draft.refresh_from_db()
    assert draft.youth == known
    assert not Youth.objects.filter(pk=begun.pk).exists()
    assert "Noor Haidari" in known.othernames.values_list("text", flat=True)
    assert "record.merged" in logged(known)
    with pytest.raises(Refused, match="the same record already"):
        actions.merge(draft, known, by=amara, at=at)


def test_records_that_both_hold_something_are_never_put_together(
    given: Given, become: Become, at: datetime
) -> None:
    first, other = given("draft"), given("draft")
    amara = become("amara")
    with pytest.raises(Refused, match="set this draft aside"):
        actions.merge(other, first.youth, by=amara, at=at)
    actions.set_aside(first, "A second call.", by=amara, at=at)
    known = first.youth
    change_fact(Stay, other.youth, at.date(), by=amara, at=at, kind="home")
    with pytest.raises(Refused, match="both hold more than names"):
        actions.merge(other, known, by=amara, at=at)
    assert Youth.objects.count() == 2
