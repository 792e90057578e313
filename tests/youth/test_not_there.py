"""A record somebody may not see answers as one that there is not, letter for letter."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import get_resolver

from alongside.access.checks import views
from alongside.people.models import Youth

# A page's own tokens, and the address that was asked for.
_CHANGES = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b\w{64}\b")

ADDRESSES = [
    pattern
    for pattern, _ in views(get_resolver().url_patterns)
    if pattern.startswith("youth/<uuid:ref>/")
]


def _said(answer: Any) -> tuple[int, list[str], str]:
    headers = [f"{name}: {value}" for name, value in sorted(answer.headers.items())]
    said = _CHANGES.sub("*", answer.content.decode())
    return answer.status_code, [_CHANGES.sub("*", line) for line in headers], said


@pytest.mark.slow
@pytest.mark.parametrize("who", ["outsider", "advocate", "evaluator", "administrator"])
def test_a_record_not_shared_is_like_no_record(
    youth: Youth, visit: Callable[[str], Client], who: str
) -> None:
    visitor = visit(who)

    def ask(pattern: str, ref: UUID, method: str) -> tuple[int, list[str], str]:
        url = re.sub("<slug:[a-z]+>", "placement", pattern)
        url = "/" + url.replace("<uuid:ref>", str(ref))
        return _said(getattr(visitor, method)(url, {"reason": ""}))

    assert len(ADDRESSES) > 15
    for pattern in ADDRESSES:
        if pattern.count("<uuid") == 1:
            for method in ("get", "post"):
                there = ask(pattern, youth.ref, method)
                assert there == ask(pattern, uuid4(), method), (pattern, method)


def test_the_unit_itself_is_told_the_difference(
    youth: Youth, visit: Callable[[str], Client]
) -> None:
    amara = visit("amara")
    there, nowhere = (
        _said(amara.get(f"/youth/{ref}/")) for ref in (youth.ref, uuid4())
    )
    assert there != nowhere
