"""The caseload: shown, narrowed, ordered, dated, and taken out as it is shown."""

import html
import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client

from alongside.access.actions import share
from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.cases.actions import close_case
from alongside.cases.models import Case, SavedFilter
from alongside.kernel.compartments import Compartment
from alongside.people.actions import change_fact
from alongside.people.models import Stay
from alongside.staff.actions import set_cover
from tests import cast
from tests.caseload.team import (
    AT,
    TODAY,
    ago,
    booked,
    held,
    with_policies,
    young_person,
)
from tests.html_tables import table_rows
from tests.queries import assert_constant_queries

Become = Callable[..., Actor]
Visit = Callable[[str], Client]
URL = "/caseload/"


def text_of(client: Client, query: str = "") -> str:
    """The page, as text."""
    answer = client.get(f"{URL}?{query}")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def names(client: Client, query: str = "") -> list[str]:
    """The names the page lists, in order."""
    found = re.findall(
        r'scope="row"><a href="[^"]*">([^<]*)</a>', text_of(client, query)
    )
    return [str(name) for name in found]


@pytest.fixture
def team(become: Become) -> Actor:
    """Four young people, each with something else to find them by."""
    with_policies(become)
    by = become("amara")
    dulce = young_person(by, "Dulce", "Serrano", pronouns="she/her", stay="away")
    malik = young_person(
        by, "Malik", "Greene", officer="colleague", stay="camp", place="Camp Alder"
    )
    young_person(by, "Nico", "D’Angelo", level="early", officer=None, opened=30)
    tevita = young_person(
        by, "Tevita", "", officer="colleague", birth_date=date(2009, 1, 20)
    )
    held(dulce, "mdt_ongoing", 92, by=by)
    held(malik, "mdt_90_day", 40, by=by)
    held(tevita, "contact_text", 2, by=by)
    held(malik, "contact_in_person", 20, by=by)
    booked(tevita, "court_hearing", 5, by=by)
    return by


def test_a_row_says_how_things_stand(team: Actor, visit: Visit) -> None:
    rows = {row[0]: row for row in table_rows(text_of(visit("amara")))}
    assert rows["Dulce Serrano 16, she/her"][1:] == [
        *("Full", "Away since May 3", "Home on probation", "Dept. 14"),
        *("Amara Okafor", "3 months ago Aug 19", "None yet"),
        "Family team meeting Was due Aug 1",
    ]
    malik = rows["Malik Greene 16"]
    assert malik[2] == "Camp Alder since May 3"
    assert malik[6:8] == ["5 weeks ago Oct 10", "2 weeks ago Oct 30, in person"]
    assert rows["Tevita 17"][4] == "Dept. 14 Nov 24"


def test_longest_since_an_mdt_comes_first(team: Actor, visit: Visit) -> None:
    assert names(visit("amara")) == [
        "Nico D’Angelo",
        "Tevita",
        "Dulce Serrano",
        "Malik Greene",
    ]


@pytest.mark.parametrize("turned", ["", "sort=-mdt"])
def test_who_needs_no_mdt_stands_last_however_they_are_ordered(
    team: Actor, visit: Visit, turned: str
) -> None:
    tracked = young_person(team, "Ana", "Alvarez", level="tracking")
    assert names(visit("amara"), turned)[-1] == "Ana Alvarez"
    content = b"".join(visit("amara").get(f"{URL}export/?{turned}"))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.cell(sheet.max_row, 1).value == "Ana Alvarez"
    held(tracked, "mdt_as_needed", 300, by=team)
    assert names(visit("amara"), turned)[-1] == "Ana Alvarez"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=name", ["Nico D’Angelo", "Malik Greene", "Dulce Serrano", "Tevita"]),
        ("sort=-name", ["Tevita", "Dulce Serrano", "Malik Greene", "Nico D’Angelo"]),
        ("sort=nothing+known", None),
        ("q=dangelo", ["Nico D’Angelo"]),
        ("officer=mine", ["Dulce Serrano"]),
        ("officer=none", ["Nico D’Angelo"]),
        ("support=early", ["Nico D’Angelo"]),
        ("where=detained", ["Malik Greene"]),
        ("where=away", ["Dulce Serrano"]),
        ("court=dept_14", None),
        ("court=dept_3", []),
        ("contact=14", ["Nico D’Angelo", "Dulce Serrano", "Malik Greene"]),
        ("turning=18", ["Tevita"]),
        ("turning=0&contact=x", None),
        ("support=early&where=away", []),
        ("page=900", None),
        ("as_of=not-a-day", None),
    ],
)
def test_the_address_narrows_and_orders(
    team: Actor, visit: Visit, query: str, expected: list[str] | None
) -> None:
    found = names(visit("amara"), query)
    assert len(found) == 4 if expected is None else found == expected


