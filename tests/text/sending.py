"""Sending a form one has met, and looking up what was kept of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from unicodedata import normalize

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models, transaction
from django.test import Client

from alongside.access import policies
from alongside.desk.youth.sharing import grants_of
from alongside.people.models import Youth
from tests.text.controls import Control
from tests.text.odd import kept
from tests.text.world import Met

Visit = Callable[[str], Client]

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


def send(visit: Visit, met: Met, values: dict[str, list[str]]) -> Any:
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
    # A search goes on to an address that does not say it; that is where it is shown.
    return client.post(action, {**values, **files}, follow=met.is_search)


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


def on_record(visit: Visit, who: str) -> list[str]:
    """Every text that is kept, as the visitor sees it, or the unit's supervisor."""
    found = texts_on_record()
    if who == "supervisor":
        return found
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
    said, text = (normalize("NFC", "".join(one.split())) for one in (words, text))
    if text in said:
        return True
    longest = next(end for end in range(len(text), -1, -1) if text[:end] in said)
    return f"{text[:longest]}…" in said


def harmless(one: Control) -> str:
    """What nobody would refuse."""
    return "somebody@example.org" if one.kind == "email" else "Words."
