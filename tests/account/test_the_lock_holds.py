"""What is sent at the lock is neither lost nor done, and guessing does not open it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from alongside.access.models import Draft
from alongside.access.sent_forms import FIELD
from alongside.web.by_itself import by_itself
from tests import cast

Visit = Callable[[str], Client]
LATE = timedelta(minutes=16)


def test_a_form_sent_at_the_lock_is_kept_and_may_be_sent_again(
    visit: Visit, become: Callable[[str], object], at: datetime
) -> None:
    amara = visit("amara")
    amara.get(reverse("today"))
    form = {FIELD: str(uuid4()), "words": "Saturdays.", "draft_path": "/contact/"}
    with time_machine.travel(at + LATE, tick=False):
        answer = amara.post(reverse("contact_start"), form)
        assert answer["Location"].startswith(reverse("lock"))
        become("amara")
        assert Draft.objects.get().fields == {"words": ["Saturdays."]}
        amara.post(reverse("lock"), {"password": cast.PASSWORD})
        again = amara.post(reverse("contact_start"), form)
    assert not again.get("Location", "").startswith(reverse("lock"))


def test_a_sign_the_database_cannot_hold_does_not_lose_the_rest(
    visit: Visit, become: Callable[[str], object]
) -> None:
    sent = {"note": "half a\0 sentence", "draft_path": "/contact/\0"}
    assert visit("amara").post(reverse("draft"), sent).status_code == 204
    become("amara")
    kept = Draft.objects.get()
    assert (kept.path, kept.fields) == ("/contact/", {"note": ["half a sentence"]})


def test_guessing_at_the_lock_ends_and_the_right_password_waits_too(
    visit: Visit, at: datetime
) -> None:
    cache.clear()
    amara = visit("amara")
    amara.post(reverse("lock"))
    for guess in range(5):
        assert amara.post(reverse("lock"), {"password": f"{guess}"}).status_code == 422
    stopped = amara.post(reverse("lock"), {"password": cast.PASSWORD})
    assert stopped.status_code == 429
    assert "Too many wrong passwords" in stopped.text
    assert amara.get("/")["Location"].startswith(reverse("lock"))
    with time_machine.travel(at + timedelta(minutes=6), tick=False):
        opened = amara.post(reverse("lock"), {"password": cast.PASSWORD})
    assert opened.status_code == 303


def test_unlocking_with_the_right_password_never_counts(visit: Visit) -> None:
    cache.clear()
    amara = visit("amara")
    for _ in range(7):
        amara.post(reverse("lock"))
        opened = amara.post(reverse("lock"), {"password": cast.PASSWORD})
        assert opened.status_code == 303


@pytest.mark.parametrize(
    "name", ["mfa_index", "account_change_password", "account_logout", "quick_exit"]
)
def test_no_answer_stays_in_the_browser_for_who_comes_next(
    visit: Visit, name: str
) -> None:
    assert "no-store" in visit("amara").get(reverse(name))["Cache-Control"]


def test_the_address_of_the_lock_does_not_say_whom_one_was_looking_for(
    visit: Visit,
) -> None:
    amara, search = visit("amara"), f"{reverse('find')}?q=ramos"
    amara.post(reverse("lock"))
    plain = amara.get(search)
    swapped = amara.get(
        reverse("today"),
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{search}"},
    )
    assert plain["Location"] == swapped["HX-Redirect"] == reverse("lock")
    shown = amara.get(reverse("lock")).context["next"]
    opened = amara.post(reverse("lock"), {"password": cast.PASSWORD})
    assert opened["Location"] == shown == search
    amara.post(reverse("lock"))
    again = amara.post(reverse("lock"), {"password": cast.PASSWORD})
    assert again["Location"] == "/"


def test_nor_does_the_address_of_the_sign_in_page(visit: Visit) -> None:
    amara = visit("amara")
    amara.post(reverse("account_logout"))
    assert "ramos" not in amara.get(f"{reverse('find')}?q=ramos")["Location"]


def test_a_page_that_asks_for_itself_is_no_use_of_the_screen(
    visit: Visit, at: datetime
) -> None:
    amara, today = visit("amara"), reverse("today")
    amara.get(today)
    for minutes in range(1, 15):
        with time_machine.travel(at + timedelta(minutes=minutes), tick=False):
            assert amara.get(by_itself(today)).status_code == 200
    with time_machine.travel(at + LATE, tick=False):
        asked = amara.get(by_itself(today), headers={"HX-Request": "true"})
        assert asked["HX-Redirect"] == reverse("lock")
        assert amara.get(today)["Location"] == reverse("lock")


def test_somebody_at_the_same_screen_keeps_it_open(visit: Visit, at: datetime) -> None:
    amara, today = visit("amara"), reverse("today")
    for minutes in (0, 10, 20):
        with time_machine.travel(at + timedelta(minutes=minutes), tick=False):
            amara.get(by_itself(today))
            assert amara.get(today).status_code == 200
            # What is sent is somebody's, whatever its address says.
            amara.post(by_itself(reverse("draft")), {"draft_path": today})
