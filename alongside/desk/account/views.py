"""The first page, the lock, drafts, and the quick exit."""

from typing import Any
from uuid import UUID

from allauth.account.views import LoginView
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from alongside.access.door import public, signed_in, works_when_locked
from alongside.access.drafts import keep_draft
from alongside.access.middleware import BACK, LAST_USED, LOCKED
from alongside.access.models import User
from alongside.access.request import Request
from alongside.desk.account.demo import doors
from alongside.kernel.refusal import NotFound
from alongside.web.pages import page


@signed_in("the way to one's own first section")
def home(request: Request) -> HttpResponse:
    """To the first section this person may open."""
    return redirect("today")


class SignIn(LoginView):  # type: ignore[misc]  # the library publishes no types
    """The library's sign-in page; in the demo with a card for each person."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo's doors: one query, and only in the demo."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["doors"] = doors(self.request.at) if settings.DEMO else []
        return context


sign_in = works_when_locked(public("nobody is signed in yet")(SignIn.as_view()))


@public("demo mode: everybody is made up, and a check keeps it on this machine")
@require_POST
def demo_door(request: Request, ref: UUID) -> HttpResponse:
    """Continue as one of the demo's people; there is no such page elsewhere."""
    user = User.objects.filter(ref=ref, is_active=True).first()
    if not settings.DEMO or user is None:
        raise NotFound
    login(request, user, settings.AUTHENTICATION_BACKENDS[0])
    request.session[LAST_USED] = request.at.isoformat()
    return redirect("home")


@works_when_locked
@public("the way out must open for anyone")
def quick_exit(request: Request) -> HttpResponse:
    """Lock at once and land on a page about the weather; typed text is kept."""
    if request.user.is_authenticated:
        request.session[LOCKED] = True
    return redirect("web:weather")


@signed_in("drafts are the writer's own")
@require_POST
def draft(request: Request) -> HttpResponse:
    """Keep what was typed on a page and not yet sent."""
    keep_draft(request, request.POST.get("draft_path"))
    return HttpResponse(status=204)


@works_when_locked
@signed_in("the lock is one's own")
def lock(request: Request) -> HttpResponse:
    """Lock now (a bare POST), or unlock with the password."""
    onward = _safe(request, request.POST.get("next") or request.session.get(BACK, "/"))
    if request.method == "POST" and "password" in request.POST:
        return _unlock(request, request.POST["password"], onward)
    request.session[LOCKED] = True
    return page(request, "desk/lock.html", {"next": onward})


def _unlock(request: Request, password: str, onward: str) -> HttpResponse:
    """Open for the password, and after a few wrong ones for nobody, for a while."""
    tried = {"action": "unlock", "user": request.user}
    if not ratelimit.consume(request, **tried):
        wrong = "Too many wrong passwords. Wait five minutes, or sign out."
        status = 429
    # The demo's people have no passwords.
    elif settings.DEMO or request.user.check_password(password):
        ratelimit.clear(request, **tried)
        request.session.pop(LOCKED, None)
        request.session.pop(BACK, None)
        request.session[LAST_USED] = request.at.isoformat()
        return HttpResponseRedirect(onward, status=303)
    else:
        wrong, status = "That is not your password. Try again, or sign out.", 422
    values = {"next": onward, "wrong": wrong}
    return page(request, "desk/lock.html", values, status=status)


def _safe(request: Request, url: str) -> str:
    allowed = url_has_allowed_host_and_scheme(url, {request.get_host()})
    return url if allowed and not url.startswith(reverse("lock")) else "/"
