"""Behind a proxy, whoever guesses passwords shuts out nobody but themselves."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from alongside.config.deployment import count
from tests import cast

NAME = "ALONGSIDE_PROXIES"


@pytest.mark.parametrize(("given", "number"), [("", 0), (" 1 ", 1), ("2", 2)])
def test_how_many_proxies_is_read(given: str, number: int) -> None:
    assert count({NAME: given}, NAME) == number


@pytest.mark.parametrize("given", ["yes", "-1", "1.5", "¹"])
def test_what_is_no_number_is_refused(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=NAME):
        count({NAME: given}, NAME)


def test_guesses_from_elsewhere_shut_out_nobody(db: None, settings: object) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # type: ignore[attr-defined]
    cache.clear()
    for guess in range(11):
        _sign_in("203.0.113.9", f"nobody{guess}@example.org", "wrong")
    sent = (cast.address("amara"), cast.PASSWORD)
    assert not _opens("203.0.113.9", *sent)
    # What a visitor claims to be comes before what the proxy saw.
    assert not _opens("198.51.100.7, 203.0.113.9", *sent)
    assert _opens("198.51.100.7", *sent)


def _sign_in(seen_by_proxy: str, email: str, password: str) -> int:
    answer = Client(headers={"X-Forwarded-For": seen_by_proxy}).post(
        reverse("account_login"), {"login": email, "password": password}
    )
    return answer.status_code


def _opens(seen_by_proxy: str, email: str, password: str) -> bool:
    return _sign_in(seen_by_proxy, email, password) == 302
