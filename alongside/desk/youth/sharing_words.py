"""How pages say who sees a record, why, and until when."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from alongside.access.models import Grant, Holder, Membership
from alongside.desk.youth.wording import Called
from alongside.kernel.dates import elapsed
from alongside.kernel.dates_in_words import clock_time, short_day
from alongside.web.templatetags.web import in_words

# What counts as having opened a record, of all that the log keeps.
OPENED = {
    "record.read": "opened the {part}",
    "document.read": "opened a paper",
    "export.made": "took out a list that names them",
    "opened.in-emergency": "opened it in an emergency",
    "minutes.made": "made minutes that name them",
    "contact.logged": "logged a contact",
    "grant.given": "shared a part of it",
    "grant.ended": "ended a sharing",
}


def everybody_of(grants: Iterable[Grant], at: datetime) -> dict[int, dict[str, Any]]:
    """Each holder's name and who that is: three queries."""
    ids = {grant.holder_id for grant in grants}
    holders = Holder.objects.filter(pk__in=ids).select_related(
        "agency", "unit__agency", "unit_circle__agency", "user"
    )
    current = Membership.objects.current(at)
    units = dict(_counted(current, "unit__holder", ids))
    circles = _named(current.filter(in_circle=True), "unit__circle", ids)
    agencies = dict(_counted(current, "agency__holder", ids))
    roles = {
        row["user__holder"]: row
        for row in current.filter(user__holder__in=ids).values(
            "user__holder", "role__name", "agency__name", "unit__name"
        )
    }
    found = {}
    for holder in holders:
        match holder.kind:
            case Holder.Kind.UNIT:
                about = f"{_people(units, holder)}, {holder.unit.agency.name}"
            case Holder.Kind.CIRCLE:
                about = ", ".join(circles.get(holder.pk, ["nobody now"]))
            case Holder.Kind.AGENCY:
                about = _people(agencies, holder)
            case _:
                role: Any = roles.get(holder.pk, {})
                home = role.get("unit__name") or role.get("agency__name")
                about = ", ".join(filter(None, (role.get("role__name"), home)))
        found[holder.pk] = {"name": holder.name, "about": about, "kind": holder.kind}
    return found


def why_in_words(grant: Grant, who: Called) -> str:
    """The reason as a sentence's part: "Supports him", "Quino's choice"."""
    match grant.because:
        case Grant.Because.ENROLMENT:
            return f"Supports {who.object}"
        case Grant.Because.REFERRAL:
            return "Received a referral"
        case Grant.Because.CHOICE:
            return f"{who.name}’s choice"
        case Grant.Because.RELEASE:
            return "A signed release"
        case Grant.Because.SUPERVISION:
            return "Supervises the unit"
        case Grant.Because.EMERGENCY:
            return "Emergency opening"
        case _:
            return "A court order"


def until_in_words(grant: Grant, today: date, zone: ZoneInfo) -> tuple[str, str]:
    """Until when, and how long that is still."""
    if grant.ends is None:
        supports = grant.because == Grant.Because.ENROLMENT
        return (
            "While the unit has the record" if supports else "Until it is ended"
        ), ""
    there = grant.ends.astimezone(zone)
    if grant.because == Grant.Because.EMERGENCY:
        return f"{short_day(there.date(), today)}, {clock_time(there)}", ""
    # It ends as the next day begins, so the day before is its last.
    last = (
        there.date()
        if there.hour or there.minute
        else date.fromordinal(there.date().toordinal() - 1)
    )
    return short_day(last, today), elapsed(last, today)


def standing_in_words(
    grants: Iterable[Grant], holders: dict[int, dict[str, Any]]
) -> str:
    """How things stand, in a sentence or two, for the head of the page."""
    ids = {grant.holder_id for grant in grants}
    people = sum(holders[pk]["kind"] == Holder.Kind.USER for pk in ids)
    groups = sum(
        holders[pk]["kind"] in (Holder.Kind.UNIT, Holder.Kind.AGENCY) for pk in ids
    )
    said = []
    if groups:
        noun = "unit or agency" if groups == 1 else "units or agencies"
        said.append(f"{in_words(groups)} {noun}")
    if people:
        said.append(f"{in_words(people)} {'person' if people == 1 else 'people'}")
    who = " and ".join(said) or "nobody"
    can = "can" if groups + people else "could"
    return (
        f"{who[:1].upper()}{who[1:]} {can} open parts of it. Nobody else finds it:"
        " for them the page does not exist."
    )


def opened_in_words(event: str, part: str | None) -> str:
    """What somebody did, from the log's choices alone."""
    return OPENED[event].format(part=part or "record")


def _counted(current: Any, holder: str, ids: set[int]) -> Any:
    rows = current.filter(Q(**{f"{holder}__in": ids})).values(holder)
    return rows.annotate(people=Count("user", distinct=True)).values_list(
        holder, "people"
    )


def _named(current: Any, holder: str, ids: set[int]) -> dict[int, list[str]]:
    rows = current.filter(Q(**{f"{holder}__in": ids})).order_by("user__name")
    named: dict[int, list[str]] = {}
    for pk, name in rows.values_list(holder, "user__name").distinct():
        named.setdefault(pk, []).append(name)
    return named


def _people(counts: dict[int, int], holder: Holder) -> str:
    count = counts.get(holder.pk, 0)
    return "1 person" if count == 1 else f"{count} people"
