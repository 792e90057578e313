"""What is asked on the pages of a record; only the shape of an answer is checked."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from alongside.forms.vocabulary import Vocabulary
from alongside.kernel.dates import Precision
from alongside.people.models import Person, Youth

if TYPE_CHECKING:  # the class takes no parameter when the application runs
    _Model = forms.ModelForm[Any]
else:
    _Model = forms.ModelForm

_PRECISIONS = [
    (Precision.DAY, "The day is known"),
    (Precision.MONTH, "Only the month and year"),
    (Precision.YEAR, "Only the year"),
    (Precision.UNKNOWN, "Not known"),
]
# As long as a note can get; a form that is sent may weigh more than that.
LONGEST = 200_000


def long_text(label: str, rows: int = 4, **options: Any) -> forms.CharField:
    """A field for sentences."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


def day_field(label: str, **options: Any) -> forms.DateField:
    """A field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput(), **options)


def one_of(
    label: str, rows: Iterable[Any], *, empty: str, **options: Any
) -> forms.TypedChoiceField:
    """A choice among rows that the view has fetched; cleaned, it is the row."""
    known = {str(getattr(row, "ref", row.pk)): row for row in rows}
    return forms.TypedChoiceField(
        label=label,
        choices=[("", empty), *((key, str(row)) for key, row in known.items())],
        coerce=known.__getitem__,
        empty_value=None,
        **options,
    )


class VersionedForm(_Model):
    """A form that says which version of the record it was filled in from."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    use_required_attribute = False


class IdentityForm(VersionedForm):
    """Who a young person is, as they and the papers write it."""

    class Meta:
        model = Youth
        fields = (
            *("given_name", "family_name", "suffix", "called", "pronouns"),
            *("court_name", "birth_date", "birth_precision", "languages"),
            *("phone", "email", "died_on", "version"),
        )
        labels = {
            "given_name": "First name",
            "family_name": "Last name",
            "suffix": "Suffix",
            "called": "Called",
            "pronouns": "Pronouns",
            "court_name": "On court papers",
            "birth_date": "Born",
            "birth_precision": "How well is that known",
            "languages": "Languages",
            "phone": "Phone",
            "email": "Email",
            "died_on": "Died on",
        }
        help_texts = {
            "given_name": "As they write it. Somebody with one name has only this one.",
            "called": "What they want to be called.",
            "pronouns": "As they say them: he/him, she/her, they/them.",
            "birth_date": "If only the month is known, choose its first day.",
            "died_on": "Everything that is booked is called off at once.",
        }
        widgets = {"birth_date": forms.DateInput(), "died_on": forms.DateInput()}

    def __init__(self, *args: Any, today: date, sees_legal: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        self.fields["birth_precision"] = forms.ChoiceField(
            label="How well is that known", choices=_PRECISIONS, required=True
        )
        if not sees_legal:
            del self.fields["court_name"]

    def clean(self) -> dict[str, Any]:
        """A day of birth or of death is not in the future, nor one before the other."""
        cleaned = super().clean() or {}
        born, died = cleaned.get("birth_date"), cleaned.get("died_on")
        if not (cleaned.get("given_name") or cleaned.get("family_name")):
            self.add_error("given_name", "Fill in at least one name.")
        for name, day in (("birth_date", born), ("died_on", died)):
            if day and day > self.today:
                self.add_error(name, "This day cannot be after today.")
        if born and died and died < born:
            self.add_error("died_on", "This day cannot be before the birth date.")
        if cleaned.get("birth_precision") == Precision.UNKNOWN and born:
            self.add_error(
                "birth_precision",
                "A birth date is filled in. Say how well it is known, or empty it.",
            )
        if cleaned.get("birth_precision") not in (None, Precision.UNKNOWN) and not born:
            self.add_error("birth_date", "Fill in the birth date, or say “Not known”.")
        return cleaned


class OtherNameForm(forms.Form):
    """Another name, or a number of another system."""

    use_required_attribute = False
    name = forms.CharField(label="Another name", max_length=300, required=False)
    name_kind = forms.ChoiceField(label="What kind of name")
    number = forms.CharField(label="A number", max_length=80, required=False)
    number_kind = forms.ChoiceField(label="Whose number")

    def __init__(self, *args: Any, words: Vocabulary, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        fields["name_kind"].choices = words.choices("name_kind")
        fields["number_kind"].choices = words.choices("identifier")

    def clean(self) -> dict[str, Any]:
        """One of them is needed."""
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("name") or cleaned.get("number")):
            self.add_error("name", "Fill in a name or a number.")
        return cleaned


class PersonForm(VersionedForm):
    """Somebody around a young person."""

    relation = forms.ChoiceField(label="Who they are")

    class Meta:
        model = Person
        fields = (
            *("name", "relation", "organization", "phone", "email", "language"),
            *("is_family", "is_team", "is_supporter", "first_call"),
            *("chosen_for_meetings", "birth_date", "starts", "note", "version"),
        )
        labels = {
            "name": "Name",
            "organization": "Organization",
            "phone": "Phone",
            "email": "Email",
            "language": "Language",
            "is_family": "Family, as the young person means it",
            "is_team": "On the team",
            "is_supporter": "Supports them",
            "first_call": "First call when it matters",
            "chosen_for_meetings": "The young person wants them in their meetings",
            "birth_date": "Born",
            "starts": "Since",
            "note": "Good to know",
        }
        help_texts = {"birth_date": "For an own child."}
        widgets = {
            "birth_date": forms.DateInput(),
            "starts": forms.DateInput(),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, words: Vocabulary, **more: Any) -> None:
        super().__init__(*args, **more)
        relation: Any = self.fields["relation"]
        kept = self.instance.relation if self.instance.pk else ""
        relation.choices = [
            ("", "Choose"),
            *words.choices("relation", keep=kept),
        ]


class EndForm(forms.Form):
    """From which day something is no longer so."""

    use_required_attribute = False
    day = day_field("Until")


class OwnWordsForm(forms.Form):
    """What a young person said."""

    use_required_attribute = False
    words = long_text(
        "Their own words", help_text="Word for word, in the language they were said in."
    )
    kind = forms.ChoiceField(label="What about")
    question = forms.CharField(
        label="To which question", max_length=200, required=False
    )
    said_on = day_field("Said on")

    def __init__(
        self, *args: Any, vocabulary: Vocabulary, today: date, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.today = today
        kind: Any = self.fields["kind"]
        kind.choices = vocabulary.choices("words_kind")

    def clean_said_on(self) -> date:
        """Nobody has said it yet, if the day is still to come."""
        day: date = self.cleaned_data["said_on"]
        if day > self.today:
            raise forms.ValidationError("The day cannot be after today.")
        return day


class CoverNoteForm(forms.Form):
    """What whoever covers should know."""

    use_required_attribute = False
    text = long_text(
        "For whoever covers",
        help_text="How it is going, and the one thing to settle. Two lines are plenty.",
    )


class PaperForm(forms.Form):
    """A paper to keep."""

    use_required_attribute = False
    file = forms.FileField(
        label="The file",
        help_text="Up to 10 MB: PDF, JPG, PNG, Word, Excel, OpenDocument or text.",
    )
    kind = forms.ChoiceField(label="What it is")
    title = forms.CharField(
        label="What to call it",
        max_length=200,
        help_text="Neutral words: it is read in lists.",
    )
    dated = day_field("Its date", required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        kind: Any = self.fields["kind"]
        kind.choices = [("", "Choose"), *kinds]
