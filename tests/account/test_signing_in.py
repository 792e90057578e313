"""Signing in, the lock that loses nothing, the quick exit, and the second step."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from alongside.access.models import Draft
from tests import cast

Visit = Callable[[str], Client]


@pytest.fixture
def anonymous(db: None, at: datetime) -> Client:
    """A browser nobody is signed in to."""
    return Client()


def test_every_page_leads_to_the_sign_in_page(anonymous: Client) -> None:
    answer = anonymous.get(reverse("today"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_signing_in_with_email_and_password(anonymous: Client) -> None:
    sent = {"login": cast.address("amara"), "password": cast.PASSWORD}
    assert anonymous.post(reverse("account_login"), sent).status_code == 302
    assert "_auth_user_id" in anonymous.session


def test_a_wrong_password_is_told_and_says_nothing_about_who_exists(
    anonymous: Client,
) -> None:
    told = []
    for email in (cast.address("amara"), "nobody@example.org"):
        answer = anonymous.post(
            reverse("account_login"), {"login": email, "password": "wrong"}
        )
        told.append(answer.context["form"].errors.as_text())
    assert told[0] == told[1] != ""


def test_nobody_can_sign_up(anonymous: Client) -> None:
    answer = anonymous.get(reverse("account_signup"))
    assert "signup_closed" in str(answer.templates[0].name)


def test_outside_the_demo_there_is_no_door(anonymous: Client) -> None:
    ref = cast.user("amara").ref
    assert anonymous.post(reverse("demo_door", args=[ref])).status_code == 404
    assert "Continue as" not in anonymous.get(reverse("account_login")).text


def test_in_the_demo_a_card_signs_in(anonymous: Client, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    page = anonymous.get(reverse("account_login")).text
    assert page.count("Continue as") == len(cast.PEOPLE)
    ref = cast.user("amara").ref
    assert anonymous.post(reverse("demo_door", args=[ref]))["Location"] == "/"
    assert anonymous.get("/")["Location"] == reverse("today")


def test_after_fifteen_minutes_the_page_locks_and_the_text_is_kept(
    visit: Visit, become: Callable[[str], object], at: datetime
) -> None:
    amara = visit("amara")
    amara.get(reverse("lock"))  # any page: the lock itself needs no data
    amara.post(reverse("lock"), {"password": cast.PASSWORD, "next": "/"})
    later = at + timedelta(minutes=16)
    with time_machine.travel(later, tick=False):
        sent = {"note": "He wants Saturdays.", "draft_path": "/contact/"}
        answer = amara.post(reverse("draft"), sent)
        assert answer.status_code == 303
        assert answer["Location"].startswith(reverse("lock"))
        become("amara")
        assert Draft.objects.get().fields == {"note": ["He wants Saturdays."]}
        page = amara.get(reverse("lock")).text
        assert "Amara Okafor" in page
        unlocked = amara.post(
            reverse("lock"), {"password": cast.PASSWORD, "next": "/today/"}
        )
        assert unlocked["Location"] == "/today/"


def test_what_was_kept_is_its_writers_alone(
    visit: Visit, become: Callable[[str], object]
) -> None:
    visit("amara").post(
        reverse("draft"), {"note": "half a sentence", "draft_path": "/contact/"}
    )
    become("amara")
    kept = Draft.objects.get()
    assert kept.fields == {"note": ["half a sentence"]}
    become("supervisor")
    assert not Draft.objects.exists()


def test_a_wrong_password_does_not_unlock(visit: Visit) -> None:
    amara = visit("amara")
    amara.post(reverse("lock"))
    answer = amara.post(reverse("lock"), {"password": "wrong", "next": "/"})
    assert answer.status_code == 422
    assert amara.get("/")["Location"].startswith(reverse("lock"))


def test_the_lock_leads_nowhere_else(visit: Visit) -> None:
    amara = visit("amara")
    answer = amara.post(
        reverse("lock"), {"password": cast.PASSWORD, "next": "https://example.com/"}
    )
    assert answer["Location"] == "/"


def test_quick_exit_locks_and_lands_on_the_weather(visit: Visit) -> None:
    amara = visit("amara")
    assert amara.get(reverse("quick_exit"))["Location"] == reverse("web:weather")
    assert amara.get("/")["Location"].startswith(reverse("lock"))


def test_outside_the_demo_a_second_step_is_required(
    visit: Visit, settings: object
) -> None:
    settings.SECOND_STEP_REQUIRED = True  # type: ignore[attr-defined]
    amara = visit("amara")
    answer = amara.get("/")
    assert answer["Location"] == reverse("mfa_index")
    assert "authenticator" in amara.get(reverse("mfa_index")).text.lower()


def test_an_email_nobody_verified_does_not_stand_before_the_second_step(
    anonymous: Client,
) -> None:
    sent = {"login": cast.address("amara"), "password": cast.PASSWORD}
    anonymous.post(reverse("account_login"), sent)
    EmailAddress.objects.create(  # as the library notes one that nobody verified
        user=cast.user("amara"), email=cast.address("amara"), primary=True
    )
    asked = anonymous.get(reverse("mfa_activate_totp"))
    page = anonymous.post(asked["Location"], {"password": cast.PASSWORD}, follow=True)
    assert "The code the app shows now" in page.text