def test_what_is_due_first_can_lead(team: Actor, visit: Visit) -> None:
    assert names(visit("amara"), "sort=due")[-1] == "Nico D’Angelo"


def test_two_of_one_name_are_told_apart_on_page_and_sheet(
    team: Actor, visit: Visit
) -> None:
    young_person(team, "Malik", "Greene", birth_date=date(2008, 5, 5))
    apart = {"Malik Greene (b. 2008)", "Malik Greene (b. 2010)"}
    assert apart < {*names(visit("amara"))}
    content = b"".join(visit("amara").get(f"{URL}export/?support=full"))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert apart < {cell.value for cell in sheet["A"]}


def test_as_of_another_day(team: Actor, visit: Visit) -> None:
    dulce = Case.objects.get(youth__given_name="Dulce")
    change_fact(Stay, dulce.youth, ago(10), by=team, at=AT, kind="home")
    close_case(dulce, by=team, at=AT, day=TODAY, reason="moved")
    client = visit("amara")
    assert "Dulce Serrano" not in names(client)
    then = ago(20).isoformat()
    assert "Dulce Serrano" in names(client, f"as_of={then}")
    assert names(client, f"as_of={then}&where=away") == ["Dulce Serrano"]
    assert "This is how things stood on" in text_of(client, f"as_of={then}")
    assert names(client, f"as_of={ago(150).isoformat()}&support=early") == []


def test_somebody_who_died_leaves_the_list(team: Actor, visit: Visit) -> None:
    youth = Case.objects.get(youth__given_name="Malik").youth
    youth.died_on = ago(3)
    youth.save()
    client = visit("amara")
    assert "Malik Greene" not in names(client)
    assert "Malik Greene" in names(client, f"as_of={ago(4).isoformat()}")


def test_the_sheet_is_the_screen_row_by_row(team: Actor, visit: Visit) -> None:
    client = visit("amara")
    for query in ("", "sort=due", "sort=-name", "where=detained", "officer=mine"):
        head, *cells = table_rows(text_of(client, query))
        answer = client.get(f"{URL}export/?{query}")
        assert answer.headers["Content-Disposition"].endswith(
            'filename="caseload-2026-11-19.xlsx"'
        )
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        titles, *lines = book.active.iter_rows(values_only=True)
        assert len(lines) == len(cells)
        for shown, line in zip(cells, lines, strict=True):
            sheet = dict(zip(titles, line, strict=True))
            assert shown[head.index("Young person")].startswith(
                str(sheet["Young person"])
            )
            assert shown[head.index("Support")] == sheet["Support"]
            assert shown[head.index("Officer")] == sheet["Officer"]
            assert shown[head.index("Where staying")].startswith(
                str(sheet["Where staying"])
            )
            assert shown[head.index("Last MDT")].startswith(
                str(sheet["Last MDT, how long ago"])
            )
            due = f"{sheet['Next due']} {sheet['Next due, when']}"
            assert shown[head.index("Next due")] == due.replace(
                "\N{NO-BREAK SPACE}", " "
            )
            for said in ("Legal status", "Court"):
                assert shown[head.index(said)].startswith(str(sheet[said]))


def test_a_filter_is_saved_by_name_and_counted(team: Actor, visit: Visit) -> None:
    client = visit("amara")
    client.post(f"{URL}save/?where=away&sort=name&page=2", {"name": "Away, by name"})
    saved = SavedFilter.objects.get()
    assert saved.query == "where=away&sort=name"
    page = text_of(client)
    assert "Away, by name</a>" not in page
    assert "Away, by name (1)" in page
    assert "Detained today (1)" in page
    assert 'href="/caseload/?where=away&sort=name"' in page


