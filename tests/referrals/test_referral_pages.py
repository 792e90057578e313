"""A referral in pages: begun, taken in, assessed, decided, handed off, answered."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.activities.actions import log_contact
from alongside.cases.actions import open_case
from alongside.cases.models import Case
from alongside.cases.referral_decisions import decide
from alongside.people.actions import add_identifier, open_youth
from alongside.people.models import Youth
from alongside.referrals import actions
from alongside.referrals.assessing import draft_of
from alongside.referrals.models import AssessmentDraft, Referral
from alongside.referrals.rules import Decision, Stage, Step
from tests import cast
from tests.queries import assert_constant_queries
from tests.referrals.conftest import ANSWERS, NAMES, Given

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

WHO = {"given_name": "Noor", "family_name": "Haidari", "birth_date": "2011-05-02"}


def fields(page: str, skip: tuple[str, ...] = ()) -> dict[str, Any]:
    """The hidden fields of a page's forms, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    found += re.findall(r'<input type="hidden" name="([^"]+)" autocomplete', page)
    return {name: value for name, value in found if name not in skip}


def address(referral: Referral, route: str = "referral") -> str:
    """One of its pages."""
    return reverse(route, args=[referral.ref])


# ---------- beginning ----------


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


# ---------- a draft ----------


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
    assert visit("amara").post(url, {"note": ""}).status_code == 409
    visit("amara").post(url, {"note": "A wrong number"})
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


# ---------- assessment ----------


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


# ---------- decision ----------


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


# ---------- hand-off ----------


def test_it_is_sent_with_the_young_persons_choice_and_answered_step_by_step(
    given: Given, visit: Visit, become: Become, at: datetime
) -> None:
    referral = given("decided")
    assert visit("advocate").get(address(referral)).status_code == 404
    url = address(referral, "referral_send")
    form = {
        "agency": cast.agency().pk,
        "because": "choice",
        "source": "She chose it on Nov 19",
        "until": "2027-02-17",
        "note": "Text first.",
    }
    missing = visit("amara").post(url, form | {"source": ""})
    assert missing.status_code == 422
    assert "Fill in “When and how, in a line”." in missing.content.decode()
    visit("amara").post(url, form)
    advocate = visit("advocate")
    page = advocate.get(address(referral)).content.decode()
    assert "Text first." in page
    assert "I’d talk to someone" not in page  # the assessment stays with the unit
    for step in list(Step)[5:]:
        sent: dict[str, Any] = {"step": step.value, "when": "2026-11-19T09:48"}
        if step is Step.ASSIGNED:
            sent["advocate"] = cast.user("advocate").pk
        advocate.post(address(referral, "referral_step"), sent)
    become("amara")
    referral.refresh_from_db()
    assert (referral.stage, referral.advocate) == (Stage.CLOSED, cast.user("advocate"))
    shown = visit("amara").get(address(referral)).content.decode()
    assert "assigned to first contact" in shown


def test_a_step_out_of_turn_or_in_the_future_is_refused_on_the_page(
    given: Given, visit: Visit
) -> None:
    referral = given("sent")
    url = address(referral, "referral_step")
    future = visit("advocate").post(
        url, {"step": "agency_received_at", "when": "2026-11-21T09:00"}
    )
    assert future.status_code == 422
    assert "cannot be in the future" in future.content.decode()
    skipped = visit("advocate").post(
        url, {"step": "first_contact_at", "when": "2026-11-19T09:48"}
    )
    assert "The next step is “Received there”." in skipped.content.decode()


def test_an_agency_gives_back_what_it_cannot_take_on(
    given: Given, visit: Visit, become: Become
) -> None:
    referral = given("sent")
    answer = visit("advocate").post(
        address(referral, "referral_decline"), {"note": "No one speaks Dari."}
    )
    assert answer.headers["Location"] == reverse("referrals")
    become("amara")
    referral.refresh_from_db()
    assert referral.stage == Stage.DECIDED


# ---------- look-up ----------


def test_the_searcher_gets_the_very_same_bytes_whether_somebody_knows_or_not(
    given: Given, visit: Visit, become: Become, at: datetime
) -> None:
    referral = given("received")
    outsider = become("outsider")
    theirs = open_youth(by=outsider, at=at, because=Grant.Because.ENROLMENT, **NAMES)
    open_case(theirs, by=outsider, at=at, day=at.date(), level="full")
    unknown = given("received", names={"birth_date": date(2012, 1, 1)})
    answers = []
    for one in (referral, unknown):
        client = visit("assessor")
        asked = client.post(address(one, "referral_look_up"))
        page = client.get(asked.headers["Location"])
        answers.append((asked, page))
    (known_asked, known_page), (asked, page) = answers
    assert known_asked.status_code == asked.status_code
    assert known_asked.content == asked.content
    assert _panel(known_page.content) == _panel(page.content)
    assert b"You see this sentence either way." in _panel(page.content)
    shown = visit("outsider").get(reverse("referrals_look_up")).content.decode()
    assert "Denise Whitlock of Bridge Unit asks." in shown
    assert shown.count("asks.") == 1


