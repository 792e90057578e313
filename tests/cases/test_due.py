"""The due list: worked cases by hand, and random histories against a slow reading."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.activities.actions import log_contact
from alongside.activities.models import Activity, Kind, Policy
from alongside.cases.caseload import caseload
from alongside.cases.due import Due, due_list
from alongside.cases.models import Case, Support
from alongside.forms.vocabulary import vocabulary_for
from alongside.people.actions import add_person, open_youth
from alongside.people.models import Stay, Youth
from alongside.referrals.models import Referral
from tests import cast
from tests.cases.due_by_hand import History, Rule, Stayed, due
from tests.cases.due_worked import AT_HOME, CASES, FIRST, TODAY, VISIT, ago

Become = Callable[..., Actor]
ZONE = ZoneInfo("America/Los_Angeles")
AT = datetime(2026, 11, 19, 17, 48, tzinfo=UTC)
FAR = TODAY + timedelta(days=400)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def live(history: History, by: Actor, name: str = "Dulce") -> Youth:
    """A youth with this history, written straight into the tables."""
    youth = open_youth(
        by=by,
        at=AT,
        because=Grant.Because.ENROLMENT,
        given_name=name,
        family_name="Serrano",
        died_on=history.died,
    )
    unit, amara = cast.unit(), cast.user("amara")
    fact = {"youth": youth, "recorded_by": amara, "recorded_at": AT}
    made = {"youth": youth, "unit": unit, "made_by": amara, "made_at": AT}
    referral = None
    if history.referred:
        noon = datetime.combine(history.referred, datetime.min.time(), tzinfo=ZONE)
        referral = Referral.objects.create(
            youth=youth, unit=unit, received_at=noon, started_by=amara, started_at=AT
        )
    Case.objects.create(
        youth=youth,
        unit=unit,
        opened_on=history.opened,
        closed_on=history.closed,
        referral=referral,
    )
    if history.level and history.level_since:
        Support.objects.create(
            **fact, unit=unit, level=history.level, starts=history.level_since
        )
    for stay in history.stays:
        Stay.objects.create(**fact, kind=stay.kind, starts=stay.starts, ends=stay.ends)
    parts = dict(Kind.objects.values_list("code", "compartment"))
    Activity.objects.bulk_create(
        Activity(**made, kind_id=kind, compartment=parts[kind], day=day, **settled)
        for settled, rows in (
            (
                {"status": "completed", "settled_at": AT, "settled_by": amara},
                history.done,
            ),
            ({"status": "scheduled"}, history.booked),
        )
        for kind, day in rows
    )
    return youth


def expect(rule: Rule) -> Policy:
    """A policy of the unit that says this rule."""
    return Policy.objects.create(
        unit=cast.unit(),
        code=rule.code,
        name=rule.code,
        kind_id=rule.met_by[0],
        met_by=list(rule.met_by),
        support_levels=list(rule.levels),
        stay_kinds=list(rule.stays),
        clock=rule.clock,
        days=rule.days,
        per_month=rule.per_month,
        working_days=rule.working_days,
        repeats=rule.repeats,
        starts=rule.starts,
    )


def listed(by: Actor, today: date = TODAY, **also: Any) -> list[Due]:
    """The unit's due list."""
    return due_list(
        unit_id=cast.unit().pk,
        today=today,
        until=also.pop("until", FAR),
        zone=ZONE,
        words=vocabulary_for(by),
        **also,
    )


@pytest.mark.parametrize(("rule", "history", "expected", "words"), CASES)
def test_worked_cases(
    become: Become,
    rule: Rule,
    history: History,
    expected: tuple[date, str] | None,
    words: str,
) -> None:
    by = become("supervisor")
    live(history, by)
    expect(rule)
    found = listed(by)
    assert due(rule, history, TODAY) == expected, "the slow reading"
    assert [(d.due_on, str(d.state)) for d in found] == ([expected] if expected else [])
    if expected:
        assert found[0].why.replace("\N{NO-BREAK SPACE}", " ") == words


def days_around(back: int, ahead: int) -> st.SearchStrategy[date]:
    """A day near today."""
    return st.integers(-back, ahead).map(lambda n: TODAY + timedelta(days=n))


KINDS = [
    *("mdt_initial", "mdt_ongoing", "cft", "court_hearing", "court_report"),
    *("contact_in_person", "welcome_back", "detention_visit", "safety_plan"),
]
RULES = st.builds(
    Rule,
    code=st.just("rule"),
    clock=st.sampled_from(
        [
            *("referral_received", "case_opened", "support_began", "stay_began"),
            *("returned", "last_held", "next_court"),
        ]
    ),
    met_by=st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True).map(
        tuple
    ),
    days=st.integers(-20, 120),
    levels=st.sampled_from([(), ("full",), ("full", "early")]),
    stays=st.sampled_from([(), ("home", "strtp"), ("not_known",), ("away",)]),
    working_days=st.booleans(),
    repeats=st.booleans(),
    starts=days_around(120, 0),
)
MONTHLY = st.builds(
    Rule,
    code=st.just("monthly"),
    clock=st.just("month"),
    met_by=st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True).map(
        tuple
    ),
    per_month=st.integers(1, 5),
    stays=st.sampled_from([(), ("home", "strtp"), ("away",)]),
)


