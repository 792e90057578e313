"""Whatever is typed into a field of the desk is kept as it is, or refused in words."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.cases.models import CoverNote
from tests import cast
from tests.text.controls import Control, forms_of, words_of
from tests.text.odd import LONGEST, NUL, Deck, kept
from tests.text.sending import harmless, is_shown, on_record, send, undone, values_of
from tests.text.world import ANY, Met, again, forms_met, furnish
from tests.youth.lives import begin

pytestmark = pytest.mark.slow

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

ROUNDS, GARBAGE, SEARCHES = 2, 3, 4


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
    found = on_record(visit, met.who)
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


def not_refused(
    visit: Visit, met: Met, text: str, wanted: list[Control]
) -> Iterator[str]:
    """What is wrong after some controls said what cannot be kept, or far too much."""
    names = {one.name for one in wanted}
    values = values_of(
        met,
        lambda one: text if one.name in names else one.value or harmless(one),
    )
    answer = send(visit, met, values)
    place = f"{met.name} with {text[:12]!r}, {len(text)} long:"
    if answer.status_code >= 500:
        yield f"{place} {answer.status_code}"
    elif answer.status_code < 400:
        found = "\n".join(on_record(visit, met.who))
        if NUL in text or found.count(text) < len(names):
            yield f"{place} neither kept nor refused"
    else:
        page = answer.content.decode()
        form = again(met, page)
        for name in sorted(names):
            boxes = form.named(name) if form else []
            if not any(kept(box.value) == text for box in boxes):
                yield f"{place} what was typed is no longer in the box of {name}"
            if not any(box.marked_wrong for box in boxes):
                yield f"{place} nothing is said beside {name}"
        if "Ensure this value" in page or "Null characters" in page:
            yield f"{place} not said in plain words"


def too_much(visit: Visit, met: Met) -> Iterator[str]:
    """A character that cannot be kept, and far too many of them."""
    texts = met.form.texts()
    long = "x" * LONGEST
    short = [
        one for one in texts if (one.limit or LONGEST) < LONGEST or one.kind == "email"
    ]
    others = [one for one in texts if one not in short]
    for text, wanted in ((f"a{NUL}b", texts), (long, short), (long, others)):
        if wanted:
            with undone():
                yield from not_refused(visit, met, text, wanted)


def not_braved(visit: Visit, met: Met, deck: Deck) -> Iterator[str]:
    """Whether a form falls over when every control says odd things, or the hidden."""
    hidden = {one.name for one in met.form.controls if one.kind == "hidden"}
    for number in range(GARBAGE):
        values = values_of(met, lambda one: one.value or harmless(one))
        for at, name in enumerate(values):
            if name in hidden or number:
                values[name] = [deck.all[(number * 40 + at) % len(deck.all)]]
        with undone():
            answer = send(visit, met, values)
        if answer.status_code >= 500:
            yield f"{met.name}: {values} answers {answer.status_code}"


def not_searched(visit: Visit, met: Met, deck: Deck) -> Iterator[str]:
    """Whether a search takes any words, and says what it searched for."""
    for text in [*(deck.value(200, one_line=True) for _ in range(SEARCHES)), "a\x00b"]:
        answer = send(visit, met, values_of(met, lambda _, text=text: text))  # type: ignore[misc]
        page = answer.content.decode()
        boxes = [box.value for form in forms_of(page, "/") for box in form.texts()]
        if answer.status_code != 200:
            yield f"{met.name}: {text!r} answers {answer.status_code}"
        elif text not in boxes:
            yield f"{met.name}: {text!r} is no longer in the box"


def watch(patch: pytest.MonkeyPatch) -> dict[type, dict[str, bool]]:
    """Which forms are sent from now on, and whether each text field says something."""
    seen: dict[type, dict[str, bool]] = {}
    clean = forms.BaseForm.full_clean

    def watched(form: forms.BaseForm) -> None:
        clean(form)
        for name, field in form.fields.items() if form.is_bound else ():
            said = form[name].data
            if isinstance(field, forms.CharField) and not isinstance(
                field.widget, forms.HiddenInput
            ):
                fields = seen.setdefault(type(form), {})
                known = fields.get(ANY.sub("…", name), False)
                fields[ANY.sub("…", name)] = known or bool(said)

    patch.setattr(forms.BaseForm, "full_clean", watched)
    return seen


def not_reached(seen: dict[type, dict[str, bool]]) -> Iterator[str]:
    """Forms and fields of the application that the walk did not come to."""
    for kind in _every_form(forms.BaseForm):
        fields = seen.get(kind, {})
        if not fields and any(
            isinstance(one, forms.CharField) for one in kind.base_fields.values()
        ):
            yield f"{kind.__module__}.{kind.__name__} was never sent"
        for name, said in fields.items():
            if not said:
                yield f"{kind.__name__}.{name} was always empty"


def _every_form(parent: Any) -> Iterator[Any]:
    ours = [
        kind
        for kind in parent.__subclasses__()
        if not kind.__module__.startswith(("tests.", "alongside.web.examples"))
    ]
    if not ours and parent.__module__.startswith("alongside."):
        yield parent
    for kind in ours:
        yield from _every_form(kind)


def test_what_is_typed_is_kept_or_refused_in_words(
    become: Become, visit: Visit, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = cache(visit)
    met = forms_met(visit, furnish(become, at))
    deck, seen = Deck(), watch(monkeypatch)
    wrong: list[str] = []
    searches = [one for one in met.values() if one.is_search]
    posts = [one for one in met.values() if one not in searches]
    for one in posts * ROUNDS:
        with undone():
            wrong += not_kept(visit, one, deck)
    for one in posts:
        wrong += not_braved(visit, one, deck)
        wrong += too_much(visit, one)
    for one in searches:
        wrong += not_searched(visit, one, deck)
    wrong += not_reached(seen)
    assert wrong == [], "\n" + "\n".join(wrong)
    assert set(deck.all) == deck.dealt


def test_bytes_that_are_no_text_are_read_as_a_browser_reads_them(
    become: Become, visit: Visit, at: datetime
) -> None:
    youth = begin(cast.user("amara"), by=become("amara"), at=at)
    client, halves = visit("amara"), "a%ED%A0%80b%FFc"
    note = reverse("cover_note", args=[youth.ref])
    form = "application/x-www-form-urlencoded"
    assert client.post(note, f"text={halves}", content_type=form).status_code == 303
    (written,) = CoverNote.objects.values_list("text", flat=True)
    sign = "\N{REPLACEMENT CHARACTER}"
    assert written == f"a{sign * 3}b{sign}c"
    found = client.get(f"{reverse('find')}?q={halves}")
    assert (found.status_code, written in found.content.decode()) == (200, True)
