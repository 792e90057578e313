"""The two URLs of a separate server, and what is said when they are wrong."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from alongside.config.database import data_folder, databases, is_embedded

WEB = "postgresql://alongside_web:web@db.example.org:5433/alongside"
OWNER = "postgresql://alongside_owner:owner@db.example.org:5433/alongside"


def both(web: str = WEB, owner: str = OWNER) -> dict[str, str]:
    return {"ALONGSIDE_DATABASE_URL": web, "ALONGSIDE_OWNER_DATABASE_URL": owner}


def test_two_urls_are_two_logins_to_one_database() -> None:
    found = databases(both(), debug=False)
    shared = {"NAME": "alongside", "HOST": "db.example.org", "PORT": "5433"}
    assert shared.items() <= found["default"].items()
    assert shared.items() <= found["owner"].items()
    assert (found["default"]["USER"], found["default"]["PASSWORD"]) == (
        "alongside_web",
        "web",
    )
    assert (found["owner"]["USER"], found["owner"]["PASSWORD"]) == (
        "alongside_owner",
        "owner",
    )


def test_a_password_may_hold_any_character() -> None:
    url = "postgres://web:p%40ss%2Fw%3A%C3%A9%25@db/alongside"
    assert databases(both(url), debug=False)["default"]["PASSWORD"] == "p@ss/w:é%"


def test_options_follow_the_question_mark() -> None:
    url = f"{WEB}?sslmode=verify-full&sslrootcert=/etc/ssl/county.pem"
    options = databases(both(url), debug=False)["default"]["OPTIONS"]
    assert options["sslmode"] == "verify-full"
    assert options["sslrootcert"] == "/etc/ssl/county.pem"


def test_a_socket_folder_is_a_host() -> None:
    url = "postgresql://alongside_web@/alongside?host=/run/postgresql"
    assert databases(both(url), debug=False)["default"]["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    "missing", ["ALONGSIDE_DATABASE_URL", "ALONGSIDE_OWNER_DATABASE_URL"]
)
def test_one_url_alone_is_refused_by_the_name_of_the_other(missing: str) -> None:
    urls = both()
    del urls[missing]
    with pytest.raises(ImproperlyConfigured, match=f"Set {missing} too"):
        databases(urls, debug=True)


def test_one_login_for_both_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="two different logins"):
        databases(both(owner=WEB), debug=False)


@pytest.mark.parametrize(
    "url",
    [
        "mysql://web:secret@db/alongside",
        "postgresql://web:secret@db",
        "postgresql://db/alongside",
        "postgresql://web:secret@db:port/alongside",
        "web:secret@db",
    ],
)
def test_a_url_that_cannot_be_read_is_named_and_never_shown(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        databases(both(url), debug=False)
    assert str(refused.value).startswith("ALONGSIDE_DATABASE_URL is not")
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_without_debug_the_embedded_server_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="without DEBUG"):
        databases({}, debug=False)


def test_with_debug_and_no_url_the_embedded_server_is_used(tmp_path: Path) -> None:
    environ = {"ALONGSIDE_DATA": str(tmp_path)}
    found = databases(environ, debug=True)
    assert is_embedded(environ)
    assert found["default"]["HOST"] == str(tmp_path / "postgres")
    assert found["default"]["USER"] == "alongside_web"
    assert found["owner"]["USER"] == "alongside_owner"
    assert list(tmp_path.iterdir()) == []


def test_the_data_folder_is_inside_the_checkout_unless_chosen(tmp_path: Path) -> None:
    assert data_folder({}) == Path(__file__).parents[2] / ".alongside"
    assert data_folder({"ALONGSIDE_DATA": str(tmp_path)}) == tmp_path
