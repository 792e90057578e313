"""Beginning a referral and finishing its draft, in pages."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.cases.referral_decisions import decide
from alongside.people.actions import open_youth
from alongside.people.models import Youth
from alongside.referrals.models import Referral
from alongside.referrals.rules import Decision, Stage
from tests import cast
from tests.referrals.conftest import NAMES, Given, address

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

WHO = {"given_name": "Noor", "family_name": "Haidari", "birth_date": "2011-05-02"}


def fields(page: str, skip: tuple[str, ...] = ()) -> dict[str, Any]:
    """The hidden fields of a page's forms, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    found += re.findall(r'<input type="hidden" name="([^"]+)" autocomplete', page)
    return {name: value for name, value in found if name not in skip}


def test_nobody_alike_begins_a_draft_at_once(visit: Visit, become: Become) -> None:
    answer = visit("amara").post(reverse("referral_new"), WHO | {"route": "hotline"})
    become("colleague")
    referral = Referral.objects.get()
    assert answer.headers["Location"] == address(referral, "referral_draft")
    assert (referral.youth.name, referral.route) == ("Noor Haidari", "hotline")
    assert referral.youth.birth_date == date(2011, 5, 2)


def test_somebody_alike_is_asked_about_with_the_reasons(
    given: Given, visit: Visit, become: Become, at: datetime
) -> None:
    known = given("assessed")
    decide(known, Decision.NOT_ACCEPTED, by=become("amara"), at=at, note="Not now.")
    client, form = visit("amara"), WHO | {"given_name": "Nour", "form_token": uuid4()}
    asked = client.post(reverse("referral_new"), form)
    shown = asked.content.decode()
    assert asked.status_code == 422
    assert "Very like:" in shown
    assert "same birth date" in shown
    become("amara")
    assert Referral.objects.count() == 1
    # The same form, sent again with the answer: it was not used up by the question.
    answer = client.post(reverse("referral_new"), form | {"is": str(known.youth.ref)})
    become("amara")
    begun = Referral.objects.exclude(pk=known.pk).get()
    assert answer.headers["Location"] == address(begun, "referral_draft")
    assert begun.youth == known.youth


def test_somebody_whose_referral_is_in_hand_leads_to_it(
    given: Given, visit: Visit
) -> None:
    known = given("received")
    shown = visit("amara").post(reverse("referral_new"), WHO).content.decode()
    assert "Same person: open that referral" in shown
    assert address(known) in shown
    again = visit("amara").post(
        reverse("referral_new"), WHO | {"is": str(known.youth.ref)}
    )
    assert again.status_code == 409


def test_none_of_these_begins_a_record_of_its_own(
    given: Given, visit: Visit, become: Become
) -> None:
    given("assessed")
    visit("amara").post(reverse("referral_new"), WHO | {"is": "new"})
    become("amara")
    assert Youth.objects.count() == 2


def test_a_double_click_begins_one_referral(visit: Visit, become: Become) -> None:
    client, form = visit("amara"), WHO | {"is": "new", "form_token": uuid4()}
    first, second = (client.post(reverse("referral_new"), form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    become("amara")
    assert Referral.objects.count() == 1
    assert Youth.objects.count() == 1


def test_a_record_of_another_unit_cannot_be_chosen(
    given: Given, visit: Visit, become: Become, at: datetime
) -> None:
    theirs = open_youth(
        by=become("outsider"), at=at, because=Grant.Because.ENROLMENT, **NAMES
    )
    answer = visit("amara").post(reverse("referral_new"), WHO | {"is": str(theirs.ref)})
    assert answer.status_code == 404
    shown = visit("amara").post(reverse("referral_new"), WHO)
    assert shown.status_code == 303  # nobody alike here


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"birth_date": "2027-01-01"}, "The birth date has to be before today."),
        ({"age_about": "x"}, "Write an age in years, such as 15."),
        ({"number": "4711"}, "Choose which kind of number it is."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    visit: Visit, wrong: dict[str, str], sentence: str
) -> None:
    answer = visit("amara").post(reverse("referral_new"), WHO | wrong)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert sentence in shown
    assert 'value="Haidari"' in shown


def typed(referral: Referral, **more: Any) -> dict[str, Any]:
    """A draft's form as it stands, with changes."""
    return {
        "given_name": "Noor",
        "family_name": "Haidari",
        "birth_date": "2011-05-02",
        "route": "hotline",
        "version": referral.version,
        "youth_version": referral.youth.version,
        **more,
    }


