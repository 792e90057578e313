"""Errors say what happened and what helps, and never more than that."""

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client

from alongside.kernel.refusal import Refused
from alongside.web import views
from alongside.web.lost import OwnNotFound
from alongside.web.pages import page
from tests.web.conftest import Ask

pytestmark = pytest.mark.django_db


def test_an_address_that_leads_nowhere(client: Client, settings: LazySettings) -> None:
    settings.DEBUG = False
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "There is no such page for you." in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


def test_while_debugging_too_it_lists_no_addresses(ask: Ask) -> None:
    def lists_them(request: HttpRequest) -> HttpResponse:
        return HttpResponse("youth/<uuid:ref>/ [name='youth']", status=404)

    answer = OwnNotFound(lists_them)(ask())
    assert answer.status_code == 404
    assert "There is no such page for you." in answer.content.decode()
    assert "uuid" not in answer.content.decode()


def test_a_form_that_was_open_too_long_changes_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/lock/", {"password": "anything"})
    assert response.status_code == 403
    assert "nothing was saved" in response.content.decode()


def test_a_request_that_cannot_be_read(ask: Ask) -> None:
    response = views.bad_request(ask())
    assert response.status_code == 400
    assert "nothing was changed" in response.content.decode()


def test_an_act_that_is_not_part_of_the_work(ask: Ask) -> None:
    said = views.not_permitted(ask(), Refused("Only a supervisor assigns an officer."))
    assert said.status_code == 403
    assert "Only a supervisor assigns an officer." in said.content.decode()
    unsaid = views.not_permitted(ask())
    assert "This is not part of your work here." in unsaid.content.decode()


def test_a_refusal_says_its_sentence_and_takes_the_focus(ask: Ask) -> None:
    sentence = {"refusal": "Two goals are still open."}
    whole = page(ask(), "web/409.html", sentence, status=409).content.decode()
    part = page(ask(target="refusal"), "web/409.html", sentence).content.decode()
    assert "Two goals are still open." in part
    assert part.strip() in whole
    assert 'role="alert" tabindex="-1"' in part


def test_a_broken_page_needs_neither_database_nor_session(ask: Ask) -> None:
    response = views.server_error(ask())
    assert response.status_code == 500
    text = response.content.decode()
    assert "nothing was saved" in text
    assert 'href="/weather/"' in text
