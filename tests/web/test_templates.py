"""What holds for every template of every app."""

import re
from pathlib import Path

import pytest

import alongside

PACKAGE = Path(alongside.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
NAMES = [str(path.relative_to(PACKAGE)) for path in TEMPLATES]

# These stand by themselves: the shell, and the page that must not look like ours.
ALONE = {"web/templates/web/base.html", "web/templates/web/weather.html"}
NEVER_IN_A_TITLE = re.compile(r"name|person|youth|called|who\b")

WRITTEN_FOR_DJANGO = re.compile(
    r"{% comment %}.*?{% endcomment %}|{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL
)

# Signing in and out changes no record, and may be done twice. The script's Undo is
# refused the second time, and must not end the draft of the page it stands on.
AT_THE_DOOR = re.compile(
    r"/(account|mfa|allauth)/|/(lock|top|templates_for_scripts)\.html$"
)

every_template = pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)


def is_whole_page(text: str) -> bool:
    return "<html" in text or "{% extends" in text


@every_template
def test_a_page_extends_the_shell(path: Path) -> None:
    text = path.read_text()
    if str(path.relative_to(PACKAGE)) in ALONE:
        assert "<html" in text
        return
    assert "<html" not in text, "Only the shell writes <html>."
    if "{% block title %}" in text:
        assert re.match(r'{% extends "[\w/.]+" %}', text), "A page extends the shell."


@every_template
def test_a_whole_page_has_a_title_that_names_nobody(path: Path) -> None:
    text = path.read_text()
    if not is_whole_page(text) or str(path.relative_to(PACKAGE)) in ALONE:
        return
    title = re.search(r"{% block title %}(.*?){% endblock", text, re.DOTALL)
    parent = re.search(r'{% extends "([\w/.]+)" %}', text)
    assert title or (parent and parent[1] != "web/base.html"), "It needs a title."
    for shown in re.findall(r"{{(.*?)}}", title[1] if title else ""):
        assert "initials" in shown or not NEVER_IN_A_TITLE.search(shown), shown


@every_template
def test_nothing_is_inline_so_the_content_policy_holds(path: Path) -> None:
    text = re.sub(WRITTEN_FOR_DJANGO, "", path.read_text())
    # What a library's script reads is data, which no browser runs.
    runs = r'<script(?![^>]*(?:\bsrc=|type="application/json"))'
    assert not re.search(rf"<style|\sstyle=|{runs}", text)
    assert not re.search(r"\son[a-z]+=|javascript:", text)


@every_template
def test_a_form_that_changes_something_carries_both_tokens(path: Path) -> None:
    for form in re.findall(r"<form[^>]*post.*?</form>", path.read_text(), re.DOTALL):
        assert "{% csrf_token %}" in form
        is_search = 'role="search"' in form or "filter_bar" in form
        if not is_search:  # which changes nothing, and may be sent again
            assert AT_THE_DOOR.search(str(path)) or "{% form_token %}" in form


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 30


def test_no_script_imports_another_for_served_names_are_hashed() -> None:
    scripts = list((PACKAGE / "web/static").glob("*.js"))
    assert len(scripts) > 5
    for script in scripts:
        assert not re.search(r"^(import|export)\b|\bimport\(", script.read_text(), re.M)


def test_every_script_and_style_of_the_shell_is_there() -> None:
    text = (PACKAGE / "web/templates/web/base.html").read_text()
    for name in re.findall(r"{% static '([^']+)' %}", text):
        assert (PACKAGE / "web/static" / name).is_file(), "npm ci && npm run build"
