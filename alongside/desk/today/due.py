"""The due list as rows: a state, who and what, why, and exactly one thing to do."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from alongside.access.actor import Actor
from alongside.access.permissions import Permission
from alongside.cases.due import Due
from alongside.cases.rules import DueState
from alongside.kernel.dates_in_words import spoken_day
from alongside.meetings.models import Meeting
from alongside.meetings.reading import best_session


def rows(
    dues: Iterable[Due],
    actor: Actor,
    today: date,
    *,
    sessions: list[Meeting],
    covered: dict[int, str],
) -> list[dict[str, Any]]:
    """What ``due_row.html`` draws: no query."""
    return [row(due, actor, today, sessions, covered) for due in dues]


def row(
    due: Due,
    actor: Actor,
    today: date,
    sessions: list[Meeting],
    covered: dict[int, str],
) -> dict[str, Any]:
    """One of them."""
    words, day = _when(due, today)
    return {
        "kind": due.state,
        "words": words,
        "day": day,
        "who": due.youth_name,
        "who_url": url("youth", due.youth_ref),
        "what": due.what,
        "why": due.why,
        "covering": covered.get(due.officer_id or 0, ""),
        "due": due,
        **_act(due, actor, today, sessions),
    }


def _when(due: Due, today: date) -> tuple[str, date | None]:
    if due.state is DueState.BOOKED:
        if due.booked_day == today:
            return "Booked today", None
        return "Booked", due.booked_day
    if due.state is DueState.TODAY:
        return ("Due today" if due.due_on == today else "Due tomorrow"), None
    if due.state is DueState.WAS:
        return "Was due", due.due_on
    return ("Due by" if due.act == "log" else "Due"), due.due_on


def _act(
    due: Due, actor: Actor, today: date, sessions: list[Meeting]
) -> dict[str, Any]:
    if due.state is DueState.BOOKED:
        see = url("activity_settle", due.booked_ref)
        return {"act": "See it", "act_url": see}
    if due.act == "book" and actor.may(Permission.MEETING_PLAN):
        return _book(due, today, sessions)
    if due.act == "log" and actor.may(Permission.CONTACT_LOG):
        return {"act": "Log a contact", "act_url": url("contact_log", due.youth_ref)}
    if actor.may(Permission.ACTIVITY_PLAN):
        plan = url("activity_plan", due.youth_ref)
        return {"act": "Plan it", "act_url": plan and f"{plan}?kind={due.kind}"}
    return {}


def _book(due: Due, today: date, sessions: list[Meeting]) -> dict[str, Any]:
    book = url("mdt_book")
    session = best_session(sessions, due.due_on, today)
    asked = {"youth": due.youth_ref, "kind": due.kind}
    if session is None:
        return {"act": "Book it", "act_url": book and f"{book}?{urlencode(asked)}"}
    asked["meeting"] = session.ref
    return {
        "act": f"Book {spoken_day(session.day, today)}",
        "act_url": book and f"{book}?{urlencode(asked)}",
    }


def url(route: str, *args: Any) -> str | None:
    """An address, or nothing while that page does not exist."""
    try:
        return reverse(route, args=[*args])
    except NoReverseMatch:
        return None
