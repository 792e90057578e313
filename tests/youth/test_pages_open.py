"""Every page of a record: it opens for the unit, and does not exist for others."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from alongside.people.models import Youth

Visit = Callable[[str], Client]

PAGES = (
    *("youth", "youth_timeline", "youth_facts", "youth_people", "youth_documents"),
    *("youth_access", "youth_changes", "youth_edit", "youth_names", "own_words_add"),
    *("cover_note", "person_add", "document_add", "youth_share", "contact_log"),
    *("activity_plan",),
)


@pytest.mark.parametrize("name", PAGES)
def test_it_opens_for_the_team(lived: Youth, visit: Visit, name: str) -> None:
    answer = visit("colleague").get(reverse(name, args=[lived.ref]))
    assert answer.status_code == 200
    assert "Joaquín" in answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_it_does_not_exist_for_another_unit(
    lived: Youth, visit: Visit, name: str
) -> None:
    answer = visit("outsider").get(reverse(name, args=[lived.ref]))
    assert answer.status_code == 404
    assert "Joaqu" not in answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_role_without_the_permission_is_told_so(
    lived: Youth, visit: Visit, name: str
) -> None:
    assert visit("evaluator").get(reverse(name, args=[lived.ref])).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_its_title_names_nobody(lived: Youth, visit: Visit, name: str) -> None:
    text = visit("amara").get(reverse(name, args=[lived.ref])).content.decode()
    title = text.split("<title>")[1].split("</title>")[0]
    assert "Ramos" not in title
    assert "Joaquín" not in title
    assert "Quino" not in title
