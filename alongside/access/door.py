"""The door: every address states who may knock, or ``manage check`` fails."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse

from alongside.access.permissions import Permission
from alongside.access.request import Request
from alongside.web.door import public

View = Callable[..., HttpResponse]

__all__ = ["public", "requires", "signed_in"]


def requires(permission: Permission) -> Callable[[View], View]:
    """Only for people whose role includes the permission; others are told so."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                # Without what was asked for there, which may be a name.
                return redirect_to_login(request.path)
            request.actor.must(permission)
            return view(request, *args, **kwargs)

        guarded.door = permission  # type: ignore[attr-defined]  # the middleware reads it
        return guarded

    return decorate


def signed_in(why: str) -> Callable[[View], View]:
    """For everybody who is signed in, whatever their role; ``why`` says why."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                # Without what was asked for there, which may be a name.
                return redirect_to_login(request.path)
            return view(request, *args, **kwargs)

        guarded.door = f"signed in: {why}"  # type: ignore[attr-defined]  # the same
        return guarded

    return decorate


def works_when_locked(view: View) -> View:
    """Mark a view that may answer while the session is locked: the lock itself."""
    view.works_when_locked = True  # type: ignore[attr-defined]  # the same
    return view


def leads_to_second_step(view: View) -> View:
    """Mark a view that is open before somebody has a second step of signing in."""
    view.leads_to_second_step = True  # type: ignore[attr-defined]  # the same
    return view
