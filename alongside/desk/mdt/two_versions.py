"""Two people wrote the same minutes: what one changed stands, the rest is asked."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

BASE = "base"  # the hidden field that says what the form held when it was drawn


@dataclass(slots=True)
class Merged:
    """The form to show again, with what both changed."""

    data: QueryDict
    texts: list[dict[str, str]] = field(default_factory=list)
    choices: list[dict[str, str]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """The texts that are asked about, and so not drawn a second time."""
        return {text["name"] for text in self.texts}


def as_drawn(form: forms.Form) -> dict[str, str]:
    """Every field of a form as a browser would send it, untouched."""
    return {
        name: _as_sent(form.get_initial_for_field(each, name))
        for name, each in form.fields.items()
    }


def base_of(form: forms.Form) -> str:
    """The value of the hidden field."""
    return json.dumps(as_drawn(form))


def merge(sent: QueryDict, now: forms.Form) -> Merged:
    """Put what was typed and what is saved now together; ``now`` is a fresh form.

    A field that only one of the two changed keeps that change. Of a text that both
    changed, both versions are shown; of a choice, the writer's own stays in the form.
    """
    base = _base(sent)
    merged = Merged(sent.copy())
    for name, theirs in as_drawn(now).items():
        ours, was = _even(sent.get(name, "")), _even(base.get(name, ""))
        if ours == _even(theirs) or _even(theirs) == was:
            continue
        if ours == was:
            _put(merged.data, name, theirs)
        elif isinstance(now.fields[name].widget, forms.Textarea):
            merged.texts.append(_text(now, name, theirs, ours))
        else:
            merged.choices.append(_choice(now, name, theirs, ours))
    return merged


def settled(sent: QueryDict, now: forms.Form) -> QueryDict:
    """The form as typed, with each text the writer chose between two versions."""
    chosen = [name for name in now.fields if f"stands_{name}" in sent]
    if not chosen:
        return sent
    data, saved = sent.copy(), as_drawn(now)
    for name in chosen:
        theirs = sent[f"stands_{name}"] == "theirs"
        data[name] = saved[name] if theirs else sent.get(f"ours_{name}", "")
    return data


def _base(sent: QueryDict) -> dict[str, str]:
    try:
        found = json.loads(sent.get(BASE, "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _put(data: QueryDict, name: str, value: str) -> None:
    if value:
        data[name] = value
    else:
        data.pop(name, None)  # an unchecked box is not sent


def _text(now: forms.Form, name: str, theirs: str, ours: str) -> dict[str, str]:
    label = str(now.fields[name].label)
    said = theirs or "Nothing is written there now."
    return {"name": name, "label": label, "theirs": said, "ours": ours}


def _choice(now: forms.Form, name: str, theirs: str, ours: str) -> dict[str, str]:
    each = now.fields[name]
    words: dict[str, str] = {}
    if isinstance(each, forms.ChoiceField):
        words = {str(key): str(label) for key, label in list(each.choices)}  # type: ignore[arg-type]  # or a callable; ours are lists
    if isinstance(each, forms.BooleanField):
        words = {"on": "checked", "": "not checked"}
    return {
        "label": str(each.label),
        "theirs": words.get(theirs, theirs) or "empty",
        "ours": words.get(ours, ours) or "empty",
    }


def _as_sent(value: Any) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "on"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _even(text: Any) -> str:
    return str(text).replace("\r\n", "\n").strip()
