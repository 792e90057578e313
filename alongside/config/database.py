"""Which PostgreSQL this is: two logins from two URLs, or the embedded one.

The web login owns nothing and row security holds for it. The owner login owns the
schema: migrations, policies and backups use it, and no request ever does.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from alongside.config import embedded

WEB_URL = "ALONGSIDE_DATABASE_URL"
OWNER_URL = "ALONGSIDE_OWNER_DATABASE_URL"
DATA_FOLDER = "ALONGSIDE_DATA"

_CHECKOUT = Path(__file__).parents[2]


def databases(environ: Mapping[str, str], *, debug: bool) -> dict[str, dict[str, Any]]:
    """Django's ``DATABASES``; looks at ``environ`` only and starts nothing."""
    web, owner = environ.get(WEB_URL), environ.get(OWNER_URL)
    if bool(web) != bool(owner):
        missing = OWNER_URL if web else WEB_URL
        raise ImproperlyConfigured(
            f"Set {missing} too: the web login and the owner login each need a URL."
        )
    if web and owner:
        pair = _pair(_from_url(WEB_URL, web), _from_url(OWNER_URL, owner))
        if pair["default"]["USER"] == pair["owner"]["USER"]:
            raise ImproperlyConfigured(
                f"{WEB_URL} and {OWNER_URL} must be two different logins: row security"
                " does not hold for the owner of the tables."
            )
        return pair
    if not debug:
        raise ImproperlyConfigured(
            f"Set {WEB_URL} and {OWNER_URL}: without DEBUG the embedded PostgreSQL"
            " is refused, because it lets in whoever reaches its socket."
        )
    server = embedded.Server(data_folder(environ))
    return _pair(server.settings(embedded.WEB), server.settings(embedded.OWNER))


def is_embedded(environ: Mapping[str, str]) -> bool:
    """Whether the database is the embedded server, which has to be started."""
    return not environ.get(WEB_URL) and not environ.get(OWNER_URL)


def data_folder(environ: Mapping[str, str]) -> Path:
    """Where the embedded server keeps its files: inside the checkout, or here."""
    if chosen := environ.get(DATA_FOLDER):
        return Path(chosen).resolve()
    is_checkout = (_CHECKOUT / "pyproject.toml").exists()
    return (_CHECKOUT if is_checkout else Path.cwd()) / ".alongside"


def _pair(web: dict[str, Any], owner: dict[str, Any]) -> dict[str, dict[str, Any]]:
    # One database under two logins, so tests must make it once, not twice.
    return {"default": web, "owner": {**owner, "TEST": {"MIRROR": "default"}}}


def _from_url(variable: str, url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _malformed(variable) from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name or not parts.username:
        raise _malformed(variable)
    options = {"connect_timeout": "10", **dict(parse_qsl(parts.query))}
    # A socket's folder cannot stand where a host name does, so, as with libpq,
    # it comes after the question mark.
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def _malformed(variable: str) -> ImproperlyConfigured:
    # Never the value: it holds a password.
    return ImproperlyConfigured(
        f"{variable} is not a PostgreSQL URL. Write it as"
        " postgresql://login:password@host:5432/database."
    )
