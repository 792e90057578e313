"""Two people change one record: the second sees both versions, and loses nothing."""

from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client

from alongside.access.actor import Actor
from alongside.access.versions import Versioned
from tests.text.controls import Control, Form, forms_of, words_of
from tests.text.sending import on_record, send, undone, values_of
from tests.text.world import Met, forms_met, furnish

pytestmark = pytest.mark.slow

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

# A case is only ever ended, and that once.
ENDED_ONCE = {"cases.Case"}
# Of what took place already the note can be changed, not who was there.
NOT_ASKED = {"somebody"}


def is_stamped(form: Form) -> bool:
    """Whether a form says which version of a record it was filled in from."""
    return any(
        one.kind == "hidden" and one.name.endswith(("version", "draft_read"))
        for one in form.controls
    )


def says(whose: str) -> Callable[[Control], str]:
    """What one of the two types into a field: its own name, and whose it is."""

    def typed(one: Control) -> str:
        if one.kind == "email":
            return f"{whose.lower()}@example.org"
        return f"{whose} {one.name}"[: one.limit]

    return typed


def versions() -> dict[tuple[str, int], int]:
    """Which version each record stands at."""
    return {
        (model._meta.label, row.pk): row.version
        for model in apps.get_models()
        if issubclass(model, Versioned)
        for row in model._default_manager.all()
    }


def lost(visit: Visit, met: Met, covered: set[str]) -> Iterator[str]:
    """What is lost when two send the same form, filled in from one version."""
    visit(met.who).get("/today/")
    before = versions()
    theirs = values_of(met, says("Theirs"))
    ours = values_of(met, says("Ours")) | {"form_token": [str(uuid4())]}
    if send(visit, met, theirs).status_code >= 400:
        yield f"{met.name}: the first was not accepted"
        return
    now = versions()
    changed = {key[0] for key, version in before.items() if now.get(key) != version}
    if not changed:
        return  # it begins a record, and two of these are two
    covered |= changed
    answer = send(visit, met, ours)
    kept = "\n".join(on_record(visit, met.who))
    if answer.status_code < 400:
        answer = answer.client.get(answer.headers["Location"], follow=True)
    page = answer.content.decode()
    words, _ = words_of(page)
    for one in met.form.texts():
        mine, other = ours[one.name][0], theirs[one.name][0]
        if mine not in words or other not in words:
            yield f"{met.name}: {mine}, {other}: not both are on the page"
        if mine in kept or other not in kept:
            yield f"{met.name}: {mine} was written over {other}"
    if answer.status_code < 400:
        return  # it is settled by now; the page says what was not kept
    yield from not_settled(visit, met, page, ours)


def not_settled(
    visit: Visit, met: Met, page: str, ours: dict[str, list[str]]
) -> Iterator[str]:
    """Whether the page that shows both can be sent as it stands, and ours is kept."""
    path = urlsplit(met.form.action).path
    both = [
        one
        for one in forms_of(page, met.form.action)
        if urlsplit(one.action).path == path and is_stamped(one)
    ]
    if not both:
        yield f"{met.name}: there is no way on from both versions"
        return
    met_again = Met(met.who, met.page, max(both, key=lambda one: len(one.controls)))
    if send(visit, met_again, met_again.form.filled()).status_code >= 400:
        yield f"{met.name}: both versions, and nothing can be saved"
        return
    kept = "\n".join(on_record(visit, met.who))
    for one in met.form.texts():
        if ours[one.name][0] not in kept and one.name not in NOT_ASKED:
            yield f"{met.name}: {ours[one.name][0]} was not kept in the end"


def test_the_second_of_two_editors_sees_both_and_loses_nothing(
    become: Become, visit: Visit, at: datetime
) -> None:
    met = forms_met(visit, furnish(become, at))
    wrong: list[str] = []
    covered: set[str] = set()
    for one in met.values():
        if one.form.method == "post" and is_stamped(one.form):
            with undone():
                wrong += lost(visit, one, covered)
    assert wrong == [], "\n" + "\n".join(wrong)
    every = {m._meta.label for m in apps.get_models() if issubclass(m, Versioned)}
    assert every - covered == ENDED_ONCE
