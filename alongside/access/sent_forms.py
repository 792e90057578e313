"""A double click or a resent form acts once, and gets the first one's answer."""

from collections.abc import Callable
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from alongside.access.drafts import drop_draft
from alongside.access.middleware import is_locked
from alongside.access.request import Request

FIELD = "form_token"

# Waits for a first sending that is still being answered, then sees its row.
_CLAIM = (
    "insert into access_sentform (token, user_id, at) values (%s, %s, %s)"
    " on conflict (token) do nothing"
)
_LOCATION = "select location from access_sentform where token = %s"
_ANSWERED = "update access_sentform set location = %s where token = %s"
_AGAIN = "delete from access_sentform where token = %s"


class OnceOnly:
    """Lets each form through once; a form that was not accepted may be sent again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Answer a repeated form with the place the first one led to."""
        token = _token(request)
        # At the lock a form is kept as a draft; it has not been sent yet.
        if token is None or not hasattr(request, "actor") or is_locked(request):
            return self.get_response(request)
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, [token, request.actor.user_id, request.at])
            if cursor.rowcount == 0:
                cursor.execute(_LOCATION, [token])
                row = cursor.fetchone()
                return _same_answer(row[0] if row else None)
        response = self.get_response(request)
        if connection.needs_rollback or response.status_code >= 500:
            return response
        accepted = response.status_code < 400
        with connection.cursor() as cursor:
            if accepted:
                location = response.headers.get(
                    "Location", response.headers.get("HX-Redirect", "")
                )
                cursor.execute(_ANSWERED, [location, token])
            else:
                cursor.execute(_AGAIN, [token])
        if accepted:
            drop_draft(request, request.POST.get("draft_path"))
        return response


def _token(request: HttpRequest) -> UUID | None:
    if request.method != "POST":
        return None
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _same_answer(location: str | None) -> HttpResponse:
    if location:
        return HttpResponseRedirect(location, status=303)
    # The first answer replaced a part of the page, and is there already.
    return HttpResponse(status=204)
