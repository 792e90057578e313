"""The component sheet in a real browser: read by everyone, and alive."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe_violations, wider_than_the_screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

Open = Callable[..., Page]


@pytest.fixture
def open_sheet(
    browser: Browser, live_server: LiveServer, settings: LazySettings
) -> Iterator[Open]:
    """Open the component sheet; a script that fails or is refused fails the test."""
    settings.DEBUG = True
    troubles: list[str] = []

    def note_error(said: ConsoleMessage) -> None:
        if said.type == "error":
            troubles.append(said.text)

    def open_at(width: int = 1280, state: str = "", script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", note_error)
        page.goto(f"{live_server.url}/ui/?state={state}")
        return page

    yield open_at
    assert troubles == []


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_on_the_sheet_keeps_anyone_out(open_sheet: Open, width: int) -> None:
    assert axe_violations(open_sheet(width)) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280])
def test_nothing_scrolls_sideways(open_sheet: Open, width: int) -> None:
    assert wider_than_the_screen(open_sheet(width)) == []


def test_names_are_drawn_in_one_typeface(open_sheet: Open) -> None:
    page = open_sheet()
    assert page.evaluate("document.fonts.check('700 28px \"Public Sans\"', 'Thảo')")
    assert page.evaluate("[...document.fonts].some(one => one.status === 'loaded')")


# ---------- quick exit ----------


def test_shift_three_times_leaves_and_the_history_forgets(open_sheet: Open) -> None:
    page = open_sheet()
    for _time in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/weather/")
    assert page.title() == "Weather"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.go_back()
    assert "/ui/" not in page.url


def test_a_capital_letter_in_between_is_not_a_way_out(open_sheet: Open) -> None:
    page = open_sheet()
    for letter in "ABC":
        page.keyboard.press(f"Shift+{letter}")
    page.keyboard.press("Shift")
    assert "/ui/" in page.url


def test_the_link_leaves_with_and_without_script(open_sheet: Open) -> None:
    for script in (True, False):
        page = open_sheet(script=script)
        page.get_by_role("link", name="Quick exit").click()
        page.wait_for_url("**/weather/")


# ---------- forms and drafts ----------


def test_what_is_typed_is_kept_on_the_server_alone(open_sheet: Open) -> None:
    page = open_sheet()
    form = page.get_by_role("form", name="An example contact")
    with page.expect_request(is_draft) as sent:
        form.get_by_label("Note").fill("He wants to call his aunt & “ask”.")
        form.get_by_text("In person").click()
    fields = parse_qs(sent.value.post_data or "")
    assert fields["note"] == ["He wants to call his aunt & “ask”."]
    assert fields["how"] == ["visit"]
    assert fields["draft_path"] == ["/ui/"]
    assert not {"form_token", "csrfmiddlewaretoken", "agreed"} & fields.keys()
    assert "x-csrftoken" in sent.value.headers
    expect(form.get_by_text("Kept as a draft 9:48 am")).to_be_visible()
    expect(form.get_by_text("Not saved yet.")).to_be_visible()
    stored = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert "aunt" not in stored


def test_a_kept_draft_comes_back_and_can_be_thrown_away(open_sheet: Open) -> None:
    page = open_sheet(state="kept-draft")
    form = page.get_by_role("form", name="An example contact")
    expect(form.get_by_label("Note")).to_have_value("Half a line")
    expect(form.get_by_role("radio", name="Call")).to_be_checked()
    with page.expect_request(is_draft) as sent:
        form.get_by_role("button", name="Throw it away").click()
    assert sent.value.post_data == "draft_path=%2Fui%2F"
    expect(form.get_by_label("Note")).to_have_value("")
    expect(form.get_by_text("What you had typed is back")).to_have_count(0)


def test_a_second_press_sends_nothing(open_sheet: Open) -> None:
    page = open_sheet()
    sent: list[Request] = []
    page.route("**/ui/*", lambda route: sent.append(route.request))  # never answered
    page.evaluate(
        """() => {
             const button = document.querySelector("form[data-draft] button");
             button.form.noValidate = true;
             button.click();
             button.click();
           }"""
    )
    page.wait_for_timeout(300)
    assert len([one for one in sent if one.method == "POST"]) == 1


def test_a_button_that_cannot_work_does_nothing(open_sheet: Open) -> None:
    page = open_sheet()
    page.get_by_role("button", name="Close the case").click(force=True)
    assert "/ui/" in page.url


# ---------- swaps, folds, the lock ----------


def test_after_a_swap_focus_is_on_the_heading_and_the_toast_is_said(
    open_sheet: Open,
) -> None:
    page = open_sheet()
    page.get_by_role("link", name="Swap it").click()
    expect(page.get_by_text("This part was swapped.")).to_be_visible()
    expect(page.locator("#swapped-h")).to_be_focused()
    expect(page.locator("#toasts[aria-live=polite]")).to_contain_text("Swapped.")
    page.locator("#toasts").get_by_role("button", name="Close").click()
    expect(page.locator("#toasts .toast")).to_have_count(0)


def test_escape_and_a_click_elsewhere_close_the_menu(open_sheet: Open) -> None:
    page = open_sheet()
    menu = page.locator("details.me")
    menu.locator("summary").click()
    expect(page.get_by_role("button", name="Lock now")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Lock now")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    page.locator("h1").click()
    expect(page.get_by_role("button", name="Lock now")).to_be_hidden()


def test_the_page_empties_and_locks_after_the_draft_is_kept(open_sheet: Open) -> None:
    page = open_sheet(state="quick-lock")
    sent: list[Request] = []
    page.on("request", lambda one: sent.append(one))
    page.get_by_role("form", name="An example contact").get_by_label("Note").fill("x")
    expect(page.get_by_text("Locking in 60 seconds").first).to_be_visible()
    page.wait_for_event("framenavigated")
    kept, locked = [one for one in sent if one.method == "POST"]
    assert is_draft(kept)
    assert "next=%2Fui%2F%3Fstate%3Dquick-lock" in (locked.post_data or "")


def test_staying_is_one_button(open_sheet: Open) -> None:
    page = open_sheet(state="quick-lock")
    note = page.locator(".idle-note")
    note.get_by_role("button", name="Stay").click()
    expect(note).to_have_count(0)
    assert page.locator("h1").is_visible()


def is_draft(request: Request) -> bool:
    """A request that keeps what was typed, and not a form that is sent."""
    data = request.post_data or ""
    return (
        request.method == "POST"
        and bool(re.search("draft_path", data))
        and ("form_token" not in data)
    )
