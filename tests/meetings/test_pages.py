"""The pages of the MDT section, as each of the cast."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.activities.models import Activity
from alongside.meetings import actions
from alongside.meetings.models import Item, Meeting
from alongside.people.models import Youth
from tests.meetings.conftest import TODAY, Become, NewSession, NewYouth
from tests.queries import assert_constant_queries

Visit = Callable[[str], Client]


@pytest.fixture
def item(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> Item:
    """Joaquín has a place in today's session."""
    session, youth = new_session(0), new_youth()
    by = become("coordinator")
    booked = actions.book(youth, "mdt_ongoing", session, by=by, at=at)
    return Item.objects.select_related("youth", "activity", "meeting").get(pk=booked.pk)


def of_section() -> dict[str, str]:
    """The pages that are about nobody in particular."""
    names = ("mdt", "mdt_waiting", "mdt_minutes", "mdt_plan", "mdt_book")
    return {name: reverse(name) for name in (*names, "mdt_agencies")}


def of_item(item: Item) -> dict[str, str]:
    """Every page that can be opened about one item and its session."""
    assert item.meeting is not None
    of_meeting = ("mdt_meeting", "mdt_change", "mdt_agendas")
    return {
        **{name: reverse(name, args=[item.meeting.ref]) for name in of_meeting},
        **{
            name: reverse(name, args=[item.ref])
            for name in ("mdt_item", "mdt_move", "mdt_off")
        },
        "book for": f"{reverse('mdt_book')}?youth={item.youth.ref}",
        "family for": f"{reverse('mdt_family')}?youth={item.youth.ref}",
    }


def test_every_page_opens_for_the_people_of_the_unit(item: Item, visit: Visit) -> None:
    amara = visit("amara")
    pages = {**of_section(), **of_item(item), "found": f"{reverse('mdt')}?q=ramos"}
    answers = {name: amara.get(url).status_code for name, url in pages.items()}
    assert set(answers.values()) == {200}, answers


def test_an_outsider_finds_nothing(item: Item, visit: Visit) -> None:
    outsider = visit("outsider")
    answers = {
        name: outsider.get(url).status_code for name, url in of_item(item).items()
    }
    assert set(answers.values()) == {404}, answers
    for url in (*of_section().values(), f"{reverse('mdt')}?q=ramos"):
        assert "Joaquín" not in outsider.get(url).content.decode()


@pytest.mark.parametrize("who", ["evaluator", "administrator"])
def test_a_role_without_meetings_is_told_so(item: Item, visit: Visit, who: str) -> None:
    client = visit(who)
    for url in (*of_section().values(), *of_item(item).values()):
        assert client.get(url).status_code == 403, url


def test_an_advocate_plans_nothing(item: Item, visit: Visit) -> None:
    advocate = visit("advocate")
    for name in ("mdt_plan", "mdt_book", "mdt_waiting", "mdt_agencies"):
        assert advocate.get(reverse(name)).status_code == 403
    assert advocate.get(reverse("mdt")).status_code == 200


def test_the_month_shows_who_is_booked(item: Item, visit: Visit) -> None:
    shown = visit("coordinator").get(reverse("mdt")).content.decode()
    for words in ("November 2026", "Joaquín Ramos", "1 of 10", "Thanksgiving"):
        assert words in shown
    later = visit("coordinator").get(f"{reverse('mdt')}?month=2027-01").content.decode()
    assert "January 2027" in later
    assert "Martin Luther King" in later


@pytest.mark.parametrize(
    "month",
    ["nonsense", "2026-13", "0000-00", "99999-01", "'", "0001-01", "9999-12"],
)
def test_an_odd_month_is_this_month(item: Item, visit: Visit, month: str) -> None:
    answer = visit("coordinator").get(reverse("mdt"), {"month": month})
    assert "November 2026" in answer.content.decode()


def test_when_is_the_next_meeting_of(item: Item, visit: Visit) -> None:
    shown = visit("coordinator").get(reverse("mdt"), {"q": "joaquin"}).content.decode()
    assert "Next meeting of “joaquin”" in shown
    nobody = visit("coordinator").get(reverse("mdt"), {"q": "zzz"}).content.decode()
    assert "Nobody of that name is shared with you." in nobody


