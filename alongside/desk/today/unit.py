"""The unit's day: where a hand is needed, the team, and where young people are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.access.door import requires
from alongside.access.models import Grant, Membership
from alongside.access.permissions import Permission
from alongside.access.records import log_list
from alongside.access.request import Request
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.cases.due import Due, due_list
from alongside.cases.filters import GROUPS
from alongside.cases.models import HandOver
from alongside.cases.rules import DueState
from alongside.cases.standing import Standing, standing
from alongside.desk.today import due
from alongside.desk.today.clocks import clocks
from alongside.desk.today.views import only_units, tabs
from alongside.desk.youth.ahead import name_of
from alongside.forms.vocabulary import Vocabulary, vocabulary_for
from alongside.kernel.dates import add_months
from alongside.kernel.dates_in_words import clock_time, spoken_day
from alongside.meetings.models import Meeting
from alongside.people.models import Youth
from alongside.referrals.models import Referral
from alongside.referrals.rules import Stage
from alongside.staff.cover import covers_on
from alongside.staff.models import Cover
from alongside.web.pages import page
from alongside.web.templatetags.web import in_words

WEEK = timedelta(days=8)
HANDS = 8
TRACKING = "tracking"


@dataclass(slots=True)
class Officer:
    """One line of the team; counts help to share the load and compare nobody."""

    user_id: int
    name: str
    ref: Any
    today: int = 0
    next_words: str = ""
    carries: int = 0
    due: int = 0
    booked: int = 0
    was: int = 0
    cover: Cover | None = field(default=None)


@requires(Permission.UNIT_READ)
@require_GET
def today_unit(request: Request) -> HttpResponse:
    """What a supervisor acts on: help, cover, answers."""
    unit_id, words = only_units(request), vocabulary_for(request.actor)
    today = request.at.astimezone(request.actor.zone).date()
    covers = covers_on(unit_id, today)
    dues = due_list(
        unit_id=unit_id,
        today=today,
        until=today + WEEK,
        zone=request.actor.zone,
        words=words,
    )
    then = add_months(today, -1)
    known = standing(unit_id, today, then)
    stand = [one for one in known if one.stay_kind]
    alone = [one for one in stand if not one.officer_id and one.level != TRACKING]
    team = _team(request, unit_id, today, dues, covers, stand)
    hands, youth = _hands(request, unit_id, today, dues, _named(alone[:HANDS]), covers)
    where = _where(known, then, words)
    waiting = _waiting(request, unit_id)
    log_list(request, "today-unit", youth | {one.youth_id for one in waiting["offers"]})
    context = {
        "tabs": tabs(request, "today_unit"),
        "hands": hands,
        "team": team,
        "alone": len(alone),
        "waiting": waiting,
        "clocks": clocks(unit_id, request.at),
        "where": where,
        "week": today + WEEK,
        "due_url": f"{reverse('caseload')}?sort=due" if dues else "",
        "due_count": len([one for one in dues if one.state is not DueState.BOOKED]),
        "queue_url": due.url("referrals"),
        "hand_over_url": reverse("hand_over"),
        "cover_url": due.url("cover"),
        "month_ago": where["then"],
        "may": {"hand_over": request.actor.may(Permission.CASE_HAND_OVER)},
    }
    context["summary"] = _summary(where["total"], team, covers, len(hands), today)
    return page(request, "desk/today/unit.html", context)


def _named(alone: list[Standing]) -> list[Youth]:
    """Young people whose case nobody carries, with their names: one query."""
    return list(Youth.objects.filter(pk__in=[one.youth_id for one in alone]).by_name())


def _hands(
    request: Request,
    unit_id: int,
    today: date,
    dues: list[Due],
    alone: list[Youth],
    covers: list[Cover],
) -> tuple[list[dict[str, Any]], set[int]]:
    """Where somebody could use a hand, and whom these rows are about."""
    was = [one for one in dues if one.state is DueState.WAS]
    sessions = list(
        Meeting.objects.open_to_book(unit_id).not_over(request.at)[:30]
        if was
        else Meeting.objects.none()
    )
    away = {cover.away_id: cover.away.name for cover in covers}
    rows = [
        {
            **due.row(one, request.actor, today, sessions, {}),
            "why": _with_cover(one, away, covers),
        }
        for one in was[:HANDS]
    ]
    rows += [_alone(youth, request) for youth in alone]
    untaken = list(
        Referral.objects.filter(
            unit_id=unit_id, stage=Stage.RECEIVED, taken_by=None
        ).select_related("youth")[:HANDS]
    )
    rows += [_untaken(each, request, today) for each in untaken]
    youth = {one.youth_id for one in was[:HANDS]}
    youth |= {each.youth_id for each in untaken}
    return rows, youth | {each.pk for each in alone}


def _with_cover(one: Due, away: dict[int, str], covers: list[Cover]) -> str:
    if one.officer_id in away:
        covering = next(each for each in covers if each.away_id == one.officer_id)
        return (
            f"{one.why} {away[one.officer_id]} is away;"
            f" {covering.covering.name} covers."
        )
    return one.why


def _alone(youth: Youth, request: Request) -> dict[str, Any]:
    return {
        "kind": "waiting",
        "words": "No officer",
        "day": None,
        "who": youth.name,
        "who_url": due.url("youth", youth.ref),
        "what": "an officer to be chosen",
        "why": "Support is open and nobody carries the case.",
        "act": "Choose an officer",
        "act_url": due.url("fact_change", youth.ref, "officer"),
    }


def _untaken(each: Referral, request: Request, today: date) -> dict[str, Any]:
    at = each.received_at or each.started_at
    day = at.astimezone(request.actor.zone).date()
    waited = (today - day).days
    so_far = {0: "since today", 1: "1 day so far"}.get(waited, f"{waited} days so far")
    return {
        "kind": "waiting",
        "words": "Since",
        "day": day,
        "who": each.youth.name,
        "who_url": due.url("referral", each.ref),
        "what": "referral nobody has taken",
        "why": f"Received {spoken_day(day, today)}, not yet assessed: {so_far}.",
        "act": "Give it to someone",
        "act_url": due.url("referral", each.ref),
    }


def _team(
    request: Request,
    unit_id: int,
    today: date,
    dues: list[Due],
    covers: list[Cover],
    stand: list[Standing],
) -> list[Officer]:
    """Everybody who carries cases, in order of name: two queries."""
    members = (
        Membership.objects.current(request.at)
        .filter(unit_id=unit_id)
        .select_related("user", "role")
    )
    counts = Counter(one.officer_id for one in stand if one.officer_id)
    team = {
        one.user_id: Officer(one.user_id, one.user.name, one.user.ref)
        for one in sorted(members, key=lambda one: one.user.name.casefold())
        if one.role.carries_cases or one.user_id in counts
    }
    for officer in team.values():
        officer.carries = counts[officer.user_id]
        officer.cover = next(
            (each for each in covers if each.away_id == officer.user_id), None
        )
    for one in dues:
        if one.officer_id in team:
            _add_due(team[one.officer_id], one)
    for activity in _of_today(team, today):
        _add_activity(team[activity.officer_id or 0], activity, request)
    return list(team.values())


def _of_today(officers: Iterable[int], today: date) -> Iterable[Activity]:
    return (
        Activity.objects.filter(officer__in=list(officers), day=today)
        .exclude(status=Status.CANCELED)
        .select_related("kind")
        .order_by("starts_at", "pk")
    )


def _add_due(officer: Officer, one: Due) -> None:
    if one.state is DueState.WAS:
        officer.was += 1
        return
    officer.due += 1
    officer.booked += one.state is DueState.BOOKED


def _add_activity(officer: Officer, activity: Activity, request: Request) -> None:
    officer.today += 1
    starts_at = activity.starts_at
    if starts_at and starts_at > request.at and not officer.next_words:
        time = clock_time(starts_at.astimezone(request.actor.zone))
        name = name_of(activity)
        small = name if name[1:2].isupper() else name[:1].lower() + name[1:]
        officer.next_words = f"next {time}, {small}"


def _waiting(request: Request, unit_id: int) -> dict[str, Any]:
    """Hand-overs and emergency openings that wait for an answer: two queries."""
    offers = HandOver.objects.filter(unit_id=unit_id, answered_at=None)
    opened: list[Grant] = []
    if request.actor.may(Permission.ACCESS_REVIEW):
        opened = list(
            Grant.objects.raw(
                "select * from access_emergencies() where reviewed_at is null limit 5"
            )
        )
    return {
        "offers": list(
            offers.select_related("youth", "to_officer", "offered_by").order_by(
                "offered_at"
            )[:HANDS]
        ),
        "opened": len(opened),
        "opened_url": due.url("emergencies"),
    }


def _where(known: list[Standing], then: date, words: Vocabulary) -> dict[str, Any]:
    """Where young people stay, today and a month ago."""
    now_there = _counted((one.stay_kind for one in known), words)
    then_there = _counted((one.stay_kind_then for one in known), words)
    names = [*_names(words), *now_there, *then_there]
    rows = [
        {
            "name": name,
            "url": _link(code),
            "now": now_there.get((code, name), 0),
            "then": then_there.get((code, name), 0),
        }
        for code, name in dict.fromkeys(names)
    ]
    return {
        "rows": [row for row in rows if row["now"] or row["then"]],
        "total": sum(now_there.values()),
        "total_then": sum(then_there.values()),
        "then": then,
    }


def _counted(
    kinds: Iterable[str | None], words: Vocabulary
) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for kind, count in Counter(filter(None, kinds)).items():
        found[_group(kind, words)] += count
    return found


def _names(words: Vocabulary) -> list[tuple[str, str]]:
    return [_group(code, words) for code, _name in words.choices("stay_kind")]


def _group(kind: str, words: Vocabulary) -> tuple[str, str]:
    for code, (name, kinds) in GROUPS.items():
        if kind in kinds:
            return code, name
    return kind, words.name("stay_kind", kind)


def _link(code: str) -> str:
    return f"{reverse('caseload')}?{urlencode({'where': code})}"


def _summary(
    total: int, team: list[Officer], covers: list[Cover], hands: int, today: date
) -> str:
    people = "1 young person" if total == 1 else f"{total or 'No'} young people"
    officers = "one officer" if len(team) == 1 else f"{len(team)} officers"
    said = [f"{people}, {officers}."]
    for cover in covers:
        until = spoken_day(cover.last_day, today)
        said.append(
            f"{cover.away.name} is away through {until}; {cover.covering.name} covers."
        )
    if hands:
        things = "thing" if hands == 1 else "things"
        said.append(f"{in_words(hands).capitalize()} {things} could use a hand.")
    else:
        said.append("Nothing waits for a hand.")
    return " ".join(said)
