"""Everybody a name in a workbook may stand for, read from a unit's own records."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Prefetch

from alongside.access.models import Membership
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.cases.models import (
    Assignment,
    Case,
    ChildWelfareStatus,
    CourtAssignment,
    LegalStatus,
    Support,
)
from alongside.exchange.imports import KnownYouth, Officer, Roster
from alongside.exchange.words import to_sheet
from alongside.people.models import Fact, Identifier, Stay, Youth

# field of a workbook -> (the fact, its column, whether each unit has its own)
FACTS: dict[str, tuple[type[Fact], str, bool]] = {
    "placement": (Stay, "kind", False),
    "support_level": (Support, "level", True),
    "disposition": (LegalStatus, "status", False),
    "child_welfare": (ChildWelfareStatus, "status", False),
    "court": (CourtAssignment, "court", False),
    "officer": (Assignment, "officer__name", True),
}


@dataclass(slots=True)
class _Known:
    """What is on record for one youth on their day, and what is newer than it."""

    day: date
    values: dict[str, str] = field(default_factory=dict)
    newer: set[str] = field(default_factory=set)


def roster_of(unit_id: int, day: date) -> Roster:
    """The unit's youth and officers as of a day: a dozen queries, however many."""
    youth = list(
        Youth.objects.filter(cases__unit=unit_id)
        .distinct()
        .order_by("pk")
        .prefetch_related(
            "othernames",
            Prefetch("identifiers", Identifier.objects.order_by("pk")),
            Prefetch(
                "cases",
                Case.objects.filter(unit=unit_id).order_by("-opened_on", "-pk"),
                to_attr="unit_cases",
            ),
        )
    )
    known = {one.pk: _of_cases(_cases(one), day) for one in youth}
    _add_facts(known, unit_id)
    _add_court_dates(known, day)
    met = _last_meetings(list(known))
    return Roster(
        youth=tuple(_known(one, known[one.pk], met.get(one.pk)) for one in youth),
        officers=tuple(_officers(unit_id)),
    )


def _cases(youth: Youth) -> list[Case]:
    cases: list[Case] = youth.unit_cases  # type: ignore[attr-defined]  # prefetched
    return cases


def _of_cases(cases: list[Case], day: date) -> _Known:
    """A closed case is compared as it stood on its last day."""
    last = cases[0]
    known = _Known(last.closed_on - timedelta(days=1) if last.closed_on else day)
    if closed := next((one.closed_on for one in cases if one.closed_on), None):
        known.values["closed_on"] = closed.isoformat()
    if last.opened_on > day or (last.closed_on and last.closed_on > day):
        known.newer |= {"status", "closed_on"}
    return known


def _known(youth: Youth, found: _Known, met: date | None) -> KnownYouth:
    if met:
        found.values["last_mdt"] = met.isoformat()
    return KnownYouth(
        id=str(youth.pk),
        given=youth.given_name,
        family=youth.family_name or None,
        other_names=tuple(name.text for name in youth.othernames.all()),
        dob=youth.birth_date,
        identifiers={one.kind: one.value for one in youth.identifiers.all()},
        status="closed" if _cases(youth)[0].closed_on else "active",
        last_meeting=met,
        values=found.values,
        newer=frozenset(found.newer),
    )


def _add_facts(known: dict[int, _Known], unit_id: int) -> None:
    for name, (model, column, of_unit) in FACTS.items():
        facts: Any = model._default_manager
        rows = facts.filter(youth__in=list(known))
        if of_unit:
            rows = rows.filter(unit_id=unit_id)
        values = rows.values_list("youth_id", column, "starts", "ends")
        for youth_id, value, starts, ends in values:
            one = known[youth_id]
            if starts > one.day and ends != starts:
                one.newer.add(name)
            elif starts <= one.day and (ends is None or ends > one.day):
                one.values[name] = to_sheet(name, value)


def _add_court_dates(known: dict[int, _Known], day: date) -> None:
    hearings = Activity.objects.filter(
        youth__in=list(known),
        kind="court_hearing",
        status=Status.SCHEDULED,
        day__gte=day,
    )
    for youth_id, on in hearings.order_by("-day").values_list("youth_id", "day"):
        known[youth_id].values["next_court"] = on.isoformat()


def _last_meetings(ids: list[int]) -> dict[int, date]:
    rows = (
        Activity.objects.filter(
            youth__in=ids, status=Status.COMPLETED, kind__group="review"
        )
        .exclude(kind="cft")
        .values("youth_id")
        .annotate(last=Max("day"))
    )
    return {row["youth_id"]: row["last"] for row in rows}


def _officers(unit_id: int) -> list[Officer]:
    rows = (
        Membership.objects.filter(unit=unit_id)
        .select_related("user", "role")
        .order_by("user__name")
    )
    return [
        Officer(
            name=row.user.name,
            initials="".join(part[0] for part in row.user.name.split()),
            role=row.role.name,
            left_on=row.ends.date() if row.ends else None,
            left=row.ends is not None,
        )
        for row in rows
    ]
