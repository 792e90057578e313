"""The month, the next seven days, one young person's next meeting, and who waits."""

from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponse

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import log_list
from alongside.access.request import Request
from alongside.activities.models import Activity, Kind
from alongside.activities.rules import Status
from alongside.desk.mdt.agencies import invited_sessions
from alongside.desk.mdt.calendar import entry, month_of
from alongside.forms.vocabulary import vocabulary_for
from alongside.kernel.dates import add_months
from alongside.kernel.dates_in_words import spoken_day
from alongside.meetings.models import Meeting
from alongside.meetings.reading import names_apart, talks, talks_of
from alongside.meetings.rules import REVIEWS, MeetingStatus, holds_a_place
from alongside.meetings.waiting import Waits, by_kind, waiting
from alongside.people.search import find_youth
from alongside.web.pages import page
from alongside.web.sought import searches, words_sought
from alongside.web.templatetags.web import in_words

_WEEK = timedelta(days=6)
_AHEAD = timedelta(days=60)
_SHOWN = 8  # who waits, on the month's page
_FOUND = 8


@requires(Permission.MEETING_READ)
@searches
def month(request: Request) -> HttpResponse:
    """A month as a table, the next seven days, and who waits for a place."""
    actor = request.actor
    if actor.unit_id is None:
        return invited_sessions(request)
    today = request.at.astimezone(actor.zone).date()
    first = _chosen_month(request, today)
    shown, coming = _talks(actor.unit_id, first, today)
    held, ahead = _sessions(actor.unit_id, first, today)
    waits = _waiting(request)
    log_list(
        request,
        "mdt",
        {each.youth_id for each in (*shown, *coming)} | {one.youth_id for one in waits},
        month=f"{first:%Y-%m}",
    )
    return page(
        request,
        "desk/mdt/month.html",
        {
            **_table(request, first, shown, held, today),
            **_ahead(request, coming, ahead, waits, today),
            "waits": waits[:_SHOWN],
            "waiting_count": len(waits),
            "may_plan": actor.may(Permission.MEETING_PLAN),
            "may_run": actor.may(Permission.MEETING_RUN),
            "found": _next_of(request, today),
        },
    )


@requires(Permission.MEETING_PLAN)
def waiting_list(request: Request) -> HttpResponse:
    """Everybody who waits for a place, by kind of review."""
    waits = _waiting(request)
    names = dict(Kind.objects.filter(code__in=REVIEWS).values_list("code", "name"))
    log_list(request, "mdt waiting", {one.youth_id for one in waits})
    return page(
        request,
        "desk/mdt/waiting.html",
        {
            "groups": [
                {"name": names[kind], "waits": group} for kind, group in by_kind(waits)
            ],
            "count": len(waits),
            "summary": "Why each one waits, and the session that suits best.",
        },
    )


def _talks(
    unit_id: int, first: date, today: date
) -> tuple[list[Activity], list[Activity]]:
    """Those of a month and of the next seven days; together when the days meet."""
    last, until = _last_day(first), today + _WEEK
    if until < first or last < today:
        return list(talks(unit_id, first, last)), list(talks(unit_id, today, until))
    found = list(talks(unit_id, min(first, today), max(last, until)))
    return (
        [each for each in found if first <= each.day <= last],
        [each for each in found if today <= each.day <= until],
    )


def _sessions(
    unit_id: int, first: date, today: date
) -> tuple[list[Meeting], list[Meeting]]:
    """Those of a month and those ahead, in one query."""
    of_month, to_come = (first, _last_day(first)), (today, today + _AHEAD)
    found = list(
        Meeting.objects.filter(
            Q(day__range=of_month) | Q(day__range=to_come), unit_id=unit_id
        )
        .exclude(status=MeetingStatus.CANCELED)
        .with_taken()
    )
    month, ahead = (
        [one for one in found if start <= one.day <= end]
        for start, end in (of_month, to_come)
    )
    return month, ahead


