"""The coordinator brings the county's workbooks in, and takes them back."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORKBOOKS = Path(__file__).parent.parent / "workbooks"
FILES = [WORKBOOKS / "running_caseload.xlsx", WORKBOOKS / "mdt_calendar.xlsx"]
PATIENCE = 120_000  # a busy machine writes two years of meetings in this time

Look = Callable[[Page], None]


@pytest.fixture
def page(desk: Desk) -> Iterator[Page]:
    """Jo, signed in, on the morning after the files were last saved."""
    with time_machine.travel(datetime(2026, 11, 21, 17, 0, tzinfo=UTC), tick=True):
        page = desk.sign_in("coordinator")
        page.set_default_timeout(PATIENCE)
        page.goto("/unit/imports/")
        yield page


def answer_everything(page: Page) -> None:
    """One person each time; what is in doubt stays empty, or is as it is read."""
    for one_person in page.locator("label[for$='-one']").all():
        one_person.click()
    for empty in page.locator("label[for^='e-']").all():
        empty.click()
    for choice in page.locator("select[name^='p-']").all():
        values = choice.locator("option").evaluate_all("all => all.map(o => o.value)")
        for wanted in ("empty", "keep"):
            if wanted in values:
                choice.select_option(wanted)
                break
        else:
            choice.select_option(values[1])
    page.get_by_role("button", name="Check again with these answers").click()
    page.wait_for_load_state()


def test_two_workbooks_come_in_and_go_again(page: Page, look: Look) -> None:
    look(page)
    page.get_by_label("Workbooks").set_input_files(FILES)
    page.get_by_role("button", name="Read the files").click()
    expect(page.get_by_role("heading", name="Match the headings")).to_be_visible()
    look(page)

    page.get_by_label("O, Remarks: goes to").first.select_option("leave_out")
    page.get_by_role("button", name="Do a dry run").click()
    expect(page.get_by_role("heading", name="What the dry run found")).to_be_visible()
    look(page)
    assert "at risk" not in page.content()

    bring_in = page.get_by_role("button", name="Bring in 82 young people")
    for _ in range(8):
        if bring_in.is_visible():
            break
        answer_everything(page)
    bring_in.click()
    brought_in = page.get_by_role("heading", name="Brought in", exact=True)
    expect(brought_in).to_be_visible(timeout=PATIENCE)
    look(page)

    page.get_by_role("link", name="See the caseload").click()
    expect(page.get_by_text("Skyler Bailey").first).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Undo this import").click()
    look(page)
    page.get_by_role("button", name="Undo the whole import").click()
    undone = page.get_by_role("heading", name="Undone", exact=True)
    expect(undone).to_be_visible(timeout=PATIENCE)
