"""How letters leave, from one address."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from alongside.config.deployment import MailServer, mail_server

NAME = "ALONGSIDE_EMAIL_URL"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", MailServer()),
        ("smtp://relay", MailServer("relay", 25)),
        (
            "smtp+tls://alongside:p%40ss%2Fword@mail.example.gov",
            MailServer("mail.example.gov", 587, "alongside", "p@ss/word", tls=True),
        ),
        (
            "smtps://mail.example.gov:1465",
            MailServer("mail.example.gov", 1465, ssl=True),
        ),
    ],
)
def test_an_address_says_where_and_how(url: str, server: MailServer) -> None:
    assert mail_server({NAME: url}, NAME) == server


@pytest.mark.parametrize(
    "url", ["mail.example.gov", "http://mail", "smtp://:hidden@", "smtp://a:hidden@b:x"]
)
def test_one_that_cannot_be_read_is_named_and_never_shown(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=NAME) as refused:
        mail_server({NAME: url}, NAME)
    assert "hidden" not in str(refused.value)
