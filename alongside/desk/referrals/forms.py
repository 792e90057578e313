"""What the pages of a referral ask; permission and state are decided elsewhere."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from alongside.access.models import Agency, Grant, User
from alongside.forms.vocabulary import Vocabulary
from alongside.people.models import Youth
from alongside.referrals.models import Referral
from alongside.referrals.rules import Decision, Step

NAMES = ("given_name", "family_name", "called", "pronouns", "phone", "languages")
_WHO = [*NAMES[:4], "birth_date", "age_about", *NAMES[4:]]
_ASKED = 90  # days a sharing lasts unless somebody chooses another end


class InstantField(forms.DateTimeField):
    """A day and a time on the unit's clock.

    Of the hour that comes twice when the clocks go back, the first is meant.
    """

    widget = forms.DateTimeInput
    default_error_messages: ClassVar = {
        "invalid": "Choose a day and a time.",
        "skipped": "The clocks went forward then, and that hour did not exist. Choose"
        " an hour later.",
    }

    def to_python(self, value: Any) -> datetime | None:
        """The instant that the unit's clock shows so."""
        try:
            naive = parse_datetime(value.strip()) if isinstance(value, str) else None
        except ValueError:
            naive = None
        if naive is not None and timezone.is_naive(naive):
            zone = timezone.get_current_timezone()
            value = naive.replace(tzinfo=zone).astimezone(UTC)
            if value.astimezone(zone).replace(tzinfo=None) != naive:
                raise forms.ValidationError(
                    self.error_messages["skipped"], code="skipped"
                )
        return super().to_python(value)


