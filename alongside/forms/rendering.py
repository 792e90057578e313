"""A version’s questions as a Django form: fields, sentences, clean answers."""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from alongside.forms.definition import (
    CHOSEN,
    Definition,
    Kind,
    Question,
    Section,
    read_definition,
)
from alongside.forms.models import FormVersion

_TILES = 6
_LONGEST = 200_000


class AnswerForm(forms.Form):
    """The questions of one version; ``answers()`` is what is kept once it is valid.

    A draft may be unfinished: what is required is asked for when it is signed.
    """

    use_required_attribute = False

    def __init__(self, definition: Definition, *, draft: bool, **given: Any) -> None:
        super().__init__(**given)
        self.definition = definition
        self.draft = draft
        for question in definition.questions.values():
            self.fields[question.code] = field_for(question, draft=draft)

    @property
    def parts(self) -> list[tuple[Section, list[tuple[Question, BoundField]]]]:
        """Sections, each with its questions and their fields, as a page shows them."""
        return [
            (part, [(one, self[one.code]) for one in part.questions])
            for part in self.definition.sections
        ]

    def clean(self) -> dict[str, Any]:
        """What depends on another answer is asked for, and taken, only then."""
        cleaned = super().clean() or {}
        for question in self.definition.questions.values():
            if question.show_if is None or self.draft or question.code in self.errors:
                continue
            asked = is_asked(question, cleaned)
            given = not _is_empty(cleaned.get(question.code))
            if asked and question.required and not given:
                self.add_error(question.code, self._missing(question))
            if given and not asked:
                other = self.definition.questions[question.show_if.question]
                self.add_error(
                    question.code,
                    f"This belongs to another answer to “{other.text}”. Change that"
                    " answer, or empty this one.",
                )
        return cleaned

    def answers(self) -> dict[str, Any]:
        """The given answers as plain data; what was not answered is left out."""
        return {
            code: _plain(value)
            for code, value in self.cleaned_data.items()
            if not _is_empty(value)
        }

    def _missing(self, question: Question) -> str:
        return f"Answer “{question.text}”."


def form_for(
    version: FormVersion,
    data: Mapping[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
    *,
    draft: bool = False,
    prefix: str | None = None,
) -> AnswerForm:
    """The form a page shows; ``initial`` may be the answers of a draft."""
    return AnswerForm(
        read_definition(version.definition),
        draft=draft,
        data=data,
        initial=dict(initial or {}),
        prefix=prefix,
    )


def is_asked(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether a question is asked, given the answers before it."""
    if question.show_if is None:
        return True
    given = answers.get(question.show_if.question)
    chosen = given if isinstance(given, list) else [given]
    return any(code in chosen for code in question.show_if.is_any_of)


def field_for(question: Question, *, draft: bool = False) -> forms.Field:
    """The field a question is answered in."""
    common: dict[str, Any] = {
        "label": question.text,
        "help_text": question.hint,
        "required": question.required and question.show_if is None and not draft,
    }
    choices = [(one.code, one.text) for one in question.choices]
    match question.kind:
        case Kind.TEXT:
            return forms.CharField(max_length=500, **common)
        case Kind.LONG_TEXT | Kind.OWN_WORDS:
            rows = 3 if question.kind is Kind.OWN_WORDS else 2
            area = forms.Textarea(attrs={"rows": rows})
            return forms.CharField(max_length=_LONGEST, widget=area, **common)
        case Kind.MANY_OF:
            return forms.MultipleChoiceField(
                choices=choices, widget=forms.CheckboxSelectMultiple, **common
            )
        case Kind.ONE_OF | Kind.YES_NO | Kind.SCALE:
            if len(choices) > _TILES and question.kind is Kind.ONE_OF:
                return forms.ChoiceField(choices=[("", "Choose"), *choices], **common)
            return forms.ChoiceField(
                choices=choices, widget=forms.RadioSelect, **common
            )
        case Kind.NUMBER:
            return _number_field(question, **common)
        case Kind.DATE:
            return forms.DateField(
                widget=forms.DateInput,
                error_messages={"invalid": "Write a day, such as Nov 19, 2026."},
                input_formats=["%Y-%m-%d", "%m/%d/%Y", "%b %d, %Y", "%B %d, %Y"],
                **common,
            )


def _number_field(question: Question, **common: Any) -> forms.Field:
    return forms.DecimalField(
        min_value=_limit(question.least),
        max_value=_limit(question.most),
        max_digits=18,
        error_messages={
            "invalid": "Write a number, in figures.",
            "min_value": "Write a number from %(limit_value)s up.",
            "max_value": "Write a number up to %(limit_value)s.",
        },
        **common,
    )


def in_words(question: Question, answer: Any) -> str:
    """An answer as a page or paper says it; what a version does not know is kept."""
    texts = {one.code: one.text for one in question.choices}
    if question.kind in CHOSEN | {Kind.YES_NO, Kind.SCALE}:
        chosen = answer if isinstance(answer, list) else [answer]
        return "; ".join(texts.get(str(code), str(code)) for code in chosen)
    return str(answer)


def _limit(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [])


def _plain(value: Any) -> Any:
    """Numbers as numbers, days as text, everything else as it is."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else _number(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _number(value: Decimal) -> float:
    number = float(value)
    return number if math.isfinite(number) else 0.0
