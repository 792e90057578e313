"""Today: what stands on it, saying in place how something went, and cover."""

import html
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.access.actions import share
from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.activities.actions import plan
from alongside.activities.models import Activity
from alongside.cases.actions import offer_hand_over
from alongside.kernel.compartments import Compartment
from alongside.people.models import Youth
from alongside.plans.actions import add_step
from alongside.staff.actions import set_cover
from tests import cast
from tests.caseload.team import (
    AT,
    TODAY,
    booked,
    held,
    with_policies,
    young_person,
)
from tests.queries import assert_constant_queries

Become = Callable[..., Actor]
Visit = Callable[[str], Client]


def text_of(client: Client, url: str = "/today/", **headers: Any) -> str:
    """The page, as words one after another."""
    answer = client.get(url, **headers)
    assert answer.status_code == 200
    return words(answer.content)


def words(content: bytes) -> str:
    """What a page says, without its tags."""
    body = re.sub(r"<svg.*?</svg>", "", content.decode(), flags=re.S)
    text = html.unescape(re.sub(r"<[^>]+>", " ", body))
    return " ".join(text.split())


@pytest.fixture
def dulce(become: Become) -> Youth:
    """A youth Amara carries."""
    with_policies(become)
    return young_person(become("amara"), pronouns="she/her", called="Dulce")


def test_the_calendar_asks_how_it_went_and_says_where_now_is(
    dulce: Youth, become: Become, visit: Visit
) -> None:
    by = become("amara")
    booked(dulce, "contact_in_person", 0, by=by, hour=17, place="Library")
    booked(dulce, "school_meeting", 0, by=by, hour=23)
    page = text_of(visit("amara"))
    asked, now, later = (
        page.index(text)
        for text in ("How did it go with Dulce?", "Now, 9:48 am", "school meeting")
    )
    assert asked < now < later
    assert "9:00 am Dulce Serrano : in-person contact Library" in page
    assert "One thing is still on your calendar." in page


def test_what_was_due_says_why_and_offers_one_thing(
    dulce: Youth, become: Become, visit: Visit
) -> None:
    by = become("amara")
    held(dulce, "mdt_ongoing", 92, by=by)
    page = text_of(visit("amara"))
    assert "Was due Tue, Nov 17 Dulce Serrano : 90-day review" in page
    assert "Last MDT was Aug 19, 92 days ago." in page


def test_colleagues_young_people_are_not_mine(
    dulce: Youth, become: Become, visit: Visit
) -> None:
    booked(dulce, "school_meeting", 0, by=become("amara"), hour=23)
    page = text_of(visit("colleague"))
    assert "Dulce" not in page
    assert "Nothing is planned for you today." in page


def test_who_covers_has_the_others_items_each_marked(
    dulce: Youth, become: Become, visit: Visit
) -> None:
    by = become("amara")
    booked(dulce, "school_meeting", 0, by=by, hour=23)
    held(dulce, "mdt_ongoing", 92, by=by)
    set_cover(
        cast.user("amara"),
        cast.user("colleague"),
        by=by,
        at=AT,
        first_day=TODAY,
        last_day=TODAY + timedelta(days=1),
        note="Call me if she writes.",
    )
    page = text_of(visit("colleague"))
    assert "Covering for Amara Okafor through Fri, Nov 20" in page
    assert "Call me if she writes." in page
    assert page.count("Covering for Amara Okafor") >= 3
    assert "1 young person Amara Okafor" in page


def _answer(activity: Activity, **fields: Any) -> dict[str, Any]:
    given = {"went": "completed", "version": activity.version, **fields}
    return {f"a{activity.pk}-{name}": value for name, value in given.items()}


@pytest.fixture
def visit_of_nine(dulce: Youth, become: Become) -> Activity:
    """A visit at nine this morning."""
    return booked(dulce, "contact_in_person", 0, by=become("amara"), hour=17)


