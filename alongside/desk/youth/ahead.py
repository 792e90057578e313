"""What is coming up for a young person: booked, and expected with its reason."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from alongside.access.actor import Actor
from alongside.access.permissions import Permission
from alongside.activities.models import Activity
from alongside.kernel.dates_in_words import clock_time, spoken_day

_REVIEWS = ("mdt_initial", "mdt_ongoing", "mdt_90_day", "mdt_as_needed", "mdt_decision")


def booked_rows(
    activities: Iterable[Activity], today: date, actor: Actor
) -> Iterator[dict[str, Any]]:
    """Rows for due_row.html: what is on the calendar, with one thing to do."""
    for activity in activities:
        yield {
            "kind": _shape(activity.day, today),
            "words": _when(activity, today, actor),
            "day": None,
            "what": name_of(activity),
            "why": _with_what(activity),
            **_act(activity, today, actor),
        }


def name_of(activity: Activity) -> str:
    """What a list calls it: its own title, else its kind."""
    what = activity.title or activity.kind.name
    return (
        f"MDT, {what[:1].lower()}{what[1:]}" if activity.kind_id in _REVIEWS else what
    )


def _shape(day: date, today: date) -> str:
    if day < today:
        return "was"
    return "today" if day == today else "booked"


def _when(activity: Activity, today: date, actor: Actor) -> str:
    words = "Today" if activity.day == today else spoken_day(activity.day, today)
    if activity.day < today:
        words = f"Was booked for {words}"
    if activity.starts_at:
        words = f"{words}, {clock_time(activity.starts_at.astimezone(actor.zone))}"
    return words


def _with_what(activity: Activity) -> str:
    said = [activity.place, activity.officer.name if activity.officer else ""]
    if activity.title:
        said.insert(0, activity.kind.name)
    return ". ".join(filter(None, said)) + ("." if any(said) else "")


def _act(activity: Activity, today: date, actor: Actor) -> dict[str, Any]:
    item = getattr(activity, "item", None)
    if item is not None and actor.may(Permission.MEETING_READ):
        try:
            url = reverse("mdt_item", args=[item.ref])
        except NoReverseMatch:
            return {}
        return {"act_url": url, "act": "Open the meeting"}
    url = reverse("activity_settle", args=[activity.ref])
    if activity.day <= today and actor.may(Permission.CONTACT_LOG):
        return {"act_url": url, "act": "How did it go?"}
    if actor.may(Permission.ACTIVITY_PLAN):
        return {"act_url": url, "act": "Move or call off"}
    return {}