def test_a_weekly_session_is_planned_around_holidays(
    visit: Visit, become: Become
) -> None:
    form = {
        "day": "2026-11-19",
        "starts": "09:00",
        "ends": "12:00",
        "place": "Room B",
        "capacity": "10",
        "until": "2026-12-10",
    }
    answer = visit("coordinator").post(reverse("mdt_plan"), form)
    assert answer.status_code == 303
    become("coordinator")
    planned = Meeting.objects.order_by("day")
    assert [f"{session.day:%m-%d}" for session in planned] == [
        "11-19",
        "12-03",
        "12-10",
    ]
    # Planned again, nothing is there twice.
    visit("coordinator").post(reverse("mdt_plan"), form)
    assert Meeting.objects.count() == 3


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("capacity", "0", "greater than or equal to 1"),
        ("ends", "08:00", "The end is before the beginning"),
        ("until", "2028-01-01", "at most one year"),
        ("day", "", "Fill in “Day”."),
    ],
)
def test_a_session_that_cannot_be_is_said_so(
    visit: Visit, field: str, value: str, sentence: str
) -> None:
    form = {"day": "2026-11-24", "starts": "09:00", "ends": "12:00", "capacity": "10"}
    answer = visit("coordinator").post(reverse("mdt_plan"), {**form, field: value})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_booking_and_moving_by_form(
    item: Item, new_session: NewSession, visit: Visit, become: Become
) -> None:
    later = new_session(12)
    coordinator = visit("coordinator")
    url = reverse("mdt_move", args=[item.ref])
    assert coordinator.post(url, {"meeting": str(later.ref)}).status_code == 303
    become("coordinator")
    assert Activity.objects.get().day == later.day
    booked = coordinator.post(
        f"{reverse('mdt_book')}?youth={item.youth.ref}",
        {"kind": "mdt_as_needed", "meeting": str(item.meeting.ref), "section": "court"},  # type: ignore[union-attr]
    )
    assert booked.status_code == 303
    assert Item.objects.exclude(pk=item.pk).get().section == "court"


def test_the_session_offers_the_next_one_that_takes_them_all(
    item: Item, new_session: NewSession, visit: Visit, become: Become
) -> None:
    later = new_session(12)
    assert item.meeting is not None
    coordinator = visit("coordinator")
    page = coordinator.get(reverse("mdt_meeting", args=[item.meeting.ref]))
    assert "Move it to" in page.content.decode()
    url = reverse("mdt_move_all", args=[item.meeting.ref])
    assert coordinator.post(url, {"meeting": "nobody"}).status_code == 404
    assert coordinator.post(url, {"meeting": str(later.ref)}).status_code == 303
    become("coordinator")
    assert Activity.objects.get().day == later.day


def test_a_session_that_is_over_is_not_the_first_to_be_offered(
    new_youth: NewYouth, new_session: NewSession, visit: Visit, become: Become
) -> None:
    over, later = new_session(0, hour=3), new_session(5)
    url = f"{reverse('mdt_book')}?youth={new_youth().ref}"
    text = visit("coordinator").get(url).content.decode().replace("\xa0", " ")
    assert f'<option value="{later.ref}" selected>' in text
    assert f'<option value="{over.ref}">Thu, Nov 19, 3:00 am: already over' in text


def test_a_drag_to_a_full_session_is_refused_with_the_next_one(
    item: Item, new_youth: NewYouth, new_session: NewSession, visit: Visit, at: datetime
) -> None:
    full = new_session(5, capacity=1)
    new_session(12)
    coordinator = visit("coordinator")
    book = f"{reverse('mdt_book')}?youth={new_youth('Imani').ref}"
    form = {"kind": "mdt_ongoing", "meeting": str(full.ref)}
    assert coordinator.post(book, form).status_code == 303
    answer = coordinator.post(
        reverse("mdt_move", args=[item.ref]), {"meeting": str(full.ref)}
    )
    assert answer.status_code == 409
    assert "is full: 1 of 1 places are taken" in answer.content.decode()


def test_called_off_before_its_day_it_waits_for_a_place(
    new_youth: NewYouth,
    new_session: NewSession,
    visit: Visit,
    become: Become,
    at: datetime,
) -> None:
    session, youth = new_session(5), new_youth()
    by = become("coordinator")
    item = actions.book(youth, "mdt_ongoing", session, by=by, at=at)
    coordinator = visit("coordinator")
    url = reverse("mdt_off", args=[item.ref])
    assert coordinator.post(url, {}).status_code == 422
    assert coordinator.post(url, {"reason": "transport"}).status_code == 303
    become("coordinator")
    assert Activity.objects.get().status == "canceled"


def test_the_month_asks_as_often_for_many_as_for_one(
    new_session: NewSession,
    become: Become,
    at: datetime,
    visit: Visit,
    new_youth: NewYouth,
) -> None:
    session = new_session(0, capacity=20)
    client = visit("coordinator")

    def grow(count: int) -> None:
        for number in range(count):
            youth = new_youth(f"Youth{number}", "")
            actions.book(youth, "mdt_ongoing", session, by=become("coordinator"), at=at)

    def render() -> None:
        assert client.get(reverse("mdt")).status_code == 200

    assert_constant_queries(grow, render, ceiling=25)


def test_minutes_ask_as_often_for_many_as_for_one(
    item: Item, become: Become, at: datetime, visit: Visit
) -> None:
    client = visit("coordinator")
    youth = Youth.objects.get(pk=item.youth_id)

    def grow(count: int) -> None:
        become("coordinator")
        for number in range(count):
            youth.persons.create(
                name=f"Person {number}", relation="other", is_team=True
            )
            youth.actionsteps.create(
                text=f"Step {number}",
                who="Amara",
                recorded_by_id=item.activity.made_by_id,
                recorded_at=at,
            )
            youth.goals.create(
                words=f"Goal {number}",
                category="education",
                set_by="youth",
                set_on=TODAY - timedelta(days=1),
                recorded_by_id=item.activity.made_by_id,
                recorded_at=at,
            )

    def render() -> None:
        url = reverse("mdt_item", args=[item.ref])
        assert client.get(url).status_code == 200

    assert_constant_queries(grow, render, ceiling=34)
