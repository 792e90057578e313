"""The import pages: what they take, ask and show, and who may not come in."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.exchange import actions, jobs
from alongside.exchange.models import ImportRun
from alongside.people.models import Youth
from alongside.web.by_itself import by_itself
from tests.exchange.conftest import Start
from tests.queries import assert_constant_queries

Visit = Callable[[str], Client]
Become = Callable[..., Actor]
pytestmark = pytest.mark.slow

HEADINGS = "Last, First;DOB;PDJ #;DPO;Court;Placement;Support lvl\n"
RAMOS = "Ramos, Joaquín;3/9/2010;104418;Amara Okafor;STAR;home;AR\n"
ONEIL = "O’Neil, Zoë;6/31/2008;1O4419;R. Nobody;D12;JH / home?;full\n"
KAUR = "Kaur, Simran;5/5/2010;104421;Rosa Castellanos;D12;home;sec\n"
TWIN = "Ramos, Joaquin;;104418;Amara Okafor;D12;home;full\n"


def choose(client: Client, text: str, name: str = "caseload.csv") -> Any:
    upload = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("imports"), {"workbooks": [upload]}, follow=True)


def main_of(answer: Any) -> str:
    """The page itself, without the shell around it."""
    text: str = answer.content.decode()
    return text[text.index("<main") : text.index("</main>")]


@pytest.fixture
def run(become: Become, at: datetime) -> ImportRun:
    """A small caseload: one row ready, one in doubt, two that may be one person."""
    content = (HEADINGS + RAMOS + ONEIL + TWIN + KAUR).encode()
    files = [("caseload.csv", content)]
    return actions.start_import(files, by=become("coordinator"), at=at)


def test_from_files_to_the_report_and_back(visit: Visit) -> None:
    client = visit("coordinator")
    answer = choose(client, HEADINGS + RAMOS)
    assert "Match the headings" in main_of(answer)
    run = ImportRun.objects.get()
    answer = client.post(
        reverse("import_headings", args=[run.ref]),
        {"offered": ["0"], "sheet": ["0"], "c-0-D": "leave_out", "keep": "on"},
        follow=True,
    )
    assert "Bring in 1 young person" in main_of(answer)
    place = reverse("import_dry_run", args=[run.ref])
    answer = client.post(place, {"go": "all"}, follow=True)
    assert "1 young person" in main_of(answer)
    assert Youth.objects.get().name == "Joaquín Ramos"
    answer = client.post(reverse("import_undo", args=[run.ref]), follow=True)
    assert "All of it was taken back by" in main_of(answer)
    assert not Youth.objects.exists()


@pytest.mark.parametrize("page", ["import_headings", "import_dry_run"])
def test_no_label_is_shown_on_any_screen(
    run: ImportRun, visit: Visit, page: str
) -> None:
    shown = main_of(visit("coordinator").get(reverse(page, args=[run.ref])))
    for telling in ("STAR", ">AR<", "at risk", "at_risk<"):
        assert telling not in shown, telling
    if page == "import_headings":
        assert "Calendar A" in shown
        assert "Early support" in shown


def test_each_cell_in_doubt_is_asked_about_with_what_it_says(
    run: ImportRun, visit: Visit
) -> None:
    place = reverse("import_dry_run", args=[run.ref])
    shown = main_of(visit("coordinator").get(place))
    for said in (
        "6/31/2008",
        "1O4419",
        "R. Nobody",
        "JH / home?",
        "One person or two?",
    ):
        assert said in shown
    assert "There is no such day." in shown


def test_answers_are_kept_and_can_be_taken_back(run: ImportRun, visit: Visit) -> None:
    client = visit("coordinator")
    place = reverse("import_dry_run", args=[run.ref])
    asks = client.get(place).context["asks"]
    (day,) = [one for one in asks if one.control == "date"]
    (where,) = [one for one in asks if one.field == "Where staying"]
    sent = {
        "asked": [day.key, where.key],
        f"p-{day.key}": "2008-06-30",
        f"p-{where.key}": "use:home",
    }
    client.post(place, sent)
    shown = client.get(place).context
    assert len(shown["asks"]) == len(asks) - 2
    again = client.get(place + "?kind=answered").context["asks"]
    assert {one.typed or one.chosen for one in again} == {"2008-06-30", "use:home"}
    client.post(place, {"asked": [day.key], f"p-{day.key}": ""})
    assert len(client.get(place).context["asks"]) == len(asks) - 1


def test_one_answer_serves_all_cells_alike(visit: Visit) -> None:
    client = visit("coordinator")
    second = ONEIL.replace("Zoë", "Ann").replace("6/31/2008;1O4419", "3/3/2009;104420")
    choose(client, HEADINGS + ONEIL + second)
    run = ImportRun.objects.get()
    place = reverse("import_dry_run", args=[run.ref])
    asks = client.get(place).context["asks"]
    first = next(one for one in asks if one.field == "Where staying")
    assert first.alike == 2
    client.post(
        place,
        {"asked": [first.key], f"p-{first.key}": "use:home", f"a-{first.key}": "on"},
    )
    left = client.get(place).context["asks"]
    assert not [one for one in left if one.field == "Where staying"]


def test_one_person_or_two_is_answered_by_somebody(
    run: ImportRun, visit: Visit
) -> None:
    client = visit("coordinator")
    place = reverse("import_dry_run", args=[run.ref])
    (pair,) = client.get(place).context["pairs"]
    client.post(place, {f"q-{pair.at}-{pair.question.id}": "one"})
    shown = client.get(place).context
    assert shown["pairs"][0].chosen == "one"
    assert shown["tally"]["questions"] == 0


def test_an_officer_who_is_not_on_the_team_is_said_to_be_somebody(
    start: Start, visit: Visit
) -> None:
    run = start()
    client, place = visit("coordinator"), reverse("import_dry_run", args=[run.ref])
    name = client.get(place).context["officers"][0].name
    client.post(place, {"officer": [name], "officer_is": ["Amara Okafor"]})
    run.refresh_from_db()
    assert actions.answers_of(run).officers == {name: "Amara Okafor"}


def test_bringing_in_while_something_waits_is_refused_in_a_sentence(
    run: ImportRun, visit: Visit
) -> None:
    place = reverse("import_dry_run", args=[run.ref])
    answer = visit("coordinator").post(place, {"go": "all"})
    assert answer.status_code == 409
    assert "Nothing was brought in" in main_of(answer)
    assert not Youth.objects.exists()


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("caseload.csv", "", "The submitted file is empty."),
        ("caseload.xlsx", "PK\x03\x04nothing", "is damaged"),
        ("caseload.csv", " \n ", "is empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_beside_the_field(
    visit: Visit, name: str, text: str, says: str
) -> None:
    answer = choose(visit("coordinator"), text, name)
    assert answer.status_code == 422
    assert says in main_of(answer)
    assert not ImportRun.objects.exists()


def test_a_day_to_come_is_refused_beside_the_field(visit: Visit) -> None:
    upload = SimpleUploadedFile("a.csv", (HEADINGS + RAMOS).encode())
    sent = {"workbooks": [upload], "kept_to": "2031-01-01"}
    answer = visit("coordinator").post(reverse("imports"), sent)
    assert answer.status_code == 422
    assert "after today" in main_of(answer)


def test_the_cells_can_be_taken_along_as_a_sheet(run: ImportRun, visit: Visit) -> None:
    answer = visit("coordinator").get(reverse("import_cells", args=[run.ref]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("File", "Sheet", "Cell")
    assert "6/31/2008" in {row[5] for row in rows}
    assert 'filename="cells-2026-11-21.xlsx"' in answer["Content-Disposition"]


def test_giving_up_deletes_the_files(run: ImportRun, visit: Visit) -> None:
    visit("coordinator").post(reverse("import_give_up", args=[run.ref]))
    run.refresh_from_db()
    assert run.state == ImportRun.State.DROPPED
    assert not run.files.exists()


ODD = [
    *("=1+1", "<b>x</b>", "{{ 7 }}", "'; drop table", "ق‎ص", "👩‍👩‍👧", "a\u202eb"),
    *("Z" * 5_000, "&amp;", "\u0301", "-", "NULL"),
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_text_survives_every_step(visit: Visit, odd: str) -> None:
    client = visit("coordinator")
    row = f'"Ramos, {odd}";{odd};{odd};{odd};{odd};{odd};{odd}\n'
    assert choose(client, HEADINGS + row + RAMOS).status_code == 200
    run = ImportRun.objects.get()
    place = reverse("import_dry_run", args=[run.ref])
    assert client.get(place).status_code == 200
    assert client.get(reverse("import_cells", args=[run.ref])).status_code == 200
    answer = client.post(place, {"go": "ready"}, follow=True)
    assert answer.status_code == 200
    assert "<b>x</b>" not in main_of(answer)


def test_a_long_import_is_written_by_the_worker(
    become: Become, visit: Visit, at: datetime
) -> None:
    by = become("coordinator")
    files = [("caseload.csv", (HEADINGS + RAMOS).encode())]
    run = actions.start_import(files, by=by, at=at)
    run = actions.wait_for_worker(run, by=by, ready_only=False)
    client = visit("coordinator")
    place = reverse("import_report", args=[run.ref])
    answer = client.get(place)
    assert "Being brought in" in main_of(answer)
    asks_again = f'<meta http-equiv="refresh" content="5; url={by_itself(place)}">'
    assert asks_again in answer.content.decode()
    assert f'hx-get="{by_itself(place)}"' in main_of(answer)
    assert client.get(reverse("import_dry_run", args=[run.ref])).url == place  # type: ignore[attr-defined]
    jobs.bring_in.run(actor_id=by.user_id, run_id=run.pk, ready_only=0)
    assert Youth.objects.count() == 1
    polled = client.get(
        by_itself(place), headers={"HX-Request": "true", "HX-Target": "job-import"}
    )
    assert polled["HX-Redirect"] == place
    assert "Brought in" in main_of(client.get(place))
    jobs.bring_in.run(actor_id=by.user_id, run_id=run.pk, ready_only=0)
    assert Youth.objects.count() == 1


def test_a_long_import_that_is_refused_says_so_on_its_dry_run(
    run: ImportRun, become: Become, visit: Visit
) -> None:
    by = become("coordinator")
    run = actions.wait_for_worker(run, by=by, ready_only=True)
    jobs.bring_in.run(actor_id=by.user_id, run_id=run.pk, ready_only=0)
    assert not Youth.objects.exists()
    answer = visit("coordinator").get(reverse("import_dry_run", args=[run.ref]))
    assert "Nothing was brought in: we ask of one pair" in main_of(answer)


def test_waiting_for_the_worker_can_be_stopped(
    run: ImportRun, become: Become, visit: Visit
) -> None:
    by = become("coordinator")
    run = actions.wait_for_worker(run, by=by, ready_only=True)
    visit("coordinator").post(reverse("import_stop", args=[run.ref]))
    jobs.bring_in.run(actor_id=by.user_id, run_id=run.pk, ready_only=1)
    assert not Youth.objects.exists()
    run.refresh_from_db()
    assert run.state == ImportRun.State.REHEARSED


@pytest.mark.parametrize(
    "page", ["stop", "report", "headings", "dry_run", "cells", "undo", "give_up"]
)
def test_who_may_not_come_in(run: ImportRun, visit: Visit, page: str) -> None:
    place = reverse(f"import_{page}", args=[run.ref])
    assert visit("amara").get(place).status_code == 403
    assert visit("outsider").get(place).status_code == 403
    assert Client().get(place).status_code == 302


def test_another_unit_finds_nothing(
    run: ImportRun, become: Become, visit: Visit, at: datetime
) -> None:
    become("outsider")
    assert not ImportRun.objects.filter(pk=run.pk).exists()


def test_a_dry_run_asks_the_database_no_more_for_more_rows(visit: Visit) -> None:
    client = visit("coordinator")
    made: list[ImportRun] = []

    def grow(rows: int) -> None:
        text = HEADINGS + "".join(
            ONEIL.replace("Zoë", f"Zoë{at}").replace("1O44", f"1O{at:02}4")
            for at in range(rows)
        )
        choose(client, text)
        made.append(ImportRun.objects.order_by("-pk")[0])
        render()  # the dry run itself is kept

    def render() -> None:
        client.get(reverse("import_dry_run", args=[made[-1].ref]))

    assert_constant_queries(grow, render, ceiling=25)
