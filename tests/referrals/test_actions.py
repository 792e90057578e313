"""A referral from its draft to its assessment: refused, changed, recorded."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import transaction

from alongside.access.actions import share
from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.access.versions import ChangedMeanwhile
from alongside.cases.referral_decisions import decide
from alongside.forms.models import Response
from alongside.forms.reading import latest_version
from alongside.kernel.compartments import Compartment
from alongside.kernel.refusal import NotFound, Refused
from alongside.people.actions import change_fact
from alongside.people.models import OwnWords, Stay, Youth
from alongside.referrals import actions
from alongside.referrals.assessing import (
    FORM,
    draft_of,
    keep_assessment,
    sign_assessment,
)
from alongside.referrals.models import Referral
from alongside.referrals.rules import Decision, Stage
from tests import cast
from tests.referrals.conftest import ANSWERS, logged

Become = Callable[..., Actor]
Given = Callable[..., Referral]


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
