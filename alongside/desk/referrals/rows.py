"""The queue as rows, grouped by the step that comes next, the longest wait first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from alongside.access.permissions import Permission
from alongside.access.request import Request
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.desk.referrals.wording import about, came_from, lacks, today_of
from alongside.forms.vocabulary import Vocabulary
from alongside.kernel.dates_in_words import clock_time, short_day, spoken_day
from alongside.meetings.models import Item
from alongside.referrals.actions import stamps
from alongside.referrals.clocks import spoken, waiting_since
from alongside.referrals.models import AssessmentDraft, Referral
from alongside.referrals.rules import Stage, next_step

_LONG_WITH_AN_AGENCY = 7  # days, after which a wait stands out

GROUPS = (
    ("A decision is next", (Stage.ASSESSED,)),
    ("An assessment is next", (Stage.RECEIVED,)),
    ("A hand-off is next", (Stage.DECIDED, Stage.SENT)),
    ("Drafts", (Stage.DRAFT,)),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One referral of the queue, in words."""

    referral: Referral
    name: str
    about: str
    came: str
    since: datetime
    waited: str
    wait_shape: str
    wait_note: str
    who: str
    next: str
    on_agenda: bool
    act: str
    act_url: str
    posts: bool


def queue_of(request: Request) -> QuerySet[Referral]:
    """What is open for the actor's units, or was sent to the actor's agency."""
    actor = request.actor
    referrals = Referral.objects.for_list()
    if actor.units:
        return referrals.open().filter(unit__in=actor.units)
    if actor.may(Permission.REFERRAL_ANSWER) and actor.agency_id:
        return referrals.filter(agency=actor.agency_id, stage=Stage.SENT)
    return referrals.none()


def rows_of(
    request: Request, referrals: Iterable[Referral], words: Vocabulary
) -> list[Row]:
    """Each referral as a row: three queries, whatever their number."""
    found = list(referrals)
    today = today_of(request)
    planned = _planned_first({each.youth_id for each in found}, today)
    items = {
        item.referral_id: item
        for item in Item.objects.filter(
            referral_id__in=[each.pk for each in found],
            activity__status=Status.SCHEDULED,
        ).select_related("meeting", "activity")
    }
    kept = dict(
        AssessmentDraft.objects.filter(referral__in=found).values_list(
            "referral_id", "kept_by__name"
        )
    )
    rows = [
        _row(
            request,
            each,
            words,
            today,
            planned.get(each.youth_id),
            items.get(each.pk),
            kept.get(each.pk, ""),
        )
        for each in found
    ]
    return sorted(rows, key=lambda row: row.since)


def _planned_first(youth_ids: set[int], today: date) -> dict[int, Activity]:
    """What is next on each calendar."""
    first: dict[int, Activity] = {}
    for activity in (
        Activity.objects.filter(
            youth__in=youth_ids, status=Status.SCHEDULED, day__gte=today
        )
        .select_related("kind")
        .order_by("day", "starts_at", "pk")
    ):
        first.setdefault(activity.youth_id, activity)
    return first


