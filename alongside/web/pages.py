"""How a view answers with a page: whole, or the one part that htmx asked for."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, TemplateDoesNotExist, engines
from django.utils.cache import patch_vary_headers


class QueryInTemplate(Exception):
    """A template started a database query; its view must fetch that before."""


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page, or its partial named like the element that htmx will replace."""
    response = HttpResponse(_render(request, template, context or {}), status=status)
    # One address has two answers, and neither may stay on a shared computer.
    patch_vary_headers(response, ["HX-Request"])
    response.headers["Cache-Control"] = "no-store"
    return response


def _render(request: HttpRequest, name: str, values: Mapping[str, Any]) -> str:
    template = _part(request, name)
    context = RequestContext(request)
    context.push(dict(values))  # above what the context processors give
    # The context processors run as the template is bound; they may ask the database.
    with context.bind_template(template), _no_queries():
        return str(template.render(context))


def _part(request: HttpRequest, name: str) -> Any:
    engine: Any = engines["django"]
    htmx: Any = getattr(request, "htmx", None)
    # A page that htmx loads into the body, or restores from history, is a whole one.
    if htmx and htmx.target and not htmx.boosted and not htmx.history_restore_request:
        try:
            return engine.get_template(f"{name}#{htmx.target}").template
        except TemplateDoesNotExist:
            pass  # it has no part of that name; htmx picks what it needs from the page
    return engine.get_template(name).template


@contextmanager
def _refusing_queries() -> Iterator[None]:
    def refuse(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        raise QueryInTemplate(f"Fetch this in the view: {sql[:300]}")

    with connection.execute_wrapper(refuse):
        yield


def _no_queries() -> Any:
    if getattr(settings, "ALONGSIDE_TEMPLATES_MAY_NOT_QUERY", False):
        return _refusing_queries()
    return nullcontext()
