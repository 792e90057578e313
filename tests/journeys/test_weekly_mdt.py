"""A coordinator plans a session, fills it and runs it; an agency sees its own part."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from alongside.access.actions import share
from alongside.access.models import Grant
from alongside.activities.models import Activity
from alongside.kernel import clock
from alongside.kernel.compartments import Compartment
from alongside.kernel.dates import add_months
from alongside.meetings import actions as meetings
from alongside.meetings.models import Item, Meeting
from alongside.people.actions import open_youth
from alongside.people.models import Youth
from alongside.plans import actions as plans
from alongside.plans.models import ActionStep
from alongside.plans.rules import SetBy
from tests import cast
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Look = Callable[[Page], None]
NAMES = (("Imani", "Lewis"), ("Joaquín", "Ramos"))


def given_two_young_people(desk: Desk) -> date:
    """Imani and Joaquín, who has a goal and an advocate; the unit's day."""
    at = clock.now()
    with desk.acting("coordinator", at) as by:
        today = at.astimezone(by.zone).date()
        youth = [
            open_youth(
                by=by,
                at=at,
                because=Grant.Because.ENROLMENT,
                given_name=given,
                family_name=family,
            )
            for given, family in NAMES
        ]
        plans.set_goal(
            youth[1],
            by=by,
            at=at,
            words="I want to see my sister.",
            category="relationships",
            set_by=SetBy.YOUTH,
            set_on=today,
        )
        meetings.invite(cast.agency(), by=by, at=at, starts=today)
        share(
            youth[1].pk,
            cast.agency().holder,
            [Compartment.RECORD],
            because=Grant.Because.CHOICE,
            source="Release",
            until=None,
            by=by,
        )
    return today


def planned(desk: Desk, day: date) -> Meeting:
    """A session on a day."""
    with desk.acting("coordinator") as by:
        starts_at = datetime.combine(day, time(9), by.zone).astimezone(UTC)
        return meetings.plan_meeting(
            by=by,
            at=clock.now(),
            day=day,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            place="Room B",
            capacity=10,
        )


def given_place(desk: Desk, session: Meeting, *names: str) -> None:
    """Places in a session, taken without a browser."""
    with desk.acting("coordinator") as by:
        for youth in Youth.objects.filter(given_name__in=names).order_by("pk"):
            meetings.book(youth, "mdt_ongoing", session, by=by, at=clock.now())


def book(page: Page, name: str) -> None:
    """Find somebody and book them into the first session there is."""
    page.goto("/mdt/")
    page.get_by_role("link", name="Book a review").first.click()
    page.get_by_label("Name or number").last.fill(name)
    page.locator("main").get_by_role("button", name="Find").click()
    page.get_by_role("link", name=re.compile("^Book")).click()
    page.get_by_role("button", name="Book the place").click()
    expect(page.locator(".notices")).to_contain_text("is booked for")


