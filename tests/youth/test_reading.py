"""What the pages say: one minute, timeline and gaps, changes, finding; and how often
they ask the database."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.activities.actions import cancel, complete, log_contact, plan
from alongside.activities.models import Activity
from alongside.cases.actions import close_case
from alongside.cases.models import Case
from alongside.desk.youth.wording import called
from alongside.people.actions import (
    add_document,
    add_identifier,
    add_name,
    add_own_words,
    add_person,
    change_fact,
    change_youth,
    open_youth,
)
from alongside.people.models import Stay, Youth
from alongside.plans.actions import settle_step
from alongside.plans.models import ActionStep
from alongside.plans.rules import StepStatus
from tests.queries import assert_constant_queries
from tests.youth.lives import TODAY

Become = Callable[..., Actor]
Visit = Callable[[str], Client]


def text_of(client: Client, name: str, youth: Youth, **asked: str) -> str:
    answer = client.get(reverse(name, args=[youth.ref]), asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_one_minute_is_made_of_facts(lived: Youth, visit: Visit) -> None:
    text = text_of(visit("colleague"), "youth", lived)
    for said in (
        "Quino is 16.",
        "He has stayed <b>with the Delgado family in Eastfield</b> since",
        "goes to <b>Eastfield High</b>, 11th grade",
        "Amara Okafor has been his officer for 13 months and last saw him in person",
        "His <b>school meeting is today at",
        "One step is past its date: “Meet the auto-shop teacher”.",
        "You are in the Bridge Unit, which has supported Quino since",
    ):
        assert said in text


def test_what_was_agreed_for_a_night_stands_on_the_summary(
    lived: Youth, visit: Visit, become: Become, at: datetime
) -> None:
    before = text_of(visit("colleague"), "youth", lived)
    assert "If he is not where you expect him" in before
    assert "No safety plan is on record yet." in before
    by = become("amara")
    agreed = plan(lived, "safety_plan", by=by, at=at, day=TODAY)
    complete(agreed, by=by, at=at, note="Text, and wait half an hour.")
    after = text_of(visit("colleague"), "youth", lived)
    assert "Text, and wait half an hour." in after
    assert "No safety plan is on record yet." not in after


def test_of_somebody_new_it_says_only_what_is_known(youth: Youth, visit: Visit) -> None:
    text = text_of(visit("amara"), "youth", youth)
    assert "Where Quino stays is not known." in text
    assert "No contact is on record yet." in text
    assert "No goals yet." in text


def test_when_support_has_ended_it_says_so(
    lived: Youth, visit: Visit, become: Become, at: datetime
) -> None:
    case = Case.objects.get(youth=lived)
    close_case(case, by=become("amara"), at=at, day=TODAY, reason="goals_reached")
    text = text_of(visit("amara"), "youth", lived)
    assert "The unit’s support ended on <b>" in text
    assert "has been his officer" not in text
    assert "Say how it went" not in text


@pytest.mark.parametrize(
    ("pronouns", "start", "possessive"),
    [
        ("he/him", "He", "his"),
        ("she / her", "She", "her"),
        ("They/them", "They", "their"),
        ("", "Quino", "Quino’s"),
        ("xe/xem", "Quino", "Quino’s"),
    ],
)
def test_pronouns_are_never_guessed(pronouns: str, start: str, possessive: str) -> None:
    who = called(Youth(given_name="Joaquín", called="Quino", pronouns=pronouns))
    assert (who.start, who.possessive) == (start, possessive)


def test_the_timeline_names_its_gaps_and_what_is_ahead(
    lived: Youth, visit: Visit
) -> None:
    text = text_of(visit("amara"), "youth_timeline", lived)
    assert "Nothing recorded from" in text
    assert "72 days." in text
    order = [text.index(said) for said in (">Ahead<", "School meeting", ">November<")]
    assert order == sorted(order)
    assert text.count(">School meeting") == 1


@pytest.mark.parametrize(
    ("show", "there", "away"),
    [
        ("contacts", "In person with Quino", "Goal set"),
        ("plan", "Goal set", "In person with Quino"),
        ("facts", "Staying: the Delgado family", "Goal set"),
        ("meetings", "School meeting", "Goal set"),
    ],
)
def test_the_timeline_shows_what_is_chosen(
    lived: Youth, visit: Visit, show: str, there: str, away: str
) -> None:
    text = text_of(visit("amara"), "youth_timeline", lived, show=show)
    assert there in text
    assert away not in text


def test_no_entry_is_lost_between_pages(
    lived: Youth, visit: Visit, become: Become, at: datetime
) -> None:
    by = become("amara")
    for number in range(120):
        happened = at - timedelta(days=30 + number // 5, minutes=number)
        note = f"note-{number:03}."
        log_contact(
            lived, "contact_call", by=by, at=at, happened_at=happened, note=note
        )
    client, asked, seen = visit("amara"), {"show": "contacts"}, ""
    for _ in range(10):
        text = text_of(client, "youth_timeline", lived, **asked)
        seen += text
        foot = text.partition("panel__foot")[2]
        if "before=" not in foot:
            break
        asked["before"] = foot.split("before=")[1][:10]
    shown = [seen.count(f"note-{number:03}.") for number in range(120)]
    assert shown == [1] * 120


def test_changes_tell_who_what_before_and_after(
    lived: Youth, visit: Visit, become: Become, at: datetime
) -> None:
    by = become("colleague")
    change_youth(lived, lived.version, {"phone": "555-0009"}, by=by, at=at)
    text = text_of(visit("amara"), "youth_changes", lived)
    assert "changed names and numbers" in text
    assert "555-0142" in text.split("<del>")[1].split("</del>")[0]
    assert "<ins>" in text
    assert "Resource home" in text
    assert "resource_family" not in text


def test_a_change_says_which_step_and_which_appointment_it_was(
    lived: Youth, visit: Visit, become: Become, at: datetime
) -> None:
    by = become("colleague")
    step = ActionStep.objects.get(youth=lived, text="Meet the auto-shop teacher")
    settle_step(step, StepStatus.DONE, by=by, at=at, day=TODAY)
    meeting = Activity.objects.get(youth=lived, kind="school_meeting")
    cancel(meeting, "youth_chose", by=by, at=at)
    text = text_of(visit("amara"), "youth_changes", lived)
    assert "changed a step: Meet the auto-shop teacher" in text
    assert "changed something on the calendar: School meeting, Nov 19, 2026" in text


def test_all_changes_of_one_instant_are_shown_page_by_page(
    lived: Youth, visit: Visit, become: Become, at: datetime
) -> None:
    by = become("amara")
    for number in range(70):
        add_name(lived, f"Name{number:02}x", by=by, at=at)
    client, page = visit("amara"), reverse("youth_changes", args=[lived.ref])
    seen, address = "", page
    for _ in range(10):
        text = client.get(address).content.decode()
        seen += text
        if "?after=" not in text:
            break
        address = page + "?after=" + text.split("?after=")[1].split('"')[0]
    assert [f"Name{number:02}x" in seen for number in range(70)] == [True] * 70


def test_finding_is_for_those_who_may_open(lived: Youth, visit: Visit) -> None:
    page = reverse("find")
    found = visit("colleague").get(page, {"q": "ramo joa"}).content.decode()
    assert reverse("youth", args=[lived.ref]) in found
    like = visit("colleague").get(page, {"q": "Joaqin Rmos"}).content.decode()
    assert "Could it be one of these?" in like
    for asked in ("ramos", "Joaqin Rmos", "104418"):
        other = visit("outsider").get(page, {"q": asked}).content.decode()
        assert "No record you can open" in other
        assert "Joaquín" not in other
        assert "Could it be" not in other


def _grow(youth: Youth, become: Become, at: datetime) -> Callable[[int], None]:
    """More of everything a record has."""
    made = iter(range(1_000))

    def grow(count: int) -> None:
        by = become("amara")
        acting: dict[str, Any] = {"by": by, "at": at}
        for number in (next(made) for _ in range(count)):
            name = f"Number {number}"
            uncle = add_person(youth, name=name, relation="uncle", **acting)
            add_name(youth, name, **acting)
            add_identifier(youth, "other", name, **acting)
            said_on = TODAY - timedelta(days=number)
            add_own_words(youth, name, "question", said_on=said_on, **acting)
            add_document(youth, "letter", name, "a.txt", b"a", **acting)
            day = date(2026, 9, 1) + timedelta(days=number)
            change_fact(Stay, youth, day, kind="shelter", place=name, **acting)
            happened = at - timedelta(days=number, minutes=5)
            present: list[Any] = [youth, uncle]
            log_contact(
                youth, "contact_call", happened_at=happened, present=present, **acting
            )
            later = TODAY + timedelta(days=1 + number)
            plan(youth, "task", day=later, **acting)

    return grow


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        *("youth", "youth_timeline", "youth_facts", "youth_people"),
        *("youth_documents", "youth_access", "youth_changes", "contact_log"),
        *("activity_plan", "youth_names"),
    ],
)
def test_a_page_asks_as_often_however_much_there_is(
    lived: Youth, visit: Visit, become: Become, at: datetime, name: str
) -> None:
    client, page = visit("colleague"), reverse(name, args=[lived.ref])
    grow = _grow(lived, become, at)
    assert_constant_queries(grow, lambda: client.get(page), ceiling=36)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["find", "contact_start"])
def test_finding_asks_as_often_however_many_there_are(
    visit: Visit, become: Become, at: datetime, name: str
) -> None:
    def grow(count: int) -> None:
        by = become("amara")
        for number in range(count):
            open_youth(
                by=by,
                at=at,
                because=Grant.Because.ENROLMENT,
                given_name=f"Number {number}",
                family_name="Ramos",
            )

    client, page = visit("amara"), reverse(name)
    assert_constant_queries(grow, lambda: client.get(page, {"q": "ramos"}))
