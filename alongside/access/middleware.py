"""One transaction a request, with actor and clock set; refusals are told inside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pghistory
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from psycopg.errors import InsufficientPrivilege

from alongside.access.actor import Actor, actor_for, set_actor
from alongside.access.drafts import keep_draft
from alongside.access.models import User
from alongside.access.request import Request
from alongside.kernel import clock
from alongside.kernel.refusal import NotFound, NotPermitted, Refused
from alongside.web.by_itself import is_by_itself
from alongside.web.pages import page

LOCKED = "locked"
LAST_USED = "last_used"
# Where to go on after the lock. Not in its address, which stands on a locked screen and
# in the proxy's log: a search has somebody's name in it.
BACK = "back"
# A page does not wait for the session to be written again this soon.
_NOTED_EVERY = timedelta(seconds=20)


class ActingTransaction:
    """Sets the actor, runs the request, keeps what it wrote unless it failed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Answer one request inside one transaction."""
        request.at = clock.now()
        request.request_id = uuid4()
        with transaction.atomic():
            actor = _actor(request)
            with pghistory.context(
                user=actor.user_id if actor else None, request=str(request.request_id)
            ):
                set_actor(actor, request.at, request.request_id)
                response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response

    def process_view(
        self, request: Request, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Stop at the lock, at the second step, and at a view with no door."""
        if not hasattr(view, "door"):
            raise LookupError(f"{view.__module__} has a view that states no permission")
        if getattr(view, "works_when_locked", False):
            return None
        if is_locked(request):
            return _to_the_lock(request)
        on_the_way = getattr(view, "leads_to_second_step", False)
        if not on_the_way and _lacks_second_step(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        return None

    def process_exception(
        self, request: Request, error: Exception
    ) -> HttpResponse | None:
        """A refusal is a page that says what was not done, why, and what helps."""
        match error:
            case NotPermitted():
                return _refusal(request, error.reason, 403)
            case Refused():
                return _refusal(request, error.reason, 409)
            case NotFound():
                return page(request, "web/404.html", status=404)
            case DatabaseError() if isinstance(error.__cause__, InsufficientPrivilege):
                # A row that has become invisible since it was read.
                transaction.set_rollback(True)
                return page(request, "web/404.html", status=404)
        return None


def is_locked(request: Request) -> bool:
    """Whether the worker has to prove who they are before anything is shown."""
    return bool(request.user.is_authenticated and request.session.get(LOCKED))


def _actor(request: Request) -> Actor | None:
    user = request.user
    if not isinstance(user, User):
        return None
    actor = actor_for(user, request.at)
    request.actor = actor
    timezone.activate(actor.zone)
    last_used = request.session.get(LAST_USED)
    if request.session.get(LOCKED) or _idle(last_used, request.at):
        request.session[LOCKED] = True
        # Still somebody, so that what they typed can be kept; holding nothing.
        return replace(actor, holders=(), units=())
    used = not is_by_itself(request)
    if last_used is None or (used and _since(last_used, request.at) > _NOTED_EVERY):
        request.session[LAST_USED] = request.at.isoformat()
    return actor


def _idle(last_used: str | None, at: datetime) -> bool:
    return bool(last_used and _since(last_used, at) > settings.IDLE_LOCK)


def _since(last_used: str, at: datetime) -> timedelta:
    return at - datetime.fromisoformat(last_used)


def _to_the_lock(request: Request) -> HttpResponse:
    """What was sent after the lock fell is kept as a draft, not lost."""
    if request.method == "POST":
        keep_draft(request, request.POST.get("draft_path"))
    back = request.htmx.current_url_abs_path if request.htmx else None
    if back is None and request.method == "GET":
        back = request.get_full_path()
    request.session[BACK] = back or request.path
    lock = reverse("lock")
    if request.htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = lock
        return response
    return HttpResponseRedirect(lock, status=303)


def _lacks_second_step(request: Request) -> bool:
    if not settings.SECOND_STEP_REQUIRED or not isinstance(request.user, User):
        return False
    return not Authenticator.objects.filter(user=request.user).exists()


def _refusal(request: Request, reason: str, status: int) -> HttpResponse:
    return page(request, f"web/{status}.html", {"refusal": reason}, status=status)
