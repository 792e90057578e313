"""Whom somebody looks for: their session remembers the words, so no address says them.

An address stands in the browser's history and in the proxy's log; a name is nothing for
either. The words go when the session does, at the latest with signing out.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.crypto import get_random_string

FIELD = "q"
_PARAM = "look"
_SESSION = "sought"
_CSRF = "csrfmiddlewaretoken"
_REMEMBERED = 20
_LONGEST = 200
_LONGEST_QUERY = 1500


def searches(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page one can search: what is sent leads to an address that does not say it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and FIELD in request.POST:
            return HttpResponseRedirect(_address(request), status=303)
        return view(request, *args, **kwargs)

    return answer


def words_sought(request: HttpRequest) -> str:
    """What this page is searched for; an address that says it itself is understood."""
    said = request.GET.get(FIELD)
    if said is None:
        remembered = request.session.get(_SESSION, {})
        said = remembered.get(request.GET.get(_PARAM, ""), "")
    return str(said).strip()[:_LONGEST]


def search_in_address(request: HttpRequest) -> dict[str, str]:
    """What an address that leads to the same search has to say of it."""
    said = {name: request.GET.get(name, "") for name in (FIELD, _PARAM)}
    return {name: value for name, value in said.items() if value}


def _filters(request: HttpRequest) -> QueryDict:
    """What narrows the page, whole or not at all: an address too long leads nowhere."""
    query = QueryDict(mutable=True)
    for name, values in {
        **dict(request.GET.lists()),
        **dict(request.POST.lists()),
    }.items():
        if name in (FIELD, _PARAM, "page", _CSRF) or not values or not values[-1]:
            continue
        kept = values if name not in request.POST else values[-1:]
        query.setlist(name, [str(value) for value in kept])
        if len(query.urlencode()) > _LONGEST_QUERY:
            del query[name]
    return query


def _address(request: HttpRequest) -> str:
    """This page and what else was sent, with a word that only this session knows."""
    query = _filters(request)
    if words := request.POST[FIELD].strip()[:_LONGEST]:
        word = get_random_string(12)
        earlier = list(request.session.get(_SESSION, {}).items())
        request.session[_SESSION] = dict([*earlier, (word, words)][-_REMEMBERED:])
        query[_PARAM] = word
    return f"{request.path}?{query.urlencode()}" if query else request.path
