"""Logging a contact, planning something, and saying how it went."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from alongside.activities.models import Kind
from alongside.desk.youth.forms import day_field, long_text, one_of
from alongside.forms.vocabulary import Vocabulary
from alongside.people.models import Person, Youth

MAIN_KINDS = (*("contact_in_person", "contact_call", "contact_text", "contact_tried"),)
_TILE = {"contact_in_person": "In person"}
YOUTH = "youth"


class WithForm(forms.Form):
    """Who was there: the young person, people around them, somebody else."""

    use_required_attribute = False
    who = forms.MultipleChoiceField(
        label="With", required=False, widget=forms.CheckboxSelectMultiple
    )
    somebody = forms.CharField(
        label="Somebody who is not listed", max_length=200, required=False
    )

    def __init__(
        self, *args: Any, youth: Youth, people: Sequence[Person], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.youth, self.people = youth, people
        who: Any = self.fields["who"]
        who.choices = [
            (YOUTH, youth.called_name),
            *((str(one.ref), one.name) for one in people),
        ]

    def ask_for(self, name: str, sentence: str) -> None:
        """Say that an answer is needed, unless something else is wrong with it."""
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, sentence)

    @property
    def present(self) -> list[Youth | Person | str]:
        """Who was there, as the action takes it."""
        chosen = set(self.cleaned_data["who"])
        there: list[Youth | Person | str] = []
        if YOUTH in chosen:
            there.append(self.youth)
        there += [one for one in self.people if str(one.ref) in chosen]
        if somebody := self.cleaned_data["somebody"]:
            there.append(somebody)
        return there


class ContactForm(WithForm):
    """How, when, with whom, and a note; each is filled in with what is likeliest."""

    kind = forms.ChoiceField(label="How", widget=forms.RadioSelect)
    when = forms.ChoiceField(
        label="When",
        choices=[
            ("now", "Just now"),
            ("today", "Earlier today"),
            ("other", "Another day"),
        ],
        widget=forms.RadioSelect,
    )
    day = day_field("Day", required=False)
    time = forms.TimeField(label="Time", required=False, widget=forms.TimeInput())
    note = long_text(
        "Note",
        rows=3,
        required=False,
        help_text="What happened, and their words where you can. Two lines are plenty.",
    )

    def __init__(self, *args: Any, kinds: Iterable[Kind], **more: Any) -> None:
        super().__init__(*args, **more)
        kind: Any = self.fields["kind"]
        choices = [(one.code, _TILE.get(one.code, one.name)) for one in kinds]
        choices.sort(key=lambda pair: pair[0] not in MAIN_KINDS)
        kind.choices = choices

    def clean(self) -> dict[str, Any]:
        """Another day has to be named; somebody has to have been there."""
        cleaned = super().clean() or {}
        when = cleaned.get("when")
        if when == "other":
            self.ask_for("day", "Choose the day of the contact.")
        if when == "today":
            self.ask_for("time", "Choose the time of the contact.")
        if not cleaned.get("somebody"):
            self.ask_for("who", "Choose who was there.")
        return cleaned

    def happened_at(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The instant it took place; without a time of day, noon."""
        chosen = self.cleaned_data
        if chosen["when"] == "now":
            return now
        today = now.astimezone(zone).date()
        day = chosen["day"] if chosen["when"] == "other" else today
        if day == today and not chosen["time"]:
            return now
        return datetime.combine(day, chosen["time"] or time(12), zone)


class PlanForm(forms.Form):
    """Something to come."""

    use_required_attribute = False
    kind = forms.ChoiceField(label="What")
    title = forms.CharField(
        label="In your words",
        max_length=200,
        required=False,
        help_text="Neutral words: calendars show it.",
    )
    day = day_field("Day")
    time = forms.TimeField(label="From", required=False, widget=forms.TimeInput())
    until = forms.TimeField(label="Until", required=False, widget=forms.TimeInput())
    place = forms.CharField(label="Where", max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        kinds: Iterable[Kind],
        team: Any,
        today: date,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.today = today
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [
            ("", "Choose"),
            *((one.code, one.name) for one in kinds),
        ]
        fields["officer"] = one_of(
            "Who goes", team, empty="The officer", required=False
        )

    def clean(self) -> dict[str, Any]:
        """What is planned is still to come, and ends after it begins."""
        cleaned = super().clean() or {}
        day, starts, ends = (cleaned.get(key) for key in ("day", "time", "until"))
        if day and day < self.today:
            self.add_error(
                "day",
                "Something planned cannot be before today. Log it as a contact if it"
                " took place.",
            )
        if ends and not starts and "time" not in self.errors:
            self.add_error("time", "Choose when it begins, or leave the end out too.")
        if starts and ends and ends <= starts:
            self.add_error("until", "The end cannot be before the beginning.")
        return cleaned

    def instants(self, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """When it begins and ends, as far as that is set."""
        return span(
            self.cleaned_data["day"],
            self.cleaned_data["time"],
            self.cleaned_data["until"],
            zone,
        )


class SettleForm(WithForm):
    """How it went: it took place, it did not, it moves, or it is called off."""

    how = forms.ChoiceField(label="How did it go?", widget=forms.RadioSelect)
    reason = forms.ChoiceField(label="Why", required=False)
    day = day_field("New day", required=False)
    time = forms.TimeField(label="New time", required=False, widget=forms.TimeInput())
    note = long_text("Note", rows=3, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(
        self,
        *args: Any,
        ways: list[tuple[str, str]],
        words: Vocabulary,
        today: date,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.today = today
        fields: dict[str, Any] = self.fields
        fields["how"].choices = ways
        reasons = [one for one in words.choices("not_happened") if one[0] != "moved"]
        fields["reason"].choices = [("", "Choose"), *reasons]

    def clean(self) -> dict[str, Any]:
        """Each way needs its own answer."""
        cleaned = super().clean() or {}
        how = cleaned.get("how")
        if how in ("missed", "canceled"):
            self.ask_for("reason", "Choose why.")
        if how == "moved":
            self.ask_for("day", "Choose the new day.")
            if (day := cleaned.get("day")) and day < self.today:
                self.add_error("day", "The new day cannot be before today.")
        return cleaned


def span(
    day: date, starts: time | None, ends: time | None, zone: ZoneInfo
) -> tuple[datetime | None, datetime | None]:
    """Times of a day on a zone's clock, as instants."""
    if starts is None:
        return None, None
    begin = datetime.combine(day, starts, zone)
    if ends is None:
        return begin, begin + timedelta(minutes=30)
    return begin, datetime.combine(day, ends, zone)
