"""Somebody new sets up a key, prints codes, and signs in with each of them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from tests import cast
from tests.journeys.conftest import DESKTOP, Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Look = Callable[[Page], None]


@pytest.fixture
def page(desk: Desk, settings: Settings) -> Page:
    """A browser with a key of its own, where a second step is required."""
    settings.SECOND_STEP_REQUIRED = True
    context = desk.browser.new_context(
        viewport=DESKTOP,  # type: ignore[arg-type]
        base_url=desk.url,
    )
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def password(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(cast.address("amara"))
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()


def test_a_key_and_a_printed_code_each_sign_in(page: Page, look: Look) -> None:
    password(page)
    expect(page).to_have_url(re.compile("/account/2fa/$"))
    look(page)
    page.get_by_role("link", name="Add a key").click()
    if "reauthenticate" in page.url:
        look(page)
        page.get_by_label("Your password").fill(cast.PASSWORD)
        page.get_by_role("button", name="Go on").click()
    look(page)
    page.get_by_label("What to call it").fill("Desk key")
    page.get_by_text("Sign in with it alone").click()
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_role("heading", name="Printed codes")).to_be_visible()
    look(page)
    code = page.locator(".codes li").first.inner_text()
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_role("listitem").filter(has_text="Desk key")).to_be_visible()
    look(page)

    sign_out(page)
    page.get_by_role("button", name=re.compile("key")).click()
    expect(page).to_have_url(re.compile("/today/$"))

    sign_out(page)
    password(page)
    look(page)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(re.compile("/today/$"))

    sign_out(page)
    password(page)
    page.get_by_role("button", name="Use a key instead").click()
    expect(page).to_have_url(re.compile("/today/$"))