def grouped(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Rows under the step that comes next; a group without rows is left out."""
    return [
        (heading, inside)
        for heading, stages in GROUPS
        if (inside := [row for row in rows if row.referral.stage in stages])
    ]


def _row(
    request: Request,
    each: Referral,
    words: Vocabulary,
    today: date,
    planned: Activity | None,
    item: Item | None,
    kept_by: str,
) -> Row:
    stage = Stage(each.stage)
    since, what = waiting_since(stage, each.decision, stamps(each), each.started_at)
    since_day = since.astimezone(request.actor.zone).date()
    act, act_url, posts = _act(request, each, item)
    note = f"since {what} {short_day(since_day, today)}"
    if stage is Stage.SENT and each.agency:
        step = next_step(stamps(each))
        to_come = step.label.lower() if step else ""
        there = f" to {each.agency.name}" if request.actor.units else ""
        note = f"since sent{there} {short_day(since_day, today)}; not yet {to_come}"
        if what != "sent":
            note = f"since {what} {short_day(since_day, today)}; not yet {to_come}"
    next_words, on_agenda = _next(request, each, planned, item, kept_by, today)
    return Row(
        referral=each,
        name=each.youth.name,
        about=about(each.youth, today),
        came=came_from(each, words),
        since=since,
        waited=_waited(request.at - since, (today - since_day).days),
        wait_shape=_shape(each, today, since_day, planned, item),
        wait_note=note,
        who=_who(each),
        next=next_words,
        on_agenda=on_agenda,
        act=act,
        act_url=act_url,
        posts=posts,
    )


def _shape(
    each: Referral,
    today: date,
    since: date,
    planned: Activity | None,
    item: Item | None,
) -> str:
    day = item.activity.day if item else planned.day if planned else None
    match Stage(each.stage):
        case Stage.DRAFT:
            return "draft"
        case Stage.SENT if (today - since).days > _LONG_WITH_AN_AGENCY:
            return "was"
        case _ if each.taken_by_id is None and each.stage == Stage.RECEIVED:
            return "waiting"
        case _:
            return "today" if day == today else "soon"


def _next(
    request: Request,
    each: Referral,
    planned: Activity | None,
    item: Item | None,
    kept_by: str,
    today: date,
) -> tuple[str, bool]:
    match Stage(each.stage):
        case Stage.DRAFT:
            return lacks(each), False
        case Stage.DECIDED:
            return "Send it to a partner agency", False
        case Stage.SENT:
            step = next_step(stamps(each))
            call = each.agency_received_at is None and request.actor.units
            if call and each.agency:
                return f"Call {each.agency.name}", False
            return step.label if step else "", False
        case _ if item and item.meeting:
            place = f", item {item.position}" if item.position else ""
            if item.meeting.day == today:
                return f"On today’s MDT{place}", True
            return f"On the MDT of {spoken_day(item.meeting.day, today)}", True
        case _ if planned:
            return _planned(request, planned, today), False
        case Stage.ASSESSED:
            return "Ready for the MDT", False
        case _ if kept_by:
            return f"Assessment under way, by {kept_by}", False
        case _:
            free = each.taken_by_id is None
            return ("Anyone can take it" if free else "Plan a first talk"), False


def _planned(request: Request, activity: Activity, today: date) -> str:
    when = "today" if activity.day == today else spoken_day(activity.day, today)
    if activity.starts_at:
        when = (
            f"{when}, {clock_time(activity.starts_at.astimezone(request.actor.zone))}"
        )
    return f"{activity.title or activity.kind.name}, {when}"


def _act(request: Request, each: Referral, item: Item | None) -> tuple[str, str, bool]:
    """The one thing to do in a row: its words, its address, and whether it posts."""
    actor = request.actor
    here = reverse("referral", args=[each.ref])
    if each.stage == Stage.DRAFT and actor.may(Permission.REFERRAL_MAKE):
        return "Finish it", reverse("referral_draft", args=[each.ref]), False
    if (
        each.stage == Stage.RECEIVED
        and each.taken_by_id is None
        and actor.may(Permission.REFERRAL_MAKE)
    ):
        return "Take it", reverse("referral_take", args=[each.ref]), True
    if each.stage == Stage.DECIDED and actor.may(Permission.REFERRAL_MAKE):
        return "Send it on", reverse("referral_send", args=[each.ref]), False
    if (
        each.stage == Stage.ASSESSED
        and item is None
        and actor.may(Permission.MEETING_PLAN)
    ):
        return (
            "Put on the agenda",
            f"{reverse('mdt_book')}?youth={each.youth.ref}",
            False,
        )
    return "Open", here, False


def _who(each: Referral) -> str:
    if each.stage == Stage.SENT and each.advocate_id and each.advocate:
        return each.advocate.name
    if each.taken_by:
        return each.taken_by.name
    return each.started_by.name if each.stage == Stage.DRAFT else "Nobody yet"


def _waited(took: timedelta, days: int) -> str:
    if days < 1:
        return spoken(took)
    return "1 day" if days == 1 else f"{days} days"


def sentence(rows: list[Row], *, agency: bool) -> str:
    """How the queue stands, as the head of the page says it."""
    if not rows:
        return ""
    number = _number(len(rows)).capitalize()
    noun = "young person is" if len(rows) == 1 else "young people are"
    said = f"{number} {noun} in the queue."
    if agency:
        return said
    parts: list[str] = []
    if on := sum(row.on_agenda for row in rows):
        parts.append(f"{_number(on)} {'is' if on == 1 else 'are'} on an MDT agenda")
    sent = [row for row in rows if row.referral.stage == Stage.SENT]
    if sent:
        longest = min(sent, key=lambda row: row.since).waited
        many = f"{_number(len(sent))} wait for a partner agency, the longest {longest}"
        alone = f"one has waited {longest} for a partner agency"
        parts.append(many if len(sent) > 1 else alone)
    if ready := sum(row.referral.stage == Stage.DECIDED for row in rows):
        parts.append(f"{_number(ready)} can be sent on")
    if not parts:
        return said
    told = "; ".join(parts)
    return f"{said} {told[0].upper()}{told[1:]}."


def _number(count: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
    return words[count] if count < len(words) else str(count)
