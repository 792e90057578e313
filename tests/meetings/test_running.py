"""Running a meeting page by page: nothing twice, nothing lost, the next one next."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from alongside.meetings import actions
from alongside.meetings.models import Item
from alongside.people.actions import add_person, change_person
from alongside.plans import actions as plans
from alongside.plans.models import ActionStep, Goal
from alongside.plans.rules import SetBy
from tests import cast
from tests.meetings.conftest import TODAY, Become, NewSession, NewYouth

Visit = Callable[[str], Client]
Form = dict[str, str]


@pytest.fixture
def items(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> list[Item]:
    """Two young people on today's agenda; the first works toward something."""
    session = new_session(0)
    youth = [new_youth("Imani", "Lewis"), new_youth()]
    by = become("coordinator")
    made = [actions.book(one, "mdt_ongoing", session, by=by, at=at) for one in youth]
    plans.set_goal(
        youth[0],
        by=by,
        at=at,
        words="I want my own ID.",
        category="legal_financial",
        set_by=SetBy.YOUTH,
        set_on=TODAY,
    )
    plans.add_step(youth[0], by=by, at=at, text="Bus pass", who="Amara Okafor")
    return made


def as_drawn(answer: HttpResponseBase) -> Form:
    """What a browser would send, untouched: hidden fields, texts, what is checked."""
    page = getattr(answer, "content", b"").decode()
    form = page[page.index('<form class="main"') :]
    form = form[: form.index("</form>")]
    found: Form = {}
    for tag in re.findall(r"<input[^>]*>", form):
        named = re.search(r'name="([^"]*)"', tag)
        is_box = 'type="checkbox"' in tag or 'type="radio"' in tag
        if not named or (is_box and " checked" not in tag):
            continue
        value = re.search(r'value="([^"]*)"', tag)
        found[named[1]] = unescape(value[1]) if value else "on" if is_box else ""
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S
    ):
        found[name] = unescape(text.strip())
    for name, options in re.findall(
        r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def url_of(item: Item) -> str:
    """Its page."""
    return reverse("mdt_item", args=[item.ref])


def now(item: Item, become: Become) -> Item:
    """The item as it is now."""
    become("coordinator")
    return Item.objects.select_related("activity").get(pk=item.pk)


def test_saved_from_the_page_it_leads_to_the_next(
    items: list[Item], visit: Visit, become: Become
) -> None:
    imani, joaquin = items
    client = visit("coordinator")
    form = as_drawn(client.get(url_of(imani)))
    become("coordinator")
    goal, step = Goal.objects.get(), ActionStep.objects.get()
    amara = f"u{cast.user('amara').ref}"
    form |= {
        "here_youth": "on",
        "own_words": "Soon, please.",
        f"step_{step.ref}": "done",
        f"goal_{goal.ref}": "The appointment is booked.",
        "rec_text_1": "Go along on Friday",
        "rec_who_1": amara,
        "rec_due_1": "2026-11-27",
        "rec_goal_1": str(goal.ref),
        "more_name_1": "Ana Solís",
        "more_agency_1": "County Behavioral Health",
        "next": "1",
    }
    answer = client.post(url_of(imani), form)
    assert (answer.status_code, answer["Location"]) == (303, url_of(joaquin))
    saved = now(imani, become)
    assert saved.activity.status == "completed"
    assert saved.own_words == "Soon, please."
    assert set(
        saved.attendances.filter(present=True).values_list("name", flat=True)
    ) == {
        "Imani",
        "Ana Solís",
    }
    made = ActionStep.objects.get(item_id=imani.pk)
    assert (made.text, made.who, made.user, made.goal) == (
        "Go along on Friday",
        "Amara Okafor",
        cast.user("amara"),
        goal,
    )
    assert now(joaquin, become).started_at is not None
    last = client.post(url_of(joaquin), as_drawn(client.get(url_of(joaquin))))
    assert last["Location"] == reverse("mdt_meeting", args=[items[0].meeting.ref])  # type: ignore[union-attr]


def test_a_resent_form_saves_once(
    items: list[Item], visit: Visit, become: Become
) -> None:
    client = visit("coordinator")
    form = as_drawn(client.get(url_of(items[0])))
    form |= {"rec_text_1": "Go along", "rec_who_1": "youth", "form_token": str(uuid4())}
    answers = [client.post(url_of(items[0]), form) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer["Location"] for answer in answers}) == 1
    become("coordinator")
    assert ActionStep.objects.filter(item_id=items[0].pk).count() == 1


def test_opened_again_it_is_as_it_was_saved(items: list[Item], visit: Visit) -> None:
    client = visit("coordinator")
    form = as_drawn(client.get(url_of(items[0])))
    form |= {
        "here_youth": "on",
        "summary": "Went “well” & <fine>.",
        "rec_text_1": "Go along",
        "rec_who_1": "youth",
    }
    client.post(url_of(items[0]), form)
    again = as_drawn(client.get(url_of(items[0])))
    assert again["here_youth"] == "on"
    assert again["summary"] == "Went “well” & <fine>."
    assert [
        text for name, text in again.items() if name.startswith("rec_text_") and text
    ] == ["Go along"]
    before = ActionStep.objects.count()
    client.post(url_of(items[0]), again)
    assert ActionStep.objects.count() == before


