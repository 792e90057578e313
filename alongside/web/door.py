"""Which door a view has; access reads it, and a view without one stays shut."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpResponse

View = TypeVar("View", bound=Callable[..., HttpResponse])


@dataclass(frozen=True)
class Public:
    """Open to anyone, signed in or not, for this reason."""

    why: str


def public(why: str) -> Callable[[View], View]:
    """Open a view to anyone; the reason stands on the permission page."""

    def decorate(view: View) -> View:
        _as_any(view).door = Public(why)
        return view

    return decorate


def _as_any(view: Any) -> Any:
    """A function takes attributes, which its type does not say."""
    return view
