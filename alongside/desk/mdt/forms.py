"""What may be typed about sessions and places; minutes have a form of their own."""

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict

from alongside.access.actor import Actor
from alongside.access.models import Agency
from alongside.access.request import Request
from alongside.activities.models import Kind
from alongside.forms.vocabulary import Vocabulary
from alongside.kernel.dates_in_words import clock_time, spoken_day
from alongside.meetings import rules
from alongside.meetings.models import SECTIONS, Meeting


class WhenForm(forms.Form):
    """A day, from when until when, and where."""

    day = forms.DateField(label="Day")
    starts = forms.TimeField(label="From")
    ends = forms.TimeField(label="Until")
    place = forms.CharField(label="Where", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "The end is before the beginning. Choose a later.")
        return cleaned

    def instants(self, by: Actor) -> dict[str, datetime]:
        """``starts_at`` and ``ends_at``, by the clock of the unit."""
        day = self.cleaned_data["day"]
        return {
            "starts_at": instant(day, self.cleaned_data["starts"], by),
            "ends_at": instant(day, self.cleaned_data["ends"], by),
        }


class SessionForm(WhenForm):
    """One session, or the same one every week."""

    capacity = forms.IntegerField(
        label="Places",
        min_value=1,
        max_value=rules.MOST_PLACES,
        help_text="10 to 12 young people, 15 to 30 minutes each, is common.",
    )


class SeriesForm(SessionForm):
    """A new session, repeated each week until a day when one is given."""

    until = forms.DateField(
        label="Every week until",
        required=False,
        help_text="Leave empty for one session. Holidays are left out.",
    )

    def clean(self) -> dict[str, Any]:
        """A series is neither backwards nor endless."""
        cleaned = super().clean()
        day, until = cleaned.get("day"), cleaned.get("until")
        if day and until and (refusal := rules.refusal_to_repeat(day, until)):
            self.add_error("until", refusal)
        return cleaned


class PlaceForm(forms.Form):
    """Which session."""

    meeting = forms.ChoiceField(label="Session", choices=())

    def __init__(
        self,
        *args: Any,
        sessions: list[Meeting],
        at: datetime,
        by: Actor,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sessions = {str(session.ref): session for session in sessions}
        field = self.fields["meeting"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [
            (ref, session_words(session, at, by))
            for ref, session in self.sessions.items()
        ]

    @property
    def session(self) -> Meeting:
        """The session chosen."""
        return self.sessions[self.cleaned_data["meeting"]]


class BookForm(PlaceForm):
    """What for, in which session, and where on its agenda."""

    kind = forms.ChoiceField(label="What for", widget=forms.RadioSelect)
    section = forms.ChoiceField(
        label="Part of the agenda",
        required=False,
        choices=[("", "Where it belongs by itself"), *SECTIONS],
    )
    field_order = ("kind", "meeting", "section")

    def __init__(self, *args: Any, kinds: list[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [(kind.code, kind.name) for kind in kinds]


class OffForm(forms.Form):
    """Why a review does not take place, or did not."""

    reason = forms.ChoiceField(label="Why", widget=forms.RadioSelect)

    def __init__(self, *args: Any, words: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = words.choices("not_happened")


class InvitationForm(forms.Form):
    """An agency that comes to the sessions, and where its link is sent."""

    agency = forms.ChoiceField(label="Agency", choices=())
    email = forms.EmailField(
        label="Where the link is sent",
        required=False,
        help_text="The email holds a link and no names.",
    )

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(agency.ref): agency for agency in agencies}
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        named = [(ref, agency.name) for ref, agency in self.agencies.items()]
        field.choices = [("", "Choose"), *named]

    @property
    def chosen(self) -> Agency:
        """The agency chosen."""
        return self.agencies[self.cleaned_data["agency"]]


def sent(request: Request) -> QueryDict | None:
    """What was typed, once a form is sent; a form that is only drawn has nothing."""
    return request.POST if request.method == "POST" else None


def instant(day: date, clock: time, by: Actor) -> datetime:
    """A time of day on the unit's clock."""
    return datetime.combine(day, clock, tzinfo=by.zone).astimezone(UTC)


def session_words(session: Meeting, at: datetime, by: Actor) -> str:
    """ "Tue, Nov 24, 9:00 am: 5 of 10 places left"."""
    starts = clock_time(session.starts_at.astimezone(by.zone))
    taken: int = getattr(session, "taken", 0)
    left = session.capacity - taken
    day = spoken_day(session.day, at.astimezone(by.zone).date())
    over = "already over, " if session.ends_at <= at else ""
    return f"{day}, {starts}: {over}{left} of {session.capacity} places left"
