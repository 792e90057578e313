"""Sixty units with 60,000 youth and 2,000,000 activities, written by SQL as the owner.

The rows are as the application's own actions leave them, without their history: what
is measured is reading. Everybody is made up from numbers.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connections, models, transaction

from alongside.access.models import Grant, User
from alongside.access.setup import add_agency, add_person, add_unit
from alongside.activities.models import Activity, Policy
from alongside.cases.models import (
    Assignment,
    Case,
    ChildWelfareStatus,
    CourtAssignment,
    LegalStatus,
    Support,
)
from alongside.meetings.models import Item, Meeting
from alongside.people.models import Identifier, Person, Schooling, Stay, Youth
from alongside.plans.models import ActionStep, Goal, ProgressNote
from alongside.referrals.models import Referral

UNITS, YOUTH, ACTIVITIES = 60, 60_000, 2_000_000
OFFICERS = 6
IN_HAND = 101  # every so many young people, one whose referral is new
_SINCE = timedelta(days=1_500)

# Half the youth of a unit are with it now; youth n belongs to unit (n - 1) % UNITS.
_UNIT = "(select id from bench_unit where number = (y - 1) % {units})"
_OFFICER = (
    "(select id from bench_officer where unit = (y - 1) % {units}"
    " and number = (y / {units}) % {officers})"
)
_OPEN = "(y / {units}) % 2 = 0"


def build(now: datetime) -> None:
    """Write everything; the database is new and migrated."""
    with transaction.atomic(using="owner"):
        _people(now)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        for statement in _statements(now):
            cursor.execute(statement)
    with connections["owner"].cursor() as cursor:
        cursor.execute("vacuum analyze")


def _people(now: datetime) -> None:
    since = now - _SINCE
    with connections["owner"].cursor() as cursor:
        cursor.execute("create table bench_unit (number int, id bigint)")
        cursor.execute("create table bench_officer (unit int, number int, id bigint)")
        for number in range(UNITS):
            agency = add_agency(f"County {number}")
            unit = add_unit(agency, f"Unit {number}")
            cursor.execute("insert into bench_unit values (%s, %s)", [number, unit.pk])
            for each in range(OFFICERS):
                user = add_person(
                    f"officer{each}.unit{number}@bench.example",
                    f"Officer {each} of {number}",
                    "officer",
                    since=since,
                    unit=unit,
                )
                cursor.execute(
                    "insert into bench_officer values (%s, %s, %s)",
                    [number, each, user.pk],
                )
            add_person(
                f"supervisor.unit{number}@bench.example",
                f"Supervisor of {number}",
                "supervisor",
                since=since,
                unit=unit,
                in_circle=True,
            )


def _statements(now: datetime) -> list[str]:
    today = now.date().isoformat()
    day = f"date '{today}'"
    opened = f"{day} - 30 - (y * 7919 % 500)"
    fact = {"starts": opened, "recorded_by_id": "1", "recorded_at": f"{day} - 1"}
    unit, officer = _fill(_UNIT), _fill(_OFFICER)
    return [
        _insert(
            Youth,
            id="y",
            given_name="'Given' || y % 5000",
            family_name="'Family' || y % 9000",
            sort_key="'family' || y % 9000 || ' given' || y % 5000",
            search_text=(
                "'given' || y % 5000 || ' family' || y % 9000 || ' ' || 100000 + y"
            ),
            birth_date=f"{day} - 5200 - (y % 1700)",
            birth_precision="'day'",
        ),
        f"select setval(pg_get_serial_sequence('people_youth', 'id'), {YOUTH})",
        *(
            _insert(
                Grant,
                holder_id=f"(select {column} from access_unit where id = {unit})",
                youth_id="y",
                compartments=f"array[{parts}]::varchar[]",
                because="'enrolment'",
                starts=f"{day} - 600",
            )
            for column, parts in (
                ("holder_id", "'record', 'legal'"),
                ("circle_id", "'exploitation', 'health'"),
            )
        ),
        _insert(Identifier, kind="'pdj'", value="100000 + y"),
        _insert(
            Case,
            unit_id=unit,
            opened_on=opened,
            opened_precision="'day'",
            closed_on=f"case when {_fill(_OPEN)} then null else {day} - 10 end",
        ),
        _insert(Support, unit_id=unit, level="'full'", where=_fill(_OPEN), **fact),
        _insert(
            Assignment, unit_id=unit, officer_id=officer, where=_fill(_OPEN), **fact
        ),
        _insert(LegalStatus, status="'home_on_probation'", **fact),
        _insert(ChildWelfareStatus, status="'none'", **fact),
        _insert(CourtAssignment, court="'dept_14'", **fact),
        _insert(Schooling, school="'Eastfield High'", grade="'10th grade'", **fact),
        _insert(
            Stay, kind="case y % 9 when 0 then 'juvenile_hall' else 'home' end", **fact
        ),
        *(
            _insert(Person, name=f"'Person {n} of ' || y", relation="'aunt'")
            for n in range(4)
        ),
        *(
            _insert(
                Goal,
                words=f"'Goal {n} of ' || y",
                category="'education'",
                set_by="'youth'",
                set_on=opened,
                status="'under_way'",
                recorded_by_id="1",
                recorded_at=f"{day} - 9",
            )
            for n in range(2)
        ),
        *_plan_rows(day),
        _insert(
            Referral,
            unit_id=unit,
            stage=f"case when y % {IN_HAND} = 0 then 'received' else 'closed' end",
            started_by_id="1",
            started_at=f"{day} - 500",
            received_at=f"{day} - 500",
        ),
        _activities(day, unit, officer),
        _scheduled(day, unit, officer, "court_hearing", 20),
        _scheduled(day, unit, officer, "mdt_90_day", 12),
        *_sessions(day),
        _policies(day),
    ]


def _plan_rows(day: str) -> list[str]:
    return [
        _insert(
            ActionStep,
            source="plans_goal g",
            youth_id="g.youth_id",
            goal_id="g.id",
            text="'Step of ' || g.id",
            who="'Officer'",
            due_on=f"{day} + 9",
            status="'open'",
            recorded_by_id="1",
            recorded_at=f"{day} - 9",
        ),
        _insert(
            ProgressNote,
            source="plans_goal g",
            youth_id="g.youth_id",
            goal_id="g.id",
            text="'It moved.'",
            by_id="1",
            at=f"{day} - 3",
        ),
    ]


def _activities(day: str, unit: str, officer: str) -> str:
    each = ACTIVITIES // YOUTH
    kinds = (
        "(array['contact_in_person', 'contact_text', 'contact_call', 'mdt_90_day',"
        " 'contact_in_person', 'court_hearing'])[1 + n % 6]"
    )
    on = f"({day} - 1 - ((n * 16 + y * 7919) % 540)::int)"
    return _insert(
        Activity,
        source=(
            f"(select y, n, {unit} as unit, {officer} as officer"
            f" from generate_series(1, {YOUTH}) y, generate_series(1, {each}) n) s"
        ),
        youth_id="y",
        compartment="'record'",
        unit_id="unit",
        kind_id=kinds,
        status="'completed'",
        day=on,
        starts_at=f"{on} + time '17:00'",
        officer_id="officer",
        note="'Talked about school and the week.'",
        settled_at=f"{on} + time '18:00'",
        settled_by_id="officer",
        made_by_id="officer",
        made_at=f"{on} + time '17:00'",
    )


def _scheduled(day: str, unit: str, officer: str, kind: str, span: int) -> str:
    on = f"{day} + 1 + (y * 31 % {span})::int"
    return _insert(
        Activity,
        compartment="'record'",
        unit_id=unit,
        kind_id=f"'{kind}'",
        status="'scheduled'",
        day=on,
        starts_at=f"{on} + time '17:00'",
        officer_id=officer,
        made_by_id="1",
        made_at=f"{day} - 5",
        where=f"{_fill(_OPEN)} and y % 5 = 0",
    )


def _sessions(day: str) -> list[str]:
    return [
        _insert(
            Meeting,
            source=(
                f"bench_unit u, generate_series(-70, 12) w, (select {day} as today) d"
            ),
            unit_id="u.id",
            day="today + w * 7",
            starts_at="today + w * 7 + time '17:00'",
            ends_at="today + w * 7 + time '22:00'",
            capacity="30",
            minutes_each="10",
            status="case when w < 0 then 'held' else 'planned' end",
        ),
        _insert(
            Item,
            source=(
                "activities_activity a join meetings_meeting m on m.unit_id = a.unit_id"
                " and m.day = a.day"
            ),
            youth_id="a.youth_id",
            activity_id="a.id",
            meeting_id="m.id",
            section="'ongoing'",
            position="1",
            where="a.kind_id = 'mdt_90_day'",
        ),
    ]


def _policies(day: str) -> str:
    return _insert(
        Policy,
        source=(
            "bench_unit u, (values"
            " ('mdt_90_day', 'mdt_90_day', 90, null::int, 'last_held'),"
            " ('contact_monthly', 'contact_in_person', null, 4, 'month'),"
            " ('court_report', 'court_report', -7, null, 'next_court'),"
            " ('safety_plan', 'safety_plan', 14, null, 'referral_received'))"
            " p(code, kind, days, per_month, clock)"
        ),
        code="p.code",
        unit_id="u.id",
        name="initcap(replace(p.code, '_', ' '))",
        kind_id="p.kind",
        met_by="array[p.kind]::varchar[]",
        clock="p.clock",
        days="p.days",
        per_month="p.per_month",
        repeats="p.clock = 'last_held'",
        starts=f"{day} - 900",
    )


def _insert(
    model: type[models.Model],
    *,
    source: str = f"generate_series(1, {YOUTH}) y",
    where: str = "true",
    **given: str,
) -> str:
    """Insert a row for each of the source's; columns not given are empty."""
    columns, values = [], []
    for field in model._meta.local_concrete_fields:
        value = given.get(field.attname) or given.get(field.name)
        if value is None and field.attname == "youth_id":
            value = "y"
        if value is None:
            value = _nothing(field)
        if value is not None:
            columns.append(f'"{field.column}"')
            values.append(value)
    return (
        f"insert into {model._meta.db_table} ({', '.join(columns)})"
        f" select {', '.join(values)} from {source} where {where}"
    )


def _nothing(field: models.Field[object, object]) -> str | None:
    """An empty value of the column's type; None leaves the column out."""
    if field.primary_key or field.null:
        return None
    kind = field.get_internal_type()
    if kind == "UUIDField":
        return "gen_random_uuid()"
    if kind == "BooleanField":
        return "false"
    if kind == "JSONField":
        return "'{}'"
    if kind == "ArrayField":
        return "'{}'"
    if kind in {"CharField", "TextField", "SlugField", "EmailField"}:
        return "'day'" if field.name.endswith("precision") else "''"
    return "1"


def _fill(text: str) -> str:
    return text.format(units=UNITS, officers=OFFICERS)


def supervisor() -> User:
    """A unit-wide actor: sees the whole of one unit, sensitive details too."""
    return User.objects.get(email="supervisor.unit7@bench.example")
