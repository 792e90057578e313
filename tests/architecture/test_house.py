"""How the code reads: sizes, names, words, and where foreign keys may point."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from alongside.access.policies import OURS, our_models

ROOT = Path(__file__).parents[2]
CODE = sorted(
    path
    for path in ROOT.joinpath("alongside").rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted(ROOT.joinpath("alongside").rglob("templates/**/*.html"))

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
BANNED_NAMES = {"helpers", "managers", "selectors", "services", "utils"}

# The ladder of pyproject.toml, which foreign keys obey too.
LADDER = [
    "access",
    "forms",
    "people",
    "staff",
    "activities",
    "referrals",
    "cases",
    "plans",
    "meetings",
    "exchange",
]

# Nothing that everybody sees may tell why a young person is here.
TELLING = re.compile(
    r"\b(csec?|exploit\w*|traffick\w*|victim\w*|prostitut\w*"
    r"|awol|at[- ]risk|runaway)\b",
    re.IGNORECASE,
)


_COMMENT = re.compile(r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}", re.DOTALL)


# The reason stands behind it: a second remark, or in brackets.
_BARE = re.compile(r"# type: ignore(\[[\w, -]+\])?\s*$|# noqa(: ?[A-Z\d, ]+)?\s*$")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_no_function_is_too_long(path: Path) -> None:
    long = [(name, n) for name, n in _functions(path) if n > LONGEST_FUNCTION]
    assert not long


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_what_a_checker_is_told_to_pass_over_has_its_reason(path: Path) -> None:
    assert [line for line in path.read_text().splitlines() if _BARE.search(line)] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [_name(path) for path in CODE if path.stem in BANNED_NAMES]


def test_every_module_says_in_a_sentence_what_it_decides() -> None:
    silent = [
        _name(path)
        for path in CODE
        if path.read_text().strip()
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not silent


def test_foreign_keys_point_downwards() -> None:
    upwards = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.local_fields
        if field.related_model is not None
        and field.related_model._meta.app_label in LADDER
        and LADDER.index(model._meta.app_label)
        < LADDER.index(field.related_model._meta.app_label)
    ]
    assert not upwards


def test_the_ladder_names_every_app_with_tables() -> None:
    with_tables = {
        config.label
        for config in apps.get_app_configs()
        if config.name.startswith(OURS) and list(config.get_models())
    }
    assert with_tables <= set(LADDER)


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_no_template_has_inline_script_or_style(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style|javascript:", text)
    assert not re.search(r"<script(?![^>]*(\ssrc=|type=\"application/json\"))", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_no_template_tells_why_a_young_person_is_here(path: Path) -> None:
    shown = _COMMENT.sub("", path.read_text())
    assert not TELLING.search(shown)


@pytest.mark.parametrize(
    "path", sorted(ROOT.joinpath("alongside").rglob("defaults/**/*.json")), ids=_name
)
def test_no_word_that_may_be_chosen_tells_it_either(path: Path) -> None:
    # A term's full name may; it is shown to those who see sensitive details alone.
    shown = re.sub(r'"full_name": "[^"]*"', "", path.read_text())
    assert not TELLING.search(shown)


def test_no_address_tells_it() -> None:
    for path in sorted(ROOT.joinpath("alongside/desk").rglob("urls.py")):
        assert not TELLING.search(path.read_text())
