"""Components with a body of their own; those without one are plain includes.

Each draws the template of its name in web/components/, where its parts are described.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import forms, template
from django.core.paginator import Paginator
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alongside.kernel.ids import new_ref
from alongside.web.templatetags.web import sentences, shape

register = template.Library()

Draw = Callable[..., SafeString]


def _component(name: str, *, positional: str | None = None) -> Draw:
    """Register ``{% name first=... %}body{% endname %}`` for web/components/name.html.

    The component sees the page's own context too, beneath its parts.
    """

    def draw(
        context: template.Context, content: str, first: Any = None, **parts: Any
    ) -> SafeString:
        if positional is not None:
            parts[positional] = first
        around: dict[Any, Any] = dict(context.flatten())
        return render_to_string(
            f"web/components/{name}.html", {**around, **parts, "body": content}
        )

    draw.__name__ = name
    return register.simple_block_tag(takes_context=True, name=name)(draw)


page_head = _component("page_head", positional="heading")
person_header = _component("person_header", positional="person")
panel = _component("panel", positional="heading")
alert = _component("alert", positional="kind")
strip = _component("strip", positional="kind")
empty_state = _component("empty_state", positional="what")
filter_bar = _component("filter_bar", positional="label")
save_bar = _component("save_bar")


@register.simple_block_tag
def state(content: str, kind: str) -> SafeString:
    """``{% state "was" %}Was due {{ due|day:today }}{% endstate %}``."""
    return format_html(
        '<span class="state state--{}">{}<span>{}</span></span>',
        kind,
        shape(kind),
        content,
    )


# ---------- forms ----------


@register.simple_tag(takes_context=True)
def form_token(context: template.Context) -> SafeString:
    """Beside the CSRF token: the server does what this form asks only once.

    It also says which page's draft is done with then.
    """
    # Without autocomplete="off" a browser that reloads would bring back the old token.
    return format_html(
        '<input type="hidden" name="form_token" value="{}" autocomplete="off">'
        '<input type="hidden" name="draft_path" value="{}" autocomplete="off">',
        new_ref(),
        _page_path(context.get("request")),
    )


def _page_path(request: Any) -> str:
    """The page one is on: for a part that htmx fetched, not the part's own address."""
    if request is None:
        return ""
    htmx = getattr(request, "htmx", None)
    shown = htmx.current_url_abs_path if htmx else None
    return urlsplit(shown).path if shown else str(request.path)


@dataclass(frozen=True)
class Problem:
    """One sentence of the error summary, and the control it leads to."""

    sentence: str
    target: str


@register.simple_tag
def problems(
    form: forms.BaseForm | str, others: list[forms.BaseForm] | str = ""
) -> list[Problem]:
    """``{% problems form others as found %}``: what to look at, in field order."""
    return [
        problem
        for each in (form, *(others or ()))
        if isinstance(each, forms.BaseForm) and each.is_bound
        for problem in _problems_of(each)
    ]


def _problems_of(form: forms.BaseForm) -> Iterator[Problem]:
    for error in form.non_field_errors():
        yield Problem(str(error), "")
    for name in form.fields:
        field = form[name]
        target = "" if field.is_hidden else first_control(field)
        for sentence in sentences(field):
            yield Problem(sentence, target)


def first_control(field: BoundField) -> str:
    """The id a link to the field leads to: the first of its radios or boxes."""
    widget = field.field.widget
    grouped = isinstance(widget, forms.RadioSelect | forms.MultiWidget)
    return f"{field.auto_id}_0" if grouped else str(field.auto_id)


# ---------- lists: pages and order, both in the address ----------


@register.simple_tag(takes_context=True)
def page_link(context: template.Context, number: int, param: str = "") -> str:
    """``{% page_link 3 %}``: this address, with another page."""
    return _address(context, param or "page", str(number))


@register.filter
def pages_near(paginator: "Paginator[Any]", number: int) -> list[int | None]:
    """First, last and those around this one; None where some are left out."""
    shown = paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    return [page if isinstance(page, int) else None for page in shown]


@register.inclusion_tag("web/components/sort_head.html", takes_context=True)
def sort_head(
    context: template.Context, key: str, words: str, *, extra_class: str = ""
) -> dict[str, object]:
    """``{% sort_head "last_mdt" "Last MDT" %}``; pressed again, it turns the order.

    The view may give ``sort``, its order when the address names none.
    """
    current = str(context["request"].GET.get("sort") or context.get("sort", ""))
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    turned = f"-{key}" if direction == "ascending" else key
    return {
        "words": words,
        "direction": direction,
        "url": _address(context, "sort", turned, without=("page",)),
        "extra_class": extra_class,
    }


def _address(
    context: template.Context, name: str, value: str, *, without: tuple[str, ...] = ()
) -> str:
    query = context["request"].GET.copy()
    for other in without:
        query.pop(other, None)
    query[name] = value
    return f"?{query.urlencode()}"
