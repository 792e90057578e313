"""What pages of a record say: terms, kinds of contact, with whom, telephone links."""

from typing import Any

from django import template

from alongside.activities.models import Activity, Kind

register = template.Library()


@register.filter
def dialed(phone: str) -> str:
    """``tel:{{ person.phone|dialed }}``: what a telephone dials, without the rest."""
    return "".join(mark for mark in phone if mark.isdecimal() or mark in "+*#")


@register.simple_tag(takes_context=True)
def term(context: template.Context, vocabulary: str, code: str) -> str:
    """``{% term "relation" person.relation %}``: a word within a sentence."""
    name = str(context["words"].name(vocabulary, code))
    return name[:1].lower() + name[1:]


@register.simple_tag
def kind_lower(kind: Kind) -> str:
    """``{% kind_lower contact.kind %}``: "in person", "text"."""
    return contact_word(kind.code, kind.name)


@register.simple_tag
def with_whom(contact: Activity) -> str:
    """``{% with_whom contact %}``: "With Elena Delgado. "; the youth goes unsaid."""
    others = [one.name for one in contact.presences.all() if not one.is_youth]
    return f"With {', '.join(others)}. " if others else ""


def contact_word(code: str, name: str) -> str:
    """How a contact took place, as a list says it."""
    short: dict[str, Any] = {
        "contact_in_person": "in person",
        "contact_tried": "tried, no answer",
    }
    return str(short.get(code) or name[:1].lower() + name[1:])


@register.filter
def as_list(one: Any) -> list[Any]:
    """One form, or none, as the list that the error summary takes."""
    return [one] if one is not None else []
