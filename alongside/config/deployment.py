"""Reading what a deployment chose, with a sentence for what is missing."""

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

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


def words(environ: Mapping[str, str], name: str) -> list[str]:
    """A list written with commas or spaces."""
    return environ.get(name, "").replace(",", " ").split()


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
