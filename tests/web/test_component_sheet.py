"""The component sheet: every part, in every state it can be in."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

import alongside.web
from alongside.web.templatetags.web import ICONS, SHAPES

FOLDER = Path(alongside.web.__file__).parent / "templates" / "web"
COMPONENTS = sorted(path.stem for path in (FOLDER / "components").glob("*.html"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(client: Client, settings: LazySettings) -> str:
    settings.DEBUG = True
    return client.get("/ui/").content.decode()


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_is_on_the_sheet(name: str) -> None:
    sources = "".join(
        path.read_text()
        for folder in ("ui", "components")
        for path in (FOLDER / folder).glob("*.html")
        if path.stem != name
    )
    assert f"components/{name}.html" in sources or f"{{% {name} " in re.sub(
        r"{% strip %}", "{% strip %} {% strip ", sources
    )


def test_every_shape_and_icon_is_drawn(sheet: str) -> None:
    symbols = set(re.findall(r'<symbol id="([\w-]+)"', sheet))
    assert {f"s-{name}" for name in SHAPES} | {f"i-{name}" for name in ICONS} <= symbols
    used = set(re.findall(r'href="#([is]-[\w-]+)"', sheet))
    assert used <= symbols
    assert len(used) > 35


def test_ids_are_not_given_twice(sheet: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', sheet)
    assert sorted(ids) == sorted(set(ids))


def test_what_is_not_known_says_so(sheet: str) -> None:
    assert "<dt>Child welfare</dt><dd>Not known</dd>" in sheet


def test_a_button_that_cannot_work_says_why_beside_it(sheet: str) -> None:
    button = re.search(r'<button[^>]*aria-disabled="true"[^>]*>', sheet)
    assert button
    assert 'aria-describedby="close-why"' in button[0]
    assert '<span id="close-why">Two goals are still open.</span>' in sheet


def test_the_sheet_is_for_developers_only(
    client: Client, settings: LazySettings
) -> None:
    settings.DEBUG = False
    response = client.get("/ui/")
    assert response.status_code == 404
    assert "There is no such page for you." in response.content.decode()


def test_the_weather_page_does_not_show_whose_it_is(client: Client) -> None:
    response = client.get("/weather/")
    assert response.status_code == 200
    assert "alongside" not in response.content.decode().casefold()
    assert response.headers["Cache-Control"] == "no-store"


def test_every_answer_carries_the_content_policy(client: Client) -> None:
    policy = client.get("/weather/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
