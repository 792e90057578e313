"""Assessing a referral and deciding about it, in pages."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.cases.models import Case
from alongside.referrals.assessing import draft_of
from alongside.referrals.models import AssessmentDraft
from tests import cast
from tests.referrals.conftest import ANSWERS, Given, address

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

WHO = {"given_name": "Noor", "family_name": "Haidari", "birth_date": "2011-05-02"}


def test_an_assessment_is_kept_gone_on_with_and_signed(
    given: Given, visit: Visit, become: Become
) -> None:
    referral = given("received")
    url = address(referral, "referral_assess")
    kept = visit("amara").post(
        url, {"do": "keep", "wish": "Art club", "help_areas": ["school"]}
    )
    assert kept.headers["Location"] == reverse("referrals")
    page = visit("colleague").get(url).content.decode()
    assert "Last kept by Amara Okafor" in page
    assert "Art club" in page
    answer = visit("colleague").post(
        url,
        ANSWERS | {"do": "sign", "draft_read": "1", "recommendation": "full"},
    )
    assert answer.headers["Location"] == address(referral)
    shown = visit("amara").get(address(referral)).content.decode()
    assert "I’d talk to someone" in shown
    assert "School; Sleep; Getting around" in shown
    assert "(recommended)" in shown
    everything = visit("amara").get(address(referral, "referral_answers"))
    assert "Did you tell them what this unit is" in everything.content.decode()


def test_an_unfinished_assessment_is_not_signed_and_keeps_what_was_typed(
    given: Given, visit: Visit, become: Become
) -> None:
    referral = given("received")
    answer = visit("amara").post(
        address(referral, "referral_assess"), {"do": "sign", "wish": "Art <club> “&"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Art &lt;club&gt; “&amp;" in shown
    assert "Choose an answer to “What do you recommend to the team?”." in shown
    assert "Fill in “What that comes to, in a line”." in shown
    become("amara")
    assert not AssessmentDraft.objects.exists()


def test_two_people_at_one_assessment_see_both_versions(
    given: Given, visit: Visit, become: Become
) -> None:
    referral = given("received")
    url = address(referral, "referral_assess")
    common = {"do": "keep", "draft_read": "0"}
    visit("colleague").post(url, common | {"wish": "Art", "help_areas": ["school"]})
    answer = visit("amara").post(
        url, common | {"wish": "Music", "help_areas": ["school", "sleep"]}
    )
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Rosa Castellanos saved this" in shown
    assert ">Art<" in shown
    assert ">Music<" in shown
    chosen = {
        "do": "keep",
        "draft_read": "1",
        "help_areas": ["school", "sleep"],
        "stands_help_areas": "theirs",
        "stands_wish": "ours",
        "ours_wish": "Art and music",
    }
    done = visit("amara").post(url, chosen)
    assert done.headers["Location"] == reverse("referrals")
    become("amara")
    draft = draft_of(referral)
    assert draft is not None
    assert draft.answers == {"wish": "Art and music", "help_areas": ["school"]}


@pytest.mark.parametrize("do", ["keep", "sign"])
def test_who_goes_on_with_what_was_signed_meanwhile_sees_both(
    given: Given, visit: Visit, become: Become, do: str
) -> None:
    referral = given("received")
    url = address(referral, "referral_assess")
    visit("amara").post(url, {"do": "keep", "draft_read": "0", "wish": "Art"})
    more = {"draft_read": "1", "recommendation": "full", "recommendation_note": "Yes."}
    signed = ANSWERS | more | {"do": "sign", "wish": "Rosa wrote this"}
    assert visit("colleague").post(url, signed).status_code == 303
    sent = ANSWERS | more | {"do": do, "wish": "Amara wrote this"}
    answer = visit("amara").post(url, sent)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Rosa Castellanos saved this" in shown
    assert ">Rosa wrote this<" in shown
    assert ">Amara wrote this<" in shown
    both = {"stands_wish": "ours", "ours_wish": "Both of us", "draft_read": "0"}
    assert visit("amara").post(url, sent | both).status_code == 303
    become("amara")
    referral.refresh_from_db()
    draft, response = draft_of(referral), referral.assessment
    assert response is not None
    if do == "keep":
        assert draft is not None
        assert draft.answers["wish"] == "Both of us"
        assert response.answers["wish"] == "Rosa wrote this"
    else:
        assert draft is None
        assert response.answers["wish"] == "Both of us"
        assert response.corrects is not None


def test_a_decision_opens_the_case(given: Given, visit: Visit, become: Become) -> None:
    referral = given("assessed")
    answer = visit("supervisor").post(
        address(referral, "referral_decide"),
        {
            "decision": "full",
            "officer": cast.user("amara").pk,
            "decided_at": "2026-11-19T09:40",
            "version": referral.version,
            "note": "Weekly contact, at school.",
        },
    )
    assert answer.headers["Location"] == address(referral)
    become("amara")
    assert Case.objects.get().referral == referral
    shown = visit("amara").get(address(referral)).content.decode()
    assert "Weekly contact, at school." in shown
    assert "2 days 17 hours" in shown or "assessed to decided" in shown


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choose an answer to “What did the team decide?”."),
        ({"decision": "not_accepted"}, "Say why the referral is not accepted"),
        ({"decision": "tracking"}, "Choose the day on which the team looks again."),
        ({"decision": "full", "decided_at": "2026-11-19T11:00"}, "in the future"),
    ],
)
def test_a_decision_that_cannot_stand_is_said_beside_the_form(
    given: Given, visit: Visit, become: Become, form: dict[str, str], sentence: str
) -> None:
    referral = given("assessed")
    sent = {
        "decided_at": "2026-11-19T09:40",
        "version": referral.version,
        "note": "",
    } | form
    answer = visit("supervisor").post(address(referral, "referral_decide"), sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    become("amara")
    assert not Case.objects.exists()
