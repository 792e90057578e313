"""Everybody a name in a workbook may stand for, read from a unit's own records."""

from collections.abc import Iterable
from datetime import date

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
from alongside.people.models import Fact, Stay, Youth


def roster_of(unit_id: int, day: date) -> Roster:
    """The unit's youth and officers as of a day: a dozen queries, however many."""
    youth = list(
        Youth.objects.filter(cases__unit=unit_id)
        .distinct()
        .prefetch_related("othernames", "identifiers", _cases(unit_id))
    )
    ids = [one.pk for one in youth]
    values = _values(ids, unit_id, day)
    met = _last_meetings(ids)
    return Roster(
        youth=tuple(
            _known(one, values.get(one.pk, {}), met.get(one.pk)) for one in youth
        ),
        officers=tuple(_officers(unit_id)),
    )


def _cases(unit_id: int) -> Prefetch[str, object, str]:
    cases = Case.objects.filter(unit=unit_id).order_by("-opened_on")
    return Prefetch("cases", cases, to_attr="unit_cases")


def _known(youth: Youth, values: dict[str, str], met: date | None) -> KnownYouth:
    case: Case = youth.unit_cases[0]  # type: ignore[attr-defined]
    if case.closed_on:
        values = {**values, "closed_on": case.closed_on.isoformat()}
    if met:
        values = {**values, "last_mdt": met.isoformat()}
    return KnownYouth(
        id=str(youth.pk),
        given=youth.given_name,
        family=youth.family_name or None,
        other_names=tuple(name.text for name in youth.othernames.all()),
        dob=youth.birth_date,
        identifiers={one.kind: one.value for one in youth.identifiers.all()},
        status="closed" if case.closed_on else "active",
        last_meeting=met,
        values=values,
    )


def _values(ids: list[int], unit_id: int, day: date) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    kinds: list[tuple[str, type[Fact], str]] = [
        ("placement", Stay, "kind"),
        ("support_level", Support, "level"),
        ("disposition", LegalStatus, "status"),
        ("child_welfare", ChildWelfareStatus, "status"),
        ("court", CourtAssignment, "court"),
        ("officer", Assignment, "officer__name"),
    ]
    for name, model, column in kinds:
        rows = model._default_manager.as_of(day).filter(youth__in=ids)  # type: ignore[attr-defined]
        for youth_id, value in rows.values_list("youth_id", column):
            found.setdefault(youth_id, {})[name] = to_sheet(name, value)
    courts = (
        Activity.objects.filter(
            youth__in=ids, kind="court_hearing", status=Status.SCHEDULED, day__gte=day
        )
        .order_by("-day")
        .values_list("youth_id", "day")
    )
    for youth_id, on in courts:
        found.setdefault(youth_id, {})["next_court"] = on.isoformat()
    return found


def _last_meetings(ids: list[int]) -> dict[int, date]:
    rows: Iterable[tuple[int, date]] = (
        Activity.objects.filter(
            youth__in=ids, status=Status.COMPLETED, kind__group="review"
        )
        .exclude(kind="cft")
        .values("youth_id")
        .annotate(last=Max("day"))
        .values_list("youth_id", "last")
    )
    return dict(rows)


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
