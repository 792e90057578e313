"""Components with a body of their own; those without one are plain includes.

Each draws the template of its name in web/components/, where its parts are described.
"""

from collections.abc import Callable
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from alongside.kernel.ids import new_ref
from alongside.web.templatetags.web import shape

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
        return render_to_string(
            f"web/components/{name}.html", {**context.flatten(), **parts, "body": content}
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
    return SafeString(
        f'<span class="state state--{kind}">{shape(kind)}<span>{content}</span></span>'
    )


@register.simple_tag
def once() -> SafeString:
    """A token beside the CSRF one: the server does what this form asks only once."""
    return SafeString(f'<input type="hidden" name="once" value="{new_ref()}">')