def test_a_unit_that_knows_chooses_to_be_contacted(
    given: Given, visit: Visit, become: Become, at: datetime
) -> None:
    outsider = become("outsider")
    theirs = open_youth(
        by=outsider, at=at, because=Grant.Because.ENROLMENT, given_name="Other"
    )
    add_identifier(theirs, "pdj", "PDJ 4711", by=outsider, at=at)
    open_case(theirs, by=outsider, at=at, day=at.date(), level="full")
    referral = given("received")
    add_identifier(referral.youth, "pdj", "pdj4711", by=become("assessor"), at=at)
    visit("assessor").post(address(referral, "referral_look_up"))
    queue = visit("outsider").get(reverse("referrals")).content.decode()
    assert "One question from another unit waits for yours." in queue
    record = visit("outsider").get(reverse("youth", args=[theirs.ref]))
    assert "Denise Whitlock of Bridge Unit asks whether" in record.content.decode()
    page = visit("outsider").get(reverse("referrals_look_up")).content.decode()
    found = re.search(r'action="(/referrals/look-up/[^"]+)"', page)
    assert found
    assert visit("amara").post(found[1], {"answer": "contact_us"}).status_code == 404
    assert visit("outsider").post(found[1], {"answer": "maybe"}).status_code == 409
    visit("outsider").post(found[1], {"answer": "contact_us"})
    shown = visit("assessor").get(address(referral)).content.decode()
    assert "asks you to contact Tomas Ybarra" in shown


def test_other_units_are_not_asked_about_nobody_in_particular(
    given: Given, visit: Visit
) -> None:
    referral = given("draft", names={"birth_date": None, "birth_precision": "unknown"})
    sentence = "Other units can be asked once a name and a birth date, or a number"
    shown = visit("amara").get(address(referral)).content.decode()
    assert sentence in shown
    assert 'aria-disabled="true"' in shown
    refused = visit("amara").post(address(referral, "referral_look_up"))
    assert refused.status_code == 409
    assert sentence in refused.content.decode()


# ---------- who sees what ----------

PAGES = (
    *("referral", "referral_draft", "referral_give", "referral_answers"),
    *("referral_assess", "referral_send"),
)
ACTS = (
    *("referral_take", "referral_decide", "referral_look_up", "referral_step"),
    *("referral_decline", "referral_merge", "referral_set_aside", "referral_give"),
)


@pytest.mark.parametrize("route", PAGES)
def test_a_page_of_a_referral_is_not_there_for_another_unit(
    given: Given, visit: Visit, route: str
) -> None:
    referral = given("decided")
    assert visit("outsider").get(address(referral, route)).status_code == 404
    assert visit("evaluator").get(address(referral, route)).status_code == 403
    expected = 302 if route == "referral_draft" else 200
    answer = visit("colleague").get(address(referral, route))
    assert answer.status_code in {expected, 303}


@pytest.mark.parametrize("route", ACTS)
def test_nothing_is_done_to_it_by_others(
    given: Given, visit: Visit, route: str
) -> None:
    referral = given("sent")
    assert visit("outsider").post(address(referral, route)).status_code == 404
    assert visit("administrator").post(address(referral, route)).status_code == 403


def test_an_agency_does_not_open_what_is_the_units_alone(
    given: Given, visit: Visit
) -> None:
    referral = given("sent")
    client = visit("advocate")
    assert client.get(address(referral, "referral_answers")).status_code == 404
    for route in ("referral_draft", "referral_give", "referral_assess"):
        assert client.get(address(referral, route)).status_code == 403


@pytest.mark.slow
def test_the_page_of_a_referral_costs_the_same_whatever_it_holds(
    given: Given, visit: Visit, become: Become, at: datetime
) -> None:
    referral = given("assessed")
    client = visit("amara")

    def grow(count: int) -> None:
        amara = become("amara")
        for _ in range(count):
            actions.save_draft(
                referral, referral.version, {"note": "More"}, by=amara, at=at
            )
            log_contact(
                referral.youth,
                "contact_in_person",
                by=amara,
                at=at,
                happened_at=at - timedelta(hours=1),
            )

    assert_constant_queries(grow, lambda: client.get(address(referral)), ceiling=30)


@pytest.mark.parametrize("decision", [Decision.TRACKING])
def test_a_name_of_any_kind_is_shown_as_it_is_written(
    given: Given, visit: Visit, decision: Decision
) -> None:
    odd = "<b>O’Neal</b> \u202eTh\u1ea3o\N{SMILING FACE WITH OPEN MOUTH} =1+1"
    referral = given("assessed", names={"given_name": odd, "family_name": ""})
    shown = visit("amara").get(address(referral)).content.decode()
    assert "&lt;b&gt;O’Neal&lt;/b&gt;" in shown
    assert "\u202eThảo\N{SMILING FACE WITH OPEN MOUTH} =1+1" in shown
    assert decision.label in shown


def _panel(page: bytes) -> bytes:
    """The look-up's part of the page, without the tokens that are new each time."""
    part = page[page.index(b'id="look-up"') : page.index(b'aria-labelledby="log-h"')]
    return re.sub(rb'(value|action)="[^"]*"', b"", part)
