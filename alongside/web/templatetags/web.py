"""What every template may load: icons, shapes, dates, hidden context, form fields."""

from collections.abc import Callable
from copy import copy
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django import forms, template
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alongside.kernel import dates, dates_in_words

register = template.Library()

# Each is a symbol of web/sprite.html, drawn by USWDS.
ICONS = (
    *("add", "assessment", "calendar-today", "chat", "chevron-left", "chevron-right"),
    *("close", "construction", "edit", "expand-more", "file-download", "forum"),
    *("groups", "list", "lock", "logout", "people", "phone", "print", "search"),
    *("send", "settings"),
)

# In the order of the component sheet; each is a symbol of web/sprite.html.
SHAPES = frozenset(
    {
        *("was", "today", "soon", "later", "booked", "done", "partly"),
        *("missed", "cancelled", "waiting", "draft", "ended", "unknown", "new"),
        *("cover", "goal", "fact", "shared", "notshared", "up", "down"),
    }
)

_NUMBERS = (
    *("no", "one", "two", "three", "four"),
    *("five", "six", "seven", "eight", "nine"),
)

_NATIVE: dict[type[forms.Widget], tuple[str, str | None]] = {
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
}


# ---------- icons and shapes ----------


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon; always beside its word, so it is hidden from screen readers."""
    if name not in ICONS:
        raise ValueError(f"There is no icon {name!r}; see ICONS.")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="#i-{}"/></svg>',
        name,
    )


@register.simple_tag
@cache  # a month shows hundreds of them
def shape(kind: str) -> SafeString:
    """The shape of a state; always beside its words."""
    if kind not in SHAPES:
        raise ValueError(f"There is no shape {kind!r}; see SHAPES.")
    return format_html(
        '<svg class="shape shape--{}" aria-hidden="true" focusable="false">'
        '<use href="#s-{}"/></svg>',
        kind,
        kind,
    )


# ---------- dates ----------


@register.filter
def day(value: date | None, today: date) -> str:
    """``{{ due|day:today }}``: "Tue, Nov 24", or "Sep 1" when not near."""
    return _time(value, lambda known: dates_in_words.spoken_day(known, today))


@register.filter
def short_day(value: date | None, today: date) -> str:
    """``{{ due|short_day:today }}``: for tables, without the weekday."""
    return _time(value, lambda known: dates_in_words.short_day(known, today))


@register.filter
def day_long(value: date | None) -> str:
    """``{{ today|day_long }}``: "Thursday, November 19, 2026"."""
    return _time(value, dates_in_words.long_day)


@register.filter
def elapsed(value: date | None, today: date) -> str:
    """``{{ last|elapsed:today }}``: "3 months ago"; its date belongs beside it."""
    return _time(value, lambda known: dates.elapsed(known, today))


@register.simple_tag(takes_context=True)
def vague_day(
    context: template.Context, value: date | None, precision: dates.Precision | str
) -> str:
    """``{% vague_day fact.starts fact.precision %}``: "summer 2025", "not known"."""
    known = dates.Precision(precision)
    words = dates_in_words.vague_day(value, known, context["today"])
    if value is None or known is not dates.Precision.DAY:
        return words
    return _time(value, lambda _: words)


@register.filter
def date_in(value: datetime | None, zone: ZoneInfo) -> date | None:
    """``{{ at|date_in:zone|day:today }}``: the day an instant fell on, there."""
    return None if value is None else value.astimezone(zone).date()


@register.filter
def clock_time(value: datetime | None, zone: ZoneInfo) -> str:
    """``{{ at|clock_time:zone }}``: "10:30 am" on that zone's clock."""
    if value is None:
        return ""
    there = value.astimezone(zone)
    return format_html(
        '<time datetime="{}">{}</time>',
        there.isoformat(timespec="minutes"),
        dates_in_words.clock_time(there),
    )


@register.simple_tag(takes_context=True)
def moment(context: template.Context, value: datetime) -> str:
    """``{% moment at %}``, standing alone: "Today, 9:50 am", "Fri, Nov 6, 2:15 pm"."""
    there = value.astimezone(context["zone"])
    today: date = context["today"]
    near = {0: "Today", 1: "Yesterday"}.get((today - there.date()).days)
    return format_html(
        '<time datetime="{}">{}, {}</time>',
        there.isoformat(timespec="minutes"),
        near or dates_in_words.spoken_day(there.date(), today),
        dates_in_words.clock_time(there),
    )


