"""Names, people, facts, words and papers are changed, and both of two editors win."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.cases.models import CourtAssignment, CoverNote, Support
from alongside.people.models import Document, OwnWords, Person, Schooling, Stay, Youth

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

NAMES = {
    "given_name": "Joaquín",
    "family_name": "Ramos",
    "called": "Quino",
    "pronouns": "he/him",
    "birth_date": "2010-07-03",
    "birth_precision": "day",
    "phone": "555-0142",
    "version": "1",
}


def names_page(youth: Youth) -> str:
    return reverse("youth_edit", args=[youth.ref])


def test_a_name_is_changed_and_found_by_it(youth: Youth, visit: Visit) -> None:
    client = visit("colleague")
    sent = NAMES | {"family_name": "Ramos Orellana"}
    assert client.post(names_page(youth), sent).status_code == 303
    youth.refresh_from_db()
    assert (youth.family_name, youth.version) == ("Ramos Orellana", 2)
    assert "orellana" in youth.search_text


def test_two_editors_see_both_and_lose_nothing(youth: Youth, visit: Visit) -> None:
    first, second = visit("amara"), visit("colleague")
    assert (
        first.post(names_page(youth), NAMES | {"phone": "555-0001"}).status_code == 303
    )
    mine = NAMES | {"phone": "555-0002", "called": "Quin"}
    answer = second.post(names_page(youth), mine)
    text = answer.content.decode()
    assert answer.status_code == 409
    for said in ("Amara Okafor", "555-0001", "555-0002", "Quin"):
        assert said in text
    chosen = mine | {"version": "2", "stands_phone": "theirs", "stands_called": "ours"}
    assert second.post(names_page(youth), chosen).status_code == 303
    youth.refresh_from_db()
    assert (youth.phone, youth.called) == ("555-0001", "Quin")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"given_name": "", "family_name": ""}, "at least one name"),
        ({"birth_date": "2027-01-01"}, "cannot be after today"),
        ({"died_on": "2009-01-01"}, "cannot be before the birth date"),
        ({"birth_precision": "unknown"}, "Say how well it is known"),
        ({"birth_date": ""}, "Fill in the birth date"),
    ],
)
def test_what_cannot_be_is_said(
    youth: Youth, visit: Visit, sent: dict[str, str], sentence: str
) -> None:
    answer = visit("amara").post(names_page(youth), NAMES | sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert sentence in text
    assert "<h1>Joaquín Ramos" in text  # the head shows the record, not the typing


def test_a_death_calls_off_what_is_booked(lived: Youth, visit: Visit) -> None:
    sent = NAMES | {"died_on": "2026-11-18", "version": str(lived.version)}
    assert visit("amara").post(names_page(lived), sent).status_code == 303
    assert not Activity.objects.filter(status=Status.SCHEDULED).exists()
    page = visit("amara").get(reverse("youth", args=[lived.ref])).content.decode()
    assert "Quino died on" in page
    assert "Plan something" not in page


def test_somebody_is_added_changed_and_no_longer_around(
    youth: Youth, visit: Visit
) -> None:
    client = visit("amara")
    sent = {
        "name": "Lucía",
        "relation": "child",
        "version": "1",
        "birth_date": "2025-01-02",
    }
    add = reverse("person_add", args=[youth.ref])
    assert client.post(add, sent | {"is_family": "on"}).status_code == 303
    child = Person.objects.get()
    shown = client.get(reverse("youth_people", args=[youth.ref])).content.decode()
    assert "Own children" in shown
    change = reverse("person_change", args=[child.ref])
    assert client.post(change, sent | {"phone": "555-0199"}).status_code == 303
    child.refresh_from_db()
    assert (child.phone, child.is_family) == ("555-0199", False)
    end = reverse("person_end", args=[child.ref])
    assert client.post(end, {"day": "2026-11-19"}).status_code == 303
    child.refresh_from_db()
    assert child.ends == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("name", "sent", "model", "column", "value"),
    [
        ("stay", {"kind": "away"}, Stay, "kind", "away"),
        ("school", {"school": "Westside"}, Schooling, "school", "Westside"),
        ("court", {"court": "dept_12"}, CourtAssignment, "court", "dept_12"),
        ("support", {"level": "tracking"}, Support, "level", "tracking"),
    ],
)
def test_from_a_day_on_something_else_is_true(
    lived: Youth,
    visit: Visit,
    name: str,
    sent: dict[str, str],
    model: Any,
    column: str,
    value: str,
) -> None:
    page = reverse("fact_change", args=[lived.ref, name])
    known = {"starts": "2026-11-10", "precision": "day"}
    answer = visit("amara").post(page, sent | known)
    assert answer.status_code == 303
    facts = model.objects.filter(youth=lived).as_of(date(2026, 11, 19))
    assert getattr(facts.get(), column) == value


def test_a_day_known_only_to_the_month_stays_vague(lived: Youth, visit: Visit) -> None:
    client = visit("amara")
    page = reverse("fact_change", args=[lived.ref, "stay"])
    sent = {"kind": "relative", "place": "his aunt", "starts": "2026-10-08"}
    assert client.post(page, sent | {"precision": "month"}).status_code == 303
    for name in ("youth", "youth_facts", "youth_timeline"):
        text = client.get(reverse(name, args=[lived.ref])).content.decode()
        assert "about October\xa02026" in text
        assert "Oct\xa08" not in text


def test_an_officer_begins_on_a_day_that_is_known(lived: Youth, visit: Visit) -> None:
    page = reverse("fact_change", args=[lived.ref, "officer"])
    assert b"How well is that known" not in visit("supervisor").get(page).content


def test_a_tab_names_nobody(lived: Youth, visit: Visit) -> None:
    uncle = Person.objects.get(youth=lived)
    client = visit("amara")
    for page in (
        reverse("own_words_add", args=[lived.ref]),
        reverse("person_change", args=[uncle.ref]),
        reverse("person_end", args=[uncle.ref]),
    ):
        text = client.get(page).content.decode()
        title = text[text.index("<title>") : text.index("</title>")].casefold()
        assert not [name for name in ("quino", "rafael", "ramos") if name in title]


def test_a_fact_of_tomorrow_is_refused_with_its_field(
    lived: Youth, visit: Visit
) -> None:
    page = reverse("fact_change", args=[lived.ref, "stay"])
    answer = visit("amara").post(page, {"kind": "away", "starts": "2026-11-20"})
    assert answer.status_code == 422
    assert "cannot begin after today" in answer.content.decode()


def test_a_refusal_stands_in_the_form_and_nothing_typed_is_lost(
    lived: Youth, visit: Visit
) -> None:
    page = reverse("fact_change", args=[lived.ref, "stay"])
    sent = {"kind": "away", "starts": "2026-08-01", "note": "He told his aunt."}
    sent |= {"precision": "day"}
    answer = visit("amara").post(page, sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Something newer is on record" in text
    assert "He told his aunt." in text


def test_school_may_end_with_nothing_after_it(lived: Youth, visit: Visit) -> None:
    page = reverse("fact_change", args=[lived.ref, "school"])
    sent = {"starts": "2026-11-10", "precision": "day", "ended": "on"}
    assert visit("amara").post(page, sent).status_code == 303
    assert Schooling.objects.get(youth=lived).ends == date(2026, 11, 10)


def test_there_is_no_other_kind_of_fact(lived: Youth, visit: Visit) -> None:
    page = reverse("fact_change", args=[lived.ref, "label"])
    assert visit("amara").get(page).status_code == 404


def test_own_words_are_kept_word_for_word(youth: Youth, visit: Visit) -> None:
    said = "Don’t come to school\nin a county car."
    sent = {"words": said, "kind": "what_works", "said_on": "2026-11-18"}
    page = reverse("own_words_add", args=[youth.ref])
    assert visit("amara").post(page, sent).status_code == 303
    assert OwnWords.objects.get().words.splitlines() == said.splitlines()
    shown = visit("amara").get(reverse("youth", args=[youth.ref])).content.decode()
    assert "Don’t come to school" in shown


def test_a_note_waits_for_whoever_covers(youth: Youth, visit: Visit) -> None:
    page = reverse("cover_note", args=[youth.ref])
    assert visit("amara").post(page, {"text": "Saturdays."}).status_code == 303
    assert CoverNote.objects.get().text == "Saturdays."
    shown = visit("colleague").get(reverse("youth", args=[youth.ref])).content.decode()
    assert "From Amara Okafor for whoever covers" in shown


def paper(name: str = "order.pdf", content: bytes = b"%PDF-1.7") -> Any:
    return SimpleUploadedFile(name, content, content_type="text/html")


def test_a_paper_is_kept_and_sent_as_a_file(youth: Youth, visit: Visit) -> None:
    client = visit("amara")
    sent = {
        "file": paper(),
        "kind": "court_order",
        "title": "Order",
        "dated": "2026-11-02",
    }
    add = reverse("document_add", args=[youth.ref])
    assert client.post(add, sent).status_code == 303
    kept = Document.objects.get()
    assert kept.compartment == "legal"
    answer = client.get(reverse("document", args=[kept.ref]))
    assert answer.content == b"%PDF-1.7"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="paper-2026-11-02.pdf"'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        visit("outsider").get(reverse("document", args=[kept.ref])).status_code == 404
    )


def test_a_page_in_disguise_is_not_kept(youth: Youth, visit: Visit) -> None:
    sent = {"file": paper(content=b"<html>"), "kind": "letter", "title": "A letter"}
    answer = visit("amara").post(reverse("document_add", args=[youth.ref]), sent)
    assert answer.status_code == 422
    assert "its content is something else" in answer.content.decode()
    assert not Document.objects.exists()


def test_nobody_files_what_they_cannot_see(youth: Youth, visit: Visit) -> None:
    sent = {"file": paper(), "kind": "health", "title": "A visit"}
    page = reverse("document_add", args=[youth.ref])
    assert visit("amara").post(page, sent).status_code == 422
    sent["file"] = paper()
    assert visit("supervisor").post(page, sent).status_code == 303
