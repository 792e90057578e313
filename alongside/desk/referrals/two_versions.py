"""Two people wrote the same form: both versions are shown, nothing typed is lost."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils import timezone

from alongside.access.models import User
from alongside.access.request import Request
from alongside.web.pages import page

_NOT_TYPED = {"csrfmiddlewaretoken", "form_token", "draft_path"}
_TEXT = (forms.Textarea, forms.TextInput)


def settled(post: QueryDict, current: forms.BaseForm) -> QueryDict:
    """What was sent, once the sender has said which of two versions should stand."""
    chosen = [name for name in current.fields if f"stands_{name}" in post]
    if not chosen:
        return post
    data = post.copy()
    for name in chosen:
        if post[f"stands_{name}"] == "theirs":
            data.setlist(current.add_prefix(name), as_sent(current, name))
        elif f"ours_{name}" in post:
            data[name] = str(post[f"ours_{name}"])
    return data


def two_versions(
    request: Request,
    form: forms.BaseForm,
    current: forms.BaseForm,
    *,
    saved: Any,
    versions: dict[str, int],
    **more: Any,
) -> HttpResponse:
    """Both versions, field by field; ``saved`` tells who wrote the one that stands."""
    typed: Any = form.data
    texts, others = _differing(form, current, without=set(versions))
    kept = [
        (name, value)
        for name, values in typed.lists()
        if name not in _NOT_TYPED | set(versions) | {one["name"] for one in texts}
        and not name.startswith(("stands_", "ours_"))
        for value in values
    ]
    return page(
        request,
        "desk/referrals/two_versions.html",
        {
            "texts": texts,
            "others": others,
            "typed": [*kept, *((name, str(value)) for name, value in versions.items())],
            "who": _who(saved),
            "at": _when(saved) or request.at,
            **more,
        },
        status=409,
    )


def _differing(
    form: forms.BaseForm, current: forms.BaseForm, *, without: set[str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Texts, and other answers, that the two versions do not share."""
    typed: Any = form.data
    texts: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for name, field in form.fields.items():
        ours = [value for value in typed.getlist(name) if value]
        theirs = as_sent(current, name)
        hidden = isinstance(field.widget, forms.HiddenInput)
        if name in without or hidden or _even(ours) == _even(theirs):
            continue
        pair = {
            "name": name,
            "label": field.label,
            "theirs": _in_words(field, theirs),
            "ours": ours[0] if _is_text(field) and ours else _in_words(field, ours),
        }
        (texts if _is_text(field) else others).append(pair)
    return texts, others


def as_sent(form: forms.BaseForm, name: str) -> list[str]:
    """A saved value as its form would send it."""
    value = form.get_initial_for_field(form.fields[name], name)
    if value in (None, "", [], False):
        return []
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    if isinstance(value, datetime):
        there = timezone.localtime(value)
        return [there.strftime("%Y-%m-%dT%H:%M")]
    return [value.isoformat() if isinstance(value, date) else str(value)]


def _is_text(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField) and isinstance(field.widget, _TEXT)


def _in_words(field: forms.Field, sent: list[str]) -> str:
    words = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return ", ".join(words.get(value, value) for value in sent) or "Nothing"


def _even(sent: list[str]) -> list[str]:
    return sorted(value.replace("\r\n", "\n").strip() for value in sent)


def _when(saved: Any) -> datetime | None:
    """When a draft was kept, an answer signed, or a row of the history written."""
    instants = (getattr(saved, n, None) for n in ("kept_at", "at", "pgh_created_at"))
    return next(filter(None, instants), None)


def _who(saved: Any) -> str:
    if kept_by := getattr(saved, "kept_by", None) or getattr(saved, "by", None):
        return str(kept_by.name)
    context = getattr(saved, "pgh_context", None) or {}
    user = User.objects.filter(pk=context.get("user") or 0).first()
    return user.name if user else "Somebody"
