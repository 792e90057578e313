"""The pages of a record in a real browser: read by everyone, and fast on a phone."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.access.actor import acting_as
from alongside.activities.models import Activity
from alongside.kernel import clock
from alongside.people.models import Youth
from tests import cast
from tests.browser import axe_violations, wider_than_the_screen
from tests.youth.lives import begin, live

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = (
    *("youth", "youth_timeline", "youth_facts", "youth_people", "youth_documents"),
    *("youth_access", "youth_changes", "youth_edit", "contact_log", "activity_plan"),
    *("person_add", "youth_share", "document_add", "own_words_add", "emergency"),
)


@dataclass(frozen=True)
class Record:
    """A youth's record, and a page of a browser in which a colleague is signed in."""

    youth: Youth
    meeting: Activity
    page: Page

    def open(self, name: str) -> None:
        """Go to one of the record's pages."""
        answer = self.page.goto(reverse(name, args=[self.youth.ref]))
        assert answer is not None
        assert answer.ok


@pytest.fixture(params=[1280, 390], ids=["desktop", "phone"])
def width(request: pytest.FixtureRequest) -> int:
    """How wide the screen is."""
    return int(request.param)


@pytest.fixture
def record(
    transactional_db: None, live_server: LiveServer, browser: Browser, width: int
) -> Iterator[Record]:
    """Joaquín's record, opened by Rosa."""
    now = clock.now()
    with acting_as(cast.user("amara"), now) as amara:
        youth = begin(cast.user("amara"), by=amara, at=now)
        live(youth, by=amara, at=now)
        meeting = Activity.objects.get(kind="school_meeting")
    client = Client()
    client.force_login(cast.user("colleague"))
    name = settings.SESSION_COOKIE_NAME
    context = browser.new_context(
        viewport={"width": width, "height": 844}, base_url=live_server.url
    )
    cookie = client.cookies[name].value
    context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
    yield Record(youth, meeting, context.new_page())
    context.close()


def test_everyone_can_read_them(record: Record) -> None:
    wrong = {}
    for name in PAGES:
        record.open(name)
        found = axe_violations(record.page) + wider_than_the_screen(record.page)
        if found:
            wrong[name] = found
    record.page.goto(reverse("activity_settle", args=[record.meeting.ref]))
    assert axe_violations(record.page) == []
    record.page.goto(reverse("find"))
    record.page.locator("#q").fill("ramos")
    record.page.locator("#q").press("Enter")
    expect(record.page.locator("#found")).to_contain_text("Joaquín Ramos")
    assert axe_violations(record.page) == []
    assert wrong == {}


def test_a_contact_is_two_taps(record: Record) -> None:
    record.open("youth")
    record.page.get_by_role("link", name="Log a contact").first.click()
    record.page.get_by_role("button", name="Save", exact=True).click()
    expect(record.page.get_by_text("Contact with Quino saved.")).to_be_visible()


def test_how_it_went_shows_what_belongs_to_the_answer(record: Record) -> None:
    page = record.page
    page.goto(reverse("activity_settle", args=[record.meeting.ref]))
    why = page.get_by_label("Why")
    page.get_by_text("It is called off").click()
    expect(why).to_be_visible()
    page.get_by_text("It moves to another day").click()
    expect(why).to_be_hidden()
    expect(page.get_by_label("New day")).to_be_visible()
