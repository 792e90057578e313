"""One form for each kind of fact: from a day on, something else is true."""

from datetime import date
from typing import Any

from django import forms

from alongside.desk.youth.forms import day_field, long_text, one_of
from alongside.forms.vocabulary import Vocabulary
from alongside.kernel.dates import Precision

# Kinds of fact with one code out of a vocabulary: (column, vocabulary, label).
CHOSEN = {
    "support": ("level", "support_level", "Support"),
    "legal": ("status", "legal_status", "Legal status"),
    "child_welfare": ("status", "child_welfare", "Child welfare"),
    "court": ("court", "court", "Court"),
}
# What may end without anything following it.
MAY_END = {
    "school": "No school at present",
    "court": "No court hears the case now",
}

KNOWN = [
    (Precision.DAY, "The day is known"),
    (Precision.MONTH, "Only the month and year"),
    (Precision.SEASON, "Only the season and year"),
    (Precision.YEAR, "Only the year"),
]
# Who supports and carries a case begins on the day somebody says so.
_TO_THE_DAY = ("support", "officer")


class FactForm(forms.Form):
    """From which day, and what; each kind adds its own fields."""

    use_required_attribute = False
    starts = day_field("From")
    precision = forms.TypedChoiceField(
        label="How well is that known",
        choices=KNOWN,
        coerce=Precision,
        initial=Precision.DAY,
        help_text="If only the month or the year is known, choose any day in it.",
    )
    note = long_text("Note", rows=2, required=False)

    def __init__(self, *args: Any, name: str, today: date, **more: Any) -> None:
        words: Vocabulary = more.pop("words")
        team: Any = more.pop("team")
        keep: str = more.pop("keep", "")
        super().__init__(*args, **more)
        self.name, self.today = name, today
        self.fields = {**_fields(name, words, team, keep), **self.fields}
        if name in _TO_THE_DAY:
            del self.fields["precision"]
        if name == "officer":  # says why instead
            del self.fields["note"]

    def clean(self) -> dict[str, Any]:
        """A fact is not in the future; what is named is needed unless it ended."""
        cleaned = super().clean() or {}
        day = cleaned.get("starts")
        if day and day > self.today and self.name != "officer":
            self.add_error("starts", "A fact cannot begin after today.")
        named = cleaned.get(self.name) or self.name in self.errors
        if self.name in MAY_END and not cleaned.get("ended") and not named:
            self.add_error(self.name, f"Fill in the {self.name}.")
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """The fact's own columns."""
        given = self.cleaned_data.items()
        return {key: value for key, value in given if key not in ("starts", "ended")}


def _fields(
    name: str, words: Vocabulary, team: Any, keep: str
) -> dict[str, forms.Field]:
    if name in CHOSEN:
        column, vocabulary, label = CHOSEN[name]
        choices = [("", "Choose"), *words.choices(vocabulary, keep=keep)]
        fields: dict[str, forms.Field] = {
            column: forms.ChoiceField(
                label=label, choices=choices, required=name not in MAY_END
            )
        }
    elif name == "stay":
        fields = {
            "kind": forms.ChoiceField(
                label="Where", choices=[("", "Choose"), *words.choices("stay_kind")]
            ),
            "place": forms.CharField(
                label="With whom, or which place",
                max_length=200,
                required=False,
                help_text="As one says it: the Delgado family, Bright Harbor.",
            ),
            "town": forms.CharField(label="Town", max_length=100, required=False),
        }
    elif name == "school":
        fields = {
            "school": forms.CharField(label="School", max_length=200, required=False),
            "grade": forms.CharField(label="Grade", max_length=40, required=False),
        }
    else:
        fields = _officer_fields(team)
    if name in MAY_END:
        fields["ended"] = forms.BooleanField(label=MAY_END[name], required=False)
    return fields


def _officer_fields(team: Any) -> dict[str, forms.Field]:
    return {
        "officer": one_of("Officer", team, empty="Choose"),
        "reason": forms.CharField(
            label="Why",
            max_length=300,
            help_text="Young people are asked to trust somebody new: say why.",
        ),
    }