# ---------- words ----------


@register.filter
def hidden_context(words: str) -> SafeString:
    """``Move{{ "the review of Tevita"|hidden_context }}``: read out, not shown."""
    return format_html('<span class="usa-sr-only"> {}</span>', words)


@register.filter
def in_words(count: int) -> str:
    """The word for 3 is "three"; figures from ten on, as in a sentence."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


@register.filter
def in_a_sentence(words: str) -> str:
    """``{{ question|in_a_sentence }}``: "on what works"; MDT and I stay as they are."""
    keeps = words[1:2].isupper() or words[1:2] in (" ", "’")
    return words if keeps else words[:1].lower() + words[1:]


@register.filter
def initials(name: str, mark: str = "") -> str:
    """Rosa Castellanos is "RC"; with "." as the mark "R.C.", for a page's title."""
    words = name.split()
    ends = words if len(words) < 2 else (words[0], words[-1])
    return "".join(word[0].upper() + mark for word in ends)


# ---------- form fields ----------


@register.filter
def widget_kind(field: BoundField) -> str:
    """Which part of web/components/field.html draws the field."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "fieldset" if widget.use_fieldset else "input"


@register.filter
def sentences(field: BoundField) -> list[str]:
    """What is wrong with a field, as sentences that say what to do."""
    return [_sentence(field, error) for error in field.errors.as_data()]


def _sentence(field: BoundField, error: ValidationError) -> str:
    said = " ".join(error.messages)
    ours = {
        "required": _what_is_missing(field.field.widget),
        "invalid_choice": _("Choose one of the answers to “%(label)s”."),
    }.get(error.code or "")
    defaults = (forms.Field, forms.ChoiceField, forms.ModelChoiceField)
    is_default = any(
        str(each.default_error_messages.get(error.code or "")) == str(error.message)
        for each in defaults
    )
    if ours and is_default:
        return ours % {"label": field.label}
    return _in_our_words(field, error) or said


def _in_our_words(field: BoundField, error: ValidationError) -> str:
    """The library's own words for these two are not a practitioner's."""
    given = {"label": field.label, **(error.params or {})}
    match error.code:
        case "max_length" if "show_value" in given:
            return (
                _(
                    "Shorten “%(label)s” to %(limit_value)d characters: it has"
                    " %(show_value)d now."
                )
                % given
            )
        case "null_characters_not_allowed":
            return (
                _(
                    "There is a character in “%(label)s” that cannot be seen and"
                    " cannot be kept. Type the text again."
                )
                % given
            )
    return ""


def _what_is_missing(control: forms.Widget) -> str:
    match control:
        case forms.CheckboxInput():
            return _("Check “%(label)s”.")
        case forms.Select() | forms.RadioSelect():
            return _("Choose an answer to “%(label)s”.")
        case _:
            return _("Fill in “%(label)s”.")


@register.simple_tag
def widget(field: BoundField, extra_class: str = "") -> SafeString:
    """The field's own control in USWDS dress; dates and times as native inputs."""
    control: Any = copy(field.field.widget)
    # A placeholder vanishes as one types; the label stands above the field already.
    control.attrs = {**control.attrs}
    control.attrs.pop("placeholder", None)
    for kind, (native, pattern) in _NATIVE.items():
        if isinstance(field.field.widget, kind):
            control.input_type, control.format = native, pattern
            break
    classes = [control.attrs.get("class"), _uswds_class(control), extra_class]
    if field.errors and not isinstance(control, forms.CheckboxInput):
        classes.append("usa-input--error")
    return field.as_widget(
        widget=control, attrs={"class": " ".join(filter(None, classes))}
    )


def _uswds_class(control: forms.Widget) -> str:
    match control:
        case forms.Textarea():
            return "usa-textarea"
        case forms.Select():
            return "usa-select"
        case forms.CheckboxInput():
            return "usa-checkbox__input"
        case forms.FileInput():
            return "usa-file-input"
        case forms.DateInput() | forms.DateTimeInput():
            return "usa-input input-d"
        case forms.TimeInput():
            return "usa-input input-t"
        case _:
            return "usa-input"


def _time(value: date | None, words: Callable[[date], str]) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        # Its day depends on where: silently taking UTC's would be wrong by evening.
        raise TypeError("This is an instant. Write |date_in:zone before this filter.")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words(value))
