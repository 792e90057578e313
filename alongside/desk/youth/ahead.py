"""What is coming up for a young person: booked, and expected with its reason."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from alongside.access.actor import Actor
from alongside.access.permissions import Permission
from alongside.activities.models import Activity
from alongside.cases.due import Due
from alongside.cases.rules import DueState
from alongside.kernel.dates_in_words import clock_time, spoken_day
from alongside.web.templatetags.web import in_a_sentence

_DUE_WORDS = {
    DueState.WAS: "Was due",
    DueState.TODAY: "Due today",
    DueState.SOON: "Due",
    DueState.LATER: "Due",
}
TO_DO = "task"
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


def due_rows(dues: Iterable[Due], actor: Actor) -> Iterator[dict[str, Any]]:
    """The same for what is expected and not yet booked, with its reason."""
    for due in dues:
        if due.state is DueState.BOOKED:
            continue
        yield {
            "kind": due.state,
            "words": _DUE_WORDS[due.state],
            "day": None if due.state is DueState.TODAY else due.due_on,
            "what": due.what,
            "why": due.why,
            **_due_act(due, actor),
        }


def _due_act(due: Due, actor: Actor) -> dict[str, Any]:
    if due.act == "log" and actor.may(Permission.CONTACT_LOG):
        url = reverse("contact_log", args=[due.youth_ref])
        return {"act_url": url, "act": "Log a contact"}
    if actor.may(Permission.ACTIVITY_PLAN):
        url = reverse("activity_plan", args=[due.youth_ref])
        return {"act_url": f"{url}?kind={due.kind}", "act": "Plan it"}
    return {}


def name_of(activity: Activity) -> str:
    """What a list calls it: "Call with Ms. Idris", "Court, review hearing"."""
    kind, title = activity.kind.name, activity.title
    if activity.kind_id in _REVIEWS:
        return f"MDT, {in_a_sentence(title or kind)}"
    if not title or title.casefold() == kind.casefold():
        return kind
    if activity.kind_id == TO_DO:
        return title
    if title.casefold().startswith("with "):
        return f"{kind} {in_a_sentence(title)}"
    *before, last = kind.split()
    if before and title.casefold().endswith(f" {last.casefold()}"):
        return f"{' '.join(before)}, {in_a_sentence(title)}"
    return f"{kind}: {title}"


def what_of(activity: Activity) -> str:
    """The same within a sentence: "school meeting with Ms. Idris"."""
    return in_a_sentence(name_of(activity))


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
    return ". ".join(filter(None, said)) + ("." if any(said) else "")


def _act(activity: Activity, today: date, actor: Actor) -> dict[str, Any]:
    if (elsewhere := meeting_url(activity)) is not None:
        if not actor.may(Permission.MEETING_READ):
            return {}
        act = "Open the meeting" if activity.day <= today else "See it"
        return {"act_url": elsewhere, "act": act}
    url = reverse("activity_settle", args=[activity.ref])
    if activity.day <= today and actor.may(Permission.CONTACT_LOG):
        return {"act_url": url, "act": "Say how it went"}
    if actor.may(Permission.ACTIVITY_PLAN):
        return {"act_url": url, "act": "Move or call off"}
    return {}


def meeting_url(activity: Activity) -> str | None:
    """Where something that has a place on an agenda is run, moved and finished."""
    item = getattr(activity, "item", None)
    if item is None:
        return None
    try:
        return reverse("mdt_item", args=[item.ref])
    except NoReverseMatch:
        return None
