"""The head of every page of a record: who it is, how things stand, its sections."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.access.permissions import Permission
from alongside.access.request import Request
from alongside.desk.youth.standing import facts_on
from alongside.desk.youth.wording import staying_phrase
from alongside.forms.vocabulary import Vocabulary, vocabulary_for
from alongside.kernel.compartments import Compartment
from alongside.kernel.dates_in_words import short_day, spoken_day
from alongside.people.models import Youth
from alongside.staff.models import Cover

# (key, name, address, who may open it)
SECTIONS = (
    ("summary", "Summary", "youth", Permission.RECORD_READ),
    ("timeline", "Timeline", "youth_timeline", Permission.RECORD_READ),
    ("plan", "Plan", "youth_plan", Permission.PLAN_READ),
    ("facts", "Facts", "youth_facts", Permission.RECORD_READ),
    ("people", "People", "youth_people", Permission.RECORD_READ),
    ("documents", "Documents", "youth_documents", Permission.RECORD_READ),
    ("access", "Who can see", "youth_access", Permission.GRANT_SHARE),
    ("changes", "Changes", "youth_changes", Permission.RECORD_CHANGE),
)


_NAMES = {key: name for key, name, _, _ in SECTIONS}


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand for a young person on one day."""

    level: str = ""
    stay: dict[str, Any] | None = None
    officer_id: int | None = None
    officer: str = ""
    covering: str = ""
    away_until: date | None = None


def header(
    request: Request, youth: Youth, section: str, *, words: Vocabulary | None = None
) -> dict[str, Any]:
    """``person`` and ``record_sections`` for the person header: at most 3 queries."""
    actor = request.actor
    today = request.at.astimezone(actor.zone).date()
    words = words or vocabulary_for(actor)
    now = standing(youth, today, actor)
    return {
        "youth": youth,
        "words": words,
        "standing": now,
        "initials": initials(youth),
        "person": {
            "name": youth.name,
            "called": youth.called if youth.called != youth.given_name else "",
            "pronouns": youth.pronouns,
            "age": youth.age(today),
            "lang": youth.name_language,
            "lines": list(_lines(now, words, today))
            if actor.unit_id
            else [*_shared_lines(now, words), *_why_open(request, youth, today)],
        },
        "section": "" if section == "summary" else _NAMES[section],
        "record_sections": record_sections(actor, youth, section),
        "may_log": actor.may(Permission.CONTACT_LOG),
    }


def record_sections(actor: Actor, youth: Youth, section: str) -> list[dict[str, Any]]:
    """The record's sections an actor may open; none is ever shown grayed."""
    return [
        {"name": name, "url": url, "current": key == section}
        for key, name, route, permission in SECTIONS
        if actor.may(permission) and (url := _url(route, youth))
    ]


def standing(youth: Youth, today: date, actor: Actor) -> Standing:
    """Support, stay and officer today, and who covers: two queries."""
    facts = facts_on(youth, today, "support", "stay", "officer")
    support, stay, officer = facts["support"], facts["stay"], facts["officer"]
    now = Standing(
        level=support["level"] if support else "",
        stay=stay.values if stay else None,
        officer_id=officer["officer"] if officer else None,
        officer=officer["officer__name"] if officer else "",
    )
    if now.officer_id is None or actor.unit_id is None:
        return now
    cover = (
        Cover.objects.filter(
            away=now.officer_id, first_day__lte=today, last_day__gte=today
        )
        .select_related("covering")
        .first()
    )
    if cover is None:
        return now
    return replace(now, covering=cover.covering.name, away_until=cover.last_day)


def initials(youth: Youth) -> str:
    """For a page's title: "J.R."; a name that is one word gives one letter."""
    parts = filter(None, (youth.given_name.strip(), youth.family_name.strip()))
    return "".join(f"{part[0].upper()}." for part in parts) or "Record"


def parts_seen(request: Request, youth: Youth) -> list[Grant]:
    """The actor's own current grants about a youth, the oldest first: one query."""
    return [
        grant
        for grant in Grant.objects.filter(
            youth_id=youth.pk, starts__lte=request.at
        ).order_by("starts")
        if grant.ends is None or grant.ends > request.at
    ]


def compartments(grants: Iterable[Grant]) -> set[str]:
    """Which parts these grants open."""
    return {part for grant in grants for part in grant.compartments}


def parts_in_words(parts: Iterable[str]) -> str:
    """ "the everyday record and court papers", in the order pages name them."""
    names = {
        Compartment.RECORD: "the everyday record",
        Compartment.LEGAL: "court papers",
        Compartment.HEALTH: "health",
        Compartment.EXPLOITATION: "sensitive details",
    }
    said = [name for part, name in names.items() if part in set(parts)]
    if len(said) < 2:
        return "".join(said)
    return f"{', '.join(said[:-1])} and {said[-1]}"


def _lines(now: Standing, words: Vocabulary, today: date) -> list[str]:
    said = _shared_lines(now, words)
    if now.officer and now.away_until:
        away = f"away through {spoken_day(now.away_until, today)}"
        said.append(f"Officer: {now.officer}, {away}; {now.covering} covers")
    else:
        said.append(f"Officer: {now.officer or 'not yet chosen'}")
    return said


def _shared_lines(now: Standing, words: Vocabulary) -> list[str]:
    said = [words.name("support_level", now.level)] if now.level else []
    match now.stay:
        case None | {"kind": "not_known"}:
            said.append("Where staying: not known")
        case {"kind": "away"}:
            said.append("Away")
        case {"kind": kind, "place": place, "town": town}:
            said.append(f"Staying {staying_phrase(kind, place, town, words)}")
    return said


def _why_open(request: Request, youth: Youth, today: date) -> list[str]:
    """Why somebody outside the unit sees this page, and until when."""
    grants = parts_seen(request, youth)
    if not grants:
        return []
    parts, until = parts_in_words(compartments(grants)), grants[-1].ends
    why = Grant.Because(grants[-1].because).label
    if grants[-1].because == Grant.Because.CHOICE:
        why = f"{youth.called_name}’s choice"
    if until is None:
        return [f"You see {parts}: {why}"]
    last = short_day(until.astimezone(request.actor.zone).date(), today)
    return [f"You see {parts}: {why}, until {last}"]


def _url(route: str, youth: Youth) -> str | None:
    try:
        return reverse(route, args=[youth.ref])
    except NoReverseMatch:
        return None
