"""What is on record after the county's workbooks came in is what the truth says."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db.models import Q

from alongside.access.actor import Actor
from alongside.activities.models import Activity
from alongside.cases.models import Assignment, Case, CoverNote, Support
from alongside.exchange import actions
from alongside.exchange.models import ImportRun
from alongside.exchange.words import to_ours
from alongside.meetings.models import Item, Meeting
from alongside.people.models import Identifier, OtherName, Stay, Youth
from tests import cast
from tests.exchange.conftest import CASELOAD, WORKBOOKS

pytestmark = pytest.mark.slow

KEPT_TO = date(2026, 11, 20)
# “Jordan Taylor” has no comma: which is the last name was left open.
ORDER_NOT_WRITTEN = "Y023"


@pytest.fixture
def truth() -> dict[str, Any]:
    """What the county's files mean."""
    found: dict[str, Any] = json.loads((WORKBOOKS / "truth.json").read_text("utf-8"))
    return found


def test_the_county_is_on_record_as_the_truth_says(
    answered: ImportRun,
    become: Callable[..., Actor],
    at: datetime,
    truth: dict[str, Any],
) -> None:
    """One commit, which takes a while, and everything that must hold after it."""
    actions.commit(answered, by=become("coordinator"), at=at)
    found = found_as(truth)
    each_youth_is_as_the_truth_says(truth, found)
    meetings_held_by_youth_and_kind_are(truth, found)
    the_last_review_is_the_later_of_caseload_and_calendar(truth, found)
    meetings_still_to_come_stand_on_an_agenda(truth, found)
    what_was_called_off_is_kept_as_called_off(truth)


def found_as(truth: dict[str, Any]) -> dict[str, Youth]:
    """Each youth of the truth as they now stand on record, told by what is sure."""
    found = {}
    for one in truth["youth"]:
        if not any(row["file"] == CASELOAD for row in one["rows"]):
            continue
        known = Youth.objects.all()
        if one["dob"]:
            known = known.filter(birth_date=one["dob"])
        if pdj := one["identifiers"]["pdj"]:
            known = known.filter(identifiers__value=pdj, identifiers__kind="pdj")
        given, family = one["given"], one["family"] or ""
        if one["id"] == ORDER_NOT_WRITTEN:
            given, family = one["canonical_name"], ""
        found[one["id"]] = known.get(given_name=given, family_name=family)
    return found


def each_youth_is_as_the_truth_says(
    truth: dict[str, Any], found: dict[str, Youth]
) -> None:
    team = {name for name, _, home, _ in cast.PEOPLE.values() if home == cast.BRIDGE}
    assert Youth.objects.count() == len(found) == len({y.pk for y in found.values()})
    for one in truth["youth"]:
        if one["id"] not in found:
            continue
        youth = found[one["id"]]
        closed = one["status"] == "closed"
        case = Case.objects.filter(youth=youth).order_by("-opened_on").first()
        assert case is not None
        # A case that is over is known from its last day.
        day = case.opened_on
        numbers = dict(
            Identifier.objects.filter(youth=youth).values_list("kind", "value")
        )
        officer = one["last_officer" if closed else "current_officer"]
        stay = Stay.objects.filter(youth=youth).as_of(KEPT_TO).first()
        court = Activity.objects.filter(youth=youth, kind="court_hearing").first()
        support = Support.objects.filter(youth=youth).as_of(day).first()
        carried = Assignment.objects.filter(youth=youth).as_of(day).first()
        assert {
            "dob": youth.birth_date and youth.birth_date.isoformat(),
            "pdj": numbers.get("pdj"),
            "cw_case": numbers.get("cw_case"),
            "suffix": youth.suffix or None,
            "other_names": set(
                OtherName.objects.filter(youth=youth).values_list("text", flat=True)
            ),
            "is_closed": case.closed_on is not None,
            "support_level": support and support.level,
            "placement": stay and stay.kind,
            "next_court": court and court.day.isoformat(),
            "officer": carried and carried.officer.name,
        } == {
            "dob": one["dob"],
            "pdj": one["identifiers"]["pdj"],
            "cw_case": one["identifiers"]["cw_case"],
            "suffix": one["suffix"],
            "other_names": set(one["other_names"]),
            "is_closed": closed,
            "support_level": one["support_level"]
            and to_ours("support_level", one["support_level"]),
            "placement": one["placement"],
            "next_court": None if closed else one["next_court"],
            "officer": officer if officer in team else None,
        }, one["id"]
        if one["closed_on"]:
            last = Case.objects.filter(youth=youth, closed_on=one["closed_on"])
            assert last.exists(), one["id"]
        if officer and officer not in team:
            notes = CoverNote.objects.filter(youth=youth, text__contains=officer)
            assert notes.exists(), one["id"]


def meetings_held_by_youth_and_kind_are(
    truth: dict[str, Any], found: dict[str, Youth]
) -> None:
    from_the_caseload = Q(note__startswith="From the caseload’s column")
    for key, kinds in truth["mdt"]["by_youth_and_type"].items():
        held = Activity.objects.filter(
            ~from_the_caseload,
            youth=found[key],
            status="completed",
            kind__group="review",
        )
        counted = Counter(held.values_list("kind", flat=True))
        assert counted == {to_ours("type", kind): n for kind, n in kinds.items()}, key
    total = sum(
        sum(kinds.values()) for kinds in truth["mdt"]["by_youth_and_type"].values()
    )
    held = Activity.objects.filter(
        ~from_the_caseload, status="completed", kind__group="review"
    )
    assert held.count() == total


def the_last_review_is_the_later_of_caseload_and_calendar(
    truth: dict[str, Any], found: dict[str, Youth]
) -> None:
    for one in truth["youth"]:
        if one["id"] not in found:
            continue
        said = filter(None, (one["last_mdt"], one["last_mdt_in_calendar"]))
        last = (
            Activity.objects.filter(
                youth=found[one["id"]], status="completed", kind__group="review"
            )
            .order_by("-day")
            .first()
        )
        assert (last and last.day.isoformat()) == max(said, default=None), one["id"]


def meetings_still_to_come_stand_on_an_agenda(
    truth: dict[str, Any], found: dict[str, Youth]
) -> None:
    session = Meeting.objects.get()
    coming = [m for m in truth["mdt"]["meetings"] if m["status"] == "scheduled"]
    items = Item.objects.filter(meeting=session).select_related("activity")
    assert session.day == date(2026, 11, 24)
    assert {(i.youth_id, i.activity.kind_id, i.activity.day) for i in items} == {
        (found[m["youth"]].pk, to_ours("type", m["type"]), session.day) for m in coming
    }


def what_was_called_off_is_kept_as_called_off(truth: dict[str, Any]) -> None:
    off = [
        m
        for m in truth["mdt"]["meetings"]
        if m["status"] in {"cancelled", "moved"}
        and m["youth"]
        and m["date"]
        and m["type"]
    ]
    canceled = Activity.objects.filter(status="canceled", kind__group="review")
    assert canceled.count() == len(off)
    assert canceled.filter(reason="moved").count() == 3
