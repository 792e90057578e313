"""A colleague falls ill, another stands in; and a whole caseload changes hands."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from alongside.access.models import Grant
from alongside.activities import actions as activities
from alongside.cases import actions as cases
from alongside.cases.models import HandOver
from alongside.kernel import clock
from alongside.people.actions import open_youth
from tests import cast
from tests.journeys.conftest import Desk, choose

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_NEW = "Rosa Castellanos"
NAMES = ["Joaquín Ramos", "Siobhán O’Neal", "Tevita"]


@pytest.fixture
def carried(desk: Desk) -> list[str]:
    """Amara carries three young people; one of them has a visit today."""
    amara = cast.user("amara")
    with desk.acting("amara") as by:
        at = clock.now()
        today = at.astimezone(by.zone).date()
        for number, name in enumerate(NAMES):
            given, _, family = name.partition(" ")
            youth = open_youth(
                by=by,
                at=at,
                because=Grant.Because.ENROLMENT,
                given_name=given,
                family_name=family,
            )
            cases.open_case(youth, by=by, at=at, day=today, level="full", officer=amara)
            if number == 0:
                activities.plan(
                    youth,
                    "contact_in_person",
                    by=by,
                    at=at,
                    day=today,
                    starts_at=at + timedelta(minutes=1),
                    officer=amara,
                )
    return NAMES


def test_a_colleague_covers_and_finds_everything_in_a_minute(
    desk: Desk, carried: list[str], look: Callable[[Page], None]
) -> None:
    supervisor = desk.sign_in("supervisor")
    supervisor.goto("/unit/cover/")
    choose(supervisor, "away", "Amara Okafor")
    choose(supervisor, "covering", _NEW)
    last = supervisor.locator("[name=last_day]")
    last.fill(supervisor.locator("[name=first_day]").input_value())
    look(supervisor)
    supervisor.locator("main form button[type=submit]").first.click()

    covering = desk.sign_in("colleague", phone=True)
    covering.goto("/today/")
    expect(covering.get_by_text("Covering for").first).to_be_visible()
    look(covering)
    covering.get_by_role("link", name="Joaquín Ramos").first.click()
    expect(
        covering.get_by_role("heading", name="If you have one minute")
    ).to_be_visible()
    look(covering)
    covering.get_by_role("link", name="Log a contact").first.click()
    note = "Met at the library. All is well."
    covering.locator("[name=note]").fill(note)
    look(covering)
    covering.get_by_role("button", name="Save", exact=True).click()
    expect(
        covering.get_by_text("Met at the library. All is well.").first
    ).to_be_visible()


def test_a_whole_caseload_is_handed_over_with_a_reason(
    desk: Desk, carried: list[str], look: Callable[[Page], None]
) -> None:
    officer = desk.sign_in("amara")
    officer.goto("/caseload/")
    officer.get_by_role("link", name="Hand over").click()
    look(officer)
    for box in officer.locator("label[for^=id_youth]").all():
        box.click()
    choose(officer, "to", _NEW)
    officer.locator("textarea[name=reason]").fill("Moving to another team.")
    officer.locator("main form button[type=submit]").last.click()

    new = desk.sign_in("colleague")
    new.goto("/today/")
    look(new)
    for _ in carried:
        new.goto("/today/")
        new.get_by_role("link", name="Read and answer").first.click()
        look(new)
        new.locator("button[name=answer][value=yes]").click()
    new.goto("/today/")
    expect(new.get_by_role("link", name="Read and answer")).to_have_count(0)
    with desk.acting("colleague"):
        agreed = HandOver.objects.filter(accepted=True, to_officer__name=_NEW)
        assert agreed.count() == len(carried)
