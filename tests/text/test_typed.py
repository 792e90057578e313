"""Whatever is typed into a field of the desk is kept as it is, or refused in words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.test import Client

from alongside.access import policies
from alongside.access.actor import Actor
from alongside.desk.youth.sharing import grants_of
from alongside.people.models import Youth
from tests.text.controls import Control, words_of
from tests.text.odd import LONGEST, Deck, kept
from tests.text.world import Met, again, forms_met, furnish

pytestmark = pytest.mark.slow

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

ROUNDS = 3
# What a form needs besides words, where its first choices would not do: a value, or
# which of the choices.
HINTS: dict[str, dict[str, str | int]] = {
    "cover": {"covering": -1},
    "fact_change officer": {"officer": -1},
    "hand_over": {"to": -1, "youth": -1},
    "mdt_family": {"day": "2026-12-03"},
    "mdt_plan": {"day": "2026-12-03"},
    "step_add": {"who": "somebody"},
    "youth_share": {"until": "2027-02-01"},
}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the block does has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def send(visit: Visit, met: Met, values: dict[str, list[str]]) -> HttpResponse:
    """Send a form as its visitor would."""
    client, action = visit(met.who), met.form.action
    client.raise_request_exception = False
    if met.form.method == "get":
        return client.get(action, values)
    files: dict[str, Any] = {
        one.name: SimpleUploadedFile("note.txt", b"A note.", "text/plain")
        for one in met.form.controls
        if one.kind == "file"
    }
    return client.post(action, {**values, **files})


def values_of(met: Met, typed: Callable[[Control], str | None]) -> dict[str, list[str]]:
    """What is sent when the text controls say what ``typed`` answers."""
    values = met.form.filled()
    for name, hint in HINTS.get(met.place, {}).items():
        values[name] = [hint if isinstance(hint, str) else met.form.choice(name, hint)]
    for one in met.form.texts():
        text = typed(one)
        if text is not None:
            values[one.name] = [text]
    return values


def on_record(visit: Visit) -> list[str]:
    """Every text that is kept, as the visitor sees it, or the unit's supervisor."""
    found = texts_on_record()
    visit("supervisor").get("/today/")  # an agency that declines sees it no more
    return found + texts_on_record()


def texts_on_record() -> list[str]:
    """Every text of every row that the last visitor may see."""
    found: list[str] = []
    for model in policies.our_models():
        if policies.is_history(model) or not _may_read(model._meta.db_table):
            continue
        names = [
            column.name
            for column in model._meta.local_concrete_fields
            if isinstance(
                column, models.CharField | models.TextField | models.JSONField
            )
        ]
        for row in model._default_manager.values_list(*names) if names else ():
            found += _strings(list(row))
    for youth in Youth.objects.all():
        found += [grant.source for grant in grants_of(youth)]
    return [kept(text) for text in found]


@cache
def _may_read(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select has_table_privilege(%s, 'select')", [table])
        (may,) = cursor.fetchone()
    return bool(may)


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from _strings(one)
        case dict():
            for one in value.values():
                yield from _strings(one)


def is_shown(text: str, words: str) -> bool:
    """Whether a page says it all, or cuts it off and says so; blanks aside."""
    said, text = "".join(words.split()), "".join(text.split())
    if text in said:
        return True
    longest = next(end for end in range(len(text), -1, -1) if text[:end] in said)
    return f"{text[:longest]}…" in said


def not_kept(visit: Visit, met: Met, deck: Deck) -> Iterator[str]:
    """What is wrong after a form was sent that should be accepted."""

    def typed(one: Control) -> str | None:
        if one.kind == "email":
            return "somebody@example.org"
        return deck.value(one.limit, one_line=one.is_one_line)

    values = values_of(met, typed)
    answer = send(visit, met, values)
    if answer.status_code >= 400:
        yield f"{met.name}: not accepted: {answer.status_code}"
        return
    found = on_record(visit)
    sent = {one.name: kept(values[one.name][0]) for one in met.form.texts()}
    for name, text in sent.items():
        if not any(text in each for each in found):
            yield f"{met.name}: {name} is not kept as it was typed"
    client = visit(met.who)
    for page in {answer.headers.get("Location", met.page), met.page}:
        told = client.get(page, follow=True)
        if told.status_code >= 500:
            yield f"{met.name}: {page} answers {told.status_code}"
        words, tags = words_of(told.content.decode())
        if "odd-tag" in tags:
            yield f"{met.name}: {page} takes what was typed for its own"
        for name, text in sent.items():
            mark = text.split()[-1]
            if mark.startswith("odd") and mark in words and not is_shown(text, words):
                yield f"{met.name}: {page} shows {name} otherwise than typed"


def _harmless(one: Control) -> str:
    return "somebody@example.org" if one.kind == "email" else "Words."


def not_refused(
    visit: Visit, met: Met, one: Control, text: str, *, may_be_kept: bool
) -> Iterator[str]:
    """What is wrong after one control said what cannot be kept, or is too long."""
    place = f"{met.name}: {one.name} with {text[:12]!r}, {len(text)} long:"
    # Everything else is as it would be, so that this alone is wrong.
    values = values_of(
        met,
        lambda other: (
            text if other.name == one.name else other.value or _harmless(other)
        ),
    )
    answer = send(visit, met, values)
    if answer.status_code >= 500:
        yield f"{place} {answer.status_code}"
    elif answer.status_code < 400:
        if not may_be_kept or not any(text in each for each in on_record(visit)):
            yield f"{place} neither kept nor refused"
    else:
        page = answer.content.decode()
        form = again(met, page)
        boxes = form.named(one.name) if form else []
        if not any(box.value.replace("\r\n", "\n") == text for box in boxes):
            yield f"{place} what was typed is no longer in the box"
        elif not any(box.marked_wrong for box in boxes):
            yield f"{place} not said beside the field"


def test_what_is_typed_is_kept_or_refused_in_words(
    become: Become, visit: Visit, at: datetime
) -> None:
    met = forms_met(visit, furnish(become, at))
    deck, wrong = Deck(), []
    for one in met.values():
        if one.form.method == "get":
            continue
        with undone():
            wrong += not_kept(visit, one, deck)
        for control in one.form.texts():
            for text, may in (("a\x00b", False), ("x" * LONGEST, True)):
                with undone():
                    wrong += not_refused(visit, one, control, text, may_be_kept=may)
    assert wrong == [], "\n" + "\n".join(wrong)
