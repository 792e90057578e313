"""Requests to the shell, without a database or anybody signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import Engine, RequestContext, engines
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

Ask = Callable[..., HttpRequest]
Draw = Callable[..., str]


@pytest.fixture
def ask() -> Ask:
    """``ask("/plan/", target="goals")``: a request, by htmx if it names a target."""

    def request(path: str = "/", target: str = "", **headers: str) -> HttpRequest:
        sent = {"HX-Request": "true", "HX-Target": target} if target else {}
        made = RequestFactory().get(path, headers={**sent, **headers})
        made.htmx = HtmxDetails(made)  # type: ignore[attr-defined]
        return made

    return request


@pytest.fixture
def draw(ask: Ask) -> Draw:
    """``draw("{% icon 'add' %}", who="Prince")``: what a bit of template shows."""

    def render(source: str, path: str = "/", **values: Any) -> str:
        engine: Engine = engines["django"].engine  # type: ignore[attr-defined]
        template = engine.from_string(source)
        context = RequestContext(ask(path))
        context.push(values)
        return template.render(context)

    return render
