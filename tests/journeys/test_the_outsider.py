"""For somebody without a grant a record does not exist, by any way they try."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from alongside.access.models import Grant
from alongside.kernel import clock
from alongside.people.actions import open_youth
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("who", ["outsider", "advocate"])
def test_the_outsider_gets_not_found(
    desk: Desk, look: Callable[[Page], None], who: str
) -> None:
    with desk.acting("amara") as by:
        youth = open_youth(
            by=by,
            at=clock.now(),
            because=Grant.Because.ENROLMENT,
            given_name="Joaquín",
            family_name="Ramos",
        )
    page = desk.sign_in(who)
    seen = []
    for ref in (youth.ref, "00000000-0000-4000-8000-000000000000"):
        answer = page.goto(f"/youth/{ref}/")
        assert answer
        assert answer.status == 404
        seen.append(page.locator("main").inner_text())
    assert seen[0] == seen[1]
    look(page)
    page.get_by_role("searchbox", name="Find a young person").fill("Ramos")
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value("Ramos")
    assert "Ramos" not in page.url
    expect(page.locator("main")).not_to_contain_text("Joaquín")
    look(page)
