"""Agendas and minutes on paper: tagged PDFs, and every text anyone typed is on them."""

import io
from collections.abc import Callable
from datetime import datetime

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from alongside.access.actions import share
from alongside.access.models import Grant
from alongside.kernel.compartments import Compartment
from alongside.meetings import actions
from alongside.meetings.actions import Present, Recommendation
from alongside.meetings.models import Item
from tests import cast
from tests.meetings.conftest import TODAY, Become, NewSession, NewYouth
from tests.web.reading import letters_of

Visit = Callable[[str], Client]

ODD = {
    "accents": "Thảo said “Peña’s”",
    "other letters": "Жанна, 王小明, שלום, عربى",
    "emoji": "😀 fine",
    "markup": '#set page(fill: red) $x$ \\ *a* _b_ `c` <l> @ref "q" [b] {c}',
    "formula": '=HYPERLINK("http://x")',
    "controls": "a\x00\x07\x1bb",
    "endless": "Donaudampfschiff" * 12,
}


@pytest.fixture
def item(
    new_youth: NewYouth, new_session: NewSession, become: Become, at: datetime
) -> Item:
    """Joaquín has a place in today's session, and Harbor Light is invited."""
    session, youth = new_session(0), new_youth()
    by = become("coordinator")
    actions.invite(cast.agency(), by=by, at=at, starts=TODAY)
    booked = actions.book(youth, "mdt_ongoing", session, by=by, at=at)
    return Item.objects.select_related("youth", "activity", "meeting").get(pk=booked.pk)


def written(item: Item, become: Become, at: datetime, text: str) -> None:
    """Minutes in which every part says the text."""
    text = text.replace("\x00", "")  # PostgreSQL holds every character but this
    actions.save_item(
        item,
        item.version,
        by=become("coordinator"),
        at=at,
        own_words=text,
        summary=text,
        for_court=text,
        attendance=[Present(text[:200], text[:200])],
        recommendations=[Recommendation(text, text[:200])],
    )


def parts_of(paper: bytes) -> tuple[bool, bool, str, str]:
    """Marked, structured, language, title: what PDF/UA wants first."""
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        root = pdf.Root
        return (
            bool(root.MarkInfo.Marked),
            "/StructTreeRoot" in root,
            str(root.Lang),
            str(pdf.docinfo["/Title"]),
        )


def bare(text: str) -> str:
    """Letters alone: a page breaks lines where it likes."""
    return "".join(mark for mark in text if mark.isalnum())


def goes_left_to_right(mark: str) -> bool:
    """Letters that a page draws in the order they were typed."""
    return ord(mark) < 0x590 or 0x1E00 <= ord(mark) < 0x2000


@pytest.mark.parametrize(
    ("route", "name", "title"),
    [
        ("mdt_item_paper", "minutes", "Minutes"),
        ("mdt_session_paper", "minutes", "Minutes"),
        ("mdt_agenda_own", "agenda", "Agenda"),
    ],
)
def test_a_paper_is_tagged_and_its_name_is_neutral(
    item: Item,
    become: Become,
    at: datetime,
    visit: Visit,
    route: str,
    name: str,
    title: str,
) -> None:
    written(item, become, at, "Went well.")
    assert item.meeting is not None
    of = item.ref if route == "mdt_item_paper" else item.meeting.ref
    answer = visit("coordinator").get(reverse(route, args=[of]))
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="{name}-2026-11-19.pdf"'
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert parts_of(answer.content) == (True, True, "en", title)
    assert "JoaquínRamos" in bare(letters_of(answer.content))


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_any_text_is_in_the_minutes(
    item: Item, become: Become, at: datetime, visit: Visit, text: str
) -> None:
    written(item, become, at, text)
    url = reverse("mdt_item_paper", args=[item.ref])
    answer = visit("coordinator").get(url)
    shown = bare(letters_of(answer.content))
    latin = bare("".join(filter(goes_left_to_right, text)))
    assert shown.count(latin) >= 6
    assert parts_of(answer.content)[0]


def test_the_agencys_paper_masks_as_its_page_does(
    item: Item,
    new_youth: NewYouth,
    become: Become,
    at: datetime,
    visit: Visit,
) -> None:
    assert item.meeting is not None
    imani = new_youth("Imani", "Lewis")
    by = become("coordinator")
    actions.book(imani, "mdt_ongoing", item.meeting, by=by, at=at)
    share(
        item.youth_id,
        cast.agency().holder,
        [Compartment.RECORD],
        because=Grant.Because.CHOICE,
        source="Release",
        until=None,
        by=by,
    )
    harbor = cast.agency().ref
    made = visit("coordinator").get(
        reverse("mdt_agenda_paper", args=[item.meeting.ref, harbor])
    )
    own = visit("advocate").get(
        f"{reverse('mdt_own_agenda', args=[item.meeting.ref])}?paper=1"
    )
    for paper in (made, own):
        shown = bare(letters_of(paper.content))
        assert "JoaquínRamos" in shown
        assert "Item2notsharedwithyou" in shown
        assert "Imani" not in shown
        assert "Lewis" not in shown


def test_what_was_recommended_to_the_court_is_for_those_who_see_court_papers(
    item: Item, become: Become, at: datetime, visit: Visit
) -> None:
    actions.save_item(
        item,
        item.version,
        by=become("coordinator"),
        at=at,
        summary="Went well.",
        for_court="Continue the placement.",
    )
    share(
        item.youth_id,
        cast.agency().holder,
        [Compartment.RECORD],
        because=Grant.Because.CHOICE,
        source="Release",
        until=None,
        by=become("coordinator"),
    )
    for who, sees in (("coordinator", True), ("advocate", False)):
        paper = visit(who).get(reverse("mdt_item_paper", args=[item.ref])).content
        shown = bare(letters_of(paper))
        assert "Wentwell" in shown
        assert ("Continuetheplacement" in shown) == sees
    page = visit("advocate").get(reverse("mdt_item", args=[item.ref])).content.decode()
    assert "Went well." in page
    assert "Continue the placement." not in page


def test_nobody_else_gets_the_paper(item: Item, visit: Visit) -> None:
    assert item.meeting is not None
    urls = [
        reverse("mdt_item_paper", args=[item.ref]),
        reverse("mdt_session_paper", args=[item.meeting.ref]),
        reverse("mdt_agenda_own", args=[item.meeting.ref]),
        reverse("mdt_agenda_paper", args=[item.meeting.ref, cast.agency().ref]),
    ]
    for url in urls:
        assert visit("outsider").get(url).status_code == 404
        assert visit("evaluator").get(url).status_code == 403