def test_it_happened(visit_of_nine: Activity, visit: Visit) -> None:
    note = "Finished her form. “Good day”, she said. 🙂"
    answer = visit("amara").post(
        f"/today/{visit_of_nine.ref}/", _answer(visit_of_nine, note=note)
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today/")
    now = Activity.objects.get(pk=visit_of_nine.pk)
    assert (now.status, now.note) == ("completed", note)
    assert [one.is_youth for one in now.presences.all()] == [True]
    assert "Done 9:48 am, your note: “Finished her form." in text_of(visit("amara"))


def test_it_did_not_and_why(visit_of_nine: Activity, visit: Visit) -> None:
    client, url = visit("amara"), f"/today/{visit_of_nine.ref}/"
    answer = client.post(url, _answer(visit_of_nine, went="missed", note="Rang twice"))
    assert answer.status_code == 422
    page = words(answer.content)
    assert "Choose why it did not happen." in page
    assert "Rang twice" in page
    client.post(url, _answer(visit_of_nine, went="missed", reason="transport"))
    now = Activity.objects.get(pk=visit_of_nine.pk)
    assert (now.status, now.reason) == ("missed", "transport")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose the new day."),
        ({"day": "2026-11-18"}, "The new day cannot be before today."),
        ({"day": "soon"}, "Enter a valid date."),
    ],
)
def test_it_moved_needs_a_day_to_come(
    visit_of_nine: Activity, visit: Visit, fields: dict[str, str], sentence: str
) -> None:
    answer = visit("amara").post(
        f"/today/{visit_of_nine.ref}/", _answer(visit_of_nine, went="moved", **fields)
    )
    assert answer.status_code == 422
    assert sentence in words(answer.content)


def test_it_moved(visit_of_nine: Activity, visit: Visit) -> None:
    visit("amara").post(
        f"/today/{visit_of_nine.ref}/",
        _answer(visit_of_nine, went="moved", day="2026-11-24", time="10:30"),
    )
    now = Activity.objects.get(pk=visit_of_nine.pk)
    assert (now.status, now.day) == ("scheduled", date(2026, 11, 24))
    assert now.starts_at is not None
    assert now.starts_at.astimezone(cast.unit().zone).hour == 10


def test_htmx_gets_the_calendar_and_the_due_list_alone(
    visit_of_nine: Activity, visit: Visit
) -> None:
    answer = visit("amara").post(
        f"/today/{visit_of_nine.ref}/",
        _answer(visit_of_nine),
        headers={"HX-Request": "true", "HX-Target": "today-main"},
    )
    assert answer.status_code == 200
    assert answer.content.lstrip().startswith(b'<div class="main" id="today-main">')


def test_a_slip_is_undone_from_where_it_was_saved(
    dulce: Youth, become: Become, visit: Visit
) -> None:
    planned = plan(
        dulce,
        "contact_in_person",
        by=become("amara"),
        at=AT - timedelta(days=1),
        day=TODAY,
        starts_at=AT - timedelta(hours=1),
        officer=cast.user("amara"),
    )
    client = visit("amara")
    answer = client.post(
        f"/today/{planned.ref}/",
        _answer(planned),
        headers={"HX-Request": "true", "HX-Target": "today-main"},
    )
    toast = json.loads(answer.headers["HX-Trigger"])["toast"]
    assert toast["words"] == "Dulce’s in-person contact is done."
    assert visit("outsider").post(toast["undo"]).status_code == 404
    assert client.get(toast["undo"]).status_code == 405
    assert "is open again" in words(client.post(toast["undo"], follow=True).content)
    assert Activity.objects.get(pk=planned.pk).status == "scheduled"


def test_what_has_moved_is_said_and_has_no_undo(
    visit_of_nine: Activity, visit: Visit
) -> None:
    answer = visit("amara").post(
        f"/today/{visit_of_nine.ref}/",
        _answer(visit_of_nine, went="moved", day="2026-11-24"),
        headers={"HX-Request": "true", "HX-Target": "today-main"},
    )
    toast = json.loads(answer.headers["HX-Trigger"])["toast"]
    assert toast == {"words": "Dulce’s in-person contact has moved."}


