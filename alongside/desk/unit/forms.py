"""Setting cover, and changing what the unit expects."""

from typing import Any

from django import forms

from alongside.access.models import User
from alongside.activities.models import Policy
from alongside.activities.policies import PACKS
from alongside.desk.caseload.hand_over import team_choices
from alongside.forms.vocabulary import Vocabulary


class CoverForm(forms.Form):
    """Who is away, who stands in, and on which days."""

    away = forms.ChoiceField(label="Away")
    covering = forms.ChoiceField(label="Who covers")
    first_day = forms.DateField(
        label="First day", widget=forms.DateInput(format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label="Last day",
        help_text="It counts too.",
        widget=forms.DateInput(format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=500,
        help_text="What the colleague should know. No names of young people.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, team: dict[str, User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team
        for name in ("away", "covering"):
            field: Any = self.fields[name]
            field.choices = team_choices(team)

    def clean_away(self) -> User:
        """The colleague who is away."""
        return self.team[self.cleaned_data["away"]]

    def clean_covering(self) -> User:
        """The colleague who stands in."""
        return self.team[self.cleaned_data["covering"]]


class PackForm(forms.Form):
    """A ready-made set of policies."""

    pack = forms.ChoiceField(
        label="Which set", choices=[*PACKS.items()], widget=forms.RadioSelect
    )
    starts = forms.DateField(label="From", widget=forms.DateInput(format="%Y-%m-%d"))


class PolicyForm(forms.Form):
    """What is expected, by when, and for whom."""

    name = forms.CharField(label="What is expected", max_length=120)
    days = forms.IntegerField(
        label="Days",
        required=False,
        min_value=-365,
        max_value=1_000,
        help_text="Within, or every, so many days; with a minus, days before.",
    )
    working_days = forms.BooleanField(label="Count working days", required=False)
    per_month = forms.IntegerField(
        label="How many a calendar month", required=False, min_value=1, max_value=31
    )
    support_levels = forms.MultipleChoiceField(
        label="For which support",
        required=False,
        help_text="None chosen: every level.",
        widget=forms.CheckboxSelectMultiple,
    )
    stay_kinds = forms.MultipleChoiceField(
        label="While staying where",
        required=False,
        help_text="None chosen: wherever.",
        widget=forms.CheckboxSelectMultiple,
    )
    source = forms.CharField(
        label="Where this comes from", max_length=300, required=False
    )
    day = forms.DateField(
        label="From",
        help_text="Until the day before, what held so far still counts.",
        widget=forms.DateInput(format="%Y-%m-%d"),
    )

    def __init__(
        self, *args: Any, policy: Policy, words: Vocabulary, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy
        levels: Any = self.fields["support_levels"]
        levels.choices = words.choices("support_level")
        stays: Any = self.fields["stay_kinds"]
        stays.choices = words.choices("stay_kind")
        unused = ["days", "working_days"] if policy.per_month else ["per_month"]
        for name in unused:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The rhythm stays of the kind it is: days, or times a month."""
        given = super().clean() or {}
        for name, words in (
            ("days", "Write how many days."),
            ("per_month", "Write how many a calendar month."),
        ):
            asked = name in self.fields and name not in self.errors
            if asked and given.get(name) is None:
                self.add_error(name, words)
        day = given.get("day")
        if day and day < self.policy.starts:
            self.add_error(
                "day", "This began on a later day. Choose that one or after."
            )
        return given
