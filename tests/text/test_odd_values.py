"""Whatever is sent to any address of the desk, it answers; it never falls over.

Once with every field at once saying the same odd thing, at every address there is; then
each control of each form one meets by itself, beside fields that are in order.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

import alongside.desk
from alongside.access import checks
from alongside.access.actor import Actor
from tests.text.sending import HINTS, harmless, send, undone, values_of
from tests.text.world import Met, every_form, furnish

pytestmark = pytest.mark.slow

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

WHO = "supervisor"
# What a control may say; an empty list is a control that does not arrive.
ODD: dict[str, list[str]] = {
    "missing": [],
    "words": ["abc"],
    "negative": ["-1"],
    "huge": ["99999999999"],
    "nul": ["a\0b"],
    "long": ["x" * 5_000],
    "several": ["1", "abc", ""],
}
# Signing in and out is the library's, which has its own tests; the sheet takes nothing.
_NOT_OURS = ("account/", "accounts/", "ui/", "static/")
_PLACE = re.compile(r"<(\w+:)?(\w+)>")
_READ = r'{0}(?:\.get|\.getlist)?[\[(]"([\w-]+)"|"([\w-]+)" in request\.{0}'
_FROM = re.compile(r'FROM "(\w+)"')


def names_read(method: str) -> set[str]:
    """The fields that the desk's code reads by name."""
    code = Path(alongside.desk.__file__).parent.rglob("*.py")
    read = re.compile(_READ.format(method))
    found = (read.findall(file.read_text()) for file in code)
    return {name for pairs in found for pair in pairs for name in pair if name}


def addresses(client: Client) -> Iterator[str]:
    """Every address of ours, about records that each could open."""
    for pattern, _ in checks.views(get_resolver().url_patterns):
        if pattern.startswith(_NOT_OURS) or "^" in pattern:
            continue
        kinds = {kind.rstrip(":") for kind, _ in _PLACE.findall(pattern)}
        if kinds <= {"uuid"}:
            for ref in _refs(pattern, client) if kinds else [uuid4()]:
                yield "/" + _PLACE.sub(str(ref), pattern)
        else:
            for word in ("placement", "abc", "x" * 5_000):
                yield "/" + _PLACE.sub(word, pattern)


def _refs(pattern: str, client: Client) -> list[UUID]:
    """A record of the table that an address looks its reference up in."""
    nobody = uuid4()
    with CaptureQueriesContext(connection) as queries:
        client.get("/" + _PLACE.sub(str(nobody), pattern))
    asked = [one["sql"] for one in queries if nobody.hex in one["sql"].replace("-", "")]
    tables = {table for sql in asked for table in _FROM.findall(sql)}
    found: list[UUID] = []
    for model in apps.get_models():
        if model._meta.db_table in tables and hasattr(model, "ref"):
            rows = model._default_manager.order_by("-pk")
            found += rows.values_list("ref", flat=True)[:1]
    return found or [nobody]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_address_answers_whatever_all_fields_say(
    become: Become, visit: Visit, at: datetime, method: str
) -> None:
    visit = cache(visit)
    met = every_form(visit, furnish(become, at), [WHO])
    forms = [one.form for one in met if one.form.method == method.lower()]
    controls = {one.name for form in forms for one in form.controls if one.name}
    names = names_read(method) | controls
    client = visit(WHO)
    client.raise_request_exception = False
    places = {*addresses(client), *(form.action for form in forms)}
    assert len(places) > 100
    wrong = []
    for place in sorted(places):
        for how, odd in ODD.items():
            ask = client.get if method == "GET" else client.post
            with undone():
                answer = ask(place, dict.fromkeys(names, odd))
            if answer.status_code >= 500:
                wrong.append(f"{place}, {how}: {answer.status_code}")
    assert wrong == [], "\n" + "\n".join(wrong)


def fallen(visit: Visit, met: Met) -> Iterator[str]:
    """What a form falls over when one control says something odd."""
    names = {one.name for one in met.form.controls}
    is_hinted = set(HINTS.get(met.place, {})) <= names
    in_order = (
        values_of(met, lambda one: one.value or harmless(one))
        if is_hinted
        else met.form.filled()
    )
    typed = {one.name for one in met.form.texts()}  # test_typed.py sees to those
    for name in sorted(names - typed - {"", "csrfmiddlewaretoken", "form_token"}):
        for how in ("missing", "words", "huge", "nul"):
            odd = ODD[how]
            with undone():
                answer = send(visit, met, {**in_order, name: odd})
            if answer.status_code >= 500:
                yield f"{met.name}: {name}, {how}: {answer.status_code}"


def test_every_form_answers_whatever_one_field_says(
    become: Become, visit: Visit, at: datetime
) -> None:
    visit = cache(visit)
    met = every_form(visit, furnish(become, at), [WHO])
    posts = [one for one in met if one.form.method == "post"]
    assert len(posts) > 40
    wrong = [line for one in posts for line in fallen(visit, one)]
    assert wrong == [], "\n" + "\n".join(wrong)
