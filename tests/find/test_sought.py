"""Whom somebody looks for stands in no address, and is still what the page shows."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from tests import cast
from tests.youth.lives import begin

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

SEARCHED = ("find", "contact_start", "mdt", "mdt_book", "referrals_earlier")
WORDS = "O’Neal & Söhne"


@pytest.mark.parametrize("name", SEARCHED)
def test_a_search_goes_on_to_an_address_that_does_not_say_it(
    visit: Visit, name: str
) -> None:
    client, page = visit("supervisor"), reverse(name)
    sent = client.post(f"{page}?month=2026-10&page=3", {"q": f" {WORDS} "})
    assert sent.status_code == 303
    path, _, query = sent["Location"].partition("?")
    assert path == page
    assert query.startswith("month=2026-10&look=")
    assert "Neal" not in query
    shown = client.get(sent["Location"])
    assert shown.status_code == 200
    assert "O’Neal &amp; Söhne" in shown.content.decode()


def test_two_searches_in_two_tabs_keep_their_own_words(visit: Visit) -> None:
    client, page = visit("amara"), reverse("find")
    first, second = (client.post(page, {"q": name})["Location"] for name in "ab")
    assert 'value="a"' in client.get(first).content.decode()
    assert 'value="b"' in client.get(second).content.decode()
    assert 'value=""' in _box(client.get(page))


def test_the_address_says_nothing_to_anybody_else(visit: Visit) -> None:
    amara, page = visit("amara"), reverse("find")
    address = amara.post(page, {"q": "ramos"})["Location"]
    assert 'value=""' in _box(visit("colleague").get(address))
    amara.post(reverse("account_logout"))
    assert 'value=""' in _box(visit("amara").get(address))


def test_only_the_last_searches_are_remembered(visit: Visit) -> None:
    client, page = visit("amara"), reverse("find")
    first, *_, last = (client.post(page, {"q": f"n{i}"})["Location"] for i in range(21))
    assert 'value=""' in _box(client.get(first))
    assert 'value="n20"' in _box(client.get(last))


def test_an_empty_search_is_the_page_itself(visit: Visit) -> None:
    sent = visit("amara").post(reverse("find") + "?look=x", {"q": "  "})
    assert sent["Location"] == reverse("find")


def test_a_filter_too_long_for_an_address_is_left_out(visit: Visit) -> None:
    client, page = visit("amara"), reverse("find")
    sent = client.post(f"{page}?month=2026-10", {"q": "ramos", "sort": "ü" * 5000})
    assert sent.status_code == 303
    assert "sort=" not in sent["Location"]
    assert "month=2026-10&look=" in sent["Location"]
    assert 'value="ramos"' in client.get(sent["Location"]).content.decode()


def test_the_log_keeps_no_word_that_was_looked_for(
    become: Become, visit: Visit, at: datetime
) -> None:
    youth = begin(cast.user("amara"), by=become("amara"), at=at)
    client = visit("amara")
    for name in ("find", "caseload", "contact_start", "mdt"):
        client.get(reverse(name), {"q": "ramos"})
    with connection.cursor() as cursor:
        cursor.execute("select l::text from access_log_of(%s, 20) l", [youth.pk])
        lines = [line for (line,) in cursor.fetchall()]
    assert [line for line in lines if "caseload" in line and "filter" in line]
    assert "ramos" not in "".join(lines)


def _box(answer: object) -> str:
    page = answer.content.decode()  # type: ignore[attr-defined]
    return str(page.split('id="q"')[1].split(">")[0])
