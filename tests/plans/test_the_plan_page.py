"""The plan: who sees it, what is written on it, and that nothing typed is lost."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.people.models import Youth
from alongside.plans import actions
from alongside.plans.models import ActionStep, Goal, ProgressNote
from alongside.plans.rules import GoalStatus, SetBy, StepStatus
from tests.queries import assert_constant_queries

Visit = Callable[[str], Client]


def _address(youth: Youth) -> str:
    return reverse("youth_plan", args=[youth.ref])


def test_a_colleague_sees_the_goal_in_his_own_words(goal: Goal, visit: Visit) -> None:
    text = visit("colleague").get(_address(goal.youth)).text
    assert "<q>I want to graduate with my class, not after them.</q>" in text
    assert "Set by Quino" in text
    assert "Two full school days a week counts as on track." in text


@pytest.mark.parametrize(
    ("who", "status"),
    [("outsider", 404), ("advocate", 404), ("evaluator", 403), ("administrator", 403)],
)
def test_nobody_else_does(goal: Goal, visit: Visit, who: str, status: int) -> None:
    assert visit(who).get(_address(goal.youth)).status_code == status


def test_every_address_of_a_goal_is_not_found_for_an_outsider(
    goal: Goal, visit: Visit
) -> None:
    outsider = visit("outsider")
    for name in ("goal_change", "goal_end", "step_add", "progress_add"):
        assert outsider.get(reverse(name, args=[goal.ref])).status_code == 404
    for name in ("plan_pdf", "plan_sheet", "goal_add"):
        answer = outsider.get(reverse(name, args=[goal.youth.ref]))
        assert answer.status_code == 404


def test_a_goal_is_added_once_however_often_the_form_is_sent(
    youth: Youth, visit: Visit, become: Callable[[str], Actor]
) -> None:
    sent = {
        "words": "Get my own ID and keep it.",
        "category": "daily_life",
        "set_by": "youth",
        "set_on": "2026-11-19",
        "form_token": str(uuid4()),
    }
    client = visit("amara")
    answers = [
        client.post(reverse("goal_add", args=[youth.ref]), sent) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"] == _address(youth)
    become("amara")
    assert Goal.objects.get().words == "Get my own ID and keep it."


def test_a_goal_without_words_is_told_and_what_was_typed_stays(
    youth: Youth, visit: Visit
) -> None:
    sent = {"words": "", "category": "daily_life", "specific": "An ID card."}
    answer = visit("amara").post(reverse("goal_add", args=[youth.ref]), sent)
    assert answer.status_code == 422
    assert answer.text.count("Write the goal as the young person says it.") == 2
    assert "An ID card." in answer.text


def test_the_second_of_two_editors_sees_both_versions_and_loses_nothing(
    goal: Goal, visit: Visit, become: Callable[[str], Actor]
) -> None:
    def sent(specific: str, version: int) -> dict[str, str]:
        return {
            "words": goal.words,
            "category": "education",
            "set_by": "youth",
            "set_on": "2026-09-22",
            "specific": specific,
            "version": str(version),
        }

    address = reverse("goal_change", args=[goal.ref])
    first = visit("amara").post(address, sent("Earn ten credits.", 1))
    second = visit("colleague").post(address, sent("Earn eleven credits.", 1))
    assert (first.status_code, second.status_code) == (303, 409)
    assert "Earn ten credits." in second.text
    assert "Earn eleven credits." in second.text
    again = visit("colleague").post(address, sent("Earn eleven credits.", 2))
    assert again.status_code == 303
    become("amara")
    goal.refresh_from_db()
    assert (goal.specific, goal.version) == ("Earn eleven credits.", 3)


def test_a_step_is_given_to_somebody_and_its_standing_said(
    goal: Goal, visit: Visit, become: Callable[[str], Actor]
) -> None:
    client = visit("amara")
    client.post(
        reverse("step_add", args=[goal.ref]),
        {
            "text": "Enroll in credit recovery",
            "who": "somebody",
            "somebody": "Samira Idris",
            "due_on": "2026-10-01",
        },
    )
    become("amara")
    step = ActionStep.objects.get()
    assert (step.who, step.due_on) == ("Samira Idris", date(2026, 10, 1))
    assert "Was due" in client.get(_address(goal.youth)).text
    client.post(
        reverse("step_settle", args=[step.ref]), {"status": "done", "note": "English."}
    )
    become("amara")
    step.refresh_from_db()
    assert (step.status, step.settled_on) == (StepStatus.DONE, date(2026, 11, 19))


def test_progress_is_noted_and_shown(
    goal: Goal, visit: Visit, become: Callable[[str], Actor]
) -> None:
    client = visit("colleague")
    sent = {"text": "Three days most weeks."}
    client.post(reverse("progress_add", args=[goal.ref]), sent)
    become("amara")
    assert ProgressNote.objects.get().by.name == "Rosa Castellanos"
    assert "Three days most weeks." in client.get(_address(goal.youth)).text


def test_the_same_wish_of_two_partners_is_pointed_out(
    goal: Goal, visit: Visit, amara: Actor, at: datetime
) -> None:
    other = actions.set_goal(
        goal.youth,
        by=amara,
        at=at,
        words="Graduate with my class.",
        category="education",
        set_by=SetBy.PARTNER,
        set_on=date(2026, 10, 2),
    )
    client = visit("amara")
    told = "The same wish is written down twice."
    assert told in client.get(_address(goal.youth)).text
    client.post(reverse("goal_same", args=[goal.ref, other.ref]))
    assert told not in client.get(_address(goal.youth)).text


def test_a_reached_goal_cannot_be_set_aside_as_well(
    goal: Goal, visit: Visit, become: Callable[[str], Actor]
) -> None:
    client = visit("amara")
    address = reverse("goal_end", args=[goal.ref])
    assert client.post(address, {"status": "reached"}).status_code == 303
    refused = client.post(address, {"status": "set_aside"})
    assert refused.status_code == 409
    become("amara")
    goal.refresh_from_db()
    assert goal.status == GoalStatus.REACHED


def test_the_page_costs_the_same_however_long_the_plan(
    youth: Youth, visit: Visit, become: Callable[[str], Actor], at: datetime
) -> None:
    def grow(count: int) -> None:
        by = become("amara")
        for number in range(count):
            made = actions.set_goal(
                youth,
                by=by,
                at=at,
                words=f"Goal {number} of mine",
                category="work",
                set_by=SetBy.YOUTH,
                set_on=at.date(),
            )
            actions.add_step(youth, by=by, at=at, text="Step", who="Quino", goal=made)
            actions.note_progress(made, "It moved.", by=by, at=at)

    client = visit("amara")
    assert_constant_queries(grow, lambda: client.get(_address(youth)))
