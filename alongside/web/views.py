"""Pages that belong to no section: the component sheet, the weather, and errors."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from alongside.kernel.refusal import Refused
from alongside.web.door import public
from alongside.web.examples import example_sheet
from alongside.web.pages import page


@public("Everyone on it is invented, and only developers are served it.")
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state; the accessibility check runs on it."""
    if not settings.DEBUG:
        raise Http404
    if request.method == "POST":  # the sheet's own forms, and its draft
        return HttpResponse("Kept as a draft 9:48 am", content_type="text/plain")
    state = request.GET.get("state", "")
    response = page(request, "web/ui/sheet.html", example_sheet(state))
    if request.headers.get("HX-Request"):
        response.headers["HX-Trigger"] = '{"toast": {"words": "Swapped."}}'
    return response


@public("Where quick exit lands. It must open for anyone and say nothing.")
def weather(request: HttpRequest) -> HttpResponse:
    """A neutral page, without our name."""
    response = HttpResponse(render_to_string("web/weather.html"))
    response.headers["Cache-Control"] = "no-store"
    return response


# ---------- errors: config.urls names these as its handlers ----------


def bad_request(request: HttpRequest, exception: object = None) -> HttpResponse:
    """400: the request could not be read."""
    return page(request, "web/400.html", status=400)


def not_permitted(request: HttpRequest, exception: object = None) -> HttpResponse:
    """403: the actor's role does not allow this kind of act."""
    return page(request, "web/403.html", {"refusal": _reason(exception)}, status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form's token is too old, or its address was not ours."""
    return page(request, "web/form_expired.html", status=403)


def not_found(request: HttpRequest, exception: object = None) -> HttpResponse:
    """404, the same for what is missing and for what is not shared."""
    return page(request, "web/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, drawn without the shell's context: the database may be what broke."""
    values: dict[str, Any] = {"exit_url": "/weather/"}
    return HttpResponse(render_to_string("web/500.html", values), status=500)


def _reason(exception: object) -> str:
    return exception.reason if isinstance(exception, Refused) else ""
