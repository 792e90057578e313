"""Whole journeys in a real browser, on the application as it is served.

``desk.sign_in("amara")`` is a page of a browser in which Amara is signed in.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from alongside.access.actor import Actor, acting_as
from alongside.kernel import clock
from tests import cast
from tests.browser import axe_violations, wider_than_the_screen

_MARK = "one => one.dataset.was = 'open'"
_RESTORE = "one => one.open = one.dataset.was === 'open'"

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Desk:
    """The served application, and browsers of the cast."""

    browser: Browser
    url: str

    def sign_in(self, key: str, *, phone: bool = False) -> Page:
        """A page of a new browser in which one of the cast is signed in."""
        person = cast.user(key)
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        context = self.browser.new_context(
            viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
            base_url=self.url,
        )
        name, value = settings.SESSION_COOKIE_NAME, session.session_key or ""
        context.add_cookies([{"name": name, "value": value, "url": self.url}])
        return context.new_page()

    def acting(
        self, key: str, at: datetime | None = None
    ) -> AbstractContextManager[Actor]:
        """What one of the cast did before the journey begins."""
        return acting_as(cast.user(key), at or clock.now())


@pytest.fixture
def desk(transactional_db: None, live_server: LiveServer, browser: Browser) -> Desk:
    """The application, served, with the cast and nothing else."""
    return Desk(browser, live_server.url)


@pytest.fixture
def look() -> Callable[[Page], None]:
    """What must hold of every page a journey comes by."""
    return _sound


def _sound(page: Page) -> None:
    page.wait_for_load_state("load")
    # Every fold is opened to be read, and then is as it was.
    mark, close = (
        "one => one.dataset.was = one.open",
        "one => one.open = one.dataset.was",
    )
    page.eval_on_selector_all("details", f"all => all.forEach({mark})")
    assert axe_violations(page) == [], page.url
    page.eval_on_selector_all("details", f"all => all.forEach({close} === 'true')")
    assert not wider_than_the_screen(page), page.url


def choose(page: Page, name: str, words: str) -> None:
    """Choose the option of a select that says these words, whatever else it says."""
    select = page.locator(f"select[name={name}]")
    value = select.locator("option", has_text=words).first.get_attribute("value")
    select.select_option(value)
