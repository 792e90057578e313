"""An agency's agenda names those it has a grant for, and numbers the others."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from alongside.access.actions import end_grant, share
from alongside.access.models import Grant
from alongside.kernel.compartments import Compartment
from alongside.meetings import actions
from alongside.meetings.agenda import copies, own_lines
from alongside.meetings.models import Invitation, Item, Meeting
from alongside.people.models import Youth
from tests import cast
from tests.meetings.conftest import TODAY, Become, NewSession, NewYouth

Visit = Callable[[str], Client]
NAMES = ("Imani", "Joaquín", "Noor", "Tevita")


@pytest.fixture
def session(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> Meeting:
    """Four young people on an agenda to which Harbor Light is invited."""
    planned = new_session(5)
    for given in NAMES:
        youth = new_youth(given, "")
        actions.book(youth, "mdt_ongoing", planned, by=become("coordinator"), at=at)
    actions.invite(
        cast.agency(),
        by=become("coordinator"),
        at=at,
        starts=TODAY,
        email="link@example.org",
    )
    return planned


def share_with_harbor(
    names: Iterable[str],
    become: Become,
    *,
    parts: Iterable[Compartment] = (Compartment.RECORD,),
    until: datetime | None = None,
) -> None:
    """The young people of these names choose that the agency may know."""
    by = become("coordinator")
    for youth in Youth.objects.filter(given_name__in=names):
        share(
            youth.pk,
            cast.agency().holder,
            parts,
            because=Grant.Because.RELEASE,
            source="Release",
            until=until,
            by=by,
        )


def shared(session: Meeting, become: Become, who: str = "coordinator") -> list[int]:
    """The numbers the agency's copy shows, as the unit makes it."""
    become(who)
    (copy,) = copies(session)
    assert sorted([*copy.shared, *copy.kept]) == [1, 2, 3, 4]
    return copy.shared


def own(session: Meeting, become: Become, when: datetime) -> list[str | None]:
    """What the agency's own page names, in order."""
    become("advocate", when)
    return [
        line.item.youth.given_name if line.item else None
        for line in own_lines(session.ref)
    ]


def test_both_copies_mask_exactly_the_same(
    session: Meeting, become: Become, at: datetime
) -> None:
    assert shared(session, become) == []
    assert own(session, become, at) == [None] * 4
    share_with_harbor(("Joaquín", "Tevita"), become)
    assert shared(session, become) == [2, 4]
    assert own(session, become, at) == [None, "Joaquín", None, "Tevita"]


def test_a_grant_of_another_part_opens_no_name(
    session: Meeting, become: Become, at: datetime
) -> None:
    share_with_harbor(("Noor",), become, parts=(Compartment.LEGAL,))
    assert shared(session, become) == []
    assert own(session, become, at) == [None] * 4


def test_a_grant_that_ended_or_was_ended_opens_nothing(
    session: Meeting, become: Become, at: datetime
) -> None:
    share_with_harbor(("Noor",), become, until=at + timedelta(days=1))
    share_with_harbor(("Imani",), become)
    assert own(session, become, at + timedelta(days=2)) == ["Imani", None, None, None]
    become("advocate", at + timedelta(days=2))
    grant = Grant.objects.get(ends=None)
    end_grant(grant, by=become("coordinator", at + timedelta(days=2)))
    assert own(session, become, at + timedelta(days=3)) == [None] * 4


def test_one_persons_own_grant_does_not_open_the_agencys_copy(
    session: Meeting, become: Become
) -> None:
    youth = Youth.objects.get(given_name="Noor")
    share(
        youth.pk,
        cast.user("advocate").holder,
        [Compartment.RECORD],
        because=Grant.Because.RELEASE,
        source="",
        until=None,
        by=become("coordinator"),
    )
    assert shared(session, become) == []


def test_a_canceled_item_has_no_number(
    session: Meeting, become: Become, at: datetime
) -> None:
    share_with_harbor(NAMES, become)
    item = session.items.select_related("activity").get(youth__given_name="Imani")
    actions.cancel_item(item, "not_needed", by=become("coordinator"), at=at)
    (copy,) = copies(session)
    assert copy.shared == [1, 2, 3]
    assert own(session, become, at) == ["Joaquín", "Noor", "Tevita"]


@pytest.mark.parametrize("who", ["outsider", "advocate", "evaluator"])
def test_who_learns_nothing_from_the_units_question(
    session: Meeting, become: Become, who: str
) -> None:
    share_with_harbor(NAMES, become)
    become(who)
    with connection.cursor() as cursor:
        cursor.execute("select * from meeting_shares(%s)", [session.pk])
        assert cursor.fetchall() == []


@pytest.mark.parametrize("who", ["outsider", "evaluator", "administrator"])
def test_who_finds_no_agenda_of_a_session_they_are_not_invited_to(
    session: Meeting, become: Become, who: str
) -> None:
    become(who)
    with connection.cursor() as cursor:
        cursor.execute("select * from meeting_own_agenda(%s)", [session.ref])
        assert cursor.fetchall() == []


def test_an_ended_invitation_closes_the_agenda(
    session: Meeting, become: Become, at: datetime, visit: Visit
) -> None:
    share_with_harbor(NAMES, become)
    url = reverse("mdt_own_agenda", args=[session.ref])
    advocate = visit("advocate")
    assert advocate.get(url).status_code == 200
    by = become("coordinator")
    invitation = Invitation.objects.get()
    actions.uninvite(invitation, by=by, at=at, last_day=TODAY)
    assert advocate.get(url).status_code == 404


def test_the_page_of_the_agency_names_nobody_else(
    session: Meeting, become: Become, visit: Visit
) -> None:
    share_with_harbor(("Joaquín",), become)
    shown = visit("advocate").get(reverse("mdt_own_agenda", args=[session.ref]))
    text = shown.content.decode()
    assert "Item 2: Joaquín" in text
    for number in (1, 3, 4):
        assert f"Item {number}: not shared with you" in text
    for name in ("Imani", "Noor", "Tevita"):
        assert name not in text


def test_the_agency_knows_whose_turn_of_how_many_it_reads(
    session: Meeting, become: Become, visit: Visit
) -> None:
    share_with_harbor(("Joaquín",), become)
    become("coordinator")
    item = Item.objects.get(meeting=session, youth__given_name="Joaquín")
    url = reverse("mdt_item", args=[item.ref])
    advocate = visit("advocate")
    answer = advocate.get(f"{url}?session={session.ref}")
    assert "item 2 of 4" in answer.content.decode()
    assert advocate.get(f"{url}?session=none").status_code == 200
    assert "item 2 of 4" in visit("director").get(url).content.decode()


def test_the_agency_opens_only_items_that_are_shared(
    session: Meeting, become: Become, visit: Visit
) -> None:
    share_with_harbor(("Joaquín",), become)
    become("coordinator")
    refs = dict(session.items.values_list("youth__given_name", "ref"))
    advocate = visit("advocate")
    assert advocate.get(reverse("mdt_item", args=[refs["Joaquín"]])).status_code == 200
    assert advocate.get(reverse("mdt_item", args=[refs["Noor"]])).status_code == 404
    assert advocate.get(reverse("mdt_meeting", args=[session.ref])).status_code == 404
