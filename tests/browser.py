"""A real browser, and what it must find nothing wrong with.

from tests.browser import axe_violations

@pytest.mark.browser
def test_the_caseload_can_be_read_by_everyone(browser, live_server):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{live_server.url}/caseload/")
    assert axe_violations(page) == []
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_MENU = "[data-menu]"
_RULES = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
    ]
}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    if not CHROMIUM.exists():
        pytest.fail(f"There is no {CHROMIUM}: apt-get install chromium")
    # Playwright keeps a loop running in this thread, which is still only one thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser, without what an earlier test left open."""
    yield chromium
    for context in chromium.contexts:
        context.close()


def axe_violations(page: Page) -> list[str]:
    """Each breach of WCAG 2.2 A and AA with its element; folds are opened first.

    A menu lies over the page once it is open, so it is looked at by itself.
    """
    # A click returns when the next page begins: one of its style sheets can be missing.
    page.wait_for_load_state("load")
    everything = "all => all.forEach(one => one.open = true)"
    page.eval_on_selector_all(f"details:not({_MENU})", everything)
    found = [Axe().run(page, options=_RULES)]
    if page.locator(_MENU).count():
        page.eval_on_selector_all(_MENU, everything)
        found.append(Axe().run(page, context=_MENU, options=_RULES))
    return [
        f"{breach['id']}: {node['html'][:200]}: {node['failureSummary'][:300]}"
        for one in found
        for breach in one.response["violations"]
        for node in breach["nodes"]
    ]


def wider_than_the_screen(page: Page) -> list[str]:
    """What makes a page scroll sideways."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? []
           : [...document.querySelectorAll("body *")]
               .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
               .map(one => one.outerHTML.slice(0, 120))"""
    )
    return found
