"""The day's calendar: what is planned, what was done, and how things went."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.urls import reverse

from alongside.access.permissions import Permission
from alongside.access.request import Request
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.desk.youth.ahead import meeting_url, what_of
from alongside.forms.vocabulary import Vocabulary
from alongside.kernel.dates_in_words import clock_time, spoken_day

BACK = timedelta(days=14)
ASKED_AT_ONCE = 1
HAPPENED, MISSED, MOVED = "completed", "missed", "moved"


class HowForm(forms.Form):
    """How something went, said in place."""

    went = forms.ChoiceField(
        choices=[
            (HAPPENED, "It happened"),
            (MISSED, "It did not"),
            (MOVED, "It moved"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(label="Why not", required=False)
    day = forms.DateField(
        label="New day", required=False, widget=forms.DateInput(format="%Y-%m-%d")
    )
    time = forms.TimeField(
        label="New time", required=False, widget=forms.TimeInput(format="%H:%M")
    )
    note = forms.CharField(
        label="Note",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        activity: Activity,
        given: Any = None,
        *,
        words: Vocabulary,
        today: date,
    ) -> None:
        prefix = f"a{activity.pk}"
        super().__init__(
            given,
            prefix=prefix,
            auto_id="%s",
            initial={"went": HAPPENED, "version": activity.version},
        )
        self.today, self.activity = today, activity
        reason: Any = self.fields["reason"]
        choices = [one for one in words.choices("not_happened") if one[0] != MOVED]
        reason.choices = [("", "Choose"), *choices]

    def clean(self) -> dict[str, Any]:
        """Each answer needs its own detail."""
        given = super().clean() or {}
        if given.get("went") == MISSED and not given.get("reason"):
            self.add_error("reason", "Choose why it did not happen.")
        if given.get("went") == MOVED and "day" not in self.errors:
            day = given.get("day")
            if day is None:
                self.add_error("day", "Choose the new day.")
            elif day < self.today:
                self.add_error("day", "The new day cannot be before today.")
        return given

    def new_start(self, zone: ZoneInfo) -> datetime | None:
        """The instant it moves to, if a time was said."""
        day, at = self.cleaned_data["day"], self.cleaned_data["time"]
        return datetime.combine(day, at, zone) if at else None


@dataclass(slots=True)
class Entry:
    """One line of the calendar."""

    activity: Activity
    when: str
    what: str
    is_past: bool
    asks: bool
    covering: str
    act: str = ""
    act_url: str | None = None
    change_url: str = ""
    said: str = ""
    form: HowForm | None = None


@dataclass(slots=True)
class Day:
    """The calendar of a day, before and after now."""

    before: list[Entry] = field(default_factory=list)
    after: list[Entry] = field(default_factory=list)
    shows_now: bool = False

    @property
    def entries(self) -> list[Entry]:
        """All of them, in order."""
        return self.before + self.after


def on_calendar(officers: Iterable[int], today: date) -> list[Activity]:
    """What these officers have today, and what is unsettled: three queries."""
    rows = (
        Activity.objects.filter(officer__in=list(officers))
        .filter(day__gte=today - BACK, day__lte=today)
        .exclude(status=Status.CANCELED)
        .select_related("kind", "settled_by")
        .prefetch_related("youth", "item")
        .order_by("day", "starts_at", "pk")
    )
    return [row for row in rows if row.day == today or row.status == Status.SCHEDULED]


def day_of(
    request: Request,
    activities: list[Activity],
    covered: dict[int, str],
    words: Vocabulary,
    *,
    bound: HowForm | None = None,
) -> Day:
    """The calendar with the line that says now: no query."""
    today = request.at.astimezone(request.actor.zone).date()
    day = Day()
    for activity in activities:
        entry = _entry(request, activity, covered, today)
        day_part = day.before if _is_over(activity, request.at, today) else day.after
        day_part.append(entry)
        if entry.asks and request.actor.may(Permission.CONTACT_LOG):
            _ask(entry, words, today, day, bound)
    day.shows_now = any(one.activity.day == today for one in day.entries)
    return day


def _ask(
    entry: Entry, words: Vocabulary, today: date, day: Day, bound: HowForm | None
) -> None:
    if bound is not None and bound.activity.pk == entry.activity.pk:
        entry.form = bound
    elif entry.activity.kind.form_id is None and not entry.act_url:
        asked = sum(one.form is not None for one in day.entries)
        if asked < ASKED_AT_ONCE:
            entry.form = HowForm(entry.activity, words=words, today=today)


def _is_over(activity: Activity, at: datetime, today: date) -> bool:
    if activity.day < today:
        return True
    return activity.starts_at is not None and activity.starts_at <= at


def _entry(
    request: Request, activity: Activity, covered: dict[int, str], today: date
) -> Entry:
    zone = request.actor.zone
    scheduled = activity.status == Status.SCHEDULED
    over = _is_over(activity, request.at, today)
    entry = Entry(
        activity=activity,
        when=_when(activity, zone, today),
        what=what_of(activity),
        is_past=not scheduled,
        asks=scheduled and over,
        covering=covered.get(activity.officer_id or 0, ""),
        said=_said(activity, request),
    )
    if (url := meeting_url(activity)) is None:
        if not scheduled and request.actor.may(Permission.CONTACT_LOG):
            entry.change_url = reverse("activity_settle", args=[activity.ref])
    elif scheduled:
        entry.act, entry.act_url = "Open the meeting", url
    return entry


def _when(activity: Activity, zone: ZoneInfo, today: date) -> str:
    if activity.day != today:
        return spoken_day(activity.day, today)
    if activity.starts_at is None:
        return "Today"
    return clock_time(activity.starts_at.astimezone(zone))


def _said(activity: Activity, request: Request) -> str:
    """Beneath something settled: when, by whom, and the first of the note."""
    if activity.settled_at is None or activity.settled_by is None:
        return ""
    there = activity.settled_at.astimezone(request.actor.zone)
    mine = activity.settled_by_id == request.actor.user_id
    text = clock_time(there)
    if note := " ".join(activity.note.split()):
        whose = "your note" if mine else f"{activity.settled_by.name}"
        cut = note if len(note) <= 160 else f"{note[:159].rstrip()}…"
        return f"{text}, {whose}: “{cut}”"
    return text if mine else f"{text}, {activity.settled_by.name}"


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant a day begins in a zone."""
    return datetime.combine(day, time.min, zone)