def test_run_a_weekly_mdt(desk: Desk, look: Look) -> None:
    today = given_two_young_people(desk)
    page = desk.sign_in("coordinator")

    page.goto("/mdt/plan/")
    look(page)
    page.get_by_label("Day", exact=True).fill(today.isoformat())
    page.get_by_label("Where").fill("Room B")
    page.get_by_role("button", name="Plan").click()
    expect(page.locator(".notices")).to_contain_text("was planned")
    for given, _ in NAMES:
        book(page, given)
    look(page)

    page.get_by_role("link", name="Run today’s meeting").click()
    look(page)
    page.get_by_role("link", name="Start the meeting").click()
    look(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Imani Lewis")
    page.get_by_role("checkbox", name="Imani").press("Space")
    page.get_by_role("button", name="Save, next item").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Joaquín Ramos")
    expect(page.locator("main")).to_contain_text("Started")
    page.get_by_label("Words today").fill("Saturdays. For real, on paper.")
    page.get_by_label("What changed: I want to see my sister.").fill("Two visits.")
    page.get_by_label("Step 1", exact=True).fill("Put Saturdays in writing")
    page.get_by_role("button", name="Save the minutes").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("Choose who does this")
    expect(page.get_by_label("Step 1", exact=True)).to_have_value(
        "Put Saturdays in writing"
    )
    look(page)
    page.get_by_label("Who does step 1").select_option(label="Amara Okafor")
    page.get_by_role("button", name="Save the minutes").click()

    page.get_by_role("button", name="Finish the session").click()
    expect(page.locator("main")).to_contain_text("Held; 2 of 2 talked about.")
    look(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Minutes").last.click()
    assert download.value.suggested_filename == f"minutes-{today}.pdf"
    with desk.acting("amara"):
        step = ActionStep.objects.get()
        assert (step.text, step.user) == (
            "Put Saturdays in writing",
            cast.user("amara"),
        )
        done = Activity.objects.values_list("status", flat=True)
        assert set(done) == {"completed"}


def test_the_agency_follows_with_its_own_agenda(desk: Desk, look: Look) -> None:
    today = given_two_young_people(desk)
    session = planned(desk, today)
    given_place(desk, session, "Imani", "Joaquín")
    coordinator = desk.sign_in("coordinator")
    coordinator.goto(f"/mdt/{session.ref}/agendas/")
    look(coordinator)
    row = coordinator.get_by_role("row", name=re.compile(cast.HARBOR))
    expect(row).to_contain_text("Item 2")

    page = desk.sign_in("advocate", phone=True)
    page.goto("/mdt/")
    look(page)
    page.get_by_role("link", name=re.compile("^Agenda")).click()
    look(page)
    main = page.locator("main")
    expect(main).to_contain_text("Item 1: not shared with you")
    expect(main).to_contain_text("Item 2: Joaquín Ramos")
    expect(main).not_to_contain_text("Imani")
    page.get_by_role("link", name=re.compile("Joaquín")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Joaquín Ramos")
    look(page)


def test_a_review_is_moved_by_drag_and_by_keyboard(desk: Desk, look: Look) -> None:
    today = given_two_young_people(desk)
    month = add_months(today.replace(day=1), 1)
    early, late = (planned(desk, month.replace(day=day)) for day in (10, 17))
    given_place(desk, early, "Joaquín")
    page = desk.sign_in("coordinator")
    page.goto(f"/mdt/?month={month:%Y-%m}")
    look(page)
    page.locator("li[data-move]").drag_to(
        page.locator(f'[data-meeting="{late.ref}"] .cal__n')
    )
    expect(page.locator(".notices")).to_contain_text("is now on")
    assert _day_of(desk) == late.day

    # Without a pointer: the name, then Move, then the session.
    page.get_by_role("link", name="Joaquín Ramos").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Move", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Move the review")
    look(page)
    page.get_by_label("Session").select_option(value=str(early.ref))
    page.get_by_role("button", name="Move it").press("Enter")
    expect(page.locator(".notices")).to_contain_text("is now on")
    assert _day_of(desk) == early.day


def test_two_write_the_same_minutes_and_nothing_is_lost(desk: Desk, look: Look) -> None:
    today = given_two_young_people(desk)
    given_place(desk, planned(desk, today), "Joaquín")
    first, second = desk.sign_in("coordinator"), desk.sign_in("amara", phone=True)
    with desk.acting("amara"):
        url = f"/mdt/item/{Item.objects.get().ref}/"
    for page in (first, second):
        page.goto(url)
    look(second)
    expect(second.locator(".savebar")).to_contain_text("Jo Pineda has this open too.")
    talk(first).fill("Her words.")
    first.get_by_role("button", name="Save the minutes").click()
    talk(second).fill("My words.")
    second.get_by_role("button", name="Save the minutes").click()
    both = second.locator("#both")
    expect(both).to_contain_text("Jo Pineda saved this")
    expect(both).to_contain_text("Her words.")
    look(second)
    both.get_by_label(re.compile("Your version")).fill("Her words. My words.")
    second.get_by_role("button", name="Save the minutes").click()
    expect(second.locator(".notices")).to_contain_text("Saved what was said")
    with desk.acting("amara"):
        assert Item.objects.get().summary == "Her words. My words."


def talk(page: Page) -> Locator:
    """Where it says what was talked about."""
    return page.get_by_role("textbox", name="What was talked about")


def _day_of(desk: Desk) -> date:
    with desk.acting("coordinator"):
        return Activity.objects.get().day