def test_who_was_there_has_one_seat_after_changing_employers(
    items: list[Item], visit: Visit, become: Become, at: datetime
) -> None:
    item, by = items[0], become("coordinator")
    acting: dict[str, Any] = {"by": by, "at": at}
    who: dict[str, Any] = {"name": "Samira Idris", "is_team": True}
    person = add_person(
        item.youth, relation="counselor", organization="Mesa", **who, **acting
    )
    there = [actions.Present(person.name, person.organization, person=person)]
    actions.save_item(item, item.version, attendance=there, **acting)
    change_person(person, person.version, organization="Eastfield High", **acting)
    page = visit("coordinator").get(reverse("mdt_item", args=[item.ref]))
    shown = page.content.decode()
    here = shown[shown.index("Who is here") : shown.index("What Imani says")]
    assert "1 of 2 here" in here  # Imani was not, Samira was
    assert "Eastfield High" in here


def test_a_step_without_somebody_to_do_it_is_asked_about(
    items: list[Item], visit: Visit
) -> None:
    client = visit("coordinator")
    form = as_drawn(client.get(url_of(items[0])))
    form |= {"rec_text_1": "Go along", "summary": "Kept while it is asked."}
    answer = client.post(url_of(items[0]), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose who does this step" in page
    assert "Kept while it is asked." in page


def test_the_next_review_comes_after_this_one(items: list[Item], visit: Visit) -> None:
    client = visit("coordinator")
    form = as_drawn(client.get(url_of(items[0])))
    answer = client.post(url_of(items[0]), {**form, "next_review_on": "2026-11-19"})
    assert answer.status_code == 422
    assert "Choose a later day." in answer.content.decode()


def test_the_second_editor_sees_both_and_loses_nothing(
    items: list[Item], visit: Visit, become: Become
) -> None:
    rosa, amara = visit("colleague"), visit("amara")
    url = url_of(items[0])
    theirs, ours = as_drawn(rosa.get(url)), as_drawn(amara.get(url))
    theirs |= {"summary": "Rosa’s words.", "here_youth": "on"}
    ours |= {"summary": "Amara’s words.", "own_words": "Hers alone."}
    assert rosa.post(url, theirs).status_code == 303
    answer = amara.post(url, ours)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Rosa Castellanos saved this", "Rosa’s words.", "Amara’s words."):
        assert words in page
    again = as_drawn(answer)
    assert again["here_youth"] == "on"  # only Rosa changed it
    assert again["own_words"] == "Hers alone."  # only Amara did
    kept = {"stands_summary": "ours", "ours_summary": "Both of us."}
    assert amara.post(url, {**again, **kept}).status_code == 303
    saved = now(items[0], become)
    assert (saved.summary, saved.own_words) == ("Both of us.", "Hers alone.")
    assert saved.attendances.get(name="Imani").present


def test_the_second_editor_may_let_theirs_stand(
    items: list[Item], visit: Visit, become: Become
) -> None:
    rosa, amara = visit("colleague"), visit("amara")
    url = url_of(items[0])
    theirs, ours = as_drawn(rosa.get(url)), as_drawn(amara.get(url))
    rosa.post(url, {**theirs, "summary": "Rosa’s words."})
    again = as_drawn(amara.post(url, {**ours, "summary": "Amara’s words."}))
    amara.post(url, {**again, "stands_summary": "theirs", "ours_summary": "x"})
    assert now(items[0], become).summary == "Rosa’s words."


def test_who_else_has_it_open_is_said(items: list[Item], visit: Visit) -> None:
    url = url_of(items[0])
    visit("colleague").get(url)
    assert (
        "Rosa Castellanos has this open too."
        in visit("amara").get(url).content.decode()
    )
    assert (
        "has this open too"
        not in visit("colleague").get(url_of(items[1])).content.decode()
    )


def test_before_its_day_the_button_says_why_not(
    new_youth: NewYouth,
    new_session: NewSession,
    become: Become,
    at: datetime,
    visit: Visit,
) -> None:
    session, youth = new_session(5), new_youth()
    by = become("coordinator")
    item = actions.book(youth, "mdt_ongoing", session, by=by, at=at)
    client = visit("coordinator")
    page = client.get(url_of(item))
    assert 'aria-disabled="true"' in page.content.decode()
    answer = client.post(url_of(item), as_drawn(page))
    assert answer.status_code == 409
    assert "Write about it on the day" in answer.content.decode()


def test_the_agenda_of_a_family_meeting_is_its_own(
    new_youth: NewYouth, become: Become, at: datetime, visit: Visit
) -> None:
    youth = new_youth()
    item = actions.plan_family_meeting(
        youth,
        by=become("amara"),
        at=at,
        day=TODAY,
        starts_at=at,
        ends_at=at + timedelta(hours=1),
    )
    client = visit("amara")
    form = as_drawn(client.get(url_of(item)))
    answer = client.post(url_of(item), {**form, "own_words": "My people came."})
    assert answer["Location"] == f"{reverse('mdt')}?month=2026-11"
    assert now(item, become).activity.status == "completed"
