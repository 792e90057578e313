"""A page of a record that is one form; and what it shows when two people edit."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from alongside.access.models import User
from alongside.access.request import Request
from alongside.access.versions import ChangedMeanwhile
from alongside.desk.youth.forms import VersionedForm
from alongside.desk.youth.header import header
from alongside.kernel.dates_in_words import short_day
from alongside.kernel.refusal import NotPermitted, Refused
from alongside.people.models import Youth
from alongside.web.pages import page


def form_page(
    request: Request,
    youth: Youth,
    form: forms.BaseForm,
    *,
    heading: str,
    save: str,
    title: str = "",
    section: str = "summary",
    back: str = "youth",
    template: str = "desk/youth/form.html",
    **more: Any,
) -> HttpResponse:
    """The form, with what is wrong with it; 422 when something is.

    ``title`` stands in the tab instead of a heading that names somebody.
    """
    return page(
        request,
        template,
        {
            **header(request, youth, section, words=more.pop("words", None)),
            "section": heading,  # on a phone the head of a form is short
            "form": form,
            "heading": heading,
            "title": title or heading,
            "save": save,
            "back_url": reverse(back, args=[youth.ref]),
            **more,
        },
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


def is_done(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Do it; a refusal is said at the head of the form, and what was typed stays."""
    try:
        act()
    except (ChangedMeanwhile, NotPermitted):
        raise
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return False
    return True


def seen(route: str, youth: Youth) -> HttpResponse:
    """On to a page of the record after something was saved."""
    return HttpResponseRedirect(reverse(route, args=[youth.ref]), status=303)


def changed(form: VersionedForm) -> dict[str, Any]:
    """Which answers differ from the record; those alone are saved."""
    return {
        name: form.cleaned_data[name]
        for name in form.changed_data
        if name != "version" and name in form.cleaned_data
    }


# ---------- two editors ----------


def settled(post: QueryDict, current: forms.BaseForm) -> QueryDict:
    """What was sent, once the sender has said which of two versions should stand."""
    data: QueryDict = post.copy()
    for name in current.fields:
        match post.get(f"stands_{name}"):
            case "theirs":
                data.setlist(name, [*_as_sent(current, name)])
            case "ours" if f"ours_{name}" in post:
                data[name] = str(post[f"ours_{name}"])
    return data


def two_versions_page(
    request: Request,
    youth: Youth,
    form: forms.BaseForm,
    current: forms.BaseForm,
    error: ChangedMeanwhile,
    **more: Any,
) -> HttpResponse:
    """Both versions side by side, field by field; nothing that was typed is lost."""
    differing = [
        name
        for name, field in form.fields.items()
        if name != "version"
        and not isinstance(field.widget, forms.HiddenInput)
        and _as_sent(current, name) != _typed(form, name)
    ]
    texts: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for name in differing:
        is_text = isinstance(form.fields[name].widget, forms.Textarea)
        (texts if is_text else others).append(_pair(form, current, name))
    sent: Any = form.data
    typed: QueryDict = sent.copy()
    stands: Any = error.current
    typed["version"] = str(stands.version)
    who, at = _last_saved(error)
    return page(
        request,
        "desk/youth/two_versions.html",
        {
            **header(request, youth, more.pop("section", "summary")),
            "who": who,
            "at": at,
            "texts": texts,
            "others": others,
            "typed": list(_hidden(typed, [one["name"] for one in texts])),
            **more,
        },
        status=409,
    )


def _pair(form: forms.BaseForm, current: forms.BaseForm, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "label": form.fields[name].label,
        "theirs": _in_words(current, name, _as_sent(current, name)),
        "ours": _in_words(form, name, _typed(form, name)),
    }


def _typed(form: forms.BaseForm, name: str) -> list[str]:
    sent: Any = form.data
    return [value for value in sent.getlist(name) if value]


def _as_sent(form: forms.BaseForm, name: str) -> list[str]:
    """A record's value as its form would send it."""
    value = form[name].value()
    if value in (None, "", False):
        return []
    if value is True:
        return ["on"]
    return [value.isoformat() if isinstance(value, date) else str(value)]


def _in_words(form: forms.BaseForm, name: str, sent: list[str]) -> str:
    field = form.fields[name]
    if isinstance(field, forms.BooleanField):
        return "Yes" if sent else "No"
    if not sent:
        return "Nothing"
    choices = dict(getattr(field, "choices", ()))
    if isinstance(field, forms.DateField):
        return short_day(date.fromisoformat(sent[0]), date(1, 1, 1))
    return str(choices.get(sent[0], sent[0]))


def _last_saved(error: ChangedMeanwhile) -> tuple[str, datetime | None]:
    """Who saved the version that stands, from its own history: two queries."""
    saved: Any = error.current
    last = saved.events.order_by("-pgh_id").first()
    by = (last.pgh_context or {}).get("user") or 0
    user = User.objects.filter(pk=by).first()
    return (user.name if user else "Somebody"), last.pgh_created_at


def _hidden(typed: QueryDict, without: Iterable[str]) -> Iterator[tuple[str, str]]:
    skip = {"csrfmiddlewaretoken", "form_token", "draft_path", *without}
    for name, values in typed.lists():
        if name not in skip and not name.startswith(("stands_", "ours_")):
            yield from ((name, value) for value in values)
