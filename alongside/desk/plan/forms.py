"""What may be typed about goals, steps and progress."""

from typing import Any

from django import forms

from alongside.access.models import Membership
from alongside.forms.vocabulary import Vocabulary
from alongside.people.models import Person, Youth
from alongside.plans.models import SET_BY, STEP_STATUSES

SMART = {
    "specific": ("Specific", "What exactly, and where?"),
    "measurable": ("Measurable", "How will everybody see that it moves?"),
    "achievable": ("Achievable", "What makes it possible now?"),
    "relevant": ("Relevant", "Why it matters to the young person."),
    "time_bound": ("Time-bound", "By when, and what comes first?"),
}
_SOMEBODY = "somebody"


class GoalForm(forms.Form):
    """A goal in the young person's own words, with the five SMART parts."""

    words = forms.CharField(
        label="The goal, in the young person’s own words",
        help_text="Word for word, as they said it.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write the goal as the young person says it."},
    )
    category = forms.ChoiceField(label="Part of life")
    set_by = forms.ChoiceField(
        label="Who set it", choices=SET_BY, widget=forms.RadioSelect
    )
    set_with = forms.CharField(label="With whom", required=False, max_length=200)
    set_on = forms.DateField(label="Set on")
    due_on = forms.DateField(label="To be reached by", required=False)
    harm_reduction = forms.CharField(
        label="Harm reduction: what counts while things are hard",
        help_text="Smaller steps that count, and what is not held against them.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, words_of: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = self.fields["category"]
        assert isinstance(category, forms.ChoiceField)  # noqa: S101 (declared above)
        category.choices = words_of.choices("goal_category")
        for name, (label, hint) in SMART.items():
            self.fields[name] = forms.CharField(
                label=label,
                help_text=hint,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        order = ["words", "category", *SMART, "harm_reduction"]
        self.order_fields([*order, "set_by", "set_with", "set_on", "due_on"])


class StepForm(forms.Form):
    """One thing, one person or partner, one day."""

    text = forms.CharField(
        label="Step",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write what is to be done."},
    )
    who = forms.ChoiceField(label="Who does it")
    somebody = forms.CharField(
        label="Somebody who is not listed", required=False, max_length=200
    )
    due_on = forms.DateField(label="By", required=False)

    def __init__(
        self, *args: Any, youth: Youth, unit_id: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"p{one.pk}": one for one in Person.objects.filter(youth=youth)}
        self.users = {
            f"u{row.user_id}": row.user
            for row in Membership.objects.filter(unit=unit_id, ends=None)
            .select_related("user")
            .order_by("user__name")
        }
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)  # noqa: S101 (declared above)
        who.choices = [
            ("", "Choose"),
            ("youth", youth.called_name),
            ("The unit", [(key, user.name) for key, user in self.users.items()]),
            ("Around them", [(key, one.name) for key, one in self.people.items()]),
            (_SOMEBODY, "Somebody who is not listed"),
        ]
        self.youth = youth

    def clean(self) -> dict[str, Any]:
        """A name is needed when nobody of the list is meant."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("who") == _SOMEBODY and not cleaned.get("somebody"):
            self.add_error("somebody", "Write who does it.")
        return cleaned

    def doer(self) -> dict[str, Any]:
        """Who it is, for the action: a name as said, and a user or person if one."""
        key = self.cleaned_data["who"]
        if key == _SOMEBODY:
            return {"who": self.cleaned_data["somebody"]}
        if user := self.users.get(key):
            return {"who": user.name, "user": user}
        if person := self.people.get(key):
            return {"who": person.name, "person": person}
        return {"who": self.youth.called_name}


class StandingForm(forms.Form):
    """Where a step stands."""

    status = forms.ChoiceField(
        label="Where it stands", choices=STEP_STATUSES, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label="Note", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ProgressForm(forms.Form):
    """What moved, or what got in the way."""

    text = forms.CharField(
        label="What moved, or what got in the way?",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write what moved, or what got in the way."},
    )
    own_words = forms.BooleanField(
        label="These are the young person’s own words", required=False
    )


class EndForm(forms.Form):
    """Reached, or set aside, and what is to be said about it."""

    status = forms.ChoiceField(
        label="How it ended",
        choices=[("reached", "Reached"), ("set_aside", "Set aside for now")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Note", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
