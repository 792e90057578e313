"""Scripts in every text there is: no page runs one, and each stands there as typed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import urlencode

import pytest
from django.test import Client
from playwright.sync_api import Page

from alongside.access.models import Agency, Unit, User
from alongside.exchange.actions import start_import
from alongside.exchange.models import ImportRun
from alongside.kernel import clock
from alongside.kernel.compartments import Compartment
from tests import cast
from tests.access.canaries import Canaries, plant
from tests.access.test_canary_crawl import addresses
from tests.journeys.conftest import Desk
from tests.text.sending import is_shown

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]

SCRIPTS = (
    '"><script>window.ran=1</script>',
    "<img src=x onerror=window.ran=1>",
    "javascript:window.ran=1",
    "{{7*7}}{%now%}${7*7}",
    "</textarea><svg onload=window.ran=1>",
    "' autofocus onfocus='window.ran=1",
    "<a href=javascript:ran=1>x</a>",
    "<b hx-on:click=ran=1 hx-get=/x>",
)
ALL = " ".join(SCRIPTS)

# Before any script of the page: what the browser refuses to run is noted as well.
_WATCH = """
addEventListener("securitypolicyviolation",
  (e) => (window.refused ??= []).push(`${e.violatedDirective} ${e.blockedURI}`));
"""
_FOUND = """() => ({
  ran: window.ran ?? 0,
  refused: window.refused ?? [],
  alive: [...document.querySelectorAll("*")].flatMap((one) => [...one.attributes]
    .filter((a) => /^on/i.test(a.name) || /^hx-on/i.test(a.name)
      || (/^(href|src|action|formaction)$/.test(a.name)
        && /^\\s*javascript:/i.test(a.value)))
    .map((a) => `${one.tagName} ${a.name}=${a.value.slice(0, 60)}`)),
  words: document.documentElement.textContent + " " +
    [...document.querySelectorAll("input, textarea")].map((one) => one.value).join(" "),
})"""


@dataclass
class Scripted(Canaries):
    """In place of a token, every text is a script after its mark."""

    texts: dict[str, str] = field(default_factory=dict)
    _turns: Iterator[str] = field(default_factory=lambda: cycle(SCRIPTS))

    def token(self, place: str, part: Compartment, longest: int | None = None) -> str:
        """All of them where there is room for all, else one in its turn."""
        mark = super().token(place, part, longest)
        room = (longest or 2_000) - len(mark) - 1
        script = ALL if room >= len(ALL) else next(self._turns)
        self.texts[mark] = script[: max(room, 0)]
        return f"{mark} {self.texts[mark]}"


def wrong_on(page: Page, planted: Scripted) -> Iterator[str]:
    """What is wrong with the page that is open."""
    # What would run does so by the time the page has loaded and its focus is set.
    page.wait_for_load_state("load")
    found = page.evaluate(_FOUND)
    if found["ran"]:
        yield "a stored script ran"
    for name in ("refused", "alive"):
        if found[name]:
            yield f"{name}: {found[name][:3]}"
    words = found["words"].lower()  # a sentence may begin with it
    for mark in planted.seen_in(words):
        if not is_shown(f"{mark} {planted.texts[mark]}".lower(), words):
            yield f"shows {planted.tokens[mark][0]} otherwise than it is"


def _name_everything(client: Client) -> None:
    """Names of people, units, agencies and a saved filter are scripts too."""
    answer = client.post(
        f"/caseload/save/?{urlencode({'q': SCRIPTS[1]})}", {"name": ALL[:80]}
    )
    assert answer.status_code == 303
    for model, limit in ((Unit, 120), (Agency, 120), (User, 120)):
        for number, row in enumerate(model._default_manager.using("owner").all()):
            row.name = f"{number} {ALL}"[:limit]  # type: ignore[attr-defined]
            row.save(using="owner", update_fields=["name"])


def _import(desk: Desk) -> ImportRun:
    """A workbook whose name, headings and cells are scripts."""
    rows = [["Last, First", "DOB", "DPO", "Placement", *SCRIPTS]]
    rows += [[f"{each}, {each}", each, each, each, *SCRIPTS] for each in SCRIPTS]
    quoted = (['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows)
    text = "\n".join(",".join(row) for row in quoted)
    with desk.acting("coordinator") as by:
        name = "<img src=x onerror=window.ran=1>.csv"
        return start_import([(name, text.encode())], by=by, at=clock.now())


def _texts_of_the_desk(desk: Desk) -> tuple[Scripted, list[str]]:
    """The record and everything beside it, and the addresses that show them."""
    with desk.acting("supervisor") as by:
        made = plant(clock.now(), lambda _: by, Scripted)
    assert isinstance(made, Scripted)
    run = _import(desk)
    client = Client()
    client.force_login(cast.user("supervisor"))
    paths = [path for path, _ in addresses(made, client)]
    steps = ("", "headings/", "dry-run/", "cells/", "stop/")
    paths += [f"/unit/imports/{run.ref}/{step}" for step in steps]
    paths += [
        f"{path}?q=canary" for path in ("/find/", "/mdt/", "/mdt/book/", "/caseload/")
    ]
    _name_everything(client)
    return made, paths


def test_no_page_runs_what_somebody_typed(desk: Desk) -> None:
    planted, paths = _texts_of_the_desk(desk)
    page = desk.sign_in("supervisor")
    page.add_init_script(_WATCH)
    page.on("dialog", lambda dialog: dialog.dismiss())
    wrong: list[str] = []
    shown: set[str] = set()
    for path in paths:
        answer = page.request.get(path)
        if not answer.ok or "html" not in answer.headers.get("content-type", ""):
            continue
        page.goto(path)
        wrong += [f"{path}: {one}" for one in wrong_on(page, planted)]
        shown |= {*planted.seen_in(page.content())}
    assert wrong == [], "\n" + "\n".join(wrong)
    # Were little of it to be seen, little would be proved.
    assert len(shown) > len(planted.tokens) / 2