class WhoForm(forms.Form):
    """Who a young person is, as far as one knows."""

    given_name = forms.CharField(label="First name", max_length=200, required=False)
    family_name = forms.CharField(label="Last name", max_length=200, required=False)
    called = forms.CharField(label="Called", max_length=100, required=False)
    birth_date = forms.DateField(
        label="Birth date",
        required=False,
        error_messages={"invalid": "Write the birth date with month, day and year."},
    )
    age_about = forms.IntegerField(
        label="Or about how old",
        min_value=0,
        max_value=99,
        required=False,
        error_messages={
            "invalid": "Write an age in years, such as 15.",
            "min_value": "Write an age in years, such as 15.",
            "max_value": "Write an age in years, such as 15.",
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_birth_date(self) -> date | None:
        """A birth date is in the past."""
        day: date | None = self.cleaned_data["birth_date"]
        if day is not None and not date(1900, 1, 1) <= day <= self.today:
            raise forms.ValidationError("The birth date has to be before today.")
        return day

    def names(self) -> dict[str, Any]:
        """What is written on the record; an age is kept as about a year."""
        given = {name: self.cleaned_data[name] for name in NAMES if name in self.fields}
        if day := self.cleaned_data.get("birth_date"):
            return given | {"birth_date": day, "birth_precision": "day"}
        about = self.cleaned_data.get("age_about")
        if about is None:
            return given | {"birth_date": None, "birth_precision": "unknown"}
        year = date(self.today.year - about, 1, 1)
        return given | {"birth_date": year, "birth_precision": "year"}


class NewForm(WhoForm):
    """The first page: enough to see whether the unit knows them already."""

    number_kind = forms.ChoiceField(label="A number they have", required=False)
    number = forms.CharField(label="The number", max_length=80, required=False)
    route = forms.ChoiceField(label="Which way it came", required=False)

    def __init__(self, *args: Any, words: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["route"], words.choices("referral_route"), "Not yet known")
        _choose(self.fields["number_kind"], words.choices("identifier"), "None known")
        names = ["given_name", "family_name", "birth_date", "age_about"]
        self.order_fields([*names, "called", "route"])

    def clean(self) -> dict[str, Any]:
        """A number says of which system it is."""
        cleaned = super().clean() or {}
        if cleaned.get("number") and not cleaned.get("number_kind"):
            self.add_error("number_kind", "Choose which kind of number it is.")
        return cleaned


class DraftForm(WhoForm):
    """Everything a draft holds; all of it may wait but a name and the way it came."""

    pronouns = forms.CharField(label="Pronouns", max_length=40, required=False)
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    languages = forms.CharField(label="Languages", max_length=300, required=False)
    route = forms.ChoiceField(label="Which way it came", required=False)
    source = forms.ChoiceField(label="Who was concerned first", required=False)
    from_name = forms.CharField(label="Who called", max_length=200, required=False)
    from_organization = forms.CharField(
        label="School, agency or unit", max_length=200, required=False
    )
    from_phone = forms.CharField(
        label="Phone to call back", max_length=40, required=False
    )
    reported_at = InstantField(
        label="First reported",
        help_text="When somebody first said it, anywhere.",
        required=False,
    )
    received_at = InstantField(
        label="Received by this unit",
        help_text="Left empty, it is when you take it in.",
        required=False,
    )
    note = forms.CharField(
        label="What they need first",
        help_text="Only what the unit needs to begin. What happened can wait until they"
        " choose to tell it.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    youth_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, words: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        routes = words.choices("referral_route")
        _choose(self.fields["route"], routes, "Not yet known")
        _choose(self.fields["source"], routes, "Not yet known")
        self.order_fields(_WHO)

    @property
    def who(self) -> list[Any]:
        """The fields about the young person."""
        return [
            self[name] for name in (*NAMES[:4], "birth_date", "age_about", *NAMES[4:])
        ]

    @property
    def how(self) -> list[Any]:
        """The fields about how it came."""
        return [self[name] for name in ("route", "source")]

    @property
    def called_from(self) -> list[Any]:
        """The fields about who told the unit."""
        return [self[name] for name in ("from_name", "from_organization", "from_phone")]

    @property
    def when(self) -> list[Any]:
        """The two clocks a draft sets."""
        return [self["reported_at"], self["received_at"]]

    def written(self) -> dict[str, Any]:
        """What stands on the referral itself."""
        names = ("route", "source", "from_name", "from_organization", "from_phone")
        more = ("note", "reported_at", "received_at")
        return {name: self.cleaned_data[name] for name in (*names, *more)}

    @classmethod
    def of(
        cls, referral: Referral, data: Any = None, *, words: Vocabulary, today: date
    ) -> "DraftForm":
        """The form as a draft stands."""
        youth: Youth = referral.youth
        exact = youth.birth_precision == "day"
        initial = {name: getattr(youth, name) for name in NAMES}
        initial |= {
            "birth_date": youth.birth_date if exact else None,
            "age_about": None if exact else youth.age(today),
            "version": referral.version,
            "youth_version": youth.version,
        }
        for name in ("route", "source", "from_name", "from_organization", "from_phone"):
            initial[name] = getattr(referral, name)
        for name in ("note", "reported_at", "received_at"):
            initial[name] = getattr(referral, name)
        return cls(data, initial=initial, words=words, today=today)


class DecisionForm(forms.Form):
    """What the team decided, who carries it, and why."""

    decision = forms.ChoiceField(
        label="What did the team decide?",
        choices=[(each.value, each.label) for each in Decision],
        widget=forms.RadioSelect,
    )
    officer = forms.ModelChoiceField(
        User.objects.none(),
        label="Officer, where the unit supports",
        required=False,
        empty_label="Not chosen yet",
    )
    decided_at = InstantField(label="Decided")
    look_again_on = forms.DateField(
        label="Look again on", help_text="For tracking.", required=False
    )
    note = forms.CharField(
        label="Why, in a sentence or two",
        help_text="They may read this one day.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, officers: list[tuple[User, int]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["officer"]
        carries = {user.pk: count for user, count in officers}
        field.queryset = User.objects.filter(pk__in=carries)
        # Drawn from what is loaded: a template starts no query.
        field.widget.choices = [
            ("", "Not chosen yet"),
            *((user.pk, f"{user.name} (carries {count})") for user, count in officers),
        ]


class SendForm(forms.Form):
    """Which agency, what it is told, and the young person's choice."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Partner agency", empty_label="Choose"
    )
    because = forms.ChoiceField(
        label="Why the agency may see the record",
        choices=[
            (Grant.Because.CHOICE.value, "They chose it"),
            (Grant.Because.RELEASE.value, "A signed release"),
        ],
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label="When and how, in a line",
        help_text="“She chose it on Nov 19, after meeting Keisha.” They can read this.",
        max_length=300,
    )
    until = forms.DateField(label="Shared until")
    note = forms.CharField(
        label="What the agency should know first",
        help_text="How to reach them, and what they would like. The reason stays here.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, agencies: list[Agency], today: date, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.today = today
        self.fields["until"].initial = today + timedelta(days=_ASKED)
        field: Any = self.fields["agency"]
        field.queryset = Agency.objects.filter(pk__in=[each.pk for each in agencies])
        field.widget.choices = [
            ("", "Choose"),
            *((each.pk, each.name) for each in agencies),
        ]

    def clean_until(self) -> date:
        """A sharing ends after today."""
        until: date = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError("Choose a day after today.")
        return until


class WhyForm(forms.Form):
    """Why a draft is set aside, or an agency cannot take somebody on."""

    note = forms.CharField(
        label="Why, in a sentence",
        max_length=500,
        error_messages={"required": "Say why, in a sentence."},
    )

    def __init__(self, *args: Any, asked: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = asked


class StepForm(forms.Form):
    """When a step at the agency took place, and who was assigned."""

    step = forms.ChoiceField(
        choices=[(each.value, each.label) for each in Step], widget=forms.HiddenInput
    )
    when = InstantField(label="When")
    advocate = forms.ModelChoiceField(
        User.objects.none(), label="Advocate", required=False, empty_label="Choose"
    )

    def __init__(
        self, *args: Any, step: Step, at: datetime, advocates: list[User], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.fields["step"].initial, self.fields["when"].initial = step.value, at
        field: Any = self.fields["advocate"]
        field.queryset = User.objects.filter(pk__in=[each.pk for each in advocates])
        field.widget.choices = [
            ("", "Choose"),
            *((each.pk, each.name) for each in advocates),
        ]
        if step is not Step.ASSIGNED:
            del self.fields["advocate"]


class RecommendationForm(forms.Form):
    """What whoever assessed recommends to the team."""

    recommendation = forms.ChoiceField(
        label="What do you recommend to the team?",
        choices=[(each.value, each.label) for each in Decision],
        widget=forms.RadioSelect,
    )
    recommendation_note = forms.CharField(
        label="With what, in a line",
        help_text="“With an officer who can meet her at school before 3 pm”",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recommendation"].required = not draft


def _choose(field: Any, choices: list[tuple[str, str]], empty: str) -> None:
    field.choices = [("", empty), *choices]
