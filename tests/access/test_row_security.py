"""The database shows nothing that no grant allows, table by table."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.access import actions
from alongside.access.actor import Actor, acting_as, set_actor
from alongside.access.models import Grant
from alongside.kernel.compartments import Compartment
from alongside.kernel.refusal import NotFound, NotPermitted
from alongside.people.actions import change_fact, open_youth
from alongside.people.models import Stay, Youth
from tests import cast

Become = Callable[..., Actor]


@pytest.fixture
def youth(become: Become, at: datetime) -> Youth:
    """A youth of the Bridge Unit."""
    return open_youth(
        by=become("amara"),
        at=at,
        because=Grant.Because.ENROLMENT,
        given_name="Joaquín",
        family_name="Ramos",
    )


def test_the_unit_that_opened_a_record_sees_it(youth: Youth, become: Become) -> None:
    become("colleague")
    assert Youth.objects.get().name == "Joaquín Ramos"


@pytest.mark.parametrize("who", ["outsider", "advocate", "evaluator", "administrator"])
def test_nobody_else_does(youth: Youth, become: Become, who: str) -> None:
    become(who)
    assert not Youth.objects.exists()


def test_without_an_actor_there_are_no_rows(youth: Youth, at: datetime) -> None:
    set_actor(None, at, uuid4())
    assert not Youth.objects.exists()


def test_a_row_about_a_youth_one_cannot_see_cannot_be_written(
    youth: Youth, become: Become, at: datetime
) -> None:
    outsider = become("outsider")
    with pytest.raises(DatabaseError), transaction.atomic():
        change_fact(Stay, youth, at.date(), by=outsider, at=at, kind="home")


def test_no_code_can_grant_itself_anything(
    youth: Youth, become: Become, at: datetime
) -> None:
    become("outsider")
    holder = cast.user("outsider").holder
    with pytest.raises(DatabaseError), transaction.atomic():
        Grant.objects.create(
            holder=holder,
            youth_id=youth.pk,
            compartments=["record"],
            because="choice",
            starts=at,
        )


def test_a_share_opens_the_part_it_names_until_it_ends(
    youth: Youth, become: Become, at: datetime
) -> None:
    amara = become("amara")
    actions.share(
        youth.pk,
        cast.agency().holder,
        [Compartment.RECORD],
        because=Grant.Because.CHOICE,
        source="Release of Nov 19",
        until=at + timedelta(days=30),
        by=amara,
    )
    become("advocate")
    assert Youth.objects.exists()
    become("advocate", at + timedelta(days=31))
    assert not Youth.objects.exists()


def test_nobody_shares_what_they_do_not_see(
    youth: Youth, become: Become, at: datetime
) -> None:
    outsider = become("outsider")
    with pytest.raises(DatabaseError), transaction.atomic():
        actions.share(
            youth.pk,
            cast.user("outsider").holder,
            [Compartment.RECORD],
            because=Grant.Because.CHOICE,
            source="",
            until=None,
            by=outsider,
        )


def test_more_than_the_everyday_record_needs_a_release(
    youth: Youth, become: Become
) -> None:
    amara = become("amara")
    with pytest.raises(DatabaseError), transaction.atomic():
        actions.share(
            youth.pk,
            cast.agency().holder,
            [Compartment.RECORD, Compartment.LEGAL],
            because=Grant.Because.CHOICE,
            source="He said so",
            until=None,
            by=amara,
        )


def test_sensitive_details_are_for_the_circle_alone(
    youth: Youth, become: Become
) -> None:
    def holds(who: str) -> bool:
        become(who)
        with connection.cursor() as cursor:
            cursor.execute("select access_sees(%s, 'exploitation')", [youth.pk])
            return bool(cursor.fetchone()[0])

    assert [holds(who) for who in ("supervisor", "amara", "outsider")] == [
        True,
        False,
        False,
    ]


def test_an_emergency_opening_lasts_four_hours_and_is_reviewed(
    youth: Youth, become: Become, at: datetime
) -> None:
    outsider = become("outsider")
    actions.break_glass(
        youth.ref, "He called our line and asked for help.", by=outsider
    )
    assert Youth.objects.exists()
    become("outsider", at + timedelta(hours=4, seconds=1))
    assert not Youth.objects.exists()
    supervisor = become("supervisor")
    with connection.cursor() as cursor:
        cursor.execute("select id from access_emergencies()")
        assert cursor.rowcount == 1
    assert supervisor.in_circle


def test_what_is_opened_in_an_emergency_is_not_passed_on(
    youth: Youth, become: Become
) -> None:
    outsider = become("outsider")
    actions.break_glass(youth.ref, "He called our line, asking for help.", by=outsider)
    for because in (Grant.Because.ORDER, Grant.Because.ENROLMENT):
        with pytest.raises(DatabaseError), transaction.atomic():
            actions.share(
                youth.pk,
                cast.user("outsider").holder,
                [Compartment.RECORD],
                because=because,
                source="Kept for later",
                until=None,
                by=outsider,
            )


def test_what_is_shared_with_somebody_is_not_theirs_to_share_or_to_end(
    youth: Youth, become: Become
) -> None:
    amara = become("amara")
    south = cast.user("outsider")
    for holder in (south.holder, cast.agency().holder):
        made = actions.share(
            youth.pk,
            holder,
            [Compartment.RECORD],
            because=Grant.Because.CHOICE,
            source="Asked for it",
            until=None,
            by=amara,
        )
    theirs = Grant(pk=made, holder=cast.agency().holder)
    outsider = become("outsider")
    with pytest.raises(DatabaseError), transaction.atomic():
        actions.end_grant(theirs, by=outsider)
    become("advocate")
    assert Youth.objects.exists()


@pytest.mark.parametrize(
    "because", [Grant.Because.ENROLMENT, Grant.Because.REFERRAL, Grant.Because.ORDER]
)
def test_nobody_takes_the_record_from_the_unit_that_keeps_it(
    become: Become, at: datetime, because: Grant.Because
) -> None:
    amara = become("amara")
    if because is Grant.Because.ORDER:
        with pytest.raises(DatabaseError), transaction.atomic():
            open_youth(by=amara, at=at, because=because, given_name="Ada")
        return
    youth = open_youth(by=amara, at=at, because=because, given_name="Ada")
    for grant in Grant.objects.raw("select * from access_grants_of(%s)", [youth.pk]):
        with pytest.raises(DatabaseError), transaction.atomic():
            actions.end_grant(grant, by=amara)
    assert Youth.objects.filter(pk=youth.pk).exists()


def test_an_opening_is_reviewed_once_and_by_somebody_else(
    youth: Youth, become: Become, at: datetime
) -> None:
    supervisor = become("supervisor")
    actions.break_glass(youth.ref, "She called, and nobody was there.", by=supervisor)
    (opening,) = Grant.objects.raw("select * from access_emergencies()")
    with pytest.raises(DatabaseError), transaction.atomic():
        actions.review_emergency(opening, by=supervisor)
    later = at + timedelta(hours=1)
    actions.review_emergency(opening, by=become("director"))
    actions.review_emergency(opening, by=become("director", later))
    (opening,) = Grant.objects.raw("select * from access_emergencies()")
    assert opening.reviewed_by_id == cast.user("director").pk
    assert opening.reviewed_at == at


def test_nobody_makes_a_table_of_their_own_to_stand_in_for_the_grants(
    youth: Youth, become: Become
) -> None:
    become("outsider")
    with (
        pytest.raises(DatabaseError, match="permission denied to create temporary"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("create temp table access_grant (like public.access_grant)")


def test_a_shared_record_is_not_put_together_with_another(
    youth: Youth, become: Become, at: datetime
) -> None:
    amara = become("amara")
    other = open_youth(
        by=amara, at=at, because=Grant.Because.ENROLMENT, given_name="Ada"
    )
    for shared in (youth, other):
        actions.share(
            shared.pk,
            cast.user("outsider").holder,
            [Compartment.RECORD],
            because=Grant.Because.CHOICE,
            source="Asked for it",
            until=None,
            by=amara,
        )
    become("outsider")
    with (
        pytest.raises(DatabaseError, match="not records of the actor"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select merge_empty_youth(%s, %s)", [other.pk, youth.pk])
    assert Youth.objects.count() == 2


def test_an_import_taken_back_says_of_nobody_who_stays_that_a_grant_ended(
    youth: Youth, become: Become, at: datetime
) -> None:
    coordinator = become("coordinator")
    gone = open_youth(
        by=coordinator, at=at, because=Grant.Because.ENROLMENT, given_name="Ada"
    )
    with connection.cursor() as cursor:
        cursor.execute("delete from people_youth where id = %s", [gone.pk])
        for named, ended in (([gone.pk, youth.pk], 2), ([youth.pk], 0)):
            cursor.execute("select exchange_take_back(%s::bigint[])", [named])
            assert cursor.fetchone() == (ended,)
        cursor.execute("select event from access_log_of(%s, 100)", [youth.pk])
        assert ("grant.ended",) not in cursor.fetchall()


def test_every_function_with_the_owners_rights_looks_in_temporary_tables_last(
    db: None,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select proname, proconfig from pg_proc"
            " where prosecdef and pronamespace = 'public'::regnamespace"
        )
        found = cursor.fetchall()
    assert len(found) > 10
    for name, settings in found:
        assert any(one.endswith("pg_temp") for one in settings or []), name


def test_an_emergency_opening_needs_a_role_and_a_record(
    youth: Youth, become: Become
) -> None:
    with pytest.raises(NotPermitted):
        actions.break_glass(youth.ref, "A long enough reason", by=become("evaluator"))
    with pytest.raises(NotFound):
        actions.break_glass(uuid4(), "A long enough reason", by=become("outsider"))


@pytest.mark.parametrize(
    "statement",
    [
        "update access_logentry set event = 'x'",
        "delete from access_logentry",
        "select * from access_logentry",
    ],
)
def test_the_log_is_written_and_neither_changed_nor_read(
    youth: Youth, become: Become, statement: str
) -> None:
    become("director")
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_every_change_is_kept_with_who_and_which_request(
    db: None, at: datetime
) -> None:
    with acting_as(cast.user("amara"), at) as by, connection.cursor() as cursor:
        # No savepoint before it, as there is in an action.
        cursor.execute("select open_youth(%s, 'enrolment', '')", [by.unit_id])
        youth = Youth.objects.get(pk=cursor.fetchone()[0])
        youth.given_name = "Joaquín"
        youth.save()
        events: Any = youth.events  # type: ignore[attr-defined]
        history = list(events.order_by("pgh_id"))
    assert [event.given_name for event in history] == ["", "Joaquín"]
    # The first is written by a function of the database, the second by the application.
    assert [event.pgh_context["user"] for event in history] == [by.user_id] * 2
    assert len({event.pgh_context["request"] for event in history}) == 1
