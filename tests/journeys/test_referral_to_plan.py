"""From the first call to a plan for court: intake, assessment, decision, goal."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Desk, choose

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _choose(page: Page, name: str, label: str) -> None:
    page.locator(f"label[for^='id_{name}']", has_text=label).first.click()


def test_a_young_person_is_carried_from_referral_to_a_plan_for_court(
    desk: Desk, look: Callable[[Page], None], tmp_path: Path
) -> None:
    # Anyone takes the call down; the draft is finished and taken in.
    page = desk.sign_in("colleague")
    page.goto("/referrals/")
    look(page)
    page.get_by_role("link", name="New referral").click()
    page.get_by_label("First name").fill("Noor")
    page.get_by_label("Last name").fill("Haidari")
    page.get_by_label("Birth date").fill("2011-05-02")
    page.get_by_label("Which way it came").select_option("hotline")
    look(page)
    page.get_by_role("button", name="Begin the referral").click()
    page.get_by_label("Received by this unit").fill("2026-01-09T09:10")
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Noor Haidari")
    address = page.url

    # The assessment officer takes it, and writes her wish before a recommendation.
    assessor = desk.sign_in("assessor")
    assessor.goto(address)
    look(assessor)
    assessor.get_by_role("button", name="Take it").click()
    assessor.get_by_role("link", name="Write the assessment").click()
    assessor.locator("[name=wish]").fill("One person I can text. Thursdays I have art.")
    assessor.locator("[name=would_like]").fill("One person to text")
    assessor.locator("[name=talks]").fill("Two talks at school")
    assessor.locator("[name=goes_well]").fill("Drawing; her aunt")
    _choose(assessor, "help_areas", "School")
    _choose(assessor, "told", "Yes")
    _choose(assessor, "recommendation", "Full support")
    look(assessor)
    assessor.get_by_role("button", name="Sign the assessment").click()
    expect(assessor.locator("q").first).to_have_text(
        "One person I can text. Thursdays I have art."
    )

    # The team decides; nothing was preselected.
    supervisor = desk.sign_in("supervisor")
    supervisor.goto(address)
    assert supervisor.locator("input[name=decision]:checked").count() == 0
    _choose(supervisor, "decision", "Full support")
    choose(supervisor, "officer", "Amara Okafor")
    supervisor.get_by_label("Why, in a sentence or two").fill("She asked for somebody.")
    supervisor.get_by_role("button", name="Record the decision").click()
    expect(supervisor.get_by_text("She asked for somebody.")).to_be_visible()
    look(supervisor)

    # Her officer finds her on the caseload and writes the first goal with her.
    officer = desk.sign_in("amara")
    officer.goto("/caseload/")
    officer.get_by_role("link", name="Noor Haidari").click()
    look(officer)
    officer.get_by_role("link", name="Plan", exact=True).first.click()
    officer.get_by_role("link", name="Add the first goal").click()
    officer.locator("[name=words]").fill("Get back into art club.")
    officer.locator("[name=category]").select_option("work")
    officer.locator("[name=specific]").fill("Thursdays, with a ride home.")
    look(officer)
    officer.get_by_role("button", name="Save the goal").click()
    expect(officer.locator("h3 q")).to_have_text("Get back into art club.")
    look(officer)
    with officer.expect_download() as download:
        officer.get_by_role("link", name="PDF for court").click()
    assert download.value.suggested_filename.startswith("plan-")
    paper = tmp_path / "plan.pdf"
    download.value.save_as(paper)
    with pikepdf.open(paper) as read:
        assert read.Root.MarkInfo.Marked
