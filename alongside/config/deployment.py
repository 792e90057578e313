"""Reading what a deployment chose, with a sentence for what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_MOST_DAYS = 365
# For machines where everybody is made up; refused as soon as DEBUG is off.
_FOR_DEBUG_ONLY = "only-for-demonstrations-and-tests-on-this-machine"


def flag(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    """A yes or no; anything else is refused, so that no typo switches DEBUG on."""
    given = environ.get(name, "").strip().lower()
    if given in {"1", "yes", "true", "on"}:
        return True
    if given in {"0", "no", "false", "off"}:
        return False
    if given:
        raise ImproperlyConfigured(f"{name} is “{given}”. Write 1 or 0.")
    return default


def demo(environ: Mapping[str, str], name: str, *, debug: bool) -> bool:
    """Demo mode signs anybody in; ``manage check`` runs in no web server, so here."""
    if not flag(environ, name, default=False):
        return False
    if debug:
        return True
    raise ImproperlyConfigured(
        f"Demo mode lets anybody in, and ALONGSIDE_DEBUG is off. Unset {name}."
    )


def count(environ: Mapping[str, str], name: str) -> int:
    """How many there are; none when nothing is said."""
    given = environ.get(name, "").strip() or "0"
    if given.isascii() and given.isdigit():
        return int(given)
    raise ImproperlyConfigured(f"{name} is “{given}”. Write how many there are.")


def days(environ: Mapping[str, str], name: str, *, otherwise: int) -> timedelta:
    """How many days, at least one."""
    given = environ.get(name, "").strip() or str(otherwise)
    if given.isascii() and given.isdigit() and 0 < int(given) <= _MOST_DAYS:
        return timedelta(days=int(given))
    raise ImproperlyConfigured(
        f"{name} is “{given}”. Write how many days, from 1 to {_MOST_DAYS}."
    )


def words(environ: Mapping[str, str], name: str) -> list[str]:
    """A list written with commas or spaces."""
    return environ.get(name, "").replace(",", " ").split()


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in; Django's EMAIL settings of the same names."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False  # begun in the open and then encrypted, as on port 587
    ssl: bool = False  # encrypted from the first byte, as on port 465


_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_server(environ: Mapping[str, str], name: str) -> MailServer:
    """Read ``smtp+tls://login:password@mail.example.gov:587``; the message is without
    the address, since it may hold a password."""
    if not (url := environ.get(name)):
        return MailServer()
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
        if not parts.hostname:
            raise ValueError
    except (ValueError, KeyError):
        raise ImproperlyConfigured(
            f"{name} cannot be read. Write it like"
            " smtp+tls://login:password@mail.example.gov:587 (or smtps://, or smtp://"
            " for a relay on this machine), with %40 for an @ in the password."
        ) from None
    return MailServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtp+tls",
        ssl=parts.scheme == "smtps",
    )


def insist(environ: Mapping[str, str], name: str, *, unless: bool) -> str:
    """A value that must be given, except on a machine for demonstrations."""
    if value := environ.get(name):
        return value
    if unless:
        return _FOR_DEBUG_ONLY
    raise ImproperlyConfigured(
        f"Set {name} to a long random text, and keep it secret. For a demonstration on"
        " this machine, set ALONGSIDE_DEBUG=1 instead."
    )