def test_the_second_of_two_who_answer_changes_nothing(
    visit_of_nine: Activity, visit: Visit
) -> None:
    given = _answer(visit_of_nine)
    url = f"/today/{visit_of_nine.ref}/"
    visit("amara").post(url, _answer(visit_of_nine, went="moved", day="2026-11-24"))
    answer = visit("colleague").post(
        url, {**given, f"a{visit_of_nine.pk}-note": "Saw her at nine."}
    )
    assert answer.status_code in {303, 409}
    assert Activity.objects.get(pk=visit_of_nine.pk).status == "scheduled"


def test_another_units_activity_is_not_found(
    visit_of_nine: Activity, visit: Visit
) -> None:
    answer = visit("outsider").post(
        f"/today/{visit_of_nine.ref}/", _answer(visit_of_nine)
    )
    assert answer.status_code == 404
    assert visit("evaluator").post(f"/today/{visit_of_nine.ref}/").status_code == 403


def test_hand_overs_and_steps_stand_beside(
    dulce: Youth, become: Become, visit: Visit
) -> None:
    by = become("amara")
    offer_hand_over(
        [dulce],
        cast.user("colleague"),
        by=by,
        at=AT,
        from_day=date(2026, 12, 1),
        reason="Closer to her school.",
    )
    add_step(
        dulce,
        by=by,
        at=AT,
        text="Bring the form",
        who="Rosa",
        user=cast.user("colleague"),
        due_on=date(2026, 11, 21),
    )
    page = text_of(visit("colleague"))
    assert "Amara Okafor asks you to carry the case from Tue, Dec 1" in page
    assert "Bring the form Dulce Serrano , by Sat, Nov 21" in page


def test_what_others_did_since_yesterday(
    dulce: Youth, become: Become, visit: Visit
) -> None:
    held(dulce, "contact_call", 0, by=become("colleague"))
    assert "Rosa Castellanos: call with Dulce Serrano" in text_of(visit("amara"))


def test_an_advocate_has_a_day_of_whom_it_is_shared_with(
    dulce: Youth, become: Become, visit: Visit
) -> None:
    share(
        dulce.pk,
        cast.agency().holder,
        [Compartment.RECORD],
        because=Grant.Because.CHOICE,
        source="Her choice",
        until=None,
        by=become("amara"),
    )
    held(dulce, "contact_call", 0, by=become("colleague"))
    page = text_of(visit("advocate"))
    assert "Rosa Castellanos (Larkspur County Probation): call with Dulce" in page
    assert "Due, and why" not in page
    assert "The unit" not in page


@pytest.mark.parametrize("who", ["evaluator", "administrator"])
def test_who_opens_no_record_is_told_so(visit: Visit, who: str) -> None:
    page = text_of(visit(who))
    assert "Your role opens no young person’s record" in page
    assert "Nothing is planned for you today." not in page
    assert ("Open the units" in page) is (who == "administrator")


def test_a_coordinator_is_told_of_reviews(
    dulce: Youth, become: Become, visit: Visit
) -> None:
    held(dulce, "mdt_ongoing", 92, by=become("amara"))
    page = text_of(visit("coordinator"))
    assert "Dulce Serrano : 90-day review" in page
    assert "in-person contact" not in page


def test_due_dates_are_explained_policy_by_policy(become: Become, visit: Visit) -> None:
    with_policies(become)
    page = text_of(visit("amara"), "/today/how-due/")
    assert "90-day review : every 90 days, counted from the last one held." in page
    assert "In-person contact : 4 a calendar month." in page
    assert "Court report : 7 days before the next court date." in page
    assert "Welcome-back talk : within 3 working days of the day" in page


@pytest.mark.slow
def test_queries_do_not_grow_with_the_day(become: Become, visit: Visit) -> None:
    with_policies(become)
    client = visit("amara")

    def grow(count: int) -> None:
        by = become("amara")
        for number in range(count):
            youth = young_person(by, f"Youth {number}", "Serrano")
            booked(youth, "contact_call", 0, by=by, hour=16)
            booked(youth, "mdt_ongoing", 0, by=by, hour=22)
            add_step(
                youth, by=by, at=AT, text="Go", who="Amara", user=cast.user("amara")
            )
            held(youth, "contact_text", 0, by=become("colleague"))
            become("amara")

    assert_constant_queries(grow, lambda: client.get("/today/"), ceiling=28)
