"""What the pages of an import do not offer is left aside, and the rest is kept."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.exchange import actions
from alongside.exchange.imports import Decision
from alongside.exchange.models import ImportRun
from alongside.people.models import Youth
from tests.exchange.test_pages import HEADINGS, KAUR, ONEIL, RAMOS, TWIN, main_of

Visit = Callable[[str], Client]
Become = Callable[..., Actor]
pytestmark = pytest.mark.slow

SAID = "Something arrived that this page does not offer"


@pytest.fixture
def run(become: Become, at: datetime) -> ImportRun:
    """A small caseload: one row ready, one in doubt, two that may be one person."""
    content = (HEADINGS + RAMOS + ONEIL + TWIN + KAUR).encode()
    files = [("caseload.csv", content)]
    return actions.start_import(files, by=become("coordinator"), at=at)


@pytest.mark.parametrize(
    "odd",
    [
        {"sheet": "abc"},
        {"sheet": ["0", "99999999999"]},
        {"offered": "\0"},
        {"c-": "dob"},
        {"c-0": "dob"},
        {"c-x-A": "dob"},
        {"c-7-A": "dob"},
        {"c-0-B": "nothing of the kind"},
        {"c-0-B": "x" * 5_000},
    ],
    ids=str,
)
def test_headings_are_shown_as_chosen_and_not_saved(
    run: ImportRun, visit: Visit, odd: dict[str, Any]
) -> None:
    sent = {"offered": "0", "sheet": "0", "c-0-D": "leave_out", **odd}
    client = visit("coordinator")
    answer = client.post(reverse("import_headings", args=[run.ref]), sent)
    assert answer.status_code == 422
    assert SAID in main_of(answer)
    shown = {line.name: line for line in answer.context["groups"][0].columns}
    assert shown["c-0-D"].column.field == "leave_out"
    assert 'name="keep" checked' not in main_of(answer)
    assert "aria-disabled" not in main_of(answer)  # it can be sent again
    before = run.mappings
    run.refresh_from_db()
    assert run.mappings == before
    again = client.post(
        reverse("import_headings", args=[run.ref]),
        {"offered": "0", "sheet": "0", "c-0-D": "leave_out"},
    )
    assert again.status_code == 303


def test_what_does_not_arrive_stays_as_it_is(run: ImportRun, visit: Visit) -> None:
    client, place = visit("coordinator"), reverse("import_headings", args=[run.ref])
    client.post(place, {"offered": "0", "c-0-D": "leave_out"})
    client.post(place, {})
    run.refresh_from_db()
    (mapping,) = actions.mappings_of(run)
    assert mapping.left_out
    assert mapping.field_of("D") == "leave_out"


def test_an_answer_from_a_page_drawn_before_others_were_given_is_taken(
    run: ImportRun, visit: Visit
) -> None:
    client, place = visit("coordinator"), reverse("import_dry_run", args=[run.ref])
    (pair,) = client.get(place).context["pairs"]
    answer = client.post(place, {f"q-{pair.at + 7}-{pair.question.id}": "two"})
    assert answer.status_code == 303
    run.refresh_from_db()
    assert actions.answers_of(run).questions == {pair.question.id: Decision.TWO}


def test_an_answer_that_is_none_brings_nothing_in_and_loses_none(
    run: ImportRun, visit: Visit
) -> None:
    client, place = visit("coordinator"), reverse("import_dry_run", args=[run.ref])
    shown = client.get(place).context
    (pair,), asks = shown["pairs"], shown["asks"]
    day = next(one for one in asks if one.control == "date")
    where = next(one for one in asks if one.control == "choice")
    good = {"asked": [day.key], f"p-{day.key}": "2008-06-30\0"}
    pair_name = f"q-{pair.at}-{pair.question.id}"
    for odd in (
        {pair_name: "three"},
        {"q-0-nobody": "one"},
        {pair_name: "one", "go": "now"},
        {pair_name: "one", "asked": [day.key, "abc"]},
        {pair_name: "one", "officer": "R. Nobody", "officer_is": "Somebody Else"},
        {pair_name: "one", "officer": "Who?\0", "officer_is": ""},
        {"asked": [day.key, where.key], f"p-{where.key}": "use:abc"},
    ):
        answer = client.post(place, {"go": "ready", **good, **odd})
        assert answer.status_code == 422, odd
        assert SAID in main_of(answer)
    assert not Youth.objects.exists()
    run.refresh_from_db()
    kept = actions.answers_of(run)
    assert kept.questions == {pair.question.id: Decision.ONE}
    assert [reply.value for reply in kept.problems.values()] == ["2008-06-30"]