def _table(
    request: Request,
    first: date,
    shown: list[Activity],
    sessions: list[Meeting],
    today: date,
) -> dict[str, Any]:
    """The month itself."""
    from_today = first == today.replace(day=1) and "earlier" not in request.GET
    weeks = month_of(
        first,
        shown,
        sessions,
        today,
        from_today=from_today,
        may_move=request.actor.may(Permission.MEETING_PLAN),
    )
    return {
        "first": first,
        "before": add_months(first, -1),
        "after": add_months(first, 1),
        "weeks": weeks,
        "from_today": from_today,
        "weekends": any(
            day.is_weekend and not day.is_out and (day.entries or day.sessions)
            for week in weeks
            for day in week.days
        ),
    }


def _ahead(
    request: Request,
    coming: list[Activity],
    sessions: list[Meeting],
    waits: list[Waits],
    today: date,
) -> dict[str, Any]:
    """How things stand from today on."""
    may_move = request.actor.may(Permission.MEETING_PLAN)
    names = names_apart(coming)
    return {
        "summary": _summary(coming, sessions, waits, today),
        "run": next((one for one in sessions if _is_on(one, today)), None),
        "next_session": _next_session(sessions, today),
        "week": [
            entry(each, names[each.youth_id], today, may_move=may_move)
            for each in coming
            if each.status != Status.CANCELED
        ],
        "week_end": today + _WEEK,
    }


def _waiting(request: Request) -> list[Waits]:
    actor = request.actor
    if actor.unit_id is None:
        return []
    words = vocabulary_for(actor)
    return waiting(unit_id=actor.unit_id, at=request.at, zone=actor.zone, words=words)


def _last_day(first: date) -> date:
    return add_months(first, 1) - timedelta(days=1)


def _chosen_month(request: Request, today: date) -> date:
    try:
        first = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return today.replace(day=1)
    # The table shows days of the months beside it, which a calendar's ends have not.
    return first if MINYEAR < first.year < MAXYEAR else today.replace(day=1)


def _next_of(request: Request, today: date) -> dict[str, Any] | None:
    """ "When is the next meeting of ...": two queries, when it is asked."""
    text = words_sought(request)
    if not text:
        return None
    people = find_youth(text, limit=_FOUND)
    booked: dict[int, Activity] = {}
    for each in talks_of([one.pk for one in people], today):
        booked.setdefault(each.youth_id, each)
    log_list(request, "mdt find", {one.pk for one in people})
    may_move = request.actor.may(Permission.MEETING_PLAN)
    return {
        "text": text,
        "rows": [
            (
                youth,
                entry(booked[youth.pk], youth.name, today, may_move=may_move)
                if youth.pk in booked
                else None,
            )
            for youth in people
        ],
    }


def _summary(
    shown: list[Activity], sessions: list[Meeting], waits: list[Waits], today: date
) -> str:
    """How things stand, in a sentence or two."""
    now = sum(each.day == today and holds_a_place(each.status) for each in shown)
    said = f"{in_words(now).capitalize()} {_reviews(now)} today" if now else ""
    upcoming = _next_session(sessions, today, after=True)
    if upcoming is not None:
        taken: int = upcoming.taken  # type: ignore[attr-defined]  # from with_taken()
        left = upcoming.capacity - taken
        count = in_words(taken) if taken else "nobody"
        count = f", then {count}" if said else count.capitalize()
        said += (
            f"{count} on {spoken_day(upcoming.day, today)}"
            f" with {left} place{'' if left == 1 else 's'} left"
        )
    elif not said:
        said = "No session is planned"
    if waits:
        are = "young person is" if len(waits) == 1 else "young people are"
        said += f". {in_words(len(waits)).capitalize()} {are} waiting for a place"
    return f"{said}."


def _next_session(
    sessions: list[Meeting], today: date, *, after: bool = False
) -> Meeting | None:
    return next(
        (
            session
            for session in sessions
            if session.status == MeetingStatus.PLANNED
            and (session.day > today or (session.day == today and not after))
        ),
        None,
    )


def _is_on(session: Meeting, today: date) -> bool:
    """Whether it is today's, and not finished."""
    return session.day == today and session.status == MeetingStatus.PLANNED


def _reviews(count: int) -> str:
    return "review" if count == 1 else "reviews"