def test_ones_own_filters_are_nobody_elses(team: Actor, visit: Visit) -> None:
    visit("amara").post(f"{URL}save/?where=away", {"name": "Mine alone"})
    assert "Mine alone" not in text_of(visit("colleague"))


def test_a_saved_filter_can_go(team: Actor, visit: Visit) -> None:
    client = visit("amara")
    client.post(f"{URL}save/?where=away", {"name": "For now"})
    client.post(f"{URL}save/", {"remove": "For now"})
    assert "For now" not in text_of(client)


def test_a_filter_needs_a_name(team: Actor, visit: Visit) -> None:
    answer = visit("amara").post(f"{URL}save/?where=away", {"name": " "})
    assert answer.status_code == 422
    assert "Fill in “Name of this filter”" in answer.content.decode()


def test_an_empty_unit_is_told_what_belongs_here(visit: Visit) -> None:
    assert "Nobody is on the caseload." in text_of(visit("outsider"))


def test_filters_that_find_nobody_are_named(team: Actor, visit: Visit) -> None:
    page = text_of(visit("amara"), "where=hospital&support=full")
    assert "The list is narrowed to: Full support, Hospital." in page


def test_another_unit_sees_none_of_it(team: Actor, visit: Visit) -> None:
    assert names(visit("outsider")) == []


@pytest.mark.parametrize("who", ["evaluator", "administrator"])
def test_a_role_without_a_caseload_is_told_so(visit: Visit, who: str) -> None:
    assert visit(who).get(URL).status_code == 403


def test_an_advocate_sees_whom_it_is_shared_with_and_no_court(
    team: Actor, become: Become, visit: Visit
) -> None:
    dulce = Case.objects.get(youth__given_name="Dulce").youth
    share(
        dulce.pk,
        cast.agency().holder,
        [Compartment.RECORD],
        because=Grant.Because.CHOICE,
        source="Her choice",
        until=None,
        by=become("amara"),
    )
    client = visit("advocate")
    page = text_of(client)
    assert names(client) == ["Dulce Serrano"]
    assert "Legal status" not in page
    assert "Dept. 14" not in page
    assert client.get(f"{URL}export/").status_code == 403


def test_odd_names_survive_page_and_sheet(become: Become, visit: Visit) -> None:
    by = become("amara")
    odd = "=Zoë <b>O’Neal</b> 😀"
    young_person(by, odd, "")
    client = visit("amara")
    assert odd in text_of(client)
    answer = client.get(f"{URL}export/")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.active["A2"].value == odd


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "sort=due", "as_of=2026-10-01"])
def test_queries_do_not_grow_with_rows(
    become: Become, visit: Visit, query: str
) -> None:
    with_policies(become)
    client = visit("amara")

    def grow(count: int) -> None:
        by = become("amara")
        for number in range(count):
            youth = young_person(by, f"Youth {number}", "Serrano")
            held(youth, "contact_call", 3, by=by)
            booked(youth, "mdt_ongoing", 4, by=by)

    assert_constant_queries(grow, lambda: client.get(f"{URL}?{query}"), ceiling=25)
    assert_constant_queries(grow, lambda: client.get(f"{URL}export/?{query}"))


def test_the_export_is_logged_with_its_row_count(
    team: Actor, visit: Visit, become: Become
) -> None:
    visit("amara").get(f"{URL}export/?where=detained")
    malik = Case.objects.get(youth__given_name="Malik").youth
    with connection.cursor() as cursor:
        cursor.execute(
            "select detail from access_log_of(%s, 20) where event = 'export.made'",
            [malik.pk],
        )
        ((detail,),) = cursor.fetchall()
    assert '"rows": 1' in str(detail)


def test_cover_is_named_beside_the_officer(
    team: Actor, become: Become, visit: Visit
) -> None:
    set_cover(
        cast.user("colleague"),
        cast.user("amara"),
        by=become("supervisor"),
        at=AT,
        first_day=TODAY,
        last_day=TODAY + timedelta(days=1),
    )
    client = visit("amara")
    assert "Amara Okafor covers" in text_of(client)
    assert len(names(client, "officer=mine")) == 3