def test_a_colleague_finishes_the_draft_and_takes_it_in(
    given: Given, visit: Visit, become: Become
) -> None:
    referral = given("draft")
    page = visit("colleague").get(address(referral, "referral_draft"))
    assert "Anyone on the team can finish it." in page.content.decode()
    answer = visit("colleague").post(
        address(referral, "referral_draft"),
        typed(
            referral,
            do="receive",
            from_organization="Northgate High School",
            reported_at="2026-11-06T14:40",
            received_at="2026-11-09T09:10",
        ),
    )
    assert answer.headers["Location"] == address(referral)
    become("amara")
    referral.refresh_from_db()
    assert (referral.stage, referral.from_organization) == (
        Stage.RECEIVED,
        "Northgate High School",
    )
    shown = visit("amara").get(address(referral)).content.decode()
    assert "2 days 18 hours" in shown
    assert "reported to received by this unit" in shown


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"given_name": "", "family_name": ""}, "Write a name, or what the young"),
        ({"route": ""}, "Choose which way it came."),
        (
            {"reported_at": "2026-11-19T09:40", "received_at": "2026-11-19T09:30"},
            "cannot be before “Reported”",
        ),
        ({"received_at": "2026-11-20T09:30"}, "cannot be in the future"),
    ],
)
def test_what_keeps_a_draft_from_being_taken_in_is_said_on_its_page(
    given: Given, visit: Visit, change: dict[str, str], sentence: str
) -> None:
    referral = given("draft")
    form = typed(referral, do="receive", note="Kept as typed") | change
    answer = visit("amara").post(address(referral, "referral_draft"), form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Kept as typed" in answer.content.decode()


def test_two_people_at_one_draft_see_both_versions(
    given: Given, visit: Visit, become: Become
) -> None:
    referral = given("draft")
    form = typed(referral, do="keep", note="From the counselor")
    visit("colleague").post(address(referral, "referral_draft"), form)
    answer = visit("amara").post(
        address(referral, "referral_draft"),
        typed(referral, do="keep", note="From her aunt", phone="555 0100"),
    )
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "From the counselor" in shown
    assert "From her aunt" in shown
    assert "Rosa Castellanos" in shown
    chosen = fields(shown, ("form_token", "draft_path")) | {
        "stands_note": "ours",
        "ours_note": "From her counselor and her aunt",
        "stands_phone": "ours",
        "ours_phone": "555 0100",
    }
    done = visit("amara").post(address(referral, "referral_draft"), chosen)
    assert done.headers["Location"] == reverse("referrals")
    become("amara")
    referral.refresh_from_db()
    assert referral.note == "From her counselor and her aunt"
    assert referral.youth.phone == "555 0100"


def test_a_draft_about_somebody_known_is_put_together_with_them(
    given: Given, visit: Visit, become: Become, at: datetime
) -> None:
    first = given("assessed")
    decide(first, Decision.NOT_ACCEPTED, by=become("amara"), at=at, note="Not now.")
    known, draft = first.youth, given("draft")
    shown = visit("amara").get(address(draft, "referral_draft")).content.decode()
    assert "Somebody your unit knows?" in shown
    visit("amara").post(address(draft, "referral_merge"), {"is": str(known.ref)})
    become("amara")
    draft.refresh_from_db()
    assert draft.youth == known


def test_a_draft_is_set_aside(given: Given, visit: Visit, become: Become) -> None:
    draft = given("draft")
    url = address(draft, "referral_set_aside")
    assert visit("amara").post(url, {"aside-note": ""}).status_code == 422
    visit("amara").post(url, {"aside-note": "A wrong number"})
    become("amara")
    draft.refresh_from_db()
    assert draft.stage == Stage.CLOSED
    assert "A wrong number" in visit("amara").get(address(draft)).content.decode()


def test_it_is_taken_and_given(given: Given, visit: Visit, become: Become) -> None:
    referral = given("received")
    visit("amara").post(address(referral, "referral_take"))
    url = address(referral, "referral_give")
    assert visit("amara").post(url, {}).status_code == 422
    visit("amara").post(url, {"to": str(cast.user("colleague").ref)})
    become("amara")
    referral.refresh_from_db()
    assert referral.taken_by == cast.user("colleague")
    shown = visit("amara").get(address(referral)).content.decode()
    assert "Rosa Castellanos has it" in shown
