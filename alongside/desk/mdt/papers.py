"""Minutes that were written: the list of them, and each as a PDF."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import log_list, open_record
from alongside.access.request import Request
from alongside.desk.mdt.answers import paper_answer
from alongside.desk.mdt.places import OF_ITEM
from alongside.forms.vocabulary import vocabulary_for
from alongside.kernel.dates_in_words import clock_time, long_day
from alongside.meetings.agenda import where_and_when
from alongside.meetings.minutes import minutes_of, on_paper
from alongside.meetings.models import Item, Meeting
from alongside.meetings.reading import agenda
from alongside.web.pages import page
from alongside.web.papers import pdf

_A_PAGE = 30


@requires(Permission.MEETING_READ)
def written(request: Request) -> HttpResponse:
    """The minutes one may read, the latest first."""
    rows = (
        Item.objects.filter(saved_at__isnull=False)
        .select_related("youth", "activity", "activity__kind", "meeting", "saved_by")
        .order_by("-activity__day", "-activity__starts_at", "-pk")
    )
    if request.actor.unit_id is not None:
        rows = rows.filter(activity__unit_id=request.actor.unit_id)
    shown = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    items = list(shown)
    log_list(request, "minutes", {item.youth_id for item in items})
    return page(
        request,
        "desk/mdt/minutes.html",
        {
            "rows": shown,
            "items": items,
            "may_plan": request.actor.may(Permission.MEETING_PLAN),
        },
    )


@requires(Permission.MEETING_READ)
def item_minutes(request: Request, ref: UUID) -> HttpResponse:
    """The minutes of one young person as a PDF."""
    item = open_record(request, OF_ITEM, ref, log=False)
    activity, zone = item.activity, request.actor.zone
    starts = activity.starts_at
    where = {
        "Day": long_day(activity.day),
        "Time": clock_time(starts.astimezone(zone)) if starts else "",
        "Place": activity.place,
        "Officer": activity.officer.name if activity.officer else "",
    }
    return _paper(request, [item], where, item)


@requires(Permission.MEETING_READ)
def session_minutes(request: Request, ref: UUID) -> HttpResponse:
    """The minutes of a whole session as a PDF."""
    meeting = open_record(request, Meeting.objects.select_related("unit"), ref)
    items = [turn.item for turn in agenda(meeting) if turn.number]
    where = where_and_when(
        meeting.unit.name,
        meeting.day,
        meeting.starts_at,
        meeting.ends_at,
        meeting.place,
        request.actor,
    )
    return _paper(request, items, where, meeting)


def _paper(
    request: Request, items: list[Item], where: dict[str, str], of: Item | Meeting
) -> HttpResponse:
    words = vocabulary_for(request.actor)
    values = on_paper(
        minutes_of(items), where=where, words=words, at=request.at, by=request.actor
    )
    made = pdf("meetings/minutes.typ", values, title="Minutes")
    day = of.day if isinstance(of, Meeting) else of.activity.day
    return paper_answer(
        request, made, "minutes", day, {item.youth_id for item in items}
    )
