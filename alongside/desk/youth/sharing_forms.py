"""Sharing parts of a record: with whom, which, why, until when."""

from datetime import date
from typing import Any

from django import forms

from alongside.access.models import Grant
from alongside.desk.youth.forms import day_field, long_text, one_of
from alongside.kernel.compartments import Compartment
from alongside.kernel.dates import add_months
from alongside.kernel.dates_in_words import short_day

PARTS = (
    (Compartment.RECORD, "Everyday record"),
    (Compartment.LEGAL, "Court papers"),
    (Compartment.HEALTH, "Health"),
    (Compartment.EXPLOITATION, "Sensitive details"),
)
_LONGEST_MONTHS = 12


class ShareForm(forms.Form):
    """A sharing: beyond the everyday record it needs a signed release."""

    use_required_attribute = False
    parts = forms.MultipleChoiceField(
        label="Which parts", widget=forms.CheckboxSelectMultiple
    )
    why = forms.ChoiceField(label="Why", widget=forms.RadioSelect)
    purpose = forms.CharField(
        label="What for", max_length=200, help_text="For advocacy, for counseling."
    )
    signed_on = day_field("Said or signed on")
    until = day_field(
        "Until", help_text="A sharing lasts twelve months at most, and can be renewed."
    )

    def __init__(
        self,
        *args: Any,
        holders: Any,
        parts: set[str],
        today: date,
        called: str,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.today = today
        whom = {"holder": one_of("With whom", holders, empty="Choose")}
        fields: Any = {**whom, **self.fields}
        self.fields = fields
        fields["parts"].choices = [
            (part.value, name) for part, name in PARTS if part.value in parts
        ]
        fields["why"].choices = [
            (Grant.Because.CHOICE.value, f"{called}’s choice"),
            (Grant.Because.RELEASE.value, "A signed release"),
            (Grant.Because.ORDER.value, "A court order"),
        ]

    def clean(self) -> dict[str, Any]:
        """A share beyond the everyday record rests on something that is signed."""
        cleaned = super().clean() or {}
        beyond = set(cleaned.get("parts", ())) - {Compartment.RECORD.value}
        if beyond and cleaned.get("why") == Grant.Because.CHOICE:
            self.add_error(
                "why",
                "More than the everyday record needs a signed release or a court"
                " order. Choose which, or share the everyday record alone.",
            )
        signed, until = cleaned.get("signed_on"), cleaned.get("until")
        if signed and signed > self.today:
            self.add_error("signed_on", "The day cannot be after today.")
        latest = add_months(self.today, _LONGEST_MONTHS)
        if until and until < self.today:
            self.add_error("until", "The last day cannot be before today.")
        elif until and until > latest:
            self.add_error(
                "until",
                f"Choose a day until {short_day(latest, self.today)}; it can be"
                " renewed then.",
            )
        return cleaned

    @property
    def source(self) -> str:
        """The reason in words, as the page of who can see shows it."""
        given = self.cleaned_data
        day = short_day(given["signed_on"], date(1, 1, 1))
        said = {
            Grant.Because.CHOICE: f"said on {day}",
            Grant.Because.RELEASE: f"release signed {day}",
            Grant.Because.ORDER: f"order of {day}",
        }[Grant.Because(given["why"])]
        return f"{said}, {given['purpose']}"


class EmergencyForm(forms.Form):
    """What is happening."""

    use_required_attribute = False
    reason = long_text(
        "What is happening, in your words",
        rows=3,
        min_length=10,
        error_messages={"min_length": "Write the reason in a sentence."},
        help_text="A supervisor reads this. The opening ends by itself after 4 hours"
        " and stays in the log.",
    )
