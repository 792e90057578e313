"""page(): the whole page or the part asked for, never kept, never querying."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest

from alongside.web.pages import QueryInTemplate, page
from tests.web.conftest import Ask

TEMPLATE = """<title>T</title>{% partialdef goals inline %}<p id="goals">{{ goal }}</p>
{% endpartialdef %}{% partialdef asks %}{% for each in rows %}{{ each }}{% endfor %}
{% endpartialdef %}{% partialdef way_out %}{{ exit_url }}{% endpartialdef %}"""


@pytest.fixture(autouse=True)
def templates(settings: LazySettings, tmp_path: Path) -> None:
    (tmp_path / "plan.html").write_text(TEMPLATE)
    (shown,) = settings.TEMPLATES
    settings.TEMPLATES = [{**shown, "DIRS": [tmp_path]}]


def shown(request: HttpRequest, **values: object) -> str:
    return page(request, "plan.html", values).content.decode()


def test_a_browser_gets_the_whole_page(ask: Ask) -> None:
    assert "<title>" in shown(ask(), goal="Get my own ID")


def test_htmx_gets_the_part_named_like_its_target(ask: Ask) -> None:
    assert shown(ask(target="goals"), goal="Get my own ID").strip() == (
        '<p id="goals">Get my own ID</p>'
    )


def test_htmx_gets_the_whole_page_when_no_part_has_that_name(ask: Ask) -> None:
    assert "<title>" in shown(ask(target="elsewhere"))


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_page_loaded_into_the_body_is_whole(ask: Ask, header: str) -> None:
    assert "<title>" in shown(ask(target="goals", **{header: "true"}))


def test_what_is_typed_is_never_markup(ask: Ask) -> None:
    assert "&lt;b&gt;" in shown(ask(), goal="<b>")


def test_the_view_has_the_last_word_over_the_shell(ask: Ask) -> None:
    assert "exit here" in shown(ask(target="way_out"), exit_url="exit here")
    assert "exit here" not in shown(ask(target="way_out"))


def test_no_copy_stays_on_a_shared_computer(ask: Ask) -> None:
    response = page(ask(), "plan.html", status=409)
    assert response.status_code == 409
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Vary"] == "HX-Request"


@pytest.mark.django_db
def test_a_template_may_not_start_a_query(ask: Ask) -> None:
    with pytest.raises(QueryInTemplate, match="Fetch this in the view"):
        shown(ask(target="asks"), rows=ContentType.objects.all())


@pytest.mark.django_db
def test_outside_of_tests_a_query_costs_only_time(
    ask: Ask, settings: LazySettings
) -> None:
    settings.ALONGSIDE_TEMPLATES_MAY_NOT_QUERY = False
    assert "user" in shown(ask(target="asks"), rows=ContentType.objects.all())