@st.composite
def stays(draw: st.DrawFn) -> list[Stayed]:
    """Stays one after the other, some with a gap between them, some a slip."""
    kinds = draw(
        st.lists(st.sampled_from(["home", "strtp", "away", "not_known"]), max_size=5)
    )
    found: list[Stayed] = []
    day = ago(draw(st.integers(0, 150)))
    for kind in kinds:
        starts = day + timedelta(days=draw(st.integers(0, 5)))
        ends = starts + timedelta(days=draw(st.integers(0, 40)))
        found.append(Stayed(kind, starts, ends))
        day = ends
    goes_on: bool = draw(st.booleans())
    if found and goes_on:
        found[-1].ends = None
    return found


HISTORIES = st.builds(
    History,
    opened=days_around(200, 3),
    died=st.none() | days_around(2, 2),
    level=st.sampled_from(["full", "early", "tracking"]),
    level_since=days_around(100, 3),
    referred=st.none() | days_around(200, 0),
    stays=stays(),
    done=st.lists(st.tuples(st.sampled_from(KINDS), days_around(150, 5)), max_size=8),
    booked=st.lists(st.tuples(st.sampled_from(KINDS), days_around(20, 60)), max_size=5),
)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rules=st.lists(RULES | MONTHLY, min_size=1, max_size=4),
    youths=st.lists(HISTORIES, min_size=1, max_size=3),
)
def test_random_histories_agree_with_the_slow_reading(
    become: Become, rules: list[Rule], youths: list[History]
) -> None:
    by = become("supervisor")
    with undone():
        for number, rule in enumerate(rules):
            rule.code = f"rule_{number}"
            expect(rule)
        expected = {}
        for number, history in enumerate(youths):
            youth = live(history, by, f"Youth {number}")
            for rule in rules:
                if (answer := due(rule, history, TODAY)) and answer[0] <= FAR:
                    expected[youth.pk, rule.code] = answer
        found = {(d.youth_id, d.policy): (d.due_on, str(d.state)) for d in listed(by)}
        assert found == expected


def test_one_query_however_many(become: Become) -> None:
    by = become("supervisor")
    expect(FIRST)
    for _ in range(5):
        live(History(opened=ago(20)), by)
    words = vocabulary_for(by)
    unit = cast.unit().pk
    with CaptureQueriesContext(connection) as queries:
        found = due_list(unit_id=unit, today=TODAY, until=FAR, zone=ZONE, words=words)
    assert len(found) == 5
    assert len(queries) == 1


def test_another_unit_is_told_nothing(become: Become) -> None:
    by = become("supervisor")
    expect(FIRST)
    live(History(opened=ago(20)), by)
    assert listed(by)
    assert listed(become("outsider")) == []


def test_what_one_may_not_see_is_not_said_to_be_due(become: Become) -> None:
    by = become("supervisor")
    live(History(opened=ago(20)), by)
    expect(Rule("health", "case_opened", ("health_visit",), days=5))
    assert [d.policy for d in listed(by)] == ["health"]
    assert listed(become("amara")) == []


def test_only_some(become: Become) -> None:
    by = become("supervisor")
    expect(FIRST)
    one, _other = (live(History(opened=ago(20)), by) for _ in range(2))
    assert [d.youth_id for d in listed(by, youth=one)] == [one.pk]
    assert [d.youth_id for d in listed(by, youth=[one.pk])] == [one.pk]
    assert listed(by, youth=[]) == []


def test_what_is_booked_comes_last_with_its_day_and_reference(become: Become) -> None:
    by = become("supervisor")
    expect(FIRST)
    live(
        History(opened=ago(30), booked=[("mdt_ongoing", TODAY + timedelta(days=5))]), by
    )
    live(History(opened=ago(1)), by)
    waiting, booked = listed(by)
    assert (waiting.state, booked.state) == ("soon", "booked")
    assert booked.booked_day == date(2026, 11, 24)
    assert booked.booked_ref is not None
    assert Activity.objects.get(ref=booked.booked_ref).kind_id == "mdt_ongoing"


def test_only_what_was_with_them_counts_as_seeing_them(become: Become) -> None:
    by = become("amara")
    expect(VISIT)
    youth = live(History(ago(300), stays=[AT_HOME]), by)
    aunt = add_person(youth, name="Rosa Serrano", relation="aunt", by=by, at=AT)
    met: dict[str, Any] = {"by": by, "at": AT, "happened_at": AT - timedelta(hours=3)}
    log_contact(youth, "contact_in_person", present=[aunt], **met)
    log_contact(youth, "contact_in_person", present=[youth, aunt], **met)
    log_contact(youth, "contact_in_person", **met)
    (one,) = listed(by)
    assert one.why.startswith("2 of 4 this month")


def test_the_last_contact_on_the_caseload_was_with_them(become: Become) -> None:
    by = become("amara")
    youth = live(History(ago(300), done=[("contact_call", ago(9))]), by)
    aunt = add_person(youth, name="Rosa Serrano", relation="aunt", by=by, at=AT)
    log_contact(
        youth, "contact_in_person", present=[aunt], by=by, at=AT, happened_at=AT
    )
    (row,) = caseload(by, TODAY, vocabulary_for(by))
    assert (row.last_contact, row.contact_kind) == (ago(9), "call")
